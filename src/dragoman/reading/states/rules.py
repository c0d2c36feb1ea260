"""The rules for states, read from `languages/<language>/states.yaml` and indexed by lemma."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property
from typing import Literal

from dragoman.languages import words_of
from dragoman.languages.schema import names
from dragoman.languages.schema.grammar import Relation, StateRule, States
from dragoman.model import EntityType, Language

Holding = Literal["holds", "opens", "closes", "any"]


class Offices(names.Offices, frozen=True, kw_only=True):
    """English names of offices: those that only a state has, and those that other bodies have too."""

    def name(self, title: str, of: EntityType) -> str | None:
        """What the office is called, None where such a body has none."""
        title = title.lower()
        if title in self.any or (title in self.of_state and of in ("state", "place")):
            return self.called.get(title, title)
        return None


class StateWords(States, frozen=True, kw_only=True, dict=True):
    """All of one language, its rules and relations by lemma too."""

    @cached_property
    def rules_of(self) -> dict[str, list[StateRule]]:
        found: dict[str, list[StateRule]] = defaultdict(list)
        for rule in self.rules:
            for lemma in (*rule.verbs, *rule.nouns):
                found[lemma].append(rule)
        return dict(found)

    @cached_property
    def relation_of(self) -> dict[str, Relation]:
        return {noun: relation for relation in self.relations for noun in relation.nouns}

    @cached_property
    def offices(self) -> Offices:
        return words_of(Offices, "common", "offices")


@cache
def state_words(language: Language) -> StateWords:
    """Read once. Raises `UnknownLanguage` where the language has no such file."""
    return words_of(StateWords, language, "states")
