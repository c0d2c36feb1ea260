"""Days as they are printed beside an article: stamps of machines and dates in words. Month names are CLDR's.

Only whole dates with a year are read here; a date that leaves its year to the reader is for
`dragoman.reading.dating`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

_STAMP = re.compile(r"\s{0,5}(\d{4})-?(\d{2})-?(\d{2})(?![\d])")
_SLASHED = re.compile(r"\s{0,5}(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_EPOCH = re.compile(r"\s{0,5}(\d{10})(\d{3})?\s{0,5}$")
_ISO = re.compile(r"(?<![\d./-])(\d{4})(\s?[-./]\s?)(\d{1,2})\2(\d{1,2})(?![\d/-])")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})(\s?[-./]\s?)(\d{1,2})\2(\d{4})(?![\d/-])")
_DAY_FIRST = re.compile(
    r"(?<![\w.,])(\d{1,2})[^\W\d_]{0,2}[.º]?\s{1,3}(?:(?:de|of)\s)?([^\W\d_]{3,12})\.?,?\s{1,3}(?:de\s)?(\d{4})(?!\d)"
)
_DAY_DASHED = re.compile(r"(?<![\w.,-])(\d{1,2})-([^\W\d_]{3,12})-(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(
    r"(?<![^\W_])([^\W\d_]{3,12})\.?\s{1,3}(\d{1,2})[^\W\d_]{0,2},?\s{1,3}(\d{4})(?!\d)"
)
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_MONTH_YEAR = re.compile(r"(?<![\w.,-])([^\W\d_]{3,12})\.?,?\s{1,3}(?:de\s)?(\d{4})(?![\w-])")
_WORDED = re.compile(
    r"(?:[^\d,]{2,30}[,\s]\s{0,3})?(\d{1,2})[.\s-]{1,3}(?:de\s)?([^\W\d_]{2,20}(?:[’'][^\W\d_]{1,9})?)\.?,?[\s-]{1,3}"
    r"(?:de\s)?(\d{4})(?!\d)"
)
"""A stamp in words: a weekday or none, the day, the month's name in any language, the year."""

_STAMP_STARTS = 12
"""Code points before the day in a stamp: a weekday at most."""

_SHORTENED = 4
"""Fewest letters of a month's name that is cut short in another way than CLDR's."""

FIRST_YEAR, LAST_YEAR = 1800, 2200


class DayInText(NamedTuple):
    start: int
    end: int
    day: str


def iso(year: int, month: int, day: int) -> str | None:
    """The ISO day, or None for no day of the calendar."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _kept(day: date) -> str | None:
    return iso(day.year, day.month, day.day)


def month_ends(month: str) -> tuple[str, str]:
    """First and last day of a month: `1998-12`."""
    year, number = int(month[:4]), int(month[5:7])
    return f"{month}-01", f"{month}-{calendar.monthrange(year, number)[1]:02}"


def read_stamp(value: object, language: str | None = None) -> str | None:
    """The day of a machine's stamp, in the zone it is written in: ISO 8601, RFC 2822, seconds since 1970,
    and what programs in other languages make of these (`dom, 02 ott 2022`).

    Where a moment is given in UTC, that is the UTC day: which day the outlet had is not known. A day that no
    calendar has is none. `language` decides where one name is two months' in two languages.
    """
    text = str(value).strip()[:80] if value is not None else ""
    if match := _STAMP.match(text):
        return iso(int(match[1]), int(match[2]), int(match[3]))
    if match := _SLASHED.match(text):
        return iso(int(match[1]), int(match[3]), int(match[4]))
    if match := _EPOCH.match(text):
        return _kept(date(1970, 1, 1) + timedelta(seconds=int(match[1])))
    try:
        return _kept(parsedate_to_datetime(text).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return _worded_stamp(text, (language or "und").replace("_", "-").split("-")[0].lower())


def _worded_stamp(text: str, language: str) -> str | None:
    if match := _WORDED.match(text):
        name = _plain(match[2])
        month = (
            _month(match[2], _known_months(language)) or months_of(_OFTEN).get(name) or all_months().get(name)
        )
        return iso(int(match[3]), month, int(match[1])) if month else None
    found = find_days(text, language)
    return found[0].day if found and found[0].start <= _STAMP_STARTS else None


def _plain(name: str) -> str:
    return name.casefold().rstrip(".").replace("’", "'")


_OFTEN = (
    "ar", "az", "be", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fa", "fi", "he", "hr", "hu", "hy", "id",
    "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "pl", "pt", "ro", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "vi",
)  # fmt: skip
"""Languages that are asked before all are: to load those takes four seconds."""


@cache
def all_months() -> dict[str, int]:
    """Names of months in every language that CLDR has."""
    return months_of(tuple(code for code in sorted(locale_identifiers()) if "_" not in code))


@cache
def months_of(languages: tuple[str, ...]) -> dict[str, int]:
    """Names of months, wide and short, in some languages; a name of two months is left out."""
    numbers: dict[str, set[int]] = {}
    for code in languages:
        months = Locale.parse(code).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[form][width].items():
                    numbers.setdefault(_plain(name), set()).add(number)
    return {name: next(iter(found)) for name, found in numbers.items() if len(found) == 1}


@cache
def month_names(language: str) -> dict[str, int]:
    """Names of the months, wide and short, in all forms CLDR has for a language and in English.

    An unknown language has English only. Names are case-folded and without a full stop.
    """
    names: dict[str, int] = {}
    for code in (language, "en"):
        try:
            months = Locale.parse(code, sep="-").months
        except (UnknownLocaleError, ValueError, TypeError):
            continue
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[form][width].items():
                    names.setdefault(name.casefold().rstrip("."), number)
    return names


@cache
def _known_months(language: str) -> dict[str, int]:
    if language != "und":
        return month_names(language)
    return {**month_names("ru"), **month_names("fr"), **month_names("en")}


def find_days(text: str, language: str = "und") -> list[DayInText]:
    """All whole dates of a short text, in order.

    `03/04/2024` is left out where English is the language, for its readers differ on it, unless one
    of the numbers can only be the day. A text of another language puts the day first.
    """
    months = _known_months(language)
    found: dict[tuple[int, int], str] = {}

    def add(match: re.Match[str], year: str, month: int | None, day: str) -> None:
        value = iso(int(year), month, int(day)) if month else None
        if value:
            found[match.span()] = value

    for m in _ISO.finditer(text):
        add(m, m[1], int(m[3]), m[4])
    for m in _NUMERIC.finditer(text):
        first, second = int(m[1]), int(m[3])
        if second > 12:
            first, second = second, first
        elif m[2].strip() == "/" and language in ("en", "und") and first <= 12 and first != second:
            continue
        add(m, m[4], second, str(first))
    for pattern in (_DAY_FIRST, _DAY_DASHED):
        for m in pattern.finditer(text):
            add(m, m[3], _month(m[2], months), m[1])
    for m in _MONTH_FIRST.finditer(text):
        add(m, m[3], _month(m[1], months), m[2])
    for m in _EAST_ASIAN.finditer(text):
        add(m, m[1], int(m[2]), m[3])
    return [DayInText(start, end, day) for (start, end), day in sorted(found.items())]


class MonthInText(NamedTuple):
    start: int
    end: int
    month: str
    """`"1998-12"`."""


def find_month(text: str, language: str = "und") -> MonthInText | None:
    """The first month with its year in a short text that holds no whole date."""
    months = _known_months(language)
    for match in _MONTH_YEAR.finditer(text):
        number = _month(match[1], months)
        if number and FIRST_YEAR <= int(match[2]) <= LAST_YEAR:
            return MonthInText(*match.span(), f"{int(match[2]):04}-{number:02}")
    return None


def is_month(word: str) -> bool:
    """True for a month's name in one of the languages that are read."""
    return _month(word, _known_months("und")) is not None


def _month(word: str, months: dict[str, int]) -> int | None:
    plain = word.casefold().rstrip(".")
    if plain in months or len(plain) < _SHORTENED:
        return months.get(plain)
    # "Sept", "Febr": longer than CLDR's short name, shorter than the wide one
    numbers = {number for name, number in months.items() if name.startswith(plain)}
    return numbers.pop() if len(numbers) == 1 else None
