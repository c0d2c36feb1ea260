"""Stretches of days as numbers, for comparing. Both ends are included; an end of None is open."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from dragoman.model import When


@lru_cache(maxsize=1 << 16)
def day_number(day: str | None, last: bool = False) -> int | None:
    """Days since 1 January of the year 1 of an ISO day; None for None and for what is no day.

    Of a month (`2024-05`) or a year it is the first day, or with `last` the last one.
    """
    if not day:
        return None
    try:
        match day[:10].count("-"):
            case 0:
                return date(int(day[:10]), 12 if last else 1, 31 if last else 1).toordinal()
            case 1:
                year, month = (int(part) for part in day[:10].split("-"))
                return date(year, month, monthrange(year, month)[1] if last else 1).toordinal()
            case _:
                return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None


def iso_day(number: int | None) -> str | None:
    """The ISO day of a day number within the years 1 to 9999."""
    if number is None or not 1 <= number <= date.max.toordinal():
        return None
    return date.fromordinal(number).isoformat()


class Stretch(NamedTuple):
    """Days `first` to `last`, both included; None is open on that side."""

    first: int | None
    last: int | None

    @property
    def known(self) -> bool:
        """True where at least one end is known."""
        return self.first is not None or self.last is not None

    @property
    def closed(self) -> bool:
        return self.first is not None and self.last is not None

    @property
    def length(self) -> int | None:
        """Days it covers, or None where an end is open."""
        if self.first is None or self.last is None:
            return None
        return self.last - self.first + 1

    def meets(self, other: Stretch) -> bool:
        """True where some day can be in both."""
        return _at_most(self.first, other.last) and _at_most(other.first, self.last)

    def narrow(self, other: Stretch) -> Stretch:
        """The days that are in both; call it only where they meet."""
        firsts = [d for d in (self.first, other.first) if d is not None]
        lasts = [d for d in (self.last, other.last) if d is not None]
        return Stretch(max(firsts, default=None), min(lasts, default=None))

    def widen(self, days: int) -> Stretch:
        """The stretch with so many more days at either closed end."""
        return Stretch(
            None if self.first is None else self.first - days, None if self.last is None else self.last + days
        )

    def holds(self, other: Stretch) -> bool:
        """True where every day of `other` is surely in this stretch."""
        from_first = self.first is None or (other.first is not None and self.first <= other.first)
        to_last = self.last is None or (other.last is not None and other.last <= self.last)
        return from_first and to_last

    def ends_before(self, other: Stretch) -> bool:
        """True where this surely ends before `other` begins."""
        return self.last is not None and other.first is not None and self.last < other.first


UNKNOWN = Stretch(None, None)


def _at_most(first: int | None, last: int | None) -> bool:
    return first is None or last is None or first <= last


def stretch_of(when: When | None) -> Stretch:
    """The days of a `When`; `UNKNOWN` where there is none. Ends in the wrong order count as unknown."""
    if when is None:
        return UNKNOWN
    stretch = Stretch(day_number(when.start), day_number(when.end, last=True))
    return stretch if _at_most(stretch.first, stretch.last) else UNKNOWN


def gap(a: Stretch, b: Stretch) -> int | None:
    """Days between two stretches that do not meet, 0 where they meet, None where an open end leaves it open."""
    if a.meets(b):
        return 0 if a.known and b.known else None
    if a.ends_before(b) and b.first is not None and a.last is not None:
        return b.first - a.last
    if a.first is not None and b.last is not None:
        return a.first - b.last
    return None


MOST_MONTHS = 25
"""Months of a stretch that `months_of` gives at most."""


@lru_cache(maxsize=1 << 14)
def months_of(stretch: Stretch) -> tuple[str, ...]:
    """The months that a closed stretch has days in, as `2024-5`, the first two years of a long one."""
    if stretch.first is None or stretch.last is None:
        return ()
    first, last = date.fromordinal(max(stretch.first, 1)), date.fromordinal(max(stretch.last, 1))
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(
        f"{first.year + (first.month - 1 + i) // 12}-{(first.month - 1 + i) % 12 + 1}"
        for i in range(min(count, MOST_MONTHS))
    )
