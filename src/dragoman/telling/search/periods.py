"""Stretches of days as people type them into a search: `2023`, `2023-09`, `19.09.2023`, `19 September 2023`,
`septembre 2023`, `сентября 2023`. Names of months are CLDR's, in each language that is read."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from dragoman.store.words import fold
from dragoman.telling.typed_days import month_names


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, ISO, both included, and how they were typed."""

    first: str
    last: str
    text: str


_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_FORMS = (
    re.compile(rf"(?<!\w){_YEAR}-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?(?!\w)"),
    re.compile(rf"(?<!\w)(?P<day>\d\d?)[./](?P<month>\d\d?)[./]{_YEAR}(?!\w)"),
    re.compile(
        rf"(?<!\w)(?:(?P<day>\d\d?)(?:st|nd|rd|th|er)?\s+)?(?P<name>[^\W\d_]{{3,}})\.?,?\s+{_YEAR}(?!\w)"
    ),
    re.compile(rf"(?<!\w)(?P<name>[^\W\d_]{{3,}})\.?\s+(?P<day>\d\d?),?\s+{_YEAR}(?!\w)"),
    re.compile(rf"(?<![\w:]){_YEAR}(?!\w)"),
)
_MARK = "period{}of"


@cache
def _months() -> dict[str, int]:
    """Folded name of a month, whole or short, in any language that is read -> its number."""
    return {fold(name): number for name, number in month_names()}


def period_of(text: str) -> Period | None:
    """The days that a text means as a whole; None where it is no such thing."""
    for form in _FORMS:
        if match := form.fullmatch(text.strip()):
            return _period(match)
    return None


def periods_in(text: str) -> tuple[str, dict[str, Period]]:
    """A text with a word of its own for each stretch of days in it, and what these words stand for.

    What stands in quotation marks or after a colon, as in `since:2023`, is left as it is.
    """
    found: dict[str, Period] = {}

    def put(match: re.Match[str]) -> str:
        before = text_now[: match.start()]
        period = None if before.count('"') % 2 or before.endswith((":", "-")) else _period(match)
        if period is None:
            return match[0]
        word = _MARK.format(len(found))
        found[word] = period
        return word

    text_now = text
    for form in _FORMS:
        text_now = form.sub(put, text_now)
    return text_now, found


def _period(match: re.Match[str]) -> Period | None:
    parts = match.groupdict()
    year = int(parts["year"])
    month = int(parts["month"]) if parts.get("month") else None
    if parts.get("name"):
        month = _months().get(fold(parts["name"]))
        if month is None:
            return None
    try:
        if month is None:
            first, last = date(year, 1, 1), date(year, 12, 31)
        elif parts.get("day"):
            first = last = date(year, month, int(parts["day"]))
        else:
            first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    except ValueError:  # 31 February and the like are no days
        return None
    return Period(first.isoformat(), last.isoformat(), match[0].strip())
