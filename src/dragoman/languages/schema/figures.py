"""Numbers with what they count: `<language>/figures.yaml`, `<language>/occasions.yaml`, `common/light_figures.yaml`."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from dragoman.languages.schema.table import Set, Table, Words

Figure = tuple[str | int | float | None, ...]
"""Measure, unit, bounds of a worked example."""


class Example(Table, frozen=True, kw_only=True):
    text: str
    figures: tuple[Figure, ...]


class Numbers(Table, frozen=True, kw_only=True):
    values: dict[str, float]
    scales: dict[str, float]
    plurals: dict[str, float]
    about: dict[str, float]
    points: Set
    dozens: dict[str, float]
    vague: Set
    vague_links: Set
    suffixes: dict[str, float]
    money_suffixes: dict[str, float]
    articles: Set
    glue: Set
    halves: Set
    fractions: dict[str, tuple[float, float]]
    fraction_links: Set
    links: Set
    half_after: Words
    added: dict[str, float] = field(default_factory=dict)
    adjectives: dict[str, float] = field(default_factory=dict)
    genitive: dict[str, float] = field(default_factory=dict)


Bound = Literal["low", "high", "about"]


class Bounds(Table, frozen=True, kw_only=True):
    """Words that bound a number, before and behind it."""

    before: dict[Bound, Words]
    after: dict[Bound, Words]
    prepositional: Set
    skip: Set
    goals: Set = frozenset()


class Ranges(Table, frozen=True, kw_only=True):
    open: dict[str, Set]
    start_of_change: Set
    join: Set
    alternative: Set
    change: Set


class Units(Table, frozen=True, kw_only=True):
    """`after`, `adjectives`: measure -> unit -> its words."""

    signs: dict[str, str]
    after: dict[str, dict[str, Words]]
    adjectives: dict[str, dict[str, Words]] = field(default_factory=dict)


class Measure(Table, frozen=True, kw_only=True):
    """What is counted. `nouns`: those that say it, or noun -> unit; the rest are verbs, and nouns of events."""

    unit: str | None = None
    mortal: bool = False
    civil: bool = False
    uniformed: bool = False
    nouns: Words | dict[str, str] = ()
    before: Words = ()
    done_to: Words = ()
    does: Words = ()
    moves: Words = ()
    reaches: Words = ()
    is_: Words = ()
    tolls: Words = ()
    events: Words = ()


class Again(Table, frozen=True, kw_only=True):
    """Words of another count of the same: nouns that are it, verbs that give it beside one of the pronouns."""

    nouns: Set
    verbs: Set
    pronouns: Set


class Age(Table, frozen=True, kw_only=True):
    before: Words
    after: Words
    nouns: Set
    endings: Words
    bare: bool


class Rates(Table, frozen=True, kw_only=True):
    """Words of so much for each stretch of time.

    Attributes:
        links: What stands between a figure and the stretch (`an hour`, `par mois`).
        each: Name of a stretch -> its forms.
        places_in_time: Words behind a stretch that make a time of it (`a year ago`).
        costs: Lemmas of verbs whose subject costs so much.
    """

    links: Words
    each: dict[str, Words]
    places_in_time: Set
    costs: Set


class Figures(Table, frozen=True, kw_only=True):
    """All words are kept as `reading.figures.words.fold` leaves them."""

    numbers: Numbers
    decimal: str
    bounds: Bounds
    ranges: Ranges
    units: Units
    measures: dict[str, Measure]
    persons: Words
    animals: Set
    populous: Set
    families: Words
    again: Again
    carriers: Set
    labels: Set
    lasting: Set
    lasting_links: Set
    sentencing: Set
    lone_one: Set
    age: Age
    place_nouns: Set
    auxiliaries: Set
    uncounted: Set
    not_long: Set
    cardinal_endings: Set
    ordinals: Set
    rates: Rates
    numbered: Set
    fixed: Set
    calibres: Set
    try_: tuple[Example, ...]


class Light(Table, frozen=True, kw_only=True):
    """Figures of a language without a parser. `scales`: word -> by how much; `ranges`: word between -> word before."""

    scales: dict[str, int]
    percent: Words
    money: dict[str, Words]
    ranges: dict[str, str]
    linked: Words
    nouns: dict[str, Words]
    persons: Words
    verbs: dict[str, Words]
    try_: tuple[Example, ...]


class LightFigures(Table, frozen=True, kw_only=True):
    """`units`: unit -> its measure and its name in CLDR."""

    units: dict[str, tuple[str, str]]
    currencies: Words
    signs: dict[str, str]
    languages: dict[str, Light]


class Occasion(Table, frozen=True, kw_only=True):
    nouns: Words
    verbs: Words = ()


class OccasionExample(Table, frozen=True, kw_only=True):
    text: str
    told_of: tuple[str | None, ...]


class Occasions(Table, frozen=True, kw_only=True):
    """What figures are told of: a flood, an attack."""

    kinds: dict[str, Occasion]
    not_of: Set
    new: Set
    out_of: Words
    anyone: Set
    try_: tuple[OccasionExample, ...]
