"""The day an article is of, where nothing outside its words tells it.

The questions, in order: is a full date printed on a line of its own, or in the dateline? Does a weekday with
its day and month, or a weekday and a day told of one deed, leave only one year? What is the latest past fact,
and the first thing still ahead? The answer is a day, a stretch of days, or a bound; a day is never made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.model import Span, When
from dragoman.reading.syntax import Syntax, Tense
from dragoman.reading.times import Spotted
from dragoman.reading.times.near import in_year
from dragoman.reading.times.periods import Period, part_of
from dragoman.reading.times.tense import governing_verb, sets_term, tense_at

_LEAD = 3
"""Sentences that tell the news; what is told later may lie further back."""
_NEWS = timedelta(days=6)
"""How long a deed of the lead is told by its weekday: the same weekday a week later would mean another day."""
_FRESH = timedelta(days=1)
"""How long a lead says no more than the weekday: that day and the next."""
_WINDOW = 4
"""Years after the latest dated past fact in which a day without its year is looked for."""
_LINE = 40
"""Longest line, in code points, that counts as one that only prints a date."""
_TOP_LINES = 16
"""Lines at the top among which a printed date is looked for."""
_DATELINE = 160
"""Code points from the beginning within which a dateline stands."""


@dataclass(frozen=True, slots=True)
class Told:
    """A date in the text with the tense it is told in, and the number of its sentence."""

    one: Spotted
    tense: Tense
    sentence: int

    @property
    def span(self) -> Span:
        return Span(self.one.start, self.one.end)


@dataclass(frozen=True, slots=True)
class Bound:
    """A day that the article is not before (or not after), and the words that show it."""

    day: date
    words: str
    span: Span


def date_article(syntax: Syntax, spotted: tuple[Spotted, ...], known: When | None) -> When | None:
    """`known` where intake knew it; else what the text itself allows, or None where it allows anything."""
    if known is not None:
        return known
    printed = _printed(syntax, spotted)
    if printed is not None:
        return printed
    told = [_told(syntax, one) for one in spotted if one.kind == "date"]
    lower, upper = _lower(syntax, told), _upper(syntax, told)
    if lower is not None and upper is not None and lower.day > upper.day:
        upper = None
    if lower is not None:
        newest = _newest(syntax, told, lower)
        if newest is not None:
            return _before_what_is_ahead(syntax, told, newest)
    return _bounded(lower, upper)


def _told(syntax: Syntax, one: Spotted) -> Told:
    inside = syntax.tokens_in(one.start, one.end)
    number = inside[0].sent if inside else 0
    return Told(one, tense_at(syntax, one.start, one.end), number)


# --- a date in print --------------------------------------------------------------------------------


def _printed(syntax: Syntax, spotted: tuple[Spotted, ...]) -> When | None:
    """The full date on a line of its own at the top or the end, or in the dateline; None where two differ."""
    text = syntax.text
    top, tail = _top(text), len(text.rstrip())
    found: dict[date, Span] = {}
    for one in spotted:
        if one.year is None or one.month is None or one.day is None:
            continue
        if _alone(text, one, top, tail) or _in_dateline(text, one):
            period = in_year(one, one.year)
            if period is not None:
                found.setdefault(period.first, Span(one.start, one.end))
    if len(found) != 1:
        return None
    (day, span), *_ = found.items()
    words = text[span.start : span.end]
    return When(
        start=day.isoformat(),
        end=day.isoformat(),
        basis="stated",
        why=f"The text prints its date: {words!r}.",
        span=span,
    )


def _top(text: str) -> int:
    """Where the lines at the top end, among which a printed date is looked for."""
    position = -1
    for _ in range(_TOP_LINES):
        position = text.find("\n", position + 1)
        if position < 0:
            return len(text)
    return position


def _alone(text: str, one: Spotted, top: int, tail: int) -> bool:
    """True for a date on a short line of its own, among the first or as the last of the text."""
    begin = text.rfind("\n", max(0, one.start - _LINE), one.start) + 1
    end = text.find("\n", one.end, one.end + _LINE)
    if begin == 0 and one.start > _LINE:
        return False
    if end < 0:
        end = len(text)
    if end - begin > _LINE or (begin == 0 and end == len(text)):
        return False
    return begin <= top or end >= tail


def _in_dateline(text: str, one: Spotted) -> bool:
    """True for *LONDON, 12 June 2024 (Agency) -* at the very beginning."""
    if one.end > _DATELINE:
        return False
    head, tail = text[: one.start].rstrip(), text[one.end : one.end + 3].lstrip()
    return (not head or head[-1] in ",(") and tail[:1] in ("(", "-", "–", "—", ")", ".") and "." not in head


# --- bounds ---------------------------------------------------------------------------------------


def _period(told: Told) -> Period | None:
    one = told.one
    if one.year is None:
        return None
    return in_year(one, one.year)


def _lower(syntax: Syntax, told: list[Told]) -> Bound | None:
    """The latest beginning of a dated past fact: the article is not before it."""
    best: Bound | None = None
    for each in told:
        period = _period(each)
        if period is None or not (each.tense == "past" or each.one.role == "since"):
            continue
        if each.one.role in ("until", "by") or _only_planned(syntax, each):
            continue
        first, _ = part_of(period, each.one.part)
        if best is None or first > best.day:
            best = Bound(first, syntax.text[each.one.start : each.one.end], each.span)
    return best


def _upper(syntax: Syntax, told: list[Told]) -> Bound | None:
    """The first dated thing still ahead: the article is not after it."""
    best: Bound | None = None
    for each in told:
        period = _period(each)
        if period is None or each.tense != "future" or _only_planned(syntax, each):
            continue
        if best is None or period.last < best.day:
            best = Bound(period.last, syntax.text[each.one.start : each.one.end], each.span)
    return best


def _only_planned(syntax: Syntax, told: Told) -> bool:
    """True for the date of a plan that is told in passing (*initially scheduled for November 2025*)."""
    verb = governing_verb(syntax, told.one.start, told.one.end)
    if verb is None or verb.morph.get("VerbForm") != "Part" or not sets_term(syntax, verb):
        return False
    return not any(t.dep.startswith("aux") for t in syntax.children(verb.i))


def _bounded(lower: Bound | None, upper: Bound | None) -> When | None:
    if lower is None and upper is None:
        return None
    said = []
    if lower is not None:
        said.append(f"it tells {lower.words!r} as past")
    if upper is not None:
        said.append(f"{upper.words!r} is still ahead")
    start = lower.day.isoformat() if lower else None
    end = upper.day.isoformat() if upper else None
    why = f"No date is printed, but {' and '.join(said)}."
    return When(start=start, end=end, basis="bounded", why=why, span=(lower or upper or _NOWHERE).span)


_NOWHERE = Bound(date(1, 1, 1), "", Span(0, 0))


# --- the newest deed --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Newest:
    """The day of the newest deed, the last day on which it would be told so, and why."""

    day: date
    last: date
    why: str
    told: Told


def _newest(syntax: Syntax, told: list[Told], lower: Bound) -> Newest | None:
    """The newest past day whose year its weekday leaves no doubt about."""
    found = [*_days_with_weekday(syntax, told, lower), *_days_told_twice(syntax, told, lower)]
    return max(found, key=lambda newest: newest.day, default=None)


def _days_with_weekday(syntax: Syntax, told: list[Told], lower: Bound) -> list[Newest]:
    """*Thursday, May 25* of the lead: the first year since the latest dated fact in which it is so."""
    found = []
    for each in told:
        one = each.one
        whole = one.weekday is not None and one.month is not None and one.day is not None and one.year is None
        if not whole or each.tense != "past" or each.sentence >= _LEAD or one.weekday is None:
            continue
        day = _first_such(one, one.weekday, lower.day)
        if day is not None:
            words = syntax.text[one.start : one.end]
            why = (
                f"No date is printed, but {words!r} is told as news, and {day.year} is the first year "
                f"since {lower.words!r} in which that day falls so."
            )
            found.append(Newest(day, day + _NEWS, why, each))
    return found


def _days_told_twice(syntax: Syntax, told: list[Told], lower: Bound) -> list[Newest]:
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
            day = _first_such(other.one, weekday.one.weekday, lower.day)
            if day is None:
                continue
            first, second = (syntax.text[t.one.start : t.one.end] for t in (weekday, other))
            why = (
                f"No date is printed, but {deed.lemma!r} is told of {first!r} and of {second!r}, and {day.year} "
                f"is the first year since {lower.words!r} in which they are one day."
            )
            found.append(Newest(day, day + _FRESH, why, other))
    return found


def _is_bare_weekday(one: Spotted) -> bool:
    named = (one.day, one.month, one.unit, one.offset)
    return one.weekday is not None and all(field is None for field in named)


def _is_day_of_month(one: Spotted) -> bool:
    return one.month is not None and one.day is not None and one.year is None and one.offset is None


def _first_such(one: Spotted, weekday: int, since: date) -> date | None:
    """The first day of this month and day of the month, since that day, that falls on the weekday."""
    for year in range(since.year, since.year + _WINDOW + 1):
        period = in_year(one, year)
        if period is not None and period.first >= since and period.first.isoweekday() == weekday:
            return period.first
    return None


def _before_what_is_ahead(syntax: Syntax, told: list[Told], newest: Newest) -> When:
    """The stretch from the newest deed to the last day on which it is news, cut short by what is still ahead."""
    last, why = newest.last, newest.why
    for each in told:
        if each.tense != "future" or not _is_day_of_month(each.one):
            continue
        for year in (newest.day.year, newest.day.year + 1):
            period = in_year(each.one, year)
            if period is not None and newest.day <= period.first <= last:
                last = period.first
                why = f"{newest.why} {syntax.text[each.one.start : each.one.end]!r} is still ahead."
    return When(
        start=newest.day.isoformat(), end=last.isoformat(), basis="inferred", why=why, span=newest.told.span
    )
