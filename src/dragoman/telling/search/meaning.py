"""What may stand for a word of a search: its stems in each language, words and kinds of event that mean the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from dragoman import languages
from dragoman.store.words import STEMMERS, fold, stems

Code = tuple[str, str | None]
"""Type and mode of an event; a mode of `*` is any, None is none."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word may be written as.

    Attributes:
        stems: Of the word itself.
        related: Of the words that mean the same, in any language.
        codes: The kinds of event that it names.
    """

    stems: frozenset[str]
    related: frozenset[str] = frozenset()
    codes: frozenset[Code] = frozenset()


@dataclass(frozen=True, slots=True)
class Family:
    """Words that mean nearly the same: their stems in all languages, and the kinds of event that they name."""

    stems: frozenset[str]
    codes: frozenset[Code]


@lru_cache(maxsize=10_000)
def meaning_of(word: str) -> Meaning:
    """What stands for a word, whatever language it is in."""
    own = all_stems(word)
    families = [family for family in _families() if not own.isdisjoint(family.stems)]
    related = frozenset(s for family in families for s in family.stems)
    codes = frozenset(code for family in families for code in family.codes)
    return Meaning(frozenset(own), related - own, codes)


def all_stems(word: str) -> set[str]:
    """A word as the index may hold it, in any language."""
    return {s for code in STEMMERS for s in stems(word, code)} | {fold(word)}


@cache
def _families() -> tuple[Family, ...]:
    return tuple(
        Family(
            frozenset(
                s
                for code in languages.SUPPORTED
                for word in family.get(code, "").split()
                for s in (*stems(word, code), fold(word))
            ),
            frozenset(_code(code) for code in family["codes"]),
        )
        for family in languages.load("common", "search")
    )


def _code(written: str) -> Code:
    kind, _, mode = written.partition("/")
    return kind, mode or None
