"""Stretches of days as the tables order them and find them.

Two stretches overlap by four comparisons, which no index serves: of a million events that began before a day,
all would have to be looked at for those that still went on. So a long stretch has a class of length, and of a
class only those are looked at that began no longer ago than its longest.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from dragoman.model import When

MONTH, YEAR, LONGER, OPEN_END, OPEN_START = 1, 2, 3, 4, 5
"""Classes of stretches of more than a day: to 31 days, to 366, longer; without a last day, without a first."""

LONGEST = {MONTH: 31, YEAR: 366}

UNDATED = "~"
"""The stretch of what has no day: after all days."""

Condition = sa.ColumnElement[bool]


def stretch_of(when: When | None) -> str:
    """Where it stands in time: `FIRST/LAST`, so that an exact day comes before a longer stretch from it on.

    What has no first day stands where its last is; what has no day at all comes last.
    """
    first, last = (when.start, when.end) if when else (None, None)
    if first is None and last is None:
        return UNDATED
    return f"{first or last}/{last or '9999'}"


def length_of(when: When | None) -> int | None:
    """The class of its length; None for a single day and where no day is known."""
    first, last = (when.start, when.end) if when else (None, None)
    if first == last:
        return None
    if first is None or last is None:
        return OPEN_START if first is None else OPEN_END
    try:
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    except ValueError:  # a day beyond what calendars count, such as one before our era
        return LONGER
    return next((size for size, most in LONGEST.items() if days <= most), LONGER)


def overlap(c: Any, since: str | None, until: str | None) -> list[Condition]:
    """Conditions of a record's stretch on touching a span, both days included; one without any day touches none.

    Args:
        c: The columns of `record`, or of a table that holds `stretch`, `last` and `length` too.
    """
    found: list[Condition] = []
    if since:
        found.append(sa.or_(c.last >= since, c.length == OPEN_END))
    if until:
        found.append(sa.or_(c.stretch < after(until), c.length == OPEN_START))
    return found


def overlaps(c: Any, since: str | None, until: str | None) -> Iterator[list[Condition]]:
    """The same as `overlap` in parts that have no record in common, each of which an index serves."""
    if since is None and until is None:
        yield []
        return
    end = after(until) if until else UNDATED
    if since is None:
        yield [c.stretch < end]
    else:
        yield [c.stretch >= since, c.stretch < end]
        begun = min(since, end)
        yield from reaching(c, since, begun)
        yield [c.length == OPEN_END, c.stretch < begun]
    if until is not None:
        yield [c.length == OPEN_START, c.stretch >= end, c.last >= (since or "")]


def reaching(c: Any, day: str, begun: str) -> Iterator[list[Condition]]:
    """Closed stretches of more than a day that began before `begun`, itself no later than `day`, and reach `day`."""
    for size, most in LONGEST.items():
        yield [c.length == size, c.stretch >= _before(day, most), c.stretch < begun, c.last >= day]
    yield [c.length == LONGER, c.stretch < begun, c.last >= day]


def after(day: str) -> str:
    """Comes after each stretch that begins on a day, before those of the next."""
    return f"{day}{UNDATED}"


def _before(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) - timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return ""
