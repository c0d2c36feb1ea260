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

Bound = Literal["low", "high", "about"]
Phrase = tuple[str, ...]

_PIECES = re.compile(r"\w+(?:-\w+)*'?|[^\w\s]")


def phrase(words: str) -> Phrase:
    """A phrase as the tokens that the pipelines make of it: `jusqu'à` is `jusqu'` and `à`."""
    return tuple(_PIECES.findall(str(words).lower()))


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
    adjectives: dict[str, float]
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
    money_only: frozenset[str]
    adjectives: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Measures:
    """What says a measure, by lemma or by form. `civil` measures are not those of soldiers, police ..."""

    nouns: dict[str, Kind]
    done_to: dict[str, str]
    does: dict[str, str]
    moves: dict[str, str]
    states: dict[str, str]
    tolls: dict[str, str]
    events: dict[str, str]
    units: dict[str, str | None]
    civil: frozenset[str]


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
    bare_ages: bool
    aged: Phrases
    old: Phrases
    place_nouns: frozenset[str]
    lone_one: frozenset[str]
    auxiliaries: frozenset[str]
    carriers: frozenset[str]
    ordinals: frozenset[str]


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
        bare_ages=bool(data["age"]["bare"]),
        aged=Phrases.of({"age": data["age"]["before"]}),
        old=Phrases.of({"age": data["age"]["after"]}),
        place_nouns=_set(data, "place_nouns"),
        lone_one=_set(data, "lone_one"),
        auxiliaries=_set(data, "auxiliaries"),
        carriers=_set(data, "carriers"),
        ordinals=_set(data, "ordinals"),
    )


def _set(data: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(str(word) for word in data.get(key) or ())


def _numbers(data: dict[str, Any]) -> NumberWords:
    tables: dict[str, dict[str, float]] = {
        key: {str(k): float(v) for k, v in (data.get(key) or {}).items()}
        for key in (
            "values",
            "added",
            "scales",
            "plurals",
            "about",
            "adjectives",
            "suffixes",
            "money_suffixes",
        )
    }
    fractions = {str(k): (float(v[0]), float(v[1])) for k, v in data["fractions"].items()}
    sets = {
        key: _set(data, key)
        for key in ("vague", "vague_links", "articles", "glue", "halves", "fraction_links", "links")
    }
    starts = (
        frozenset(w for key in ("values", "scales", "plurals", "about") for w in tables[key])
        | sets["vague"]
        | sets["articles"]
        | sets["halves"]
        | frozenset(fractions)
    )
    return NumberWords(
        **tables,
        **sets,
        fractions=fractions,
        half_after=Phrases.of({"half": data["half_after"]}),
        starts=starts,
    )


def _units(data: dict[str, Any]) -> Units:
    named = {
        str(form).lower(): (measure, unit)
        for measure, units in data["after"].items()
        for unit, forms in units.items()
        for form in forms
    }
    money = {str(form).lower(): str(unit) for form, unit in (data.get("money_bare") or {}).items()}
    signs = {str(sign).lower(): str(unit) for sign, unit in data["signs"].items()}
    longest_first = sorted({*named, *money}, key=len, reverse=True)
    after = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
    before = "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))
    return Units(
        after=re.compile(rf"\s{{0,2}}-?({after})(?!\w)", re.IGNORECASE),
        named=named,
        signs=signs,
        sign_before=re.compile(rf"(?<!\w)({before})\s?$", re.IGNORECASE),
        money_only=frozenset(money),
        adjectives={
            str(stem): (measure, str(unit))
            for measure, units in (data.get("adjectives") or {}).items()
            for unit, stems in units.items()
            for stem in stems
        },
    )


def _measures(data: dict[str, Any]) -> Measures:
    nouns = {str(word): Kind("count", "people", person=True) for word in data["persons"]}
    tables: dict[str, dict[str, str]] = {
        key: {} for key in ("done_to", "does", "moves", "states", "tolls", "events")
    }
    units: dict[str, str | None] = {}
    civil: set[str] = set()
    for measure, says in data["measures"].items():
        units[measure] = says.get("unit")
        listed = says.get("nouns") or ()
        pairs = listed.items() if isinstance(listed, dict) else ((noun, says.get("unit")) for noun in listed)
        for noun, unit in pairs:
            nouns[str(noun)] = Kind(measure, unit)
        if says.get("civil"):
            civil.add(measure)
        for key, table in tables.items():
            for word in says.get("is" if key == "states" else key) or ():
                table[str(word)] = measure
    return Measures(nouns=nouns, units=units, civil=frozenset(civil), **tables)
