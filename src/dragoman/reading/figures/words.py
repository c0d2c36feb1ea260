"""The number words, bounds, units and measures of a language, ready to be asked.

The words are in `languages/<language>/figures.yaml`; nothing here knows a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from dragoman.languages import load
from dragoman.model import Language
from dragoman.reading.syntax import Token

Bound = Literal["low", "high", "about"]
Phrase = tuple[str, ...]

_PIECES = re.compile(r"\w+(?:-\w+)*'?|[^\w\s]")


def fold(word: str) -> str:
    """A word in lower case, with a plain apostrophe and е for ё, as all word lists are kept."""
    return word.lower().replace("’", "'").replace("ё", "е")


def base(token: Token) -> str:
    """The lemma of a token as word lists have it."""
    return fold(token.lemma)


def phrase(words: str) -> Phrase:
    """A phrase as the tokens that the pipelines make of it: `jusqu'à` is `jusqu'` and `à`."""
    return tuple(_PIECES.findall(fold(str(words))))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases with what each says, found by their words. `longest` is the number of words of the longest."""

    said: Mapping[Phrase, str]
    longest: int

    @classmethod
    def of(cls, groups: Mapping[str, Iterable[str]]) -> Phrases:
        said = {phrase(words): kind for kind, listed in groups.items() for words in listed}
        return cls(said, max(map(len, said), default=0))

    def ending(self, words: list[str], past: int) -> tuple[str, int] | None:
        """What the longest phrase that ends before `past` says, and its number of words."""
        for length in range(min(self.longest, past), 0, -1):
            if kind := self.said.get(tuple(words[past - length : past])):
                return kind, length
        return None

    def starting(self, words: list[str], first: int) -> tuple[str, int] | None:
        """What the longest phrase that starts at `first` says, and its number of words."""
        for length in range(min(self.longest, len(words) - first), 0, -1):
            if kind := self.said.get(tuple(words[first : first + length])):
                return kind, length
        return None


@dataclass(frozen=True, slots=True)
class Kind:
    """What a counted noun says: a measure with its unit. `person` is True for nouns that only say *people*."""

    measure: str
    unit: str | None
    person: bool = False


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Words that make numbers; see the head of `languages/en/figures.yaml`."""

    values: dict[str, float]
    added: dict[str, float]
    scales: dict[str, float]
    plurals: dict[str, float]
    about: dict[str, float]
    points: frozenset[str]
    dozens: dict[str, float]
    adjectives: dict[str, float]
    genitive: dict[str, float]
    suffixes: dict[str, float]
    money_suffixes: dict[str, float]
    fractions: dict[str, tuple[float, float]]
    vague: frozenset[str]
    vague_links: frozenset[str]
    articles: frozenset[str]
    glue: frozenset[str]
    halves: frozenset[str]
    half_after: Phrases
    fraction_links: frozenset[str]
    links: frozenset[str]
    starts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Units:
    """Units of measure. `after` matches one at a place of the text; `named` says what it is."""

    after: re.Pattern[str]
    named: dict[str, tuple[str, str]]
    signs: dict[str, str]
    sign_before: re.Pattern[str]
    adjectives: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Measures:
    """What says a measure, by lemma or by form. `civil` measures are not those of the
    `uniformed`; what a `mortal` one befalls is taken for people where the noun is in no list."""

    nouns: dict[str, Kind]
    done_to: dict[str, str]
    does: dict[str, str]
    moves: dict[str, str]
    reaches: dict[str, str]
    states: dict[str, str]
    tolls: dict[str, str]
    events: dict[str, str]
    before: dict[str, str]
    units: dict[str, str | None]
    civil: frozenset[str]
    uniformed: frozenset[str]
    mortal: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rates:
    """Words of so much for each stretch of time.

    Attributes:
        after: Matches the words behind a figure (`an hour`, `par mois`), the stretch as its group; None for none.
        named: Form of a stretch -> its name (`hour`).
        places_in_time: Words behind a stretch that make a time of it (`a year ago`).
        costs: Lemmas of verbs whose subject costs so much.
    """

    after: re.Pattern[str] | None
    named: Mapping[str, str]
    places_in_time: frozenset[str]
    costs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Again:
    """Words of another count of the same: nouns that are it, verbs that give it beside one of the pronouns."""

    nouns: frozenset[str]
    verbs: frozenset[str]
    pronouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that one language's `figures.yaml` says."""

    language: Language
    decimal: str
    numbers: NumberWords
    before: Phrases
    after: Phrases
    goals: frozenset[str]
    prepositional: frozenset[str]
    skipped: frozenset[str]
    opens: Mapping[str, frozenset[str]]
    joins: frozenset[str]
    alternatives: frozenset[str]
    change: frozenset[str]
    goals_of_change: frozenset[str]
    unit: Units
    measure: Measures
    labels: frozenset[str]
    lasting: frozenset[str]
    sentencing: frozenset[str]
    lasting_links: frozenset[str]
    aged_nouns: frozenset[str]
    aged_endings: tuple[str, ...]
    bare_ages: bool
    aged: Phrases
    old: Phrases
    place_nouns: frozenset[str]
    lone_one: frozenset[str]
    auxiliaries: frozenset[str]
    carriers: frozenset[str]
    populous: frozenset[str]
    animals: frozenset[str]
    ordinals: frozenset[str]
    uncounted: frozenset[str]
    not_long: frozenset[str]
    cardinal_endings: frozenset[str]
    rates: Rates
    again: Again
    numbered: frozenset[str]
    fixed: frozenset[str]
    calibres: frozenset[str]


@cache
def lexicon(language: Language) -> Lexicon:
    """The lexicon of a language, read once."""
    data: dict[str, Any] = load(language, "figures")
    bounds, ranges = data["bounds"], data["ranges"]
    return Lexicon(
        language=language,
        decimal=data["decimal"],
        numbers=_numbers(data["numbers"]),
        before=Phrases.of(bounds["before"]),
        after=Phrases.of(bounds["after"]),
        goals=_set(bounds, "goals"),
        prepositional=_set(bounds, "prepositional"),
        skipped=_set(bounds, "skip"),
        opens={word: frozenset(joins) for word, joins in ranges["open"].items()},
        joins=_set(ranges, "join"),
        alternatives=_set(ranges, "alternative"),
        change=_set(ranges, "change"),
        goals_of_change=_set(ranges, "start_of_change"),
        unit=_units(data["units"]),
        measure=_measures(data),
        labels=_set(data, "labels"),
        lasting=_set(data, "lasting"),
        sentencing=_set(data, "sentencing"),
        lasting_links=_set(data, "lasting_links"),
        aged_nouns=_set(data["age"], "nouns"),
        aged_endings=tuple(data["age"]["endings"]),
        bare_ages=bool(data["age"]["bare"]),
        aged=Phrases.of({"age": data["age"]["before"]}),
        old=Phrases.of({"age": data["age"]["after"]}),
        place_nouns=_set(data, "place_nouns"),
        lone_one=_set(data, "lone_one"),
        auxiliaries=_set(data, "auxiliaries"),
        carriers=_set(data, "carriers"),
        populous=_set(data, "populous"),
        animals=_set(data, "animals"),
        ordinals=_set(data, "ordinals"),
        uncounted=_set(data, "uncounted"),
        not_long=_set(data, "not_long"),
        cardinal_endings=_set(data, "cardinal_endings"),
        rates=_rates(data["rates"]),
        again=Again(*(_set(data["again"], key) for key in ("nouns", "verbs", "pronouns"))),
        numbered=_set(data, "numbered"),
        fixed=_set(data, "fixed"),
        calibres=_set(data, "calibres"),
    )


def _rates(data: dict[str, Any]) -> Rates:
    named = {str(form).lower(): str(name) for name, forms in data["each"].items() for form in forms}
    links = "|".join(re.escape(str(x)) for x in sorted(data["links"], key=len, reverse=True))
    forms = "|".join(re.escape(form) for form in sorted(named, key=len, reverse=True))
    after = re.compile(rf"\s{{0,2}}(?:{links})\s{{0,2}}({forms})(?!\w)", re.IGNORECASE) if links else None
    return Rates(after, named, _set(data, "places_in_time"), _set(data, "costs"))


def _set(data: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(fold(str(word)) for word in data.get(key) or ())


def _numbers(data: dict[str, Any]) -> NumberWords:
    def values(key: str) -> dict[str, float]:
        return {fold(str(word)): float(value) for word, value in (data.get(key) or {}).items()}

    fractions = {fold(str(k)): (float(v[0]), float(v[1])) for k, v in data["fractions"].items()}
    starts = {*values("values"), *values("scales"), *values("plurals"), *values("about"), *fractions}
    return NumberWords(
        values=values("values"),
        added=values("added"),
        scales=values("scales"),
        plurals=values("plurals"),
        about=values("about"),
        points=_set(data, "points"),
        dozens=values("dozens"),
        adjectives=values("adjectives"),
        genitive=values("genitive"),
        suffixes=values("suffixes"),
        money_suffixes=values("money_suffixes"),
        fractions=fractions,
        vague=_set(data, "vague"),
        vague_links=_set(data, "vague_links"),
        articles=_set(data, "articles"),
        glue=_set(data, "glue"),
        halves=_set(data, "halves"),
        half_after=Phrases.of({"half": data["half_after"]}),
        fraction_links=_set(data, "fraction_links"),
        links=_set(data, "links"),
        starts=frozenset(starts) | _set(data, "vague") | _set(data, "articles") | _set(data, "halves"),
    )


def _units(data: dict[str, Any]) -> Units:
    named = {
        fold(str(form)): (measure, unit)
        for measure, units in data["after"].items()
        for unit, forms in units.items()
        for form in forms
    }
    signs = {str(sign).lower(): str(unit) for sign, unit in data["signs"].items()}
    longest_first = sorted(named, key=len, reverse=True)
    after = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
    before = "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))
    return Units(
        after=re.compile(rf"\s{{0,2}}-?({after})(?!\w)", re.IGNORECASE),
        named=named,
        signs=signs,
        sign_before=re.compile(rf"(?<!\w)({before})\s?$", re.IGNORECASE),
        adjectives={
            fold(str(stem)): (measure, str(unit))
            for measure, units in (data.get("adjectives") or {}).items()
            for unit, stems in units.items()
            for stem in stems
        },
    )


def _measures(data: dict[str, Any]) -> Measures:
    nouns = {fold(str(word)): Kind("count", "people", person=True) for word in data["persons"]}
    nouns.update({fold(str(word)): Kind("count", "families", person=True) for word in data["families"]})
    tables: dict[str, dict[str, str]] = {
        key: {} for key in ("done_to", "does", "moves", "reaches", "states", "tolls", "events", "before")
    }
    units: dict[str, str | None] = {}
    civil: set[str] = set()
    uniformed: set[str] = set()
    mortal: set[str] = set()
    for measure, says in data["measures"].items():
        units[measure] = says.get("unit")
        listed = says.get("nouns") or ()
        pairs = listed.items() if isinstance(listed, dict) else ((noun, says.get("unit")) for noun in listed)
        for noun, unit in pairs:
            nouns[fold(str(noun))] = Kind(measure, unit)
        if says.get("civil"):
            civil.add(measure)
        if says.get("uniformed"):
            uniformed.add(measure)
        if says.get("mortal"):
            mortal.add(measure)
        for key, table in tables.items():
            for word in says.get("is" if key == "states" else key) or ():
                table[fold(str(word))] = measure
    return Measures(
        nouns=nouns,
        units=units,
        civil=frozenset(civil),
        uniformed=frozenset(uniformed),
        mortal=frozenset(mortal),
        **tables,
    )
