"""The words that make clauses in one language (`languages/<language>/clauses.yaml`), ready to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Literal, TypeVar

import msgspec
from babel import Locale

from dragoman.languages import frame_files, load
from dragoman.languages.schema.grammar import Clauses, Light, Modality
from dragoman.model import Language

K = TypeVar("K")


class Grammar(Clauses, frozen=True, kw_only=True, dict=True):
    """One language's words, indexed by lemma where the file groups them."""

    language: Language

    @cached_property
    def modality_of(self) -> dict[str, Modality | Literal["negated"]]:
        """Noun -> what its complement gets."""
        return _by_word(self.modality_nouns)

    @cached_property
    def modality_of_adjective(self) -> dict[str, Modality]:
        return _by_word(self.modality_adjectives)

    @cached_property
    def performing(self) -> dict[str, Light]:
        """Light verb -> what it performs."""
        return {verb: how if isinstance(how, Light) else Light(nouns=how) for verb, how in self.light.items()}

    @cached_property
    def case_of(self) -> dict[str, str]:
        """Verb -> the case of its object."""
        return _by_word(self.governs)

    @cached_property
    def class_of_noun(self) -> dict[str, str]:
        return event_nouns(self.language)

    @cached_property
    def demonyms(self) -> frozenset[str]:
        return demonyms(self.language)

    @cached_property
    def countries(self) -> frozenset[str]:
        return countries(self.language)


@cache
def grammar(language: Language) -> Grammar:
    """The grammar of a language, read once. Raises `UnknownLanguage` where it has no file."""
    return msgspec.convert({**load(language, "clauses"), "language": language}, Grammar)


def _by_word(groups: Mapping[K, Iterable[str]]) -> dict[str, K]:
    return {word: group for group, words in groups.items() for word in words}


@cache
def event_nouns(language: Language) -> dict[str, str]:
    """Nouns that name what is done -> their class (`transitive`, `subjective`, `ergative`, `objective`, `mutual`)."""
    classes: dict[str, list[str]] = load(language, "clauses")["event_nouns"]
    known = dict.fromkeys(_frame_nouns(language), "transitive")
    return known | {noun: kind for kind, nouns in classes.items() for noun in nouns}


def _frame_nouns(language: Language) -> Iterator[str]:
    """Single nouns that some frame names; a construction (`deal between:*`) counts by its first word."""
    for name in frame_files():
        data = load("frames", name)
        for concept in data.get("concepts", ()) if isinstance(data, dict) else ():
            for pattern in concept.get(language, {}).get("nouns", "").split(","):
                noun = pattern.split()[0] if pattern.strip() else ""
                if noun and "_" not in noun:
                    yield noun


@cache
def demonyms(language: Language) -> frozenset[str]:
    """Adjectives of nationality, small letters. English writes them with a capital, which tells enough."""
    if language == "en":
        return frozenset()
    countries: dict[str, dict[str, str]] = load("gazetteer", "countries")
    words = (
        word
        for country in countries.values()
        for word in country.get(language, "").replace("/", ",").split(",")
    )
    return frozenset(word.strip().lower() for word in words if word.strip())


@cache
def countries(language: Language) -> frozenset[str]:
    """Names of countries in the language, small letters (CLDR)."""
    names = Locale.parse(language).territories
    return frozenset(name.lower() for code, name in names.items() if code.isalpha() and len(code) == 2)
