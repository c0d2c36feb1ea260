"""Counts of people on the move that are one flow: told of the same places by articles days apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.linking.days import day_number
from dragoman.linking.sources import Library
from dragoman.model import FigureMention, Span

Key = tuple[str, int]
"""Article id and the index of a figure in its reading."""

MOVING = frozenset({"displaced", "refugees"})

NEXT = 10
"""Days within which the next article on a flow appears."""

PASSED = 20
"""A figure whose sentence names a day so long before the article appeared is that of another time."""

IN_COMMON = 2
"""States and places that two articles on one flow both name."""

LATEST = 12
"""Articles of a flow that a new one is held against, the latest first."""


def find_flows(library: Library, others: Mapping[Key, int]) -> dict[Key, int]:
    """Figure -> the number of its flow; `others` are figures that are told of something else."""
    telling: list[tuple[int, str, list[int]]] = []
    for source in library.sources:
        article = source.article.id
        day = library.publication(article).first
        if day is None or not library.publication(article).closed:
            continue
        numbers = [
            n
            for n, figure in enumerate(source.reading.figures)
            if figure.measure in MOVING
            and (article, n) not in others
            and not _is_past(library, article, figure)
        ]
        if numbers:
            telling.append((day, article, numbers))
    running: list[_Flow] = []
    found: dict[Key, int] = {}
    count = 0
    for day, article, numbers in sorted(telling):
        areas = areas_named(library, article)
        running = [flow for flow in running if day - flow.last <= NEXT]
        flow = next((f for f in reversed(running) if f.is_of(areas)), None)
        if flow is None:
            flow = _Flow(count, day, [])
            running.append(flow)
            count += 1
        flow.last = day
        flow.areas = [*flow.areas[-LATEST:], areas]
        found.update({(article, number): flow.number for number in numbers})
    return found


@dataclass(slots=True)
class _Flow:
    """A flow while it goes on: the day of its last article and what the latest of them name."""

    number: int
    last: int
    areas: list[frozenset[str]]

    def is_of(self, areas: frozenset[str]) -> bool:
        return any(len(areas & named) >= IN_COMMON for named in self.areas)


def areas_named(library: Library, article: str) -> frozenset[str]:
    """The states and places that an article names, as themselves and as what they stand for."""
    refs = library.named(article, Span(0, 2**31))
    return frozenset(r for ref in refs if library.is_area(ref) for r in library.cast.stands_for(ref))


def _is_past(library: Library, article: str, figure: FigureMention) -> bool:
    first = library.publication(article).first
    span = library.sentence(article, Span(figure.start, figure.end))
    lasts = (day_number(t.last) for t in library.reading(article).times if span.meets(Span(t.start, t.end)))
    return first is not None and any(last is not None and last < first - PASSED for last in lasts)
