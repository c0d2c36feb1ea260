"""Frames: concepts as data -> indexes by language and lemma, and which of their constructions a clause meets.

A frame (`languages/frames/*.yaml`) holds one concept: its PLOVER type and mode, and the constructions of each
language that mean it. A construction is written as its head lemma and what it asks for, by white space:

    withdraw obj:@force -xcomp        head; the object's noun is of kind `force`; no infinitive below
    ask ccomp -ccomp:whether|when     a clause below, but none that these words lead in
    exclude -neg                      not where it is denied
    call on:@actor                    an argument brought in by *on* that is an actor
    face obj:criticism >subj <from    whom: the subject; who: what *from* brings in
    strike +hunger                    a word *hunger* hangs on the head
    host obj:@actor !both             the gate of this construction, where it is not its frame's
    hunger_strike                     (nouns) the same; the head is the last word in English and Russian,
                                      the first in French; for verbs `_` joins verb and particle

`|` parts alternatives, `*` is anything, `@place` a named place, `@kind` a list of
`languages/<language>/kinds.yaml`. The construction that asks for most is taken. Frames are read once and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import msgspec

from dragoman.languages import UnknownLanguage, frame_files, load
from dragoman.model import Language, Status
from dragoman.model.event_types import COOPERATION, OTHER, is_legal
from dragoman.model.lines import Json

_SORTS = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}
DROP, SAME = "drop", "same"
GATES = ("open", "public", "doer", "both")


@dataclass(frozen=True, slots=True)
class Words:
    """What the noun of an argument may be. `any`: whatever; `kinds`: names of kinds, for actors and the like."""

    any: bool = False
    words: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()
    """`(head, a word that hangs on it)`, for terms of two words."""
    actor: bool = False
    """True where any actor will do, named or not."""
    person: bool = False
    """True where any noun will do that is no thing."""
    place: bool = False
    """True where a named place will do."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`slots` hold `obj`, `subj`, `iobj`, `with`..., prepositions, `xcomp`, `ccomp`, `attr`,
    `neg` (the clause is negated), or `+` for a word below the head.
    """

    slots: tuple[str, ...]
    words: Words
    wanted: bool = True


class Frame(msgspec.Struct, frozen=True, eq=False):
    """One concept.

    Attributes:
        type, mode: PLOVER codes; an operator has no type but `becomes`.
        whom: Roles and prepositions in the order in which the affected actor is looked for.
        mutual: True where all sides are `who`.
        swap: True where the subject of the words is the one affected (a host who receives a visitor).
        becomes: For an operator: PLOVER type (or `TYPE/mode`), `cooperation`, `conflict`, `other`, `any` or `none`
            -> `TYPE/mode`, `same` or `drop`.
        status: What an operator settles about the deed below it.
        alleges: True where what hangs below is the speaker's allegation.
        denies: True where what hangs below is denied by the speaker.
        ends: True for an operator that ends the deed below; where it is negated, the deed goes on.
        moved: True where the object is what is moved, and no side itself (troops, doctors, goods).
        stands_for: For an operator that a mere mood may stand for: `obligation` (*says that they must leave*),
            `threat` (*will attack*), `refusal` (*will not help*).
        needs_actor: True where it is an event only if it meets somebody (*warned of rain* threatens nobody).
        gate: Who has to stand on the sides: `open` anybody, `public` one actor of public life,
            `doer` such a one in `who`, `both` such on each.
        weighty: True where it is told even with nobody on its sides, if its own time or place is told.
        announces: True where a deed that is announced and not yet done becomes another.
        commands: True where the deed below counts as that of whoever orders it.
    """

    concept: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    mutual: bool = False
    swap: bool = False
    becomes: Mapping[str, str] = msgspec.field(default_factory=dict)
    status: Status | None = None
    alleges: bool = False
    denies: bool = False
    ends: bool = False
    commands: bool = False
    moved: bool = False
    announces: bool = False
    needs_actor: bool = False
    stands_for: str = ""
    gate: str = "public"
    weighty: bool = False

    @property
    def is_operator(self) -> bool:
        return bool(self.becomes)

    def outcome(self, type_: str | None, mode: str | None = None) -> tuple[str, str | None] | None:
        """What an operator makes of a deed of this type (None: of no known deed); None where it gives nothing.

        `("same", None)` leaves the deed as it is.
        """
        keys = ["none"] if type_ is None else [f"{type_}/{mode}", type_, _group(type_), "any"]
        for key in keys:
            if key in self.becomes:
                made = self.becomes[key]
                if made == DROP:
                    return None
                name, _, new = made.partition("/")
                return name, new or None
        return None


@dataclass(frozen=True, slots=True)
class Construction:
    """One way in which a language says a concept."""

    frame: Frame
    sort: str
    head: str
    text: str
    conditions: tuple[Condition, ...]
    whom: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    gate: str = "public"

    @property
    def rule(self) -> str:
        return f"frame:{self.frame.concept}/{self.text}"


@dataclass(frozen=True, slots=True)
class FrameIndex:
    """The constructions of one language by sort (`verb`, `noun`, `adjective`) and head lemma; most demanding first."""

    deeds: dict[tuple[str, str], tuple[Construction, ...]]
    operators: dict[tuple[str, str], tuple[Construction, ...]]
    kinds: dict[str, frozenset[str]]
    obligation: Frame | None = None
    threat: Frame | None = None
    refusal: Frame | None = None
    """The operators that *must*, *will* (of harm) and *will not* (of help) stand for."""


class BadFrame(ValueError):
    """A frame file that cannot be understood; the message names file and concept."""


def _group(type_: str) -> str:
    if type_ == OTHER:
        return "other"
    return "cooperation" if type_ in COOPERATION else "conflict"


@cache
def kinds(language: Language) -> dict[str, frozenset[str]]:
    """Kinds of nouns of a language: kind -> lemmas."""
    data: dict[str, str] = load(language, "kinds")
    return {kind: frozenset(_listed(words)) for kind, words in data.items()}


@cache
def frame_data() -> tuple[tuple[str, Json], ...]:
    """`(file, its data)` of every frame file, as written; tests run the examples in them."""
    return tuple((name, load("frames", name)) for name in frame_files())


@cache
def frame_index(language: Language) -> FrameIndex:
    """All frames of a language. Raises `BadFrame`, and `UnknownLanguage` where it has no kinds."""
    deeds: dict[tuple[str, str], list[Construction]] = {}
    operators: dict[tuple[str, str], list[Construction]] = {}
    for name, data in frame_data():
        for concept in data["concepts"]:
            frame = _frame(name, data, concept)
            into = operators if frame.is_operator else deeds
            for sort, written in concept.get(language, {}).items():
                for text in _listed(written):
                    one = _construction(name, frame, _SORTS[sort], text, language)
                    into.setdefault((one.sort, one.head), []).append(one)
    for table in (deeds, operators):
        _add_partners(table, language)
    stands = {one.frame.stands_for: one.frame for many in operators.values() for one in many}
    named = (stands.get(word) for word in ("obligation", "threat", "refusal"))
    return FrameIndex(_ranked(deeds), _ranked(operators), kinds(language), *named)


def _add_partners(found: dict[tuple[str, str], list[Construction]], language: Language) -> None:
    """What is written of a verb holds of its partners in aspect, unless it is written of them too."""
    pairs = aspects(language)
    for (sort, head), many in [item for item in found.items() if item[0][0] == "verb"]:
        for partner in pairs.get(head, ()):
            own = found.setdefault((sort, partner), [])
            written = {_asked(one) for one in own}
            own.extend(
                replace(one, head=partner, text=" ".join((partner, *one.text.split()[1:])))
                for one in many
                if _asked(one) not in written
            )


def _asked(one: Construction) -> tuple[str, ...]:
    """What a construction asks for, its head aside."""
    return tuple(sorted(one.text.split()[1:]))


@cache
def aspects(language: Language) -> dict[str, tuple[str, ...]]:
    """Verb -> the verbs that differ from it in aspect alone; empty for a language without such pairs."""
    found: dict[str, tuple[str, ...]] = {}
    try:
        pairs: dict[str, list[str]] = load(language, "aspects")["pairs"]
    except UnknownLanguage:
        return found
    for verb, partners in pairs.items():
        for one, others in ((verb, partners), *((p, [verb]) for p in partners)):
            found[one] = (*found.get(one, ()), *others)
    return found


def _ranked(
    found: dict[tuple[str, str], list[Construction]],
) -> dict[tuple[str, str], tuple[Construction, ...]]:
    return {key: tuple(sorted(many, key=demand, reverse=True)) for key, many in found.items()}


def demand(one: Construction) -> float:
    """How much a construction asks for, from 0; a listed noun counts more than `*` or any actor, an absence least."""
    total = 0.0
    for c in one.conditions:
        if not c.wanted:
            total += 0.3
        elif c.words.person or c.words.actor:
            total += 1.1
        elif c.words.words or c.words.pairs:
            total += 1.6 if not c.words.words else 1.4 if len(c.words.words) < 12 else 1.2
        else:
            total += 1.0
    return total


def _listed(written: str) -> list[str]:
    return [part for part in (p.strip() for p in written.split(",")) if part]


def _frame(name: str, data: Json, concept: Mapping[str, object]) -> Frame:
    """What a file says of all its concepts holds where one says nothing of it."""
    frame = msgspec.convert({**data, **concept}, Frame)
    if not frame.is_operator and not is_legal(frame.type, frame.mode):
        code = f"{frame.type}/{frame.mode}" if frame.mode else frame.type
        raise BadFrame(f"{name}.yaml: {frame.concept}: {code!r} is no type of model/event_types.py")
    _gate(name, frame.gate)
    return frame


def _gate(name: str, gate: str) -> str:
    if gate not in GATES:
        raise BadFrame(f"{name}.yaml: {gate!r} is no gate")
    return gate


def _construction(name: str, frame: Frame, sort: str, text: str, language: Language) -> Construction:
    head, *rest = text.split()
    conditions: list[Condition] = []
    if sort == "noun" and "_" in head:
        head, others = _term(head, language)
        conditions.extend(Condition(("+",), Words(words=frozenset({w}))) for w in others)
    whom: list[str] = []
    who: list[str] = []
    gate = frame.gate
    for part in rest:
        if part.startswith("!"):
            gate = _gate(name, part[1:])
        elif part.startswith(">"):
            whom.append(part[1:])
        elif part.startswith("<"):
            who.append(part[1:])
        elif part == "refl":
            head = f"se_{head}"
        else:
            try:
                conditions.append(_condition(part, language))
            except KeyError as e:
                raise BadFrame(f"{name}.yaml: {frame.concept}: {text!r} asks for an unknown kind {e}") from e
    return Construction(frame, sort, head, text, tuple(conditions), tuple(whom), tuple(who), gate)


def _condition(part: str, language: Language) -> Condition:
    wanted = not part.startswith("-")
    part = part.removeprefix("-")
    if part.startswith("+"):
        return Condition(("+",), Words(words=frozenset(part[1:].split("|"))), wanted)
    slot, _, written = part.partition(":")
    return Condition(tuple(slot.split("|")), _words(written or "*", language), wanted)


def _words(written: str, language: Language) -> Words:
    if written == "*":
        return Words(any=True)
    words: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    actor = person = place = False
    for one in written.split("|"):
        if one == "@place":
            place = True
            continue
        listed = kinds(language)[one[1:]] if one.startswith("@") else (one,)
        actor = actor or one == "@actor"
        person = person or one in ("@person", "@people_moved")
        for word in listed:
            if "_" in word:
                head, others = _term(word, language)
                pairs.update((head, other) for other in others)
            else:
                words.add(word)
    return Words(words=frozenset(words), pairs=frozenset(pairs), actor=actor, person=person, place=place)


def _term(word: str, language: Language) -> tuple[str, list[str]]:
    """A term of several words: its head and the content words below it."""
    parts = word.split("_")
    head = parts[0] if language == "fr" else parts[-1]
    others = [p for p in parts if p != head and len(p) > 2]
    return head, others
