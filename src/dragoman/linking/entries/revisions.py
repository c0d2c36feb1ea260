"""What changed about a line after it was first told: a figure revised, its day told otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dragoman.linking.days import iso_day
from dragoman.linking.entries.lines import Line
from dragoman.linking.sources import Library
from dragoman.model import Figure, Revision

MOST_STEPS = 20
"""Revisions of one figure that are followed."""


def revisions_of(
    library: Library, line: Line, figures: Iterable[str], known: Mapping[str, Figure]
) -> tuple[Revision, ...]:
    """By the day from which each was known.

    Args:
        figures: Ids of the figures of the line; `known`: all of the case by id.
    """
    found = [r for i in figures if i in known for r in _of_figure(library, known[i], known)]
    found += _of_day(library, line)
    once = {(r.kind, r.was, r.now): r for r in found}
    return tuple(sorted(once.values(), key=lambda r: (r.known_from or "9999", r.kind, r.article, r.start)))


def _of_figure(library: Library, figure: Figure, known: Mapping[str, Figure]) -> Iterator[Revision]:
    for _ in range(MOST_STEPS):
        later = known.get(figure.revised_by or "")
        if later is None or not later.evidence:
            return
        first = min(later.evidence, key=lambda e: (library.order(e.article), e.start))
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


def _said(figure: Figure) -> str:
    """`28120 people`, `more than 200`: bounds as they are, in figures."""
    low, high = figure.low, figure.high
    unit = f" {figure.unit}" if figure.unit else ""
    if low is not None and high is not None:
        return f"{low:.12g}{unit}" if low == high else f"{low:.12g}-{high:.12g}{unit}"
    return f">= {low:.12g}{unit}" if low is not None else f"<= {high:.12g}{unit}" if high is not None else "?"


def _of_day(library: Library, line: Line) -> Iterator[Revision]:
    """Another day that a neighbouring line, which is the same event, had."""
    if not line.moved or line.days.first is None:
        return
    told = min(line.moved, key=lambda t: (library.order(t.sentence.article), t.sentence.number))
    if told.day is None or told.day == line.days.first:
        return
    s = told.sentence
    yield Revision(
        kind="day",
        was=iso_day(told.day),
        now=iso_day(line.days.first),
        known_from=library.known_from([s.article]),
        article=s.article,
        start=s.span.start,
        end=s.span.end,
    )
