"""Kinds of event as data: `frames/<type>.yaml` and `frames/operators.yaml`."""

from __future__ import annotations

from typing import Literal

from dragoman.languages.schema.table import Table, Words

Constructions = str
"""Heads with what they ask for, commas between them; see `reading.frames`."""

Gate = Literal["doer", "both", "open"]


class Told(Table, frozen=True, kw_only=True):
    """The words of one language for a concept."""

    verbs: Constructions = ""
    nouns: Constructions = ""
    adjectives: Constructions = ""


class Example(Table, frozen=True, kw_only=True):
    """A sentence in one language, and what is read of it."""

    en: str | None = None
    fr: str | None = None
    ru: str | None = None
    who: str | None = None
    whom: str | None = None
    type: str | None = None
    mode: str | None = None
    status: str | None = None


class Near(Table, frozen=True, kw_only=True):
    """A sentence of which the concept must not be read."""

    en: str | None = None
    fr: str | None = None
    ru: str | None = None


class Concept(Table, frozen=True, kw_only=True):
    concept: str
    mode: str | None = None
    type: str | None = None
    status: str | None = None
    whom: Words = ()
    contexts: Words = ()
    gate: Gate | None = None
    alleges: bool = False
    weighty: bool = False
    mutual: bool = False
    moved: bool = False
    needs_actor: bool = False
    swap: bool = False
    denies: bool = False
    en: Told | None = None
    fr: Told | None = None
    ru: Told | None = None
    examples: tuple[Example, ...] = ()
    near: tuple[Near, ...] = ()


class Frames(Table, frozen=True, kw_only=True):
    type: str
    whom: Words
    contexts: Words
    concepts: tuple[Concept, ...]
    mutual: bool = False
    moved: bool = False
    gate: Gate | None = None


class Operator(Table, frozen=True, kw_only=True):
    """What makes one event of another. `becomes`: type, or type and mode, of what it is of -> what that becomes."""

    concept: str
    becomes: dict[str, str]
    whom: Words
    stands_for: Literal["threat", "refusal", "obligation"] | None = None
    commands: bool = False
    announces: bool = False
    ends: bool = False
    status: str | None = None
    gate: Gate | None = None
    en: Told | None = None
    fr: Told | None = None
    ru: Told | None = None
    examples: tuple[Example, ...] = ()
    near: tuple[Near, ...] = ()


class Operators(Table, frozen=True, kw_only=True):
    type: Literal["OPERATOR"]
    concepts: tuple[Operator, ...]
