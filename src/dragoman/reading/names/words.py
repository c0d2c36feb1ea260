"""The words of `languages/<l>/names.yaml`, made ready to be looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

import msgspec

from dragoman import languages
from dragoman.languages.schema.names import Names, Pronoun
from dragoman.reading.syntax import Token

V = TypeVar("V")

_PIECES = re.compile(r"[^\s']+'?|'")


@dataclass(frozen=True, slots=True)
class RoleWord:
    """`title` is the role's English name; `leader` tells that it heads a state; `gender` m, f or None."""

    title: str
    leader: bool
    gender: str | None
    rank: str


class Phrases(Generic[V]):
    """Phrases of one or more words, each with a value, found in tokens by printed form or lemma."""

    def __init__(self, pairs: Sequence[tuple[str, V]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        for phrase, value in pairs:
            words = tuple(_PIECES.findall(phrase.lower()))
            if words:
                self._by_first.setdefault(words[0], []).append((words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda e: -len(e[0]))

    def at(
        self, tokens: Sequence[Token], i: int, skip: frozenset[int] | set[int] = frozenset()
    ) -> tuple[int, V] | None:
        """(index past the phrase, its value) of the longest phrase that starts at token `i`.

        Tokens in `skip` may stand between its words ("the Russian foreign minister" the other way round:
        "ministre russe de la défense").
        """
        for first in forms_of(tokens[i]):
            for words, value in self._by_first.get(first, ()):
                past = self._follow(tokens, i, words, skip)
                if past is not None:
                    return past, value
        return None

    def _follow(
        self, tokens: Sequence[Token], i: int, words: tuple[str, ...], skip: frozenset[int] | set[int]
    ) -> int | None:
        at = i + 1
        for word in words[1:]:
            while at < len(tokens) and at in skip:
                at += 1
            if at >= len(tokens) or word not in forms_of(tokens[at]):
                return None
            at += 1
        return at

    def __contains__(self, word: str) -> bool:
        return any(len(words) == 1 for words, _ in self._by_first.get(word, ()))


def plain(text: str) -> str:
    """Small letters, straight apostrophes."""
    return text.lower().replace("’", "'")


def forms_of(token: Token) -> tuple[str, ...]:
    """The forms under which a token is looked up: as printed, its lemma, and a capitalised plural's singular."""
    text, lemma = plain(token.text), token.lemma.lower()
    if token.pos == "PROPN" and text.endswith("s") and len(text) > 3:
        return (text, lemma, text[:-1]) if lemma != text else (text, text[:-1])
    return (text,) if lemma == text else (text, lemma)


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


@dataclass(frozen=True)
class Words:
    """One language's words. Sets hold lemmas in small letters; see en/names.yaml for each."""

    titles: Mapping[str, str]
    polite: frozenset[str]
    roles: Phrases[RoleWord]
    forces: Phrases[str]
    force_things: frozenset[str]
    force_adjectives: Mapping[str, str]
    governments: frozenset[str]
    bodies: Phrases[str]
    ministry: frozenset[str]
    ministries: Mapping[str, str]
    domains: Phrases[str]
    groups: Phrases[str]
    place_words: Mapping[str, str]
    pairs: Mapping[str, str]
    pronouns: Mapping[str, Pronoun]
    empty_verbs: frozenset[str]
    short_names: Mapping[str, tuple[str, str]]
    sets: Mapping[str, frozenset[str]]

    def has(self, name: str, token: Token) -> bool:
        """True where the token, as printed or by its lemma, is in the list of that name."""
        listed = self.sets[name]
        return any(form in listed for form in forms_of(token))


_SETS = (
    "there",
    "impersonal",
    "one_rule",
    "particles",
    "articles",
    "no_names",
    "leanings",
    "former",
    "past",
    "counterpart",
    "states",
    "organisations",
    "parties",
    "pair_words",
    "three_words",
    "place_heads",
    "city_heads",
    "locative",
    "country_locative",
    "motion_prepositions",
    "motion",
    "visited",
    "addressed",
    "addressed_by",
    "feminine_articles",
    "masculine_articles",
    "to_state",
    "to_state_pos",
    "past_prefixes",
    "place_verbs",
    "calls",
    "which",
    "language_of",
    "definite",
    "demonstrative",
    "masculine_in_e",
    "collectives",
    "phrase_stops",
    "of",
    "have",
    "beside",
    "capital_words",
    "by_adjective",
)


@cache
def words(language: str) -> Words:
    """The words of a language, read once."""
    data = languages.words_of(Names, language, "names")
    return Words(
        titles={
            t: gender for gender, cell in msgspec.structs.asdict(data.titles).items() for t in _list(cell)
        },
        polite=frozenset(_list(data.polite)),
        roles=Phrases(_roles(data)),
        forces=Phrases([(w, kind) for kind, cell in data.forces.items() for w in _list(cell)]),
        force_things=frozenset(_list(data.force_things)),
        force_adjectives={w: kind for kind, cell in data.force_adjectives.items() for w in _list(cell)},
        governments=frozenset(_list(data.governments)),
        bodies=Phrases([(w, kind) for kind, cell in data.bodies.items() for w in _list(cell)]),
        ministry=frozenset(_list(data.ministry)),
        ministries=data.ministries,
        domains=Phrases([(w, kind) for kind, cell in data.domains.items() for w in _list(cell)]),
        groups=Phrases([(w, concept) for concept, cell in data.groups.items() for w in _list(cell)]),
        place_words={
            w: kind for kind, cell in msgspec.structs.asdict(data.places).items() for w in _list(cell)
        },
        pairs={w: kind for kind, cell in msgspec.structs.asdict(data.pairs).items() for w in _list(cell)},
        pronouns=data.pronouns,
        empty_verbs=frozenset(_list(data.empty_subject.verbs)),
        short_names={
            plain(w): (key, row.with_) for key, row in data.short_names.items() for w in _list(row.short)
        },
        sets={
            "empty_subject": frozenset(_list(data.empty_subject.words)),
            **{name: frozenset(plain(w) for w in _list(getattr(data, name))) for name in _SETS},
        },
    )


def _roles(data: Names) -> list[tuple[str, RoleWord]]:
    found = []
    for rank in ("leaders", "officials", "people"):
        for title, cell in getattr(data, rank).items():
            for item in _list(cell):
                gender = item[-2] if item.endswith(("(m)", "(f)")) else None
                phrase = item[:-3].strip() if gender else item
                found.append((phrase, RoleWord(str(title), rank == "leaders", gender, rank)))
    seen: dict[str, tuple[str, RoleWord]] = {}
    for phrase, word in found:
        seen.setdefault(phrase, (phrase, word))
    return list(seen.values())


def is_patronymic(word: str) -> bool:
    """True for a Russian name made of the father's, in any case: *Петровна*, *Петровны*, *Ильича*."""
    return patronymic_base(word) is not None


def patronymic_base(word: str) -> str | None:
    """The base form of a Russian patronymic, or None for any other word."""
    for stem, base, endings in _patronymics():
        for ending in endings:
            if word.endswith(stem + ending) and len(word) > len(stem + ending) + 1:
                return f"{word.removesuffix(stem + ending)}{stem}{base}"
    return None


@cache
def _patronymics() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Stem, ending of the base form, endings of all cases, in every language that has such names."""
    return tuple(
        (stem, base, endings)
        for language in languages.SUPPORTED
        for stem, base, endings in languages.words_of(Names, language, "names").patronymics
    )
