"""Named days, by the rule that the word lists give for each.

A rule is one of
    `12-25`           a fixed day of the year (month-day)
    `easter+39`       days counted from Western Easter Sunday; `pascha-7` from the Orthodox one
    `4th 4 of 11`     the fourth Thursday of November; `last 1 of 5` the last Monday of May
    `tue after 1st 1 of 11`  the Tuesday after the first Monday of November
Source of the Easter reckonings: the Gregorian and Julian computus as given by J. Meeus, Astronomical Algorithms.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_FIXED = re.compile(r"(\d\d)-(\d\d)")
_MOVABLE = re.compile(r"(easter|pascha)([+-]\d+)?")
_NTH = re.compile(r"(tue after )?(\d)(?:st|nd|rd|th) (\d) of (\d+)")
_LAST = re.compile(r"last (\d) of (\d+)")


def holiday(rule: str, year: int) -> date:
    """The day that a rule gives in a year.

    Raises:
        ValueError: the rule is of no known form.
    """
    if found := _FIXED.fullmatch(rule):
        month, day = int(found[1]), int(found[2])
        return date(year, month, min(day, monthrange(year, month)[1]))
    if found := _MOVABLE.fullmatch(rule):
        sunday = easter(year) if found[1] == "easter" else pascha(year)
        return sunday + timedelta(days=int(found[2] or 0))
    if found := _NTH.fullmatch(rule):
        first = date(year, int(found[4]), 1)
        ahead = (int(found[3]) - first.isoweekday()) % 7 + 7 * (int(found[2]) - 1)
        return first + timedelta(days=ahead + (1 if found[1] else 0))
    if found := _LAST.fullmatch(rule):
        month = int(found[2])
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - int(found[1])) % 7)
    raise ValueError(f"no holiday rule: {rule!r}; see the head of reading/times/holidays.py")


def easter(year: int) -> date:
    """Western Easter Sunday."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def pascha(year: int) -> date:
    """Orthodox Easter Sunday, by the calendar in civil use."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    ahead = year // 100 - year // 400 - 2
    return date(year, month, day + 1) + timedelta(days=ahead)
