"""Time words of languages without a `times.yaml`: months and weekdays as CLDR (babel) has them, in shared forms.

`languages/common/calendar.yaml` lists the languages with what CLDR lacks: further locales of the same language, the
words between day, month and year, and cases of a month. What is read so is a date with its month, in figures or ISO,
a year with its word, and a weekday.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from babel import Locale

from dragoman.languages import load
from dragoman.model import Language


def has_calendar(language: Language) -> bool:
    """True where `common/calendar.yaml` lists the language."""
    return language in load("common", "calendar")["languages"]


def calendar_words(language: Language) -> dict[str, Any]:
    """Sections as a `times.yaml` has them: `words`, `numbers`, `macros`, `forms`, `roles` and what the list adds."""
    data = load("common", "calendar")
    own = data["languages"][language]
    words: dict[str, dict[int, list[str]]] = {"MONTH": {}, "MONTHAB": {}, "WEEKDAY": {}}
    for code in own["locales"]:
        locale = Locale.parse(code)
        for context in ("format", "stand-alone"):
            _add(words["MONTH"], dict(locale.months[context]["wide"]))
            _add(words["MONTHAB"], dict(locale.months[context]["abbreviated"]))
            # Monday is 0 in babel
            _add(words["WEEKDAY"], {k + 1: v for k, v in locale.days[context]["wide"].items()})
    for name in ("MONTH", "WEEKDAY"):
        for number, forms in own.get(name, {}).items():
            words[name].setdefault(number, []).extend(forms)
    for table in words.values():
        for forms in table.values():
            forms[:] = [form for form in forms if form not in own.get("ambiguous", ())]
    known = {form for forms in words["MONTH"].values() for form in forms}
    words["MONTHAB"] = {k: [f for f in v if f not in known] for k, v in words["MONTHAB"].items()}
    words |= {"SLASH": {0: ["/"]}, "COMMA": {0: [",", "،"]}}
    for name in ("YEARWORD", "OF", "PART", "DAYNAME", "DAYWORD"):
        words[name] = own.get(name, {0: ["~"]})
    return {
        **{key: data[key] for key in ("macros", "trim")},
        "forms": [*own.get("forms", ()), *data["forms"]],
        "words": words,
        "numbers": {**data["numbers"], **own.get("numbers", {})},
        "numeric_order": "day first",
        "roles": own.get("roles", {}),
        "tense": own.get("tense", {}),
    }


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
