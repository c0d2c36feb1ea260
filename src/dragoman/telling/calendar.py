"""Days and stretches of days as readers of a language write them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache

from dragoman.model.lines import Record
from dragoman.telling.interface import Interface, interface


def told_days(when: Record | None, face: Interface) -> str:
    """A stretch in words: `12 Jun 2024`, `11–20 Apr 2024`, `September 2023`, `1990–1999`, `until 12 Jun 2024`."""
    start, end = (when or {}).get("start"), (when or {}).get("end")
    if start and end:
        return _stretch(date.fromisoformat(start), date.fromisoformat(end), face.locale)
    if start:
        return face.say("from {day}", day=_day(date.fromisoformat(start), face.locale))
    if end:
        return face.say("until {day}", day=_day(date.fromisoformat(end), face.locale))
    return face.say("undated")


@lru_cache(8192)
def _stretch(first: date, last: date, locale: str) -> str:
    from babel.dates import format_interval

    if first == last:
        return _day(first, locale)
    whole = last.day == monthrange(last.year, last.month)[1] and first.day == 1
    if whole and (first.month, last.month) == (1, 12):
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    if whole and (first.year, first.month) == (last.year, last.month):
        return month(first.isoformat(), locale)
    return str(format_interval(first, last, "yMMMM" if whole else "yMMMd", locale=locale))


@lru_cache(8192)
def _day(day: date, locale: str) -> str:
    from babel.dates import format_date

    return str(format_date(day, "medium", locale=locale))


@lru_cache(2048)
def month(day: str, locale: str) -> str:
    """`June 2024`, of an ISO day."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", date.fromisoformat(day), locale=locale))


def long_day(day: str, face: Interface) -> str:
    """An ISO day written out: `12 June 2024`, `12 juin 2024`."""
    return _long_day(day, face.locale)


@lru_cache(2048)
def _long_day(day: str, locale: str) -> str:
    from babel.dates import format_date

    return str(format_date(date.fromisoformat(day), "long", locale=locale))


def moment(at: str, face: Interface) -> str:
    """A moment, given as ISO with its offset, by the clock of this machine: `12 June 2024, 14:05`."""
    try:
        here = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    return f"{long_day(here.date().isoformat(), face)}, {here:%H:%M}"


def said_days(brief: str, face: Interface) -> str:
    """A stretch as `wording.days` writes it briefly, in words; anything else is said as it is.

    What pages hold ready for sorting and copying is brief; what they show is told.
    """
    return _said(brief, face.language)


@lru_cache(8192)
def _said(brief: str, language: str) -> str:
    """As `said_days`; a page says the days of its articles many times over."""
    face = interface(language)
    for word in ("from", "until"):
        if brief.startswith(f"{word} ") and (held := _parsed(brief.removeprefix(f"{word} "))):
            if word == "from" and held[0] != held[1]:  # a month or a year: the day is not known
                return face.say("from {month}", month=_begun(brief.removeprefix("from "), face.locale))
            return told_days({"start": held[0]} if word == "from" else {"end": held[1]}, face)
    first, slash, last = brief.partition("/")
    if slash and len(first) < len(last) and last[:4].isdigit():  # `2020-11/2024-06-13`
        return " – ".join(_said(end, language) for end in (first, last))
    held = _parsed(brief)
    return told_days({"start": held[0], "end": held[1]}, face) if held else face.say(brief)


def _begun(brief: str, locale: str) -> str:
    """A month or a year, as it stands after `from`: `2003`, `June 2021`, `июня 2021`."""
    from babel.dates import format_date

    year, _, at = brief.partition("-")
    return str(format_date(date(int(year), int(at), 1), "MMMM y", locale=locale)) if at else year


def _parsed(brief: str) -> tuple[str, str] | None:
    """`2024-04-11/20` -> its first and last ISO day; None where it is no such stretch."""
    first, slash, rest = brief.partition("/")
    parts = first.split("-")
    if not all(part.isdigit() for part in parts) or len(parts[0]) != 4:
        return None
    ends = rest.split("-") if slash else []
    if not all(part.isdigit() for part in ends):
        return None
    last = parts[: len(parts) - len(ends)] + ends
    try:
        return _edge(parts, last=False), _edge(last, last=True)
    except ValueError:
        return None


def _edge(parts: list[str], last: bool) -> str:
    year = int(parts[0])
    at = int(parts[1]) if len(parts) > 1 else (12 if last else 1)
    day = int(parts[2]) if len(parts) > 2 else (monthrange(year, at)[1] if last else 1)
    return date(year, at, day).isoformat()


def stretch(value: str, face: Interface) -> str:
    """A day, or two with a stroke between them of which one may be left out, written out."""
    first, slash, last = value.partition("/")
    begun, ended = (long_day(day, face) if day else "" for day in (first, last))
    if not slash:
        return begun
    if begun and ended:
        return face.say("{first} to {last}", first=begun, last=ended)
    return face.say("from {day}", day=begun) if begun else face.say("until {day}", day=ended)
