"""Numbers with what they count: `<language>/figures.yaml`, `<language>/occasions.yaml`, `common/light_figures.yaml`."""

from __future__ import annotations

from msgspec import field

from dragoman.languages.schema.table import Table, Words

Figure = tuple[str | int | float | None, ...]
"""Measure, unit, bounds of a worked example."""


class Example(Table, frozen=True, kw_only=True):
    text: str
    figures: tuple[Figure, ...]


class Numbers(Table, frozen=True, kw_only=True):
    values: dict[str, int | float]
    scales: dict[str, int]
    plurals: dict[str, int]
    about: dict[str, int]
    points: Words
    dozens: dict[str, int]
    vague: Words
    vague_links: Words
    suffixes: dict[str, int]
    money_suffixes: dict[str, int]
    articles: Words
    glue: Words
    halves: Words
    fractions: dict[str, tuple[int, int]]
    fraction_links: Words
    links: Words
    half_after: Words
    added: dict[str, int] = field(default_factory=dict)
    adjectives: dict[str, int | float] = field(default_factory=dict)
    genitive: dict[str, int] = field(default_factory=dict)


class Bound(Table, frozen=True, kw_only=True):
    low: Words
    high: Words
    about: Words


class Bounds(Table, frozen=True, kw_only=True):
    """Words that bound a number, before and behind it."""

    before: Bound
    after: Bound
    prepositional: Words
    skip: Words
    goals: Words = ()


class Ranges(Table, frozen=True, kw_only=True):
    open: dict[str, Words]
    start_of_change: Words
    join: Words
    alternative: Words
    change: Words


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
    nouns: Words
    verbs: Words
    pronouns: Words


class Age(Table, frozen=True, kw_only=True):
    before: Words
    after: Words
    nouns: Words
    endings: Words
    bare: bool


class Rates(Table, frozen=True, kw_only=True):
    links: Words
    each: dict[str, Words]
    places_in_time: Words
    costs: Words


class Figures(Table, frozen=True, kw_only=True):
    numbers: Numbers
    decimal: str
    bounds: Bounds
    ranges: Ranges
    units: Units
    measures: dict[str, Measure]
    persons: Words
    animals: Words
    populous: Words
    families: Words
    again: Again
    carriers: Words
    labels: Words
    lasting: Words
    lasting_links: Words
    sentencing: Words
    lone_one: Words
    age: Age
    place_nouns: Words
    auxiliaries: Words
    uncounted: Words
    not_long: Words
    cardinal_endings: Words
    ordinals: Words
    rates: Rates
    numbered: Words
    fixed: Words
    calibres: Words
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
    not_of: Words
    new: Words
    out_of: Words
    anyone: Words
    try_: tuple[OccasionExample, ...]
