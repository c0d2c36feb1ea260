"""Values that articles give for one quantity, and whether they can all hold.

A round figure holds what rounds to it; a bound holds what it contains; of a growing count the later and
larger value is a revision. Only what is left is a conflict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.model import Span, TimeMention

SLACK = 0.1
"""Share by which a value given as approximate ("some 2,000") may be off."""

FINE_SLACK = 0.05
"""The same for a value with a second figure ("about 6,500"), if it may not be off by its last place anyway."""

DAYS_OF = {
    "seconds": 1 / 86400,
    "minutes": 1 / 1440,
    "hours": 1 / 24,
    "days": 1.0,
    "weeks": 7.0,
    "months": 30.44,
    "years": 365.25,
    "decades": 3652.5,
    "centuries": 36525.0,
}
"""Days in a unit of time."""

_TIMEX_UNITS = {"D": "days", "W": "weeks", "M": "months", "Y": "years", "DE": "decades", "CE": "centuries"}
_TIMEX = re.compile(r"P(\d+(?:\.\d+)?)(DE|CE|D|W|M|Y)")
_AT_LEAST = frozenset({"MORE_THAN", "EQUAL_OR_MORE"})
_AT_MOST = frozenset({"LESS_THAN", "EQUAL_OR_LESS"})


@dataclass(frozen=True, slots=True)
class Value:
    """What one article gives for a quantity.

    Attributes:
        said: The value with its unit, for people.
        low, high: Bounds in one unit for all values of the quantity; None is open.
        approx: True for a value said to be approximate.
        known: Day number of the article's publication, or None.
        span, sentence: Where it stands.
        part: True for what is no total.
        speaker: Who is quoted with it (an actor's id or words), None for the article itself.
    """

    article: str
    said: str
    low: float | None
    high: float | None
    approx: bool
    known: int | None
    span: Span
    sentence: Span
    rule: str
    speaker: str | None = None
    part: bool = False

    @property
    def size(self) -> float:
        """The largest number it names."""
        return max((x for x in (self.low, self.high) if x is not None), default=0.0)


def can_both_hold(a: Value, b: Value) -> bool:
    """True where one number can be meant by both: they meet, with the slack of rounding and of `approx`."""
    slack = max(_slack(a), _slack(b))
    if _at_most(a.low, b.high, slack) and _at_most(b.low, a.high, slack):
        return True
    return _rounds_to(a, b) or _rounds_to(b, a)


def _slack(value: Value) -> float:
    """By how much an approximate value may be off; 0 for any other."""
    if not value.approx:
        return 0.0
    return min(value.size * SLACK, max(rounding_of(value.size), value.size * FINE_SLACK))


def _at_most(low: float | None, high: float | None, slack: float) -> bool:
    return low is None or high is None or low <= high + slack


def _rounds_to(exact: Value, rounded: Value) -> bool:
    """True where the one value, rounded as the other is, gives the other: 1,960 and 2,000, 51 and 50."""
    if exact.low is None or exact.low != exact.high or rounded.low is None or rounded.low != rounded.high:
        return False
    place = rounding_of(rounded.low)
    return place > 1 and place > rounding_of(exact.low) and abs(exact.low - rounded.low) <= place / 2


def rounding_of(number: float) -> float:
    """The power of ten that a whole number is a multiple of: 100 for 6,500; 1 for 51; 1 for a fraction."""
    if number == 0 or number != int(number):
        return 1.0
    place = 1
    while int(number) % (place * 10) == 0:
        place *= 10
    return float(place)


def revises(earlier: Value, later: Value, breaking: int | None) -> bool:
    """True where a growing count may have grown from the one to the other.

    The larger must be known later, or on the same day up to the day `breaking`, while counting goes on.
    """
    if earlier.known is None or later.known is None or earlier.known > later.known:
        return False
    if earlier.known == later.known and (breaking is None or later.known > breaking):
        return False
    return later.size > earlier.size


def duration_of(mention: TimeMention) -> tuple[float | None, float | None, str] | None:
    """The bounds in days and the unit of a duration (`P3DE`, `P40Y`); None where it is no plain one."""
    found = _TIMEX.fullmatch(mention.value)
    if mention.type != "DURATION" or found is None:
        return None
    unit = _TIMEX_UNITS[found.group(2)]
    days = float(found.group(1)) * DAYS_OF[unit]
    low = None if mention.mod in _AT_MOST else days
    high = None if mention.mod in _AT_LEAST else days
    return low, high, unit
