"""Dates that leave out their year: what they name in a given year, and which year tense and day of telling allow."""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.reading.syntax import Tense
from dragoman.reading.times import periods
from dragoman.reading.times.holidays import holiday
from dragoman.reading.times.periods import Period
from dragoman.reading.times.spot import Spotted

# A year is left out only where nobody would miss it. These days say when a date told as past is still to come
# (*declared a dividend, payable Dec. 15*), or one told as future just over.
_FAR = 290
_NEAR_DAYS = 60
_NEAR_MONTH = 20
_JUST_OVER = 7
_SOON = 3
"""Days ahead of a weekday that the present tense still looks forward to (*meets on Friday*)."""


def names_nothing(one: Spotted) -> bool:
    """True for a bare time of the day, which names no date."""
    named = (one.month, one.day, one.weekday, one.season, one.quarter, one.half, one.holiday)
    return all(field is None for field in named)


def in_year(one: Spotted, year: int) -> Period | None:
    """What the words name, in this year; None where that year has no such day."""
    if not periods.in_range(year):
        return None
    if one.month is not None:
        if one.day is None:
            return periods.month_period(year, one.month)
        month = periods.month_period(year, one.month)
        return periods.day_period(month.first.replace(day=one.day)) if one.day <= month.last.day else None
    if one.holiday is not None:
        return periods.day_period(holiday(one.holiday, year))
    if one.season is not None:
        return periods.season_period(year, one.season)
    if one.quarter is not None:
        return periods.quarter_period(year, one.quarter) if one.quarter else None
    if one.half is not None:
        return periods.half_period(year, one.half) if one.half else None
    return periods.year_period(year)


def near(one: Spotted, now: date, tense: Tense) -> Period | None:
    """The period of this description that tense and day of telling allow."""
    if one.role == "since":
        tense = "past"
    if one.weekday is not None and one.month is None and one.day is None:
        back = (now.isoweekday() - one.weekday) % 7
        ahead = -back % 7
        soon = tense == "present" and ahead <= _SOON
        return periods.day_period(
            now + timedelta(days=ahead if tense == "future" or one.role == "by" or soon else -back)
        )
    around = [p for p in (in_year(one, now.year + step) for step in range(-7, 8)) if p is not None]
    if one.weekday is not None:
        right = [p for p in around if p.first.isoweekday() == one.weekday]
        return min(right or around, key=lambda p: _distance(p, now), default=None)
    if not around:
        return None
    nearest = min(around, key=lambda p: (_distance(p, now), p.first))
    by_term = one.role in ("until", "by") and tense != "future"
    if by_term or tense == "present" or (tense == "future" and nearest.unit in ("quarter", "half")):
        return nearest
    if tense == "future":
        choice = next((p for p in around if p.last >= now), nearest)
        just_over = nearest.unit == "day" and _distance(nearest, now) <= _JUST_OVER
        return nearest if _distance(choice, now) > _FAR and just_over else choice
    choice = next((p for p in reversed(around) if p.first <= now), nearest)
    near = _NEAR_DAYS if nearest.unit == "day" else _NEAR_MONTH
    if tense == "none":
        return nearest if _distance(nearest, now) <= near else choice
    return nearest if _distance(choice, now) > _FAR and _distance(nearest, now) <= near else choice


def _distance(period: Period, now: date) -> int:
    """Days between a day and a period; 0 within it."""
    return max(0, (period.first - now).days, (now - period.last).days)


def why_near(tense: Tense, period: Period, now: date) -> str:
    said = {"past": "Past tense", "future": "Future tense", "present": "Present tense"}.get(tense, "No tense")
    if period.first <= now <= period.last:
        return f"{said}: the one that holds the article's day, {now.isoformat()}."
    side = "last before" if period.last < now else "next after"
    return f"{said}: the {side} the article's day, {now.isoformat()}."
