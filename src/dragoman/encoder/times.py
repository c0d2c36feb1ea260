"""The days that an event could have: what its window's time expressions and the publication day allow.

The days themselves come from the time grammar; the encoder only says which of them is an event's, and how: at it,
since it, until it. Four choices need no expression: none, the day of publication or the one before, later, earlier.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

RELATIONS: Final = ("at", "since", "until")
FREE: Final = ("none", "published", "after", "before")
"""Choices without an expression; they come first, in this order."""
MOST_EXPRESSIONS: Final = 24
GRAINS: Final = 6
DISTANCES: Final = 10


@dataclass(frozen=True, slots=True)
class TimeCandidate:
    """One choice of days.

    Attributes:
        words: First word and the one after the last, of its window; None where no expression is behind it.
        relation: Index in RELATIONS, or in FREE where `words` is None.
        first, last: The days, both included; None is open.
        possible: Whether it can be chosen at all (what needs a publication day cannot without one).
        grain: How long the stretch is: 0 a day, 1 up to a week, 2 a month, 3 a quarter, 4 a year, 5 longer or open.
        distance: Where it lies from publication, in ten steps; 0 where that is unknown.
        expression: Index of the expression among those given.
    """

    words: tuple[int, int] | None
    relation: int
    first: date | None
    last: date | None
    possible: bool = True
    grain: int = 0
    distance: int = 0
    expression: int | None = None


def candidates_of(
    times: Iterable[Mapping[str, Any]], words: list[tuple[int, int]], published: str | None
) -> list[TimeCandidate]:
    """All choices of a window.

    Args:
        times: The article's time expressions, as `annotate` gives them (`start`, `end`, `first`, `last`).
        words: The window's words, in the article, in its order and none over another.
        published: ISO day, or None.
    """
    day = date.fromisoformat(published[:10]) if published else None
    before = day - timedelta(days=1) if day else None
    free = [
        TimeCandidate(None, 0, None, None),
        TimeCandidate(None, 1, before, day, day is not None),
        TimeCandidate(None, 2, day, None, day is not None),
        TimeCandidate(None, 3, None, day, day is not None),
    ]
    placed = []
    starts, ends = [a for a, _ in words], [b for _, b in words]
    for n, t in enumerate(times):
        first_word, past = bisect_right(ends, t["start"]), bisect_left(starts, t["end"])
        if first_word < past and (t.get("first") or t.get("last")):
            placed.append((first_word, past, t, n))
    out = list(free)
    for a, b, t, n in placed[-MOST_EXPRESSIONS:]:
        first = date.fromisoformat(t["first"]) if t.get("first") else None
        last = date.fromisoformat(t["last"]) if t.get("last") else None
        grain, away = grain_of(first, last), distance_of(first or last, day)
        out.append(TimeCandidate((a, b), 0, first, last, True, grain, away, n))
        out.append(TimeCandidate((a, b), 1, first, None, first is not None, grain, away, n))
        out.append(TimeCandidate((a, b), 2, None, last, last is not None, grain, away, n))
    return out


def grain_of(first: date | None, last: date | None) -> int:
    if first is None or last is None:
        return 5
    days = (last - first).days + 1
    return next((n for n, most in enumerate((1, 7, 31, 100, 366)) if days <= most), 5)


def distance_of(day: date | None, published: date | None) -> int:
    """0 unknown; 1 to 6 before publication (over a year, a year, a quarter, a month, a week, the day before), 7 on
    it, 8 within a week after it, 9 later."""
    if day is None or published is None:
        return 0
    gap = (day - published).days
    if gap > 0:
        return 8 if gap <= 7 else 9
    steps = (0, 1, 7, 31, 100, 366)
    return 7 - next((n for n, most in enumerate(steps) if -gap <= most), 6)
