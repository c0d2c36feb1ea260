"""Stretches of the calendar with their TIMEX3 value: days, weeks, months, quarters, seasons, decades.

A `Period` holds both of its end days. Units are `day`, `weekend`, `week`, `fortnight`, `month`, `quarter`,
`half`, `season`, `year`, `decade`, `century`, `millennium`. Weeks are those of ISO 8601 and begin on Monday.

Seasons are those of the weather services: spring is March to May, summer June to August, autumn
September to November; the winter of a year is the December before it to its February.
Parts (`START`, `MID`, `END`) of a month are its 1st-10th, 11th-20th and 21st-last day, of every other
period its thirds.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
MONTHS_IN = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
    "millennium": 12000,
}
DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}
_SIZES = {
    "second": 0.00001, "minute": 0.0007, "hour": 0.04, "day": 1.0, "weekend": 2.0, "week": 7.0, "fortnight": 14.0,
    "month": 30.4, "quarter": 91.3, "season": 91.0, "half": 182.6, "year": 365.2, "decade": 3652.4,
    "century": 36524.0, "millennium": 365240.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """Days `first` to `last`, both included; `value` as TIMEX3 writes it; `unit` its size."""

    first: date
    last: date
    value: str
    unit: str


def size(unit: str) -> float:
    """Days in a unit, about."""
    return _SIZES.get(unit, 1.0)


def in_range(year: int) -> bool:
    """True where the calendar that we count by has the year, with a margin to count on from it."""
    return MINYEAR + 99 <= year <= MAXYEAR - 1999


def day_period(day: date) -> Period:
    return Period(day, day, day.isoformat(), "day")


def week_period(day: date) -> Period:
    """The ISO week that holds the day."""
    monday = day - timedelta(days=day.weekday())
    iso = day.isocalendar()
    return Period(monday, monday + timedelta(days=6), f"{iso.year:04d}-W{iso.week:02d}", "week")


def weekend_period(day: date) -> Period:
    """Saturday and Sunday of the ISO week that holds the day."""
    week = week_period(day)
    return Period(week.first + timedelta(days=5), week.last, f"{week.value}-WE", "weekend")


def month_period(year: int, month: int) -> Period:
    last = monthrange(year, month)[1]
    return Period(date(year, month, 1), date(year, month, last), f"{year:04d}-{month:02d}", "month")


def quarter_period(year: int, quarter: int) -> Period:
    first, last = month_period(year, 3 * quarter - 2), month_period(year, 3 * quarter)
    return Period(first.first, last.last, f"{year:04d}-Q{quarter}", "quarter")


def half_period(year: int, half: int) -> Period:
    first, last = month_period(year, 6 * half - 5), month_period(year, 6 * half)
    return Period(first.first, last.last, f"{year:04d}-H{half}", "half")


def season_period(year: int, season: str) -> Period:
    """The season of a year; its winter began in the December before."""
    begins = SEASON_STARTS[season]
    first = month_period(year - (season == "WI"), begins)
    last = month_period(year, (begins + 1) % 12 + 1)
    return Period(first.first, last.last, f"{year:04d}-{season}", "season")


def year_period(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04d}", "year")


def decade_period(decade: int) -> Period:
    """`decade` is its year without the last digit: 199 for the 1990s."""
    return Period(date(decade * 10, 1, 1), date(decade * 10 + 9, 12, 31), f"{decade:03d}", "decade")


def century_period(century: int) -> Period:
    """`century` is its year without the last two digits: 19 for the 20th century (1901 to 2000)."""
    return Period(
        date(century * 100 + 1, 1, 1), date(century * 100 + 100, 12, 31), f"{century:02d}", "century"
    )


def holding(day: date, unit: str) -> Period:
    """The period of this unit that holds the day."""
    month = day.month
    if unit == "day":
        return day_period(day)
    if unit == "weekend":
        return weekend_period(day)
    if unit in ("week", "fortnight"):
        return week_period(day)
    if unit == "month":
        return month_period(day.year, month)
    if unit == "quarter":
        return quarter_period(day.year, (month + 2) // 3)
    if unit == "half":
        return half_period(day.year, (month + 5) // 6)
    if unit == "season":
        code = next(c for c, m in (("WI", 12), ("FA", 9), ("SU", 6), ("SP", 3), ("WI", 0)) if month >= m)
        return season_period(day.year + (month == 12), code)
    if unit == "decade":
        return decade_period(day.year // 10)
    if unit == "century":
        return century_period((day.year - 1) // 100)
    return year_period(day.year)


def shift_day(day: date, unit: str, count: float) -> date | None:
    """The day `count` units later (earlier where negative), or None outside the calendar.

    A day that the month reached does not have becomes its last: 31 May less three months is 28 February.
    """
    if unit in MONTHS_IN:
        months = round(MONTHS_IN[unit] * count)
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        if not in_range(year):
            return None
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    if unit == "season":
        return shift_day(day, "quarter", count)
    days = round((DAYS_IN.get(unit, 7) if unit in DAYS_IN or unit == "weekend" else size(unit)) * count)
    if abs(days) > 400_000:
        return None
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if date(MINYEAR + 100, 1, 1).toordinal() < ordinal < 3_000_000 else None


def shifted(period: Period, count: int) -> Period | None:
    """The period of the same unit `count` units later, or None outside the calendar."""
    day = shift_day(period.last if period.unit == "season" else period.first, period.unit, count)
    return holding(day, period.unit) if day else None


def part_of(period: Period, part: str | None) -> tuple[date, date]:
    """First and last day of the `START`, `MID` or `END` of a period; of the whole for any other part."""
    first, last = period.first, period.last
    if period.unit == "month" and part in ("START", "MID", "END"):
        return {
            "START": (first, first.replace(day=10)),
            "MID": (first.replace(day=11), first.replace(day=20)),
            "END": (first.replace(day=21), last),
        }[part]
    if period.unit == "year" and part in ("START", "MID", "END"):
        begins = {"START": 1, "MID": 5, "END": 9}[part]
        return first.replace(month=begins), month_period(first.year, begins + 3).last
    days = (last - first).days + 1
    if days < 3 or part not in ("START", "MID", "END"):
        return first, last
    third = max(1, round(days / 3))
    cut, recut = first + timedelta(days=third), last - timedelta(days=third - 1)
    return {
        "START": (first, cut - timedelta(days=1)),
        "MID": (cut, max(cut, recut - timedelta(days=1))),
        "END": (recut, last),
    }[part]
