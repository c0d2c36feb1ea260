"""The newest deed of an article without its date: the year that its weekday, its day and the bounds leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.model import When
from dragoman.reading.dating.bounds import Bound
from dragoman.reading.dating.printed import is_dateline_day
from dragoman.reading.dating.told import Told
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import Spotted
from dragoman.reading.times.near import in_year
from dragoman.reading.times.tense import governing_verb
from dragoman.reading.times.words import time_words

_LEAD = 3
"""Sentences that tell the news; what is told later may lie further back."""
_NEWS = timedelta(days=6)
"""How long a deed of the lead is told by its weekday: the same weekday a week later would mean another day."""
_FRESH = timedelta(days=1)
"""How long a lead says no more than the weekday: that day and the next."""
_WINDOW = 4
"""Years beside a bound in which a weekday with its day is looked for; a weekday comes back after five or six."""
_NEIGHBOURS = 1
"""The same beside a bound that names no more than its year."""
_BEFORE = 12
"""Code points before a date in which the word stands that makes it the article's own day."""


@dataclass(frozen=True, slots=True)
class Newest:
    """The day of the newest deed, the last day on which it would be told so, and why."""

    day: date
    last: date
    why: str
    told: Told

    def when(self) -> When:
        return When(
            start=self.day.isoformat(),
            end=self.last.isoformat(),
            basis="inferred",
            why=self.why,
            span=self.told.span,
        )


def newest_day(syntax: Syntax, told: list[Told], lower: Bound | None, upper: Bound | None) -> When | None:
    """The article's day, or the stretch from the newest deed on; None where the words leave more than one year."""
    if lower is None and upper is None:
        return None
    found = [*_with_weekday(syntax, told, lower, upper), *_told_twice(syntax, told, lower, upper)]
    own_day = [n for n in found if n.day == n.last]
    newest = max(own_day or found, key=lambda newest: newest.day, default=None)
    dateline = _dateline(syntax, told, lower, upper, newest)
    if dateline is not None:
        return dateline
    return _cut_short(syntax, told, newest).when() if newest is not None else None


def _dateline(
    syntax: Syntax, told: list[Told], lower: Bound | None, upper: Bound | None, newest: Newest | None
) -> When | None:
    """The day of a dateline: a day where the year is named or shown by a weekday, else a bound below."""
    one = next((t for t in told if is_dateline_day(syntax.text, t.one)), None)
    if one is None or lower is None:
        return None
    words = _words(syntax, one)
    if newest is not None:
        day = _next_such(one.one, newest.day)
        if day is not None and day <= newest.last + _NEWS:
            return Newest(day, day, f"The dateline has {words!r}. {newest.why}", one).when()
    day = _next_such(one.one, lower.day)
    if day is None or (upper is not None and day > upper.day):
        return None
    if day.year == lower.day.year and lower.fine:
        why = f"The dateline has {words!r}, and {lower.words!r} is told as past."
        return Newest(day, day, why, one).when()
    why = f"The dateline has {words!r} without its year, and {lower.words!r} is told as past."
    return When(start=day.isoformat(), end=None, basis="bounded", why=why, span=one.span)


def _with_weekday(syntax: Syntax, told: list[Told], lower: Bound | None, upper: Bound | None) -> list[Newest]:
    """*Thursday, May 25* of the lead: the one year beside the bounds in which it is so."""
    found = []
    for each in told:
        one = each.one
        whole = one.weekday is not None and one.month is not None and one.day is not None and one.year is None
        if not whole or each.tense == "future" or one.weekday is None:
            continue
        own_day = _is_own_day(syntax, one)
        if not own_day and (each.tense != "past" or each.sentence >= _LEAD):
            continue
        day = _such(one, one.weekday, lower, upper)
        if day is None:
            continue
        words, beside = _words(syntax, each), _beside(lower, upper)
        if own_day:
            why = (
                f"No date is printed, but the text calls {words!r} its own day, and {day.year} is {beside} "
                "in which it falls so."
            )
            found.append(Newest(day, day, why, each))
        else:
            why = (
                f"No date is printed, but {words!r} is told as news, and {day.year} is {beside} "
                "in which that day falls so."
            )
            found.append(Newest(day, day + _NEWS, why, each))
    return found


def _is_own_day(syntax: Syntax, one: Spotted) -> bool:
    """True for *this Thursday, May 25*, *ce jeudi 25 mai*, *сегодня, 25 мая*: the day on which it is written."""
    markers = time_words(syntax.language).own_day
    text = syntax.text[max(0, one.start - _BEFORE) : one.start].lower().rstrip(" ,").split()
    first = syntax.text[one.start : one.end].lower().split()[0].rstrip(",")
    return first in markers or bool(text and text[-1] in markers)


def _told_twice(syntax: Syntax, told: list[Told], lower: Bound | None, upper: Bound | None) -> list[Newest]:
    """A deed of the lead told *on Wednesday* here and *on June 12* there: the year in which both hold."""
    bare = [t for t in told if t.tense == "past" and t.sentence < _LEAD and _is_bare_weekday(t.one)]
    days = [t for t in told if t.tense == "past" and _is_day_of_month(t.one)]
    found = []
    for weekday in bare:
        deed = governing_verb(syntax, weekday.one.start, weekday.one.end)
        for other in days:
            same = governing_verb(syntax, other.one.start, other.one.end)
            if deed is None or same is None or deed.lemma != same.lemma or weekday.one.weekday is None:
                continue
            day = _such(other.one, weekday.one.weekday, lower, upper)
            if day is None:
                continue
            first, second = _words(syntax, weekday), _words(syntax, other)
            why = (
                f"No date is printed, but {deed.lemma!r} is told of {first!r} and of {second!r}, and {day.year} "
                f"is {_beside(lower, upper)} in which they are one day."
            )
            found.append(Newest(day, day + _FRESH, why, other))
    return found


def _cut_short(syntax: Syntax, told: list[Told], newest: Newest) -> Newest:
    """The stretch ends, at the latest, on the first day that is still ahead."""
    last, why = newest.last, newest.why
    for each in told:
        if each.tense != "future" or not _is_day_of_month(each.one):
            continue
        for year in (newest.day.year, newest.day.year + 1):
            period = in_year(each.one, year)
            if period is not None and newest.day <= period.first < last:
                last = period.first
                why = f"{newest.why} {_words(syntax, each)!r} is still ahead."
    return Newest(newest.day, last, why, newest.told)


# --- which year -------------------------------------------------------------------------------------


def _such(one: Spotted, weekday: int, lower: Bound | None, upper: Bound | None) -> date | None:
    """The day of this month that falls on the weekday: the first since `lower`, else the last before `upper`."""
    near = lower or upper
    if near is None:
        return None
    reach = _WINDOW if near.fine else _NEIGHBOURS
    steps = range(reach + 1) if lower is not None else range(0, -reach - 1, -1)
    for step in steps:
        period = in_year(one, near.day.year + step)
        if period is None or period.first.isoweekday() != weekday:
            continue
        if (lower is None or period.first >= lower.day) and (upper is None or period.first <= upper.day):
            return period.first
    return None


def _next_such(one: Spotted, since: date) -> date | None:
    """The first day of this month and day of the month since that day."""
    for year in range(since.year, since.year + _WINDOW + 1):
        period = in_year(one, year)
        if period is not None and period.first >= since:
            return period.first
    return None


def _beside(lower: Bound | None, upper: Bound | None) -> str:
    if lower is not None:
        return f"the first year since {lower.words!r}"
    return f"the last year before {upper.words!r}" if upper is not None else "the only year"


def _is_bare_weekday(one: Spotted) -> bool:
    named = (one.day, one.month, one.unit, one.offset)
    return one.weekday is not None and all(field is None for field in named)


def _is_day_of_month(one: Spotted) -> bool:
    return one.month is not None and one.day is not None and one.year is None and one.offset is None


def _words(syntax: Syntax, told: Told) -> str:
    return syntax.text[told.one.start : told.one.end]
