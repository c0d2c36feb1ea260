"""ics: the dated lines of the chronology and what is still due, for any calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dragoman.model.lines import Record
from dragoman.telling.calendar import told_days
from dragoman.telling.exports.chronicle import Line, chapters, footnote
from dragoman.telling.exports.pieces import one_line
from dragoman.telling.exports.table import Facts, when_of
from dragoman.telling.interface import Interface, interface
from dragoman.telling.wording import brief, evidence_of

DUE = ("open", "overdue")
"""Outcomes of promises that nothing has settled."""

NO_DAY = "1970-01-01"
"""The stamp of what is told on no known day: the format asks for one, and the clock has no part in an export."""


def as_ics(facts: Facts, note: str) -> Iterator[bytes]:
    """iCalendar (RFC 5545): all-day entries, over the whole stretch, of the lines that have a day and of the promises
    that nothing has settled. One of which only one end is known stands on that day and says so."""
    from icalendar import Calendar

    face = interface(facts.language)
    calendar = Calendar()
    calendar.add("prodid", "-//Dragoman//chronology//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-caldesc", note)
    end_of_it = b"END:VCALENDAR\r\n"
    head: bytes = calendar.to_ical()
    yield head.removesuffix(end_of_it)
    for chapter in chapters(facts):
        for line in chapter.lines:
            yield from _of_line(facts, line, face)
    for promise in facts.of("commitment"):
        if promise["outcome"] in DUE:
            yield from _of_promise(facts, promise, face)
    yield end_of_it


def _of_line(facts: Facts, line: Line, face: Interface) -> Iterator[bytes]:
    said = f"({line.status}) {line.text}" if line.status else line.text
    told = "".join(words for words, _ in footnote(line, face))
    held = facts.source.fetch([line.id])[line.id]
    about = [words for words in (line.beside, told) if words]
    yield from _entry(line.id, line.when, said, about, held["known_from"], "CONFIRMED", face)


def _of_promise(facts: Facts, promise: Record, face: Interface) -> Iterator[bytes]:
    words = [one_line(e["text"]) for e in evidence_of(promise)]
    published = [(facts.articles[e["article"]] or {}).get("published") or {} for e in evidence_of(promise)]
    known = min((day for p in published if (day := p.get("start") or p.get("end"))), default=None)
    said = one_line(brief(promise, facts.book))
    yield from _entry(promise["id"], when_of(promise), said, words, known, "TENTATIVE", face)


def _entry(
    name: str, when: Record, said: str, about: list[str], known: str | None, status: str, face: Interface
) -> Iterator[bytes]:
    from icalendar import Event

    start, end = when.get("start") or when.get("end"), when.get("end") or when.get("start")
    if not start or not end:
        return
    if not (when.get("start") and when.get("end")):
        about = [told_days(when, face), *about]
    last = date.fromisoformat(end)
    entry: Any = Event()
    entry.add("uid", f"{name}@dragoman")
    entry.add("dtstamp", datetime.fromisoformat(known or NO_DAY).replace(tzinfo=UTC))
    entry.add("dtstart", date.fromisoformat(start))
    entry.add("dtend", last + timedelta(days=1) if last < date.max else last)
    entry.add("summary", said)
    entry.add("status", status)
    entry.add("transp", "TRANSPARENT")
    entry.add("description", "\n".join(about))
    yield entry.to_ical()
