"""The words for commitments of one language, as `languages/<language>/commitments.yaml` explains them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.languages import load
from dragoman.model import Language


@dataclass(frozen=True, slots=True)
class Words:
    promise: frozenset[str]
    weak: frozenset[str]
    report: frozenset[str]
    schedule: frozenset[str]
    foreseen: frozenset[str]
    oblige: frozenset[str]
    turning: frozenset[str]
    nouns: frozenset[str]
    decided: frozenset[str]
    taken: frozenset[str]
    goals: frozenset[str]
    awaited: frozenset[str]
    moved: frozenset[str]
    moved_to: frozenset[str]
    deadline: frozenset[str]
    until: frozenset[str]
    forecast: frozenset[str]
    observers: frozenset[str]
    middle: tuple[str, ...]


@cache
def commitment_words(language: Language) -> Words:
    """Read once. Raises `UnknownLanguage` where the language has no such file."""
    data = load(language, "commitments")
    sets = {name: frozenset(data[name]) for name in Words.__slots__ if name != "middle"}
    return Words(**sets, middle=tuple(data["middle"]) or ("\0",))
