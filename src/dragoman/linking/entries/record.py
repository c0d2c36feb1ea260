"""A line of the chronology as a record of the case, with its sources, what it rests on, and what is doubtful in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.linking.days import iso_day, stretch_of
from dragoman.linking.entries.context import days_left_out
from dragoman.linking.entries.fitness import Fitness, weight_of
from dragoman.linking.entries.lines import Line, Told
from dragoman.linking.entries.revisions import Denials, revisions_of
from dragoman.linking.entries.sentences import EVENT, PRINT, WORDS
from dragoman.linking.entries.standing import STANDS
from dragoman.linking.sources import Library
from dragoman.model import (
    Basis,
    Entry,
    EntrySource,
    Event,
    Figure,
    State,
    Statement,
    Status,
    name_by_content,
)

FAR = 0.35
"""Nearness to the topic, as a multiple of the mean, under which a line is hardly of the matter."""

BEFORE = 1826
"""Days before the first publication of the case from which a day that one origin alone recalls is history."""

UNSHOWN = frozenset(("pronoun", "denial"))
"""Faults for which a sentence is shown only with the doubtful lines: it says not who, or denies without saying what."""

SURE = 0.3
"""Confidence of an event from which a line that rests on it alone is sure."""

MOST_SOURCES = 60
"""Sources that a record lists; `independent` counts all."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Records of the case by the sentence that tells them: (article, start of the sentence) -> ids."""

    figures: Mapping[str, Sequence[tuple[int, str]]]
    statements: Mapping[str, Sequence[tuple[int, str]]]
    states: Mapping[str, Sequence[tuple[int, str]]]
    known: Mapping[str, Figure]
    denials: Denials | None = None

    @classmethod
    def of(
        cls,
        figures: Iterable[Figure],
        statements: Iterable[Statement],
        states: Iterable[State],
        denials: Denials | None = None,
    ) -> Facts:
        known = {f.id: f for f in figures}
        return cls(_placed(known.values()), _placed(statements), _placed(states), known, denials)


def _placed(records: Iterable[Figure | Statement | State]) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for record in records:
        for e in record.evidence:
            found[e.article].append((e.start, record.id))
    for some in found.values():
        some.sort()
    return found


def entry_of(library: Library, line: Line, facts: Facts, fitness: Fitness) -> Entry:
    """The record of a line."""
    shown, told = line.shown, line.everything()
    s = shown.sentence
    fit = fitness.of(s)
    span = fit.span
    start, end = line.days
    events = [line.event] if line.event is not None else _events(told)
    main = _main(line)
    articles = {t.sentence.article for t in told}
    numbers = _at(facts.figures, told)
    doubts = _doubts(library, line, fitness, main)
    return Entry(
        id=name_by_content("entry", s.article, s.span, iso_day(start), iso_day(end)),
        start=iso_day(start),
        end=iso_day(end),
        basis=_basis(line),
        why=_why(line),
        text=library.article(s.article).text[span.start : span.end],
        language=s.language,
        article=s.article,
        span=span,
        sources=_sources(library, line),
        independent=library.independent(articles),
        languages=tuple(sorted({t.sentence.language for t in told})),
        weight=round(line.weight, 4),
        known_from=library.known_from(articles),
        status=_status(line, main),
        type=main.type if main else None,
        mode=main.mode if main else None,
        actors=_actors(library, events, told),
        place=next((e.place for e in events if e.place), None),
        events=tuple(sorted(e.id for e in events)),
        figures=numbers,
        statements=_at(facts.statements, told),
        states=_at(facts.states, told),
        context=tuple(sorted((*fit.names, *days_left_out(library, s, start)), key=lambda c: c.at)),
        revised=revisions_of(library, line, _at(facts.figures, [shown]), facts.known, main, facts.denials),
        doubtful=bool(doubts),
        doubts=doubts,
    )


def _basis(line: Line) -> Basis | None:
    """As the best of its tellings has it; None where nothing is known."""
    if line.event is not None:
        return line.event.when.basis if line.event.when is not None and line.days.known else None
    names = [t.naming for t in line.everything()]
    if any(n.time is not None and n.time.basis == "stated" for n in names):
        return "stated"
    if any(n.by in (WORDS, EVENT) for n in names):
        return "relative"
    return "inferred"


def _why(line: Line) -> str:
    told = line.shown
    if line.event is not None:
        return line.event.when.why if line.event.when is not None else "No article says when."
    if told.naming.time is not None:
        return told.naming.time.why
    if told.naming.by == EVENT:
        day = told.day
        for r in told.sentence.records:
            if r is not None and stretch_of(r.when).first == day and r.when is not None:
                return r.when.why
    return "The article was printed on this day or the day after, and tells it as news."


def _events(told: Sequence[Told]) -> list[Event]:
    """Events of the case of the line's days, the weightiest and most told first."""
    weight: Counter[str] = Counter()
    known: dict[str, Event] = {}
    for t in told:
        for report, record in zip(t.sentence.reports, t.sentence.records, strict=True):
            if record is None or t.day is None:
                continue
            days = stretch_of(record.when)
            if days.first is not None and days.last is not None and days.first <= t.day <= days.last:
                known[record.id] = record
                weight[record.id] += round(1000 * (0.5 + weight_of(report)) * report.confidence) + 1
    return [known[i] for i in sorted(known, key=lambda i: (-weight[i], i))]


def _main(line: Line) -> Event | None:
    """The event that the shown sentence tells of the day."""
    if line.event is not None:
        return line.event
    found = _events([line.shown])
    return found[0] if found else None


def _status(line: Line, main: Event | None) -> Status:
    if main is not None:
        return main.status
    # What is shown was written before the day: that others tell of it later makes its words no report.
    return "planned" if line.shown.naming.future else "happened"


def _doubts(library: Library, line: Line, fitness: Fitness, main: Event | None) -> tuple[str, ...]:
    found = []
    told = line.everything()
    if all(t.naming.by == PRINT or fitness.day_is_cut_off(t.sentence, t.naming) for t in told) or (
        _basis(line) == "inferred" and line.event is not None
    ):
        found.append("day")
    if main is not None and main.confidence < SURE and all(t.naming.by == EVENT for t in told):
        found.append("event")
    fit = fitness.of(line.shown.sentence)
    unfit = fit.standing < STANDS or not UNSHOWN.isdisjoint(fit.reasons)
    if unfit or line.again or line.looks_ahead():
        found.append("stands_alone")
    if max(t.sentence.nearness for t in told) < FAR or _is_history(library, line):
        found.append("matter")
    return tuple(found)


def _is_history(library: Library, line: Line) -> bool:
    """True for a day long before the case began, which one origin alone recalls."""
    if line.origins >= 2:
        return False
    first, last = library.first_published, line.days.last
    return first is not None and last is not None and last < first - BEFORE


def _sources(library: Library, line: Line) -> tuple[EntrySource, ...]:
    """One sentence an article: the shown one first, then the fittest of each other article, by publication."""
    best: dict[str, tuple[Told, bool]] = {}
    for told, moved in [*((t, False) for t in line.members), *((t, True) for t in line.moved)]:
        best.setdefault(told.sentence.article, (told, moved))
    shown = line.shown.sentence.article
    order = sorted(best, key=lambda a: (a != shown, library.order(a)))
    return tuple(_source(library, *best[a]) for a in order[:MOST_SOURCES])


def _source(library: Library, told: Told, moved: bool) -> EntrySource:
    s = told.sentence
    published = library.published(s.article)
    origin = library.origin[s.article]
    return EntrySource(
        article=s.article,
        start=s.span.start,
        end=s.span.end,
        text=library.article(s.article).text[s.span.start : s.span.end],
        language=s.language,
        published=published.start if published else None,
        copy_of=origin if origin != s.article else None,
        day=iso_day(told.day) if moved else None,
    )


def _actors(library: Library, events: Sequence[Event], told: Sequence[Told]) -> tuple[str, ...]:
    """Who takes part in its events; without events, whom the shown sentence names."""
    found: dict[str, None] = {}
    for event in events:
        found.update(dict.fromkeys(ref for ref in (*event.who, *event.whom) if ref in library.names))
    if not found and told:
        s = told[0].sentence
        found.update(dict.fromkeys(library.named(s.article, s.span)))
    return tuple(found)[:12]


def _at(placed: Mapping[str, Sequence[tuple[int, str]]], told: Sequence[Told]) -> tuple[str, ...]:
    found: set[str] = set()
    for t in told:
        here = placed.get(t.sentence.article)
        if here:
            span = t.sentence.span
            found.update(
                i for _, i in here[bisect_left(here, (span.start, "")) : bisect_left(here, (span.end, ""))]
            )
    return tuple(sorted(found))
