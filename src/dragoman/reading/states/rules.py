"""The rules for states, read from `languages/<language>/states.yaml` and indexed by lemma."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from dragoman.languages import load
from dragoman.model import EntityType, Language

Holding = Literal["holds", "opens", "closes", "any"]


@dataclass(frozen=True, slots=True)
class StateRule:
    """A way in which a clause says that something holds. Its fields are explained in the English data file."""

    name: str
    type: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    place: tuple[str, ...]
    kinds: dict[str, str]
    needs: dict[str, frozenset[str]]
    require: tuple[str, ...]
    when: Holding
    voice: str | None
    value: str | None
    value_of: str | None


@dataclass(frozen=True, slots=True)
class Relation:
    """A noun that says what one is to another, its `value` in any language. `of`: prepositions (or `Gen`) before
    the other."""

    type: str
    value: str
    of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pacts:
    """Verbs of signing, and the sets of words of which one must stand with an agreement that makes allies."""

    verbs: frozenset[str]
    mutual: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Offices:
    """English names of offices: those that only a state has, and those that other bodies have too."""

    of_state: frozenset[str]
    any: frozenset[str]
    called: Mapping[str, str]

    def name(self, title: str, of: EntityType) -> str | None:
        """What the office is called, None where such a body has none."""
        title = title.lower()
        if title in self.any or (title in self.of_state and of in ("state", "place")):
            return self.called.get(title, title)
        return None


@dataclass(frozen=True, slots=True)
class StateWords:
    """All of one language. `no_office`: words for a role that make nobody hold it."""

    rules: dict[str, tuple[StateRule, ...]]
    relations: dict[str, Relation]
    pacts: Pacts
    offices: Offices
    no_office: frozenset[str]
    since: frozenset[str]
    until: frozenset[str]
    force: frozenset[str]
    former: frozenset[str]
    copulas: frozenset[str]
    from_: frozenset[str]
    to: frozenset[str]
    power: frozenset[str]
    power_at: frozenset[str]


@cache
def state_words(language: Language) -> StateWords:
    """Read once. Raises `UnknownLanguage` where the language has no such file."""
    data: dict[str, Any] = load(language, "states")
    offices = load("common", "offices")
    rules: dict[str, list[StateRule]] = defaultdict(list)
    for entry in data["rules"]:
        for lemma in (*entry.get("verbs", ()), *entry.get("nouns", ())):
            rules[lemma].append(_rule(entry))
    return StateWords(
        rules={lemma: tuple(found) for lemma, found in rules.items()},
        relations={
            noun: Relation(entry["type"], entry["value"], frozenset(entry["of"]))
            for entry in data["relations"]
            for noun in entry["nouns"]
        },
        pacts=Pacts(
            verbs=frozenset(data["pacts"]["verbs"]),
            mutual=tuple(frozenset(words) for words in data["pacts"]["mutual"]),
        ),
        offices=Offices(frozenset(offices["of_state"]), frozenset(offices["any"]), offices["called"]),
        no_office=frozenset(data["no_office"]),
        since=frozenset(data["since"]),
        until=frozenset(data["until"]),
        force=frozenset(data["force_words"]),
        former=frozenset(data["former"]),
        copulas=frozenset(data["copulas"]),
        from_=frozenset(data["from"]),
        to=frozenset(data["to"]),
        power=frozenset(data["power"]),
        power_at=frozenset(data["power_at"]),
    )


def _rule(entry: dict[str, Any]) -> StateRule:
    return StateRule(
        name=entry["name"],
        type=entry["type"],
        subject=tuple(entry.get("subject", ())),
        object=tuple(entry.get("object", ())),
        place=tuple(entry.get("place", ())),
        kinds=entry.get("is", {}),
        needs={slot: frozenset(words) for slot, words in entry.get("needs", {}).items()},
        require=tuple(entry.get("require", ())),
        when=entry["when"],
        voice=entry.get("voice"),
        value=entry.get("value"),
        value_of=entry.get("value_of"),
    )
