"""Time words of languages without a `times.yaml`: months and weekdays as CLDR (babel) has them, in shared forms.

`languages/common/calendar.yaml` lists the languages with what CLDR lacks: further locales of the same language, the
words between day, month and year, and cases of a month. What is read so is a date with its month, in figures or ISO,
a year with its word, and a weekday.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from babel import Locale

from dragoman.languages import words_of
from dragoman.languages.schema.table import Set, Words
from dragoman.languages.schema.times import Calendars, Times, WordClass
from dragoman.model import Language


def has_calendar(language: Language) -> bool:
    """True where `common/calendar.yaml` lists the language."""
    return language in _calendars().languages


def calendar_words(language: Language) -> Times:
    """Sections as a `times.yaml` has them: `words`, `numbers`, `macros`, `forms`, `roles` and what the list adds."""
    shared = _calendars()
    own = shared.languages[language]
    months: dict[int, list[str]] = {}
    short: dict[int, list[str]] = {}
    weekdays: dict[int, list[str]] = {}
    for code in own.locales:
        locale = Locale.parse(code)
        for context in ("format", "stand-alone"):
            _add(months, dict(locale.months[context]["wide"]))
            _add(short, dict(locale.months[context]["abbreviated"]))
            # Monday is 0 in babel
            _add(weekdays, {k + 1: v for k, v in locale.days[context]["wide"].items()})
    for table, listed in ((months, own.MONTH), (weekdays, own.WEEKDAY)):
        for number, forms in listed.items():
            table.setdefault(number, []).extend(forms)
    known = {form for forms in months.values() for form in forms}

    def kept(table: dict[int, list[str]], but: Set) -> dict[int | float | str, Words]:
        return {number: tuple(form for form in forms if form not in but) for number, forms in table.items()}

    words: dict[WordClass, dict[int | float | str, Words]] = {
        "MONTH": kept(months, own.ambiguous),
        "MONTHAB": kept(short, own.ambiguous | known),
        "WEEKDAY": kept(weekdays, own.ambiguous),
        "SLASH": {0: ("/",)},
        "COMMA": {0: (",", "،")},
    }
    for name in _ADDED:
        words[name] = getattr(own, name) or {0: ("~",)}
    return Times(
        words=words,
        numeric_order="day first",
        numbers=shared.numbers,
        macros=shared.macros,
        forms=(*own.forms, *shared.forms),
        trim=shared.trim,
        roles=own.roles,
        tense=own.tense,
    )


_ADDED: tuple[WordClass, ...] = ("YEARWORD", "OF", "PART", "DAYNAME", "DAYWORD")


@cache
def _calendars() -> Calendars:
    return words_of(Calendars, "common", "calendar")


def _add(table: dict[int, list[str]], named: dict[int, str]) -> None:
    for number, name in named.items():
        plain = "".join(c for c in unicodedata.normalize("NFC", name) if not unicodedata.combining(c))
        forms = table.setdefault(number, [])
        for form in (plain, *_other_letters(plain), unicodedata.normalize("NFC", name)):
            tidy = form.rstrip(".")
            if tidy and tidy not in forms:
                forms.append(tidy)


def _other_letters(form: str) -> list[str]:
    """The same word with the Arabic letters that Persian writes otherwise, or without hamza, as often printed."""
    swapped = form.translate(str.maketrans("يكأإآ", "یکااا"))
    return [swapped] if swapped != form else []
