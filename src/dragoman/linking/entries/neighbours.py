"""Two days beside each other that tell one event are one line, on the day that the sources state best."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.linking.entries.centrality import cosine
from dragoman.linking.entries.lines import Line

APART = 1
"""Days between two days that may be one event told with different days."""

ONE_EVENT = 0.33
"""Cosine of the shown sentences from which neighbouring days tell one event."""

ADDED = 0.3
"""What the line that stays takes over of the other's weight."""


@dataclass(frozen=True, slots=True)
class _Pair:
    near: float
    first: int
    second: int


def merge_neighbours(lines: dict[int, list[Line]]) -> None:
    """Merge the first lines of neighbouring days where they tell one event; `lines` by day, changed in place."""
    pairs = []
    for day in sorted(lines):
        near_days = (other for other in range(day + 1, day + APART + 1) if other in lines)
        alike = ((_one(lines[day][0], lines[other][0]), other) for other in near_days)
        pairs += [_Pair(near, day, other) for near, other in alike if near]
    gone: set[int] = set()
    for pair in sorted(pairs, key=lambda p: (-p.near, p.first)):
        if pair.first in gone or pair.second in gone:
            continue
        a, b = lines[pair.first][0], lines[pair.second][0]
        stays, goes = (a, b) if a.weight >= b.weight else (b, a)
        stays.moved += goes.everything()
        stays.weight += ADDED * goes.weight
        left = pair.second if stays is a else pair.first
        gone.add(left)
        del lines[left][0]
        if not lines[left]:
            del lines[left]


def _one(a: Line, b: Line) -> float:
    """How surely two lines tell one event; 0 where they do not."""
    if common := a.events() & b.events():
        return 1.0 + len(common)
    one, other = a.shown.sentence, b.shown.sentence
    if one.language == other.language:
        near = cosine(one.vector, other.vector)
        return near if near >= ONE_EVENT else 0.0
    return 0.0
