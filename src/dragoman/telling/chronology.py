"""The chronology for people: the lines that matter, in the sources' own words, as text and as a table.

Other formats come from `telling.exports`, to which `Chosen` hands the lines that were chosen.
"""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from dragoman.model.lines import Record
from dragoman.telling.calendar import month
from dragoman.telling.exports.chronicle import bracketed
from dragoman.telling.exports.pieces import harmless
from dragoman.telling.exports.source import Stored
from dragoman.telling.interface import Interface, interface, to_say
from dragoman.telling.wording import days, source_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


OWN_FORMATS = ("text", "jsonl", "csv")

COLUMNS = (
    *("start", "end", "basis", "status", "text", "language", "type", "mode", "who", "place", "independent"),
    *("languages", "weight", "known_from", "doubtful", "doubts", "sources", "addresses", "id"),
)


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Lines in the order of time, those without a day, and what was left out.

    Attributes:
        articles: Those that tell a line, by id, as records.
        names: Of actors and places, by id.
        more: How many further lines there are that weigh less.
        doubtful: How many lines were left out because they rest on what is not sure.
        undated: How many sure lines have no day.
    """

    lines: Sequence[Record]
    articles: Mapping[str, Record]
    names: Mapping[str, str]
    more: int = 0
    doubtful: int = 0
    undated: int = 0
    language: str = "en"
    """Of the program's own words."""

    def left_out(self, face: Interface) -> list[tuple[str, str]]:
        """What is not among the lines, in words, each with the option of the command that shows it."""
        counted = (
            (self.more, to_say("{n} lines that weigh less"), "--lines all"),
            (self.undated, to_say("{n} without a day"), "--undated"),
            (self.doubtful, to_say("{n} doubtful lines of the chronology"), "--doubtful"),
        )
        return [(face.say(text, n=n), option) for n, text, option in counted if n]


class Chosen(Stored):
    """The records of a case with only some lines of its chronology: what an export writes out of `chronology`."""

    def __init__(self, connection: Connection, chronicle: Chronicle) -> None:
        super().__init__(connection)
        self.whole = self.sure = False  # whoever asked for doubtful lines gets them
        self._chronicle, self._lines = chronicle, chronicle.lines

    def beyond(self, face: Interface) -> list[str]:
        return [words for words, _ in self._chronicle.left_out(face)]

    def of(self, kind: str) -> Iterator[Record]:
        return iter(self._lines) if kind == "entry" else iter(())

    def count(self, kind: str) -> int:
        return len(self._lines) if kind == "entry" else super().count(kind) if kind == "article" else 0


def shown(entry: Record) -> str:
    """The sentence on one line, with what it leaves to its surroundings in square brackets."""
    return bracketed(entry, str)


def as_text(chronicle: Chronicle, width: int) -> Iterator[str]:
    """Lines of text with a heading for each year and month, wrapped to a width in characters."""
    face = interface(chronicle.language)
    for (year, at), some in groupby(chronicle.lines, key=lambda e: _heading(e)):
        yield _month(year, at, face)
        yield ""
        for entry in some:
            yield from _told(entry, chronicle, width)
        yield ""
    yield from _left_out(chronicle)


def _heading(entry: Record) -> tuple[str, str]:
    """Year and month; a stretch over several months stands under its year alone."""
    start, end = entry["start"], entry["end"]
    day = start or end or ""
    if (
        start
        and end
        and start[:7] != end[:7]
        and (date.fromisoformat(end) - date.fromisoformat(start)).days > 15
    ):
        return day[:4], ""
    return day[:4], day[5:7]


def _month(year: str, at: str, face: Interface) -> str:
    if not year:
        return face.say("Day not known")
    named = month(f"{year}-{at}-01", face.locale) if at else year
    return named[:1].upper() + named[1:]


MARGIN = 12
"""Characters before the sentence, for its day."""


def _told(entry: Record, chronicle: Chronicle, width: int) -> Iterator[str]:
    face = interface(chronicle.language)
    when = days(entry, chronicle.language)
    said, status = shown(entry), entry["status"]
    if status != "happened":
        said = f"({face.say(status)}) {said}"
    if entry["doubtful"]:
        said = f"? {said}"
    body = textwrap.wrap(said, max(width - MARGIN, 30), break_long_words=False, break_on_hyphens=False)
    if len(when) >= MARGIN:
        yield when
    else:
        body = [f"{when:<{MARGIN}}{body[0]}", *body[1:]] if body else [when]
        yield body.pop(0)
    yield from (f"{'':<{MARGIN}}{line}" for line in body)
    yield f"{'':<{MARGIN}}{_source(entry, chronicle)}"
    for revision in entry["revised"]:
        yield f"{'':<{MARGIN}}{_revised(revision, face)}"


def _source(entry: Record, chronicle: Chronicle) -> str:
    """`[Le Méridien, 2024-04-23; 3 independent sources, en fr]`."""
    article = chronicle.articles.get(entry["article"])
    name = source_of(article) if article else entry["article"]
    published = days(article["published"], chronicle.language) if article else ""
    many = ""
    if entry["independent"] > 1:
        counted = interface(chronicle.language).say("{n} independent sources", n=entry["independent"])
        many = f"; {counted}, {' '.join(entry['languages'])}"
    return f"[{name}, {published}{many}]"


def _revised(revision: Record, face: Interface) -> str:
    known = f" ({revision['known_from']})" if revision["known_from"] else ""
    match revision["kind"]:
        case "denied":
            words, denied = " ".join((revision["now"] or "").split()), face.say("denied later")
            return f"{denied}{known}: {words}"
        case kind:
            return f"{face.say('revised later')}, {face.say(kind)}: {revision['was']} -> {revision['now']}{known}"


def _left_out(chronicle: Chronicle) -> Iterator[str]:
    face = interface(chronicle.language)
    told = [f"{words} ({option})" for words, option in chronicle.left_out(face)]
    if told:
        yield face.say("Left out: {what}.", what="; ".join(told))


def as_jsonl(chronicle: Chronicle) -> Iterator[str]:
    """A line each, as the record is."""
    for entry in chronicle.lines:
        yield json.dumps(entry, ensure_ascii=False)


def as_csv(chronicle: Chronicle) -> Iterator[str]:
    """A table for spreadsheets: codes in their own columns, names written out, sources with their addresses."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for entry in chronicle.lines:
        told = [
            chronicle.articles[s["article"]] for s in entry["sources"] if s["article"] in chronicle.articles
        ]
        row = {name: entry.get(name) for name in COLUMNS}
        row |= {
            "text": shown(entry),
            "who": "; ".join(chronicle.names.get(ref, ref) for ref in entry["actors"]),
            "place": chronicle.names.get(entry["place"] or "", ""),
            "languages": " ".join(entry["languages"]),
            "doubts": " ".join(entry["doubts"]),
            "sources": "; ".join(f"{source_of(a)}, {days(a['published'])}" for a in told),
            "addresses": " ".join(a["url"] for a in told if a["url"]),
        }
        table.writerow({k: harmless("" if v is None else v) for k, v in row.items()})
    yield out.getvalue()
