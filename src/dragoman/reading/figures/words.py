"""The number words, bounds, units and measures of a language, ready to be asked.

The words are in `languages/<language>/figures.yaml`; nothing here knows a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from dragoman.languages import words_of
from dragoman.languages.schema.figures import Bound, Figures, Numbers
from dragoman.model import Language
from dragoman.reading.syntax import Token

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
    def of(cls, groups: Mapping[Bound, Iterable[str]] | Mapping[str, Iterable[str]]) -> Phrases:
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


class NumberWords(Numbers, frozen=True, kw_only=True, dict=True):
    """Words that make numbers; see the head of `languages/en/figures.yaml`."""

    @cached_property
    def halves_after(self) -> Phrases:
        return Phrases.of({"half": self.half_after})

    @cached_property
    def starts(self) -> frozenset[str]:
        """Words that a number in words may begin with."""
        valued = self.values | self.scales | self.plurals | self.about
        return self.vague | self.articles | self.halves | {*valued, *self.fractions}


class Lexicon(Figures, frozen=True, kw_only=True, dict=True):
    """All that one language's `figures.yaml` says, with what is asked of it in other forms."""

    numbers: NumberWords

    @cached_property
    def before(self) -> Phrases:
        return Phrases.of(self.bounds.before)

    @cached_property
    def after(self) -> Phrases:
        return Phrases.of(self.bounds.after)

    @cached_property
    def aged(self) -> Phrases:
        return Phrases.of({"age": self.age.before})

    @cached_property
    def old(self) -> Phrases:
        return Phrases.of({"age": self.age.after})

    @cached_property
    def stretches(self) -> dict[str, str]:
        """Form of a stretch of time -> its name (`hour`)."""
        return {form: name for name, forms in self.rates.each.items() for form in forms}

    @cached_property
    def rate_after(self) -> re.Pattern[str] | None:
        """What matches the words behind a figure (`an hour`, `par mois`), the stretch as its group; None for none."""
        if not self.rates.links:
            return None
        links, forms = _any_of(self.rates.links), _any_of(self.stretches)
        return re.compile(rf"\s{{0,2}}(?:{links})\s{{0,2}}({forms})(?!\w)", re.IGNORECASE)

    @cached_property
    def unit(self) -> Units:
        named = _by_word(self.units.after)
        after = _any_of(named).replace(r"\ ", r"\s+")
        signs = self.units.signs
        return Units(
            after=re.compile(rf"\s{{0,2}}-?({after})(?!\w)", re.IGNORECASE),
            named=named,
            signs=signs,
            sign_before=re.compile(rf"(?<!\w)({_any_of(signs)})\s?$", re.IGNORECASE),
            adjectives=_by_word(self.units.adjectives),
        )

    @cached_property
    def measure(self) -> Measures:
        nouns = dict.fromkeys(self.persons, Kind("count", "people", person=True))
        nouns |= dict.fromkeys(self.families, Kind("count", "families", person=True))
        for measure, says in self.measures.items():
            listed = says.nouns if isinstance(says.nouns, dict) else dict.fromkeys(says.nouns, says.unit)
            nouns |= {noun: Kind(measure, unit) for noun, unit in listed.items()}

        def by_word(key: str) -> dict[str, str]:
            return {word: m for m, says in self.measures.items() for word in getattr(says, key)}

        def those(key: str) -> frozenset[str]:
            return frozenset(measure for measure, says in self.measures.items() if getattr(says, key))

        return Measures(
            nouns=nouns,
            done_to=by_word("done_to"),
            does=by_word("does"),
            moves=by_word("moves"),
            reaches=by_word("reaches"),
            states=by_word("is_"),
            tolls=by_word("tolls"),
            events=by_word("events"),
            before=by_word("before"),
            units={measure: says.unit for measure, says in self.measures.items()},
            civil=those("civil"),
            uniformed=those("uniformed"),
            mortal=those("mortal"),
        )


@cache
def lexicon(language: Language) -> Lexicon:
    """The lexicon of a language, read once."""
    return words_of(Lexicon, language, "figures")


def _any_of(words: Iterable[str]) -> str:
    """A pattern of all of them, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _by_word(units: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[str, tuple[str, str]]:
    """Word of a unit -> its measure and its name."""
    return {
        word: (measure, unit)
        for measure, named in units.items()
        for unit, words in named.items()
        for word in words
    }
