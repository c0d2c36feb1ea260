"""atom: what is known, the latest first, for any reader of feeds.

An entry is named by a UUID made of its record's id, so that it is the same entry in every export, and was updated when
it came to be known: on the day on which the first source was published, or on which it was told otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from dragoman.model.lines import Record
from dragoman.telling.calendar import told_days
from dragoman.telling.exports.chronicle import chapters_of, footnote
from dragoman.telling.exports.pieces import one_line, xml_text
from dragoman.telling.exports.table import Facts
from dragoman.telling.interface import Interface, interface
from dragoman.telling.wording import brief, evidence_of, source_of, title_of

NAMES = UUID("6f1d2c0e-6f5e-5d0b-9a52-7d0f5c3b1a44")
"""The namespace of the ids of entries; it never changes, or every reader would take all for new."""

UNKNOWN = "1970-01-01"
"""The day of what came to be known on no known day: the format asks for one."""

TITLE = 160
"""Code points of a title."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed; `updated`: an ISO day; `link`: where it can be read, or ""."""

    name: str
    title: str
    text: str
    updated: str
    language: str
    link: str = ""


def as_atom(facts: Facts, note: str) -> Iterator[bytes]:
    """Atom (RFC 4287): an entry for each line of the chronology, the latest known first."""
    face = interface(facts.language)
    kept = [e for e in facts.of("entry") if not (facts.source.sure and e["doubtful"])]
    yield from feed(face.say("Chronology"), "chronology", note, items_of(facts, kept), facts.language)


def feed(
    title: str,
    name: str,
    note: str,
    items: Iterable[Item],
    language: str,
    own: str = "",
    most: int | None = None,
) -> Iterator[bytes]:
    """A feed of items, the latest known first.

    Args:
        name: What its id is made of.
        own: Its own address, or "".
        most: So many at most, the latest.
    """
    ordered = sorted(items, key=lambda i: i.name)
    ordered.sort(key=lambda i: i.updated, reverse=True)
    updated = ordered[0].updated if ordered else UNKNOWN
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_quoted(language)}>\n'
        f"<id>{_urn(name)}</id>\n<title>{_text(title)}</title>\n<subtitle>{_text(note)}</subtitle>\n"
        f"<updated>{updated}T00:00:00Z</updated>\n<author><name>Dragoman</name></author>\n"
        "<generator>Dragoman</generator>\n"
        + (f'<link rel="self" type="application/atom+xml" href={_quoted(own)}/>\n' if own else "")
    ).encode()
    for item in ordered[:most]:
        link = f'<link rel="alternate" href={_quoted(item.link)}/>\n' if item.link else ""
        yield (
            f"<entry xml:lang={_quoted(item.language)}>\n<id>{_urn(item.name)}</id>\n"
            f"<title>{_text(item.title)}</title>\n<updated>{item.updated}T00:00:00Z</updated>\n{link}"
            f'<content type="text">{_text(item.text)}</content>\n</entry>\n'
        ).encode()
    yield b"</feed>\n"


def items_of(facts: Facts, records: Sequence[Record], base: str = "") -> Iterator[Item]:
    """Records of any kind as entries; lines of the chronology by their sentence. `base`: address of the workbench."""
    face = interface(facts.language)
    held = {r["id"]: r for r in records if r["kind"] == "entry"}
    for chapter in chapters_of(facts, held.values()):
        for line in chapter.lines:
            record = held[line.id]
            told = "".join(words for words, _ in footnote(line, face))
            day = told_days(line.when, face) if line.day else ""
            said = f"({line.status}) {line.text}" if line.status else line.text
            yield Item(
                line.id,
                _short(f"{day}: {said}" if day else said),
                "\n".join(words for words in (said, line.beside, told) if words),
                _known(record),
                line.language,
                f"{base}fact/{line.id}" if base else _url(facts, [record["article"]]),
            )
    for record in records:
        if record["kind"] != "entry":
            yield _item(facts, record, base, face)


def _item(facts: Facts, record: Record, base: str, face: Interface) -> Item:
    kind = record["kind"]
    if kind == "article":
        words = [one_line(record["text"])[:TITLE]]
        articles, title, language = [record["id"]], title_of(record), record["language"]
    elif kind in ("actor", "place", "storyline"):
        told = record["articles"] if kind == "storyline" else [m["article"] for m in record["mentions"]]
        articles, title, language = (
            list(dict.fromkeys(told))[:50],
            record.get("name") or record["title"],
            face.language,
        )
        words = [face.type_word(record.get("type") or kind)]
    else:
        evidence = evidence_of(record)
        articles = list(dict.fromkeys(e["article"] for e in evidence))
        title, language = brief(record, facts.book), face.language
        words = [one_line(e["text"]) for e in evidence]
    sources = [source_of(a) for name in articles if (a := facts.articles[name])]
    days = [day for name in articles if (day := _published(facts.articles[name]))]
    return Item(
        record["id"],
        _short(one_line(title)),
        "\n".join([*words, "; ".join(dict.fromkeys(sources))]),
        record.get("known_from") or min(days, default=UNKNOWN),
        language,
        f"{base}fact/{record['id']}" if base else _url(facts, articles),
    )


def _known(entry: Record) -> str:
    """When a line came to be known as it is told now."""
    days: list[str] = [r["known_from"] for r in entry["revised"] if r["known_from"]]
    return max([str(entry["known_from"] or UNKNOWN), *days])


def _published(article: Record) -> str:
    when = (article or {}).get("published") or {}
    return str(when.get("start") or when.get("end") or "")


def _url(facts: Facts, articles: Sequence[str]) -> str:
    """The address of the first article that has one, where it is one of the web."""
    found = (str((facts.articles[name] or {}).get("url") or "") for name in articles)
    return next((url for url in found if url.startswith(("http://", "https://"))), "")


def _short(text: str) -> str:
    return text if len(text) <= TITLE else f"{text[: TITLE - 1].rsplit(' ', 1)[0]}…"


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMES, name)}"


def _text(text: str) -> str:
    return escape(xml_text(text))


def _quoted(text: str) -> str:
    return quoteattr(xml_text(text))
