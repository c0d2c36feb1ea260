"""What the program itself says, in the reader's language.

Texts of pages are English in the templates (`say("...")`) and in other languages in `languages/<code>/pages.po`,
which babel fills with what the templates say (`quality/words.py`) and any translator's program opens. Words for
codes (types, statuses, reasons ...) are in `languages/<code>/interface.yaml`, those of events in sentences in
`deeds.yaml`. Numbers and days are written as CLDR has them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dragoman import languages

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LANGUAGES = languages.SUPPORTED
"""The interface speaks the languages that are read."""

COUNT = "{n}"
"""A text that holds it says how many, and has a form for each number that its language tells apart."""

LOCALE = {"en": "en_GB"}
"""CLDR's name of a language, where it is not our own."""

ONE = {
    "people": "person",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "hours": "hour",
}
"""Units of which there is one."""

NOUNS = {"article": "{n} articles", "event": "{n} events"}
"""What `many` counts -> the text that says so."""


def to_say(text: str) -> str:
    """A text that is said elsewhere, by its name; babel finds it here."""
    return text


@dataclass(frozen=True, slots=True)
class Interface:
    """The words of one language. `missing` gathers what was asked for and is not there; tests look at it."""

    language: str
    words: Mapping[str, Any]
    texts: GNUTranslations
    missing: set[str] = field(default_factory=set, compare=False)

    def say(self, text: str, **values: Any) -> str:
        """A text or a code's word; `values` fill its {places}, numbers in the language's manner. Nothing is nothing:
        a catalogue answers an empty text with its own head."""
        if not text:
            return ""
        told = self.words.get(text)
        if told is None:
            told = self._translated(text, values.get("n"))
        if not values:
            return str(told)
        return str(told).format(**{k: self.number(v) for k, v in values.items()})

    def many(self, n: int, noun: str) -> str:
        """`12 articles`, `1 event`."""
        return self.say(NOUNS[noun], n=n)

    def type_word(self, code: str) -> str:
        """The plain word for a type with its mode, a measure, an actor's type; for a mode without one its type's."""
        kind = code.partition("/")[0]
        return str(
            self.words.get(f"type: {code}") or self.words.get(f"type: {kind}") or code.replace("_", " ")
        )

    def office(self, title: str) -> str:
        """The language's first word for an office or a tie, which records name in English."""
        if self._is_english:
            return title
        names = languages.load(self.language, "names")
        listed = (names[group].get(title) for group in ("leaders", "officials", "titles"))
        word = self.words.get(f"tie: {title}") or next(filter(None, listed), title)
        return re.sub(r" \(\w\)$", "", word.split(",")[0])

    def unit(self, unit: str, amount: float) -> str:
        """The word for a unit of which there is so much."""
        told = self.words.get(f"unit: {unit}", unit)
        if isinstance(told, Mapping):
            from babel import Locale

            plural = Locale(self.language).plural_form(amount)
            return str(told.get(plural) or told["other"])
        return str(
            self.words.get(f"unit: {ONE.get(unit, unit)}", ONE.get(unit, unit)) if amount == 1 else told
        )

    def amount(self, figure: Mapping[str, Any]) -> str:
        """A figure with its bounds and unit: `~2,000 people`, `at least 50 km2`, `30 to 40 people`; its own words
        where it says only the order: `thousands of people`."""
        if figure.get("words"):
            return str(figure["words"])
        low, high = figure.get("low"), figure.get("high")
        about = "~" if figure.get("approx") else ""
        pattern = "unknown" if low is None is high else "at least {low}" if high is None else "at most {high}"
        if low is not None and high is not None:
            pattern = "{low}" if low == high else "{low} to {high}"
        told = self.say(pattern) if pattern != "{low}" else pattern
        first = self.number(low) if low is not None else ""
        last = self.number(high) if high is not None else ""
        said = told.format(low=f"{about}{first}", high=last if first else f"{about}{last}")
        unit = figure.get("unit") or ""
        most = high if high is not None else low
        return f"{said} {self.unit(unit, 0 if most is None else most) if unit else ''}".strip()

    def number(self, value: Any) -> str:
        """A number as readers write it; anything else as it is."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return str(value)
        plain = int(value) if isinstance(value, int) else value
        return f"{_decimal(plain, self.locale)}{'+' if getattr(value, 'more', False) else ''}"

    @property
    def locale(self) -> str:
        return LOCALE.get(self.language, self.language)

    @property
    def _is_english(self) -> bool:
        return self.language == "en"

    def _translated(self, text: str, n: Any) -> str:
        english = self._is_english
        if english and COUNT not in text:
            return text  # it is English as it stands, and the catalogue would look it up twice
        counted = COUNT in text and (isinstance(n, (int, float)) or str(n).isdecimal())
        told = self.texts.ngettext(text, text, int(n)) if counted else self.texts.gettext(text)
        if told == text and not english and not self._is_there(text):
            self.missing.add(text)
        return told

    def _is_there(self, text: str) -> bool:
        held = self.texts._catalog  # type: ignore[attr-defined]  # gettext has no other way to ask
        return text in held or (text, 0) in held


@lru_cache(4096, typed=True)
def _decimal(value: int | float, locale: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=locale))


@cache
def interface(language: str) -> Interface:
    """The words of a language.

    Raises:
        UnknownLanguage: the interface does not speak it; the message names those it does.
    """
    from babel.messages.mofile import write_mo

    words = languages.load(language, "interface")
    compiled = BytesIO()
    write_mo(compiled, catalog(language))
    compiled.seek(0)
    return Interface(language, words, GNUTranslations(compiled))


def catalog(language: str) -> Catalog:
    """What translators keep: `languages/<code>/pages.po`."""
    from babel.messages.pofile import read_po

    source = files(languages.__package__).joinpath(language, "pages.po")
    return read_po(BytesIO(source.read_bytes()), locale=language, charset="utf-8")


def language_for(accepted: str) -> str:
    """The first language of an Accept-Language header that the interface speaks; English else."""
    wanted = []
    for n, part in enumerate(accepted.split(",")[:20]):
        code, _, rank = part.strip().partition(";q=")
        try:
            wanted.append((-float(rank or 1), n, code[:2].lower()))
        except ValueError:
            continue  # a rank that is no number ranks nothing
    return next((code for _, _, code in sorted(wanted) if code in LANGUAGES), "en")
