"""The words that make clauses in one language (`languages/<language>/clauses.yaml`), ready to be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale

from dragoman.languages import frame_files, load
from dragoman.model import Language
from dragoman.reading.syntax import Modality, Tense

RoleRule = str | dict[str, str]
"""A role, or the role by what the noun is (see the head of `languages/en/clauses.yaml`)."""


@dataclass(frozen=True, slots=True)
class Modal:
    """What a word gives to the infinitive that it gives way to.

    `passive`, `progressive`: it does so only in this form; None where any form will do.
    """

    modality: Modality | None = None
    tense: Tense | None = None
    negated: bool = False
    passive: bool | None = None
    progressive: bool | None = None
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """Whose subject the infinitive below has, and what it gets from the verb.

    `by`: `subject`, `object`, or the prepositions that bring in the one who is to act. `same`: the act is as real
    as that of the verb (*forced them to leave*), so its tense is the verb's.
    """

    gives: Modality = "none"
    by: str | tuple[str, ...] = "subject"
    negated: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Light:
    """The nouns that a light verb performs (None: every event noun), and the preposition before them."""

    nouns: frozenset[str] | None
    prep: str | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language's words, indexed by lemma."""

    language: Language
    roles: dict[str, RoleRule]
    noun_roles: dict[str, RoleRule]
    time_words: frozenset[str]
    parts_of_time: frozenset[str]
    place_words: frozenset[str]
    actor_words: frozenset[str]
    relative: dict[str, str]
    adverbs: dict[str, str]
    negators: frozenset[str]
    negating_determiners: frozenset[str]
    negating_prepositions: frozenset[str]
    hypothetical: frozenset[str]
    aux_modality: dict[str, Modality]
    aux_future: frozenset[str]
    active_participles: frozenset[str]
    modal: dict[str, Modal]
    control: dict[str, Control]
    modality_nouns: dict[str, str]
    modality_adjectives: dict[str, Modality]
    light: dict[str, Light]
    happening: frozenset[str]
    phases: dict[str, str]
    dative_verbs: frozenset[str]
    demonyms: frozenset[str]
    countries: frozenset[str]
    real_gerunds: frozenset[str]
    idioms: dict[str, str]
    negating_pairs: frozenset[str]
    idle: dict[str, list[str]]
    no_times: dict[str, list[str]]
    governs: dict[str, str]
    event_nouns: dict[str, str]


@cache
def grammar(language: Language) -> Grammar:
    """The grammar of a language, read once. Raises `UnknownLanguage` where it has no file."""
    data: dict[str, Any] = load(language, "clauses")
    return Grammar(
        language=language,
        roles=data["roles"],
        noun_roles=data["noun_roles"],
        time_words=frozenset(data["time_words"]),
        parts_of_time=frozenset(data["parts_of_time"]),
        place_words=frozenset(data["place_words"]),
        actor_words=frozenset(data["actor_words"]),
        relative=data["relative"],
        adverbs=data["adverbs"],
        negators=frozenset(data["negators"]),
        negating_determiners=frozenset(data["negating_determiners"]),
        negating_prepositions=frozenset(data["negating_prepositions"]),
        hypothetical=frozenset(data["hypothetical"]),
        aux_modality=data["aux_modality"],
        aux_future=frozenset(data["aux_future"]),
        active_participles=frozenset(data["active_participles"]),
        modal={lemma: Modal(**values) for lemma, values in data["modal"].items()},
        control={lemma: _control(values) for lemma, values in data["control"].items()},
        modality_nouns={noun: kind for kind, nouns in data["modality_nouns"].items() for noun in nouns},
        modality_adjectives={a: kind for kind, words in data["modality_adjectives"].items() for a in words},
        light={lemma: _light(values) for lemma, values in data["light"].items()},
        happening=frozenset(data["happening"]),
        phases={verb: phase for phase, verbs in data["phases"].items() for verb in verbs},
        dative_verbs=frozenset(data["dative_verbs"]),
        demonyms=demonyms(language),
        countries=countries(language),
        real_gerunds=frozenset(data["real_gerunds"]),
        idioms=data["idioms"],
        negating_pairs=frozenset(data["negating_pairs"]),
        idle=data["idle"],
        no_times=data["no_times"],
        governs={verb: case for case, verbs in data["governs"].items() for verb in verbs},
        event_nouns=event_nouns(language),
    )


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


def _control(values: dict[str, Any]) -> Control:
    by = values.get("by", "subject")
    return Control(
        gives=values.get("gives", "none"),
        by=by if isinstance(by, str) else tuple(by),
        negated=values.get("negated", False),
        same=values.get("same", False),
    )


def _light(values: Any) -> Light:
    prep = values.get("prep") if isinstance(values, dict) else None
    nouns = values["nouns"] if isinstance(values, dict) else values
    return Light(None if nouns == "any" else frozenset(nouns), prep)
