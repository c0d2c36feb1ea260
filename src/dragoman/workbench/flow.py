"""Cooperation and conflict over time as small bars: up and down from a line, a bar a month or longer."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST = 60
"""Bars that a row has room for; a longer span has bars of quarters, years, decades."""

STEPS = (1, 3, 12, 120)
"""Months that a bar may stand for."""

HALF = 14.0
"""Height of the longest bar, in the units of the drawing."""

LEAST = 2.0
"""Height of the shortest."""

Told = Iterable[tuple[str, int, int]]
"""`YYYY-MM`, events in cooperation, events in conflict."""


@dataclass(frozen=True, slots=True)
class Bar:
    """`x` from 0 on; `first`, `last`: ISO days; `up` and `down`: heights of `good` and `bad` events."""

    x: int
    first: str
    last: str
    good: int
    bad: int
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class Flow:
    """The bars of one row, `width` of which have room, each standing for `months`."""

    bars: tuple[Bar, ...]
    width: int
    months: int


def flow_of(rows: Sequence[Told]) -> list[Flow]:
    """A flow for each row; all have the same span of time and the same scale."""
    told = [[(_month(at), good, bad) for at, good, bad in row if good or bad] for row in rows]
    months = [at for row in told for at, _, _ in row]
    first, last = min(months, default=0), max(months, default=0)
    step = next((s for s in STEPS if last // s - first // s < MOST), STEPS[-1])
    begin, width = first // step, last // step - first // step + 1
    sums: list[dict[int, tuple[int, int]]] = []
    for row in told:
        held: dict[int, tuple[int, int]] = {}
        for at, good, bad in row:
            before = held.get(at // step - begin, (0, 0))
            held[at // step - begin] = (before[0] + good, before[1] + bad)
        sums.append(held)
    most = max((n for held in sums for both in held.values() for n in both), default=1)
    return [
        Flow(tuple(_bar(x, begin, step, both, most) for x, both in sorted(held.items())), width, step)
        for held in sums
    ]


def _bar(x: int, begin: int, step: int, both: tuple[int, int], most: int) -> Bar:
    start = (begin + x) * step
    year, month = divmod(start + step - 1, 12)
    first = f"{start // 12:04}-{start % 12 + 1:02}-01"
    last = f"{year:04}-{month + 1:02}-{monthrange(year, month + 1)[1]:02}"
    up, down = (round(max(LEAST, HALF * n / most), 1) if n else 0.0 for n in both)
    return Bar(x, first, last, *both, up, down)


def _month(at: str) -> int:
    return int(at[:4]) * 12 + int(at[5:7]) - 1
