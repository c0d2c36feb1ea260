"""The chronology as one hands it on: headings by year and month, a sentence a line, its sources in a note.

What is in it and how it is worded is decided here once; `docx`, `odt`, `markdown`, `html` and TimelineJS only set it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from dragoman.model.event_types import OTHER
from dragoman.model.lines import Record
from dragoman.telling.calendar import long_day, month, told_days
from dragoman.telling.citing import Reference, note, reference
from dragoman.telling.exports.table import Facts
from dragoman.telling.interface import Interface, interface
from dragoman.telling.tongue import tongue


@dataclass(frozen=True, slots=True)
class Cited:
    """A source of a line. `copy`: it repeats another."""

    source: Reference
    copy: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chronology, in words.

    Attributes:
        day: When, as told under its heading; "" where nothing is known.
        status: In words, where it is no deed that happened; else "".
        text: The sentence in its source's words; what was added stands in square brackets.
        language: Of the sentence.
        beside: For a reader of another language: what it is, who and where, in the reader's; else "".
        origins: How many independent sources tell it.
        when: Its stretch as records have it.
    """

    id: str
    day: str
    status: str
    text: str
    language: str
    beside: str
    sources: tuple[Cited, ...]
    origins: int
    when: Record


@dataclass(frozen=True, slots=True)
class Chapter:
    """The lines of a year, before its months, or of a month; the undated last, under both headings None."""

    year: str | None
    month: str | None
    """In words: `June 2024`; None for what is only known to be of the year."""
    opens_year: bool
    """True where the heading of the year stands above: for the first of its year."""
    lines: tuple[Line, ...] = field(default=())


def chapters(facts: Facts) -> Iterator[Chapter]:
    """The entries of the case that are not doubtful, in the order of time."""
    yield from chapters_of(facts, [e for e in facts.of("entry") if not (facts.source.sure and e["doubtful"])])


def chapters_of(facts: Facts, entries: Iterable[Record]) -> Iterator[Chapter]:
    """Entries in the order of time, whose articles and names `facts` knows."""
    face = interface(facts.language)
    entries = sorted(entries, key=_place)
    before = None
    for (year, at), some in groupby(entries, key=lambda e: _place(e)[:2]):
        named = month(f"{year}-{at}-01", face.locale) if at != _WHOLE and year != _UNDATED else ""
        heading = named[:1].upper() + named[1:] or None
        lines = tuple(_line(facts, entry, face) for entry in some)
        yield Chapter(None if year == _UNDATED else str(int(year)), heading, year != before, lines)
        before = year


_UNDATED, _WHOLE = "9999", "00"


def _place(entry: Record) -> tuple[str, str, str, str, str]:
    """Where an entry stands: by year, by month where it lies in one, by its days."""
    start, end = entry["start"], entry["end"]
    day = start or end
    if not day:
        return _UNDATED, _WHOLE, "", "", entry["id"]
    wide = bool(start and end and start[:7] != end[:7] and _length(start, end) > MONTH)
    return day[:4], _WHOLE if wide else day[5:7], day, end or "9999", entry["id"]


MONTH = 31
"""Days beyond which a stretch stands under its year and under no month."""


def _length(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


def _line(facts: Facts, entry: Record, face: Interface) -> Line:
    told = [facts.articles[s["article"]] for s in entry["sources"]]
    copies = [bool(s.get("copy_of")) for s in entry["sources"]]
    when = {"start": entry["start"], "end": entry["end"]}
    return Line(
        id=entry["id"],
        day=_day(when, face),
        status=_status(entry, face),
        text=sentence(entry),
        language=entry["language"],
        beside=beside(facts, entry, face) if entry["language"] != face.language else "",
        sources=tuple(Cited(reference(a), copy) for a, copy in zip(told, copies, strict=True) if a),
        origins=entry["independent"],
        when=when,
    )


def _status(entry: Record, face: Interface) -> str:
    status = entry["status"]
    told = [] if status == "happened" else [face.say(status)]
    return ", ".join([*told, *([face.say("doubtful")] if entry["doubtful"] else [])])


def _day(when: Record, face: Interface) -> str:
    """Days under a heading of their month or year, which tells the year: `11 June`, `30 May – 2 June`."""
    from babel.dates import format_interval, format_skeleton

    start, end = when["start"], when["end"]
    if not start and not end:
        return ""
    if not start or not end or start[:4] != end[:4] or not 0 < _length(start, end) < SHORT:
        return told_days(when, face)
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first == last:
        return str(format_skeleton("MMMMd", first, locale=face.locale))
    return str(format_interval(first, last, "MMMd", locale=face.locale))


SHORT = 28
"""Days from which a stretch may be a whole month, which is told by its name."""


def sentence(entry: Record) -> str:
    """The sentence with what its words leave open in square brackets: `He [Jan Vos] left on Monday [3 May 2031].`"""
    face = interface(entry["language"]) if entry["language"] in ("en", "fr", "ru") else interface("en")
    return bracketed(entry, lambda day: long_day(day, face))


def bracketed(entry: Record, say_day: Callable[[str], str]) -> str:
    """Likewise, on one line, with days as `say_day` has them."""
    text, offset = entry["text"], entry["span"][0]
    for one in sorted(entry.get("context") or (), key=lambda c: -c["at"]):
        held = say_day(one["text"]) if one["kind"] == "day" else one["text"]
        at = one["at"] - offset
        text = f"{text[:at]} [{held}]{text[at:]}"
    return " ".join(text.split())


def beside(facts: Facts, entry: Record, face: Interface) -> str:
    """`withdrawal: Russia, Nagorno-Karabakh`, in the reader's language."""
    spoken = tongue(face.language)
    refs = [*entry["actors"], *([entry["place"]] if entry["place"] else [])]
    names = dict.fromkeys(spoken.plain(facts.book.side(ref)) for ref in refs)
    code = f"{entry['type']}/{entry['mode']}" if entry["mode"] else entry["type"]
    what = face.type_word(code) if code and entry["type"] != OTHER else ""
    named = ", ".join(names)
    return face.say("{what}: {names}", what=what, names=named) if what and named else what or named


def footnote(line: Line, face: Interface) -> list[tuple[str, str]]:
    """The sources of a line as one note, in pieces as `citing.note` has them; one that repeats another says so."""
    pieces: list[tuple[str, str]] = []
    for n, cited in enumerate(line.sources):
        *named, _ = note(cited.source, face)
        pieces += [("; ", "")] if n else []
        pieces += named
        pieces += [(f" ({face.say('copy')})", "")] if cited.copy else []
    return [*pieces, (".", "")] if pieces else []
