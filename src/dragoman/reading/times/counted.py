"""What has been spoken of, from which a time is counted; and times that are counted from it (*two days later*)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.model import Basis, Span
from dragoman.reading.times import periods
from dragoman.reading.times.periods import Period
from dragoman.reading.times.spot import Spotted

_TOO_FAR = 1500
"""Code points behind a date after which *the day before* and *the next day* are not counted from it any more."""
_NEAR = 1200
"""Code points within which *a year earlier* still compares with the quarter spoken of last."""


@dataclass(frozen=True, slots=True)
class Found:
    """An anchored stretch: the period, how it is known, from which words, and why."""

    period: Period
    basis: Basis
    why: str
    anchor: Span | None = None


@dataclass(slots=True)
class Discourse:
    """What has been spoken of so far: the last dates, and the article's own day."""

    now: date | None
    now_known: bool
    last: Period | None = None
    last_span: Span | None = None
    goes_on: bool = False
    """Whether the last date left out its year and took that of an older one before it."""
    last_quarter: Period | None = None
    last_quarter_span: Span | None = None


def anchor_of(one: Spotted, talk: Discourse) -> tuple[Period | None, Span | None, str]:
    """What an expression is counted from, its words, and how to call it."""
    if one.anchor == "then":
        far = talk.last_span is not None and one.start - talk.last_span.end > _TOO_FAR
        if talk.last is not None and not far:
            return talk.last, talk.last_span, f"the date spoken of last, {talk.last.value}"
        if one.direction > 0 or (one.offset or 0) > 0:
            return None, None, ""
    if talk.now is not None:
        return periods.day_period(talk.now), None, f"the article's day, {talk.now.isoformat()}"
    return None, None, ""


def counted(one: Spotted, talk: Discourse) -> Found | None:
    """*three days ago*, *two years later*."""
    if one.count is None or one.unit is None:
        return None
    anchor, span, source = anchor_of(one, talk)
    quarter = talk.last_quarter
    recent = talk.last_quarter_span is not None and one.start - talk.last_quarter_span.end < _NEAR
    if quarter is not None and recent and one.unit == "year" and one.count == 1 and one.direction < 0:
        anchor, span, source = quarter, talk.last_quarter_span, f"the quarter spoken of last, {quarter.value}"
    if anchor is None:
        return None
    if one.unit in ("hour", "minute", "second"):
        hours = one.count * periods.size(one.unit) * one.direction
        day = periods.shift_day(anchor.first, "day", int(hours))
    else:
        day = periods.shift_day(anchor.first, one.unit, one.count * one.direction)
    if day is None:
        return None
    unit = one.unit if one.unit in ("day", "month", "year", "quarter", "week") else "year"
    if one.unit in ("hour", "minute", "second"):
        unit = "day"
    why = f"Counted from {source}."
    if periods.size(anchor.unit) > periods.size(unit):
        # Three days after "in 2022": no day can be told, only the same stretch moved on.
        last = periods.shift_day(anchor.last, one.unit, one.count * one.direction) or anchor.last
        return Found(
            Period(day, last, periods.holding(day, anchor.unit).value, anchor.unit), "relative", why, span
        )
    if anchor.unit != "day" and periods.size(anchor.unit) < periods.size(unit):
        unit = anchor.unit
    return Found(periods.holding(day, unit), "relative", why, span)
