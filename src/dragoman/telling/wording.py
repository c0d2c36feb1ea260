"""Records in a few words, for lines on a terminal and in the report."""

from __future__ import annotations

import re
from calendar import monthrange

from dragoman.model.lines import Record
from dragoman.telling.interface import interface
from dragoman.telling.name_book import NameBook
from dragoman.telling.phrases import told_event, words_of
from dragoman.telling.tongue import unmarked


def days(when: Record | None, language: str = "en") -> str:
    """A stretch as briefly as it can be told: `2024-06-12`, `2024-04-11/20`, `2023-09`, `1990/1999`,
    `from 2023-09-01`, `until 1991`; `undated` where nothing is known."""
    face = interface(language)
    start, end = (when or {}).get("start"), (when or {}).get("end")
    if start and end:
        return _stretch(start, end)
    if start:
        return face.say("from {day}", day=start)
    if end:
        return face.say("until {day}", day=end)
    return face.say("undated")


def _stretch(start: str, end: str) -> str:
    if start == end:
        return start
    (y1, m1, d1), (y2, m2, d2) = start.split("-"), end.split("-")
    if start.endswith("-01-01") and end.endswith("-12-31"):
        return y1 if y1 == y2 else f"{y1}/{y2}"
    if d1 == "01" and int(d2) == monthrange(int(y2), int(m2))[1]:
        first, last = f"{y1}-{m1}", f"{y2}-{m2}"
        return first if first == last else f"{first}/{last if y1 != y2 else m2}"
    if (y1, m1) == (y2, m2):
        return f"{start}/{d2}"
    return f"{start}/{end if y1 != y2 else f'{m2}-{d2}'}"


_FIRST = re.compile(r"(?<!\d)0?1(?!\d)")


def lasting(state: Record, language: str = "en") -> str:
    """How long a state lasted, as `days`; no more of its first day than its words tell: `from 2003`, `from 2021-06`."""
    told = days(state["valid"], language)
    start, end = (state["valid"] or {}).get("start") or "", (state["valid"] or {}).get("end")
    words = " ".join(words_of(state, "valid")).casefold()
    if not words or not start.endswith("-01") or start not in told or _FIRST.search(words):
        return told
    from dragoman.telling.typed_days import months  # which takes long to load

    of_month = months().keys() & set(re.findall(r"\w+", words)) or not start.endswith("-01-01")
    known = start[:7] if of_month else start[:4]
    return f"{known}/{end}" if end else told.replace(start, known)


def value(figure: Record, language: str = "en") -> str:
    """A figure with its bounds: `~2,000 people`, `at least 50 km2`, `30 to 40 people`."""
    return interface(language).amount(figure)


def of_what(figure: Record, name: str) -> str:
    """What a figure counts, by its name; "" where the unit says it already."""
    return "" if not name or name.casefold() == (figure.get("unit") or "").casefold() else name


def figure_line(figure: Record, book: NameBook) -> str:
    """`at least 100,000 people, Armenians`."""
    name = of_what(figure, book.name(figure["about"]))
    amount = value(figure, book.language)
    return f"{amount}, {name}" if name else amount


ROLES = ("who", "whom", "by", "to", "speaker", "subject", "object", "place")
"""Fields that hold ids of actors or places, or words where none is known."""


def refs_of(record: Record) -> list[str]:
    """What the fields of a record name."""
    held = [record.get(role) or [] for role in (*ROLES, *(("about",) if record["kind"] == "figure" else ()))]
    return [ref for some in held for ref in ([some] if isinstance(some, str) else some)]


def event_line(event: Record, book: NameBook) -> str:
    """`planned: Chile to visit Bolivia in La Paz`, in the language of the book."""
    return unmarked(told_event(event, book))


def state_line(state: Record, book: NameBook) -> str:
    """`deployment: Russia, peacekeepers, Nagorno-Karabakh`."""
    parts = [book.name(state["subject"]), book.name(state["object"]), state["value"] or ""]
    parts += [book.name(state["place"])] if state["place"] else []
    return f"{interface(book.language).type_word(state['type'])}: " + ", ".join(p for p in parts if p)


def commitment_line(commitment: Record, book: NameBook) -> str:
    """`Azerbaijan → European Union: double its gas exports`."""
    sides = book.names(commitment["by"])
    if commitment["to"]:
        sides += f" → {book.names(commitment['to'])}"
    line = f"{sides.strip()}: " if sides else ""
    return line + " ".join(commitment["what"].split())


def dispute_line(dispute: Record) -> str:
    """What it is about and each side's words; a denial is about its claim, which is not told twice."""
    sides = [claim["value"] for claim in dispute["claims"]]
    if dispute["dispute_kind"] == "denial":
        return " / ".join([dispute["about"], *sides[1:]])
    return f"{dispute['about']}: " + " / ".join(sides)


def source_of(article: Record) -> str:
    """Outlet, wire or file: whichever is known first."""
    name: str = article["outlet"] or article["wire"] or article["path"].rsplit("/", 1)[-1]
    return name


def title_of(article: Record) -> str:
    """Its headline, or its first words where it has none."""
    title: str | None = article["title"]
    if title:
        return title
    words = " ".join(article["text"][:200].split())
    return words if len(words) <= 90 else words[:89].rsplit(" ", 1)[0] + "…"


def evidence_of(record: Record) -> list[Record]:
    """Evidence of a fact; for a dispute that of all its claims, for a line of the chronology its sources."""
    if record["kind"] == "entry":
        return [{"rule": "", "fields": {}, **source} for source in record["sources"]]
    found: list[Record] = record.get("evidence") or [
        e for c in record.get("claims", []) for e in c["evidence"]
    ]
    return found


def brief(record: Record, book: NameBook) -> str:
    """Any record in one line, its days first where it has some, in the language of the book."""
    face = interface(book.language)

    def stretch(when: Record | None) -> str:
        return days(when, book.language)

    match record["kind"]:
        case "event":
            return f"{stretch(record['when'])}  {event_line(record, book)}"
        case "statement":
            speaker = book.name(record["speaker"]) or record["speaker_text"] or ""
            said = " ".join(record["content"].split())
            return f"{stretch(record['when'])}  {f'{speaker}: {said}' if speaker else said}"
        case "entry":
            return f"{stretch(record)}  {' '.join(record['text'].split())}"
        case "figure":
            return f"{face.type_word(record['measure'])}: {figure_line(record, book)}"
        case "state":
            return f"{lasting(record, book.language)}  {state_line(record, book)}"
        case "commitment":
            line = commitment_line(record, book)
            from dragoman.telling.promises import stands  # which is made of records in a case

            return f"{face.say('due')} {stretch(record['due'])}  {line} ({stands(record, face)})"
        case "dispute":
            return dispute_line(record)
        case "article" | "storyline":
            return str(record["title"])
    return str(record["name"])
