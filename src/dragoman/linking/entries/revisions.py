"""What changed about a line after it was first told: a figure revised, its day told otherwise, the deed denied.

Each is another source's, on a later day: what one article tells in two ways is no revision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dragoman.linking.days import iso_day, stretch_of
from dragoman.linking.entries.centrality import cosine
from dragoman.linking.entries.lines import Line, Told
from dragoman.linking.entries.sentences import DEEDS, WORDS
from dragoman.linking.sources import Library
from dragoman.model import Event, Evidence, Figure, Revision, Span

NEARLY_ITS_WORDS = 0.5
"""Cosine from which two sentences tell one thing without an event that says so."""

SURE_DENIAL = 0.6
"""Confidence from which a denial is held against a deed: a false one turns a line round."""

MOST_STEPS = 20
"""Revisions of one figure that are followed."""


def revisions_of(
    library: Library,
    line: Line,
    figures: Iterable[str],
    known: Mapping[str, Figure],
    main: Event | None = None,
    denials: Denials | None = None,
) -> tuple[Revision, ...]:
    """By the day from which each was known.

    Args:
        figures: Ids of the figures of the line; `known`: all of the case by id.
        main: The event that its sentence tells; `denials`: of all events of the case.
    """
    found = [r for i in figures if i in known for r in _of_figure(library, known[i], known)]
    found += _of_day(library, line)
    found += denials.of(line, main) if denials is not None else ()
    once = {(r.kind, r.was, r.now): r for r in found}
    return tuple(sorted(once.values(), key=lambda r: (r.known_from or "9999", r.kind, r.article, r.start)))


def _of_figure(library: Library, figure: Figure, known: Mapping[str, Figure]) -> Iterator[Revision]:
    for _ in range(MOST_STEPS):
        later = known.get(figure.revised_by or "")
        if later is None or not later.evidence or not figure.evidence:
            return
        first = _first(library, later.evidence)
        if _said(figure) == _said(later) or not _came_later(library, _first(library, figure.evidence), first):
            figure = later
            continue
        yield Revision(
            kind="figure",
            was=_said(figure),
            now=_said(later),
            known_from=library.known_from([first.article]),
            article=first.article,
            start=first.start,
            end=first.end,
        )
        figure = later


def _first(library: Library, evidence: Iterable[Evidence]) -> Evidence:
    return min(evidence, key=lambda e: (library.order(e.article), e.start))


def _came_later(library: Library, was: Evidence, now: Evidence) -> bool:
    """Whether another source told it so, on a later day."""
    before, after = library.publication(was.article), library.publication(now.article)
    return library.origin[was.article] != library.origin[now.article] and before.ends_before(after)


def _said(figure: Figure) -> str:
    """`28120 people`, `more than 200`: bounds as they are, in figures."""
    low, high = figure.low, figure.high
    unit = f" {figure.unit}" if figure.unit else ""
    if low is not None and high is not None:
        return f"{low:.12g}{unit}" if low == high else f"{low:.12g}-{high:.12g}{unit}"
    return f">= {low:.12g}{unit}" if low is not None else f"<= {high:.12g}{unit}" if high is not None else "?"


def _of_day(library: Library, line: Line) -> Iterator[Revision]:
    """The day that others told before, of the same event of the case, until a later source told the line's own."""
    events = line.events()
    own = [t for t in line.members if t.naming.by == WORDS and not t.naming.future]
    tellers = {library.origin[t.sentence.article] for t in line.members}
    moved = [
        t
        for t in line.moved
        if t.naming.by == WORDS
        and library.origin[t.sentence.article] not in tellers
        and _is_one(t, own, events)
    ]
    if not own or not moved:
        return
    was, now = (
        min(some, key=lambda t: (library.order(t.sentence.article), t.sentence.number))
        for some in (moved, own)
    )
    days = library.publication(was.sentence.article), library.publication(now.sentence.article)
    if was.day is None or was.day == line.days.first or not days[0].ends_before(days[1]):
        return
    s = now.sentence
    yield Revision(
        kind="day",
        was=iso_day(was.day),
        now=iso_day(line.days.first),
        known_from=library.known_from([s.article]),
        article=s.article,
        start=s.span.start,
        end=s.span.end,
    )


def _is_one(told: Told, own: Iterable[Told], events: set[str]) -> bool:
    """Whether it surely tells what the line tells: an event of it, or nearly its words."""
    s = told.sentence
    if any(r is not None and r.id in events for r in s.records):
        return True
    return any(
        o.sentence.language == s.language and cosine(o.sentence.vector, s.vector) >= NEARLY_ITS_WORDS
        for o in own
    )


class Denials:
    """Where a deed of the case is denied: by an event told as denied, or within what a speaker denies."""

    def __init__(self, library: Library, events: Iterable[Event]) -> None:
        self._library = library
        self._at: dict[str, list[tuple[str, Span]]] = defaultdict(list)
        self._apart: dict[tuple[str, str], list[Event]] = defaultdict(list)
        denied = {
            s.article.id: [
                r
                for r in s.reading.statements
                if r.stance == "denies" and (r.confidence is None or r.confidence >= SURE_DENIAL)
            ]
            for s in library.sources
        }
        told_as = {s.article.id: {r.trigger: r.status for r in s.reading.events} for s in library.sources}
        for event in events:
            if event.status == "denied" and event.when is not None and event.confidence >= SURE_DENIAL:
                for side in {*event.who, *event.whom}:
                    self._apart[event.type, side].append(event)
            for e in event.evidence:
                trigger = e.fields.get("trigger")
                if not isinstance(trigger, Span):
                    continue
                by = next((s for s in denied[e.article] if any(trigger.meets(c) for c in s.content)), None)
                if by is not None:
                    self._at[event.id].append((e.article, by.sentence))
                elif told_as[e.article].get(trigger) == "denied":
                    self._at[event.id].append((e.article, Span(e.start, e.end)))

    def _of_the_same(self, main: Event) -> Iterator[tuple[str, Span]]:
        """Denials of what has the same type and day and the same sides, as far as both tell them."""
        days = stretch_of(main.when)
        for side in {*main.who, *main.whom}:
            for denied in self._apart.get((main.type, side), ()):
                pairs = ((main.who, denied.who), (main.whom, denied.whom))
                other = any(a and b and set(a).isdisjoint(b) for a, b in pairs)
                if not other and days.known and days.meets(stretch_of(denied.when)):
                    yield from ((e.article, Span(e.start, e.end)) for e in denied.evidence)

    def of(self, line: Line, main: Event | None) -> Iterator[Revision]:
        """The first denial of the deed that a line tells by another source than those that told it before."""
        if main is None or main.status not in DEEDS:
            return
        library = self._library
        deny = {*self._at.get(main.id, ()), *self._of_the_same(main)}
        tell = [
            t
            for t in line.everything()
            if not any(a == t.sentence.article and t.sentence.span.meets(at) for a, at in deny)
        ]
        told = {library.origin[t.sentence.article] for t in tell}
        first = min((library.order(t.sentence.article) for t in tell), default=None)
        later = [
            (library.order(article), span, article)
            for article, span in deny
            if library.origin[article] not in told
            and first is not None
            and library.order(article)[0] > first[0]
        ]
        for _, span, article in sorted(later)[:1]:
            yield Revision(
                kind="denied",
                was=None,
                now=library.article(article).text[span.start : span.end],
                known_from=library.known_from([article]),
                article=article,
                start=span.start,
                end=span.end,
            )
