"""Days as a person types them, in any of the languages, to the form in which decisions keep them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from babel import Locale

from dragoman.languages import SUPPORTED, load

FIRST_YEAR, LAST_YEAR = 1000, 2999
LONGEST = 100
"""Code points of what is taken for a day."""

MONTH_FIRST = frozenset({"en"})
"""Languages in some of whose countries the month is written before the day."""


class BadDay(ValueError):
    """What was typed is no day; the message says what would be."""


class Stretch(NamedTuple):
    """From one day to another, both included; None is open."""

    first: date | None
    last: date | None

    @property
    def kept(self) -> str:
        """As decisions keep it: `2024-06-12`, `2024-06-01/2024-06-30`, `/2019-12-31`."""
        first, last = (day.isoformat() if day else "" for day in self)
        return first if first == last else f"{first}/{last}"


def typed_days(text: str, language: str = "en") -> Stretch | None:
    """The days that are meant; None where the words say that they are not known.

    `language`: that of the page or the command, which says whether 04/05/2024 is in April, in May or not told.

    Raises:
        BadDay: it is no day, or may be two.
    """
    words = " ".join(text.replace("’", "'").casefold().split()).rstrip(",;")
    if not words or any(words in (_words(code).get("unknown") or ()) for code in SUPPORTED):
        return None
    if len(words) <= LONGEST:
        found = _kept(words) or _unit(words, language) or _worded(words, language)
        if found and not (found.first and found.last and found.last < found.first):
            return found
    raise BadDay(
        f"{text[:LONGEST]!r} is no day. Write it as 2024-06-12, 12 June 2024, June 2024, before 2020, ..."
    )


@cache
def _words(language: str) -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = load(language, "typed_days")
    return found


_STRETCH = re.compile(r"(\d{4}-\d\d-\d\d)?/(\d{4}-\d\d-\d\d)?")


def _kept(words: str) -> Stretch | None:
    """As decisions keep them, and as pages show them."""
    found = _STRETCH.fullmatch(words)
    if not found or words == "/":
        return None
    ends = [_unit(end, "") if end else None for end in found.groups()]
    if any(end is None and given for end, given in zip(ends, found.groups(), strict=True)):
        return None
    return Stretch(ends[0].first if ends[0] else None, ends[1].last if ends[1] else None)


# --- a day, a month, a year ---------------------------------------------------------------------------

_ISO = re.compile(r"(\d{4})(?:[-.](\d{1,2})(?:[-.](\d{1,2}))?)?")
_NUMERIC = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{4})")
_ENDING = r"(?:st|nd|rd|th|er|-?го|-?е)?"
_DAY_MONTH = re.compile(rf"(\d{{1,2}}){_ENDING}\.? (?:of |de )?([^\W\d_]+)\.?,? (\d{{4}})")
_MONTH_DAY = re.compile(rf"([^\W\d_]+)\.? (\d{{1,2}}){_ENDING},? (\d{{4}})")
_MONTH = re.compile(r"([^\W\d_]+)\.?,? (\d{4})")
_YEAR_WORD = re.compile(r"(?<=\d{4}) ?(?:г\.?|года?|году)$")


def _unit(words: str, language: str) -> Stretch | None:
    words = _YEAR_WORD.sub("", words)
    if found := _ISO.fullmatch(words):
        return _days(*(int(part) if part else None for part in found.groups()))
    if found := _NUMERIC.fullmatch(words):
        a, b, year = int(found[1]), int(found[3]), int(found[4])
        day_first, month_first = _days(year, b, a), _days(year, a, b)
        if language in MONTH_FIRST and day_first and month_first and a != b:
            raise BadDay(
                f"{words!r} may be {day_first.kept} or {month_first.kept}; write the one that is meant in this form."
            )
        return day_first or (month_first if language in MONTH_FIRST else None)
    if found := _DAY_MONTH.fullmatch(words):
        return _named(found[3], found[2], found[1])
    if found := _MONTH_DAY.fullmatch(words):
        return _named(found[3], found[1], found[2])
    if found := _MONTH.fullmatch(words):
        return _named(found[2], found[1])
    return None


def _named(year: str, month: str, day: str | None = None) -> Stretch | None:
    number = months().get(month)
    return _days(int(year), number, int(day) if day else None) if number else None


def _days(year: int | None, month: int | None, day: int | None = None) -> Stretch | None:
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return Stretch(date(year, 1, 1), date(year, 12, 31))
    length = monthrange(year, month)[1]
    if day is None:
        return Stretch(date(year, month, 1), date(year, month, length))
    return Stretch(date(year, month, day), date(year, month, day)) if 1 <= day <= length else None


_PREPOSITIONAL = {"ь": "е", "й": "е", "т": "те"}
"""Russian endings of months after *in*: июнь, в июне."""


def month_names() -> Iterator[tuple[str, int]]:
    """Names of months in all languages, whole and short, as they are written there, and 1 to 12."""
    for code in SUPPORTED:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(code).months[context][width].items():
                    yield name.rstrip("."), number


@cache
def months() -> Mapping[str, int]:
    """Their names in small letters -> 1 to 12."""
    found = {name.casefold(): number for name, number in month_names()}
    for name, number in list(found.items()):
        if name[-1] in _PREPOSITIONAL and len(name) > 3:
            found.setdefault(name[:-1] + _PREPOSITIONAL[name[-1]], number)
    return found


# --- what stands around it ----------------------------------------------------------------------------

_PARTS = {"early": 0, "mid": 1, "late": 2}
_SHARED = re.compile(r"(\d{1,2}) ?(?:-|–|to|and|au|et|по|до|и) ?(?=\d{1,2} )")


def _worded(words: str, language: str) -> Stretch | None:
    for sort, pattern in _patterns():
        found = pattern.fullmatch(words)
        if not found:
            continue
        units = _units(found.groups(), language)
        if units and (made := _made(sort, units)):
            return made
    if found := _SHARED.match(words):  # 3-5 May 2024
        last = _unit(words[found.end() :], language)
        if last and last.first and last.first == last.last and 1 <= int(found[1]) < last.first.day:
            return Stretch(last.first.replace(day=int(found[1])), last.last)
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(_read_patterns())


def _read_patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for code in SUPPORTED:
        for sort, forms in _words(code).items():
            if sort in ("examples", "refused", "unknown"):
                continue
            for form in forms:
                yield sort, re.compile(re.escape(form).replace(re.escape("{day}"), "(.{1,60}?)"))


def _units(parts: tuple[str, ...], language: str) -> list[Stretch]:
    """The days of the parts of a phrase; of two, the first may leave month and year to the second."""
    last = _unit(parts[-1], language)
    if last is None:
        return []
    if len(parts) == 1:
        return [last]
    first = _unit(parts[0], language)
    day = re.fullmatch(rf"(\d{{1,2}}){_ENDING}", parts[0])
    if first is None and day and last.first and last.first == last.last:
        first = _days(last.first.year, last.first.month, int(day[1]))
    return [first, last] if first else []


def _made(sort: str, units: list[Stretch]) -> Stretch | None:
    first, last = units[0].first, units[-1].last
    if first is None or last is None:
        return None
    if sort in _PARTS:
        return _part(first, last, _PARTS[sort])
    return {
        "before": Stretch(None, first - timedelta(1)),
        "until": Stretch(None, last),
        "after": Stretch(last + timedelta(1), None),
        "since": Stretch(first, None),
    }.get(sort, Stretch(first, last))


def _part(first: date, last: date, third: int) -> Stretch | None:
    """The first, middle or last third of a year or a month, as news mean it."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        month = 4 * third
        return Stretch(
            date(first.year, month + 1, 1),
            date(first.year, month + 4, monthrange(first.year, month + 4)[1]),
        )
    if first.day == 1 and first.month == last.month and first != last:
        return Stretch(
            first.replace(day=10 * third + 1), last if third == 2 else first.replace(day=10 * third + 10)
        )
    return None
