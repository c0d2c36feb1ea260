"""Names and who bears them: `<language>/names.yaml`, `kinds.yaml`, `ru/declension.yaml`, `scripts/`, `gazetteer/`."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from dragoman.languages.schema.table import Set, Table, Words

List = str
"""Words with commas between them."""

Columns = str
"""Words of English, French and Russian, with `;` between languages and commas between words."""

Gender = Literal["m", "f", "n", "a"]


class Titles(Table, frozen=True, kw_only=True):
    m: List
    f: List
    n: List


class Places(Table, frozen=True, kw_only=True):
    territory: List
    city: List


class Pairs(Table, frozen=True, kw_only=True):
    person: List
    state: List
    any: List


class Pronoun(Table, frozen=True, kw_only=True):
    """`number` singular, plural or any; `gender` m, f, n or any."""

    number: Literal["s", "p", "a"]
    gender: Gender
    own: bool = False
    maybe_poss: bool = False
    poss: bool = False


class EmptySubject(Table, frozen=True, kw_only=True):
    words: List
    verbs: List


class ShortName(Table, frozen=True, kw_only=True):
    short: List
    with_: str


class Names(Table, frozen=True, kw_only=True):
    """`officials`, `leaders`, `people`, `bodies` ...: English name of the office -> words for it."""

    state_patterns: Words
    titles: Titles
    polite: List
    particles: List
    articles: List
    no_names: List
    leanings: List
    leaders: dict[str, List]
    officials: dict[str, List]
    people: dict[str, List]
    former: List
    past: List
    counterpart: List
    forces: dict[str, List]
    force_adjectives: dict[str, List]
    force_things: List
    governments: List
    by_adjective: List
    of: List
    bodies: dict[str, List]
    ministry: List
    ministries: dict[str, str] = field(default_factory=dict)
    domains: dict[str, List]
    groups: dict[str, List]
    collectives: List
    phrase_stops: List
    states: List
    places: Places
    organisations: List
    parties: List
    pairs: Pairs
    pair_words: List
    three_words: List
    place_heads: List
    city_heads: List
    locative: List
    country_locative: List
    motion_prepositions: List
    motion: List
    visited: List
    beside: List
    place_verbs: List
    pronouns: dict[str, Pronoun]
    empty_subject: EmptySubject
    capital_words: List
    calls: List
    which: List
    language_of: List
    definite: List
    demonstrative: List
    there: List
    impersonal: List
    one_rule: List
    short_names: dict[str, ShortName]
    feminine: tuple[tuple[str, str], ...] = ()
    people_forms: tuple[tuple[str, Words], ...] = ()
    addressed: List = ""
    addressed_by: List = ""
    feminine_articles: List = ""
    masculine_articles: List = ""
    to_state: List
    to_state_pos: List
    past_prefixes: List
    patronymics: tuple[tuple[str, str, Words], ...] = ()
    have: List = ""
    masculine_in_e: List = ""


class DeclensionExample(Table, frozen=True, kw_only=True):
    base: str
    forms: Words


class Declension(Table, frozen=True, kw_only=True):
    """`nouns`, `adjectives`: the endings of one word in all cases."""

    nouns: tuple[Words, ...]
    adjectives: tuple[Words, ...]
    name_endings: List
    try_: tuple[DeclensionExample, ...]


class Script(Table, frozen=True, kw_only=True):
    """How letters of a script sound. Korean syllables are made of `initials`, `vowels` and `finals`."""

    vowels: Literal["few"] | Words | None = None
    pairs: dict[str, str] = field(default_factory=dict)
    starts: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    initials: Words = ()
    finals: Words = ()


class Letters(Table, frozen=True, kw_only=True):
    latin: Script
    cyrillic: Script
    armenian: Script
    georgian: Script
    greek: Script
    arabic: Script
    hebrew: Script
    katakana: Script
    han: Script
    hangul: Script
    lookalikes: dict[str, str]


class Persons(Table, frozen=True, kw_only=True):
    titles: List
    particles: List
    not_first: List
    legal: List
    genders: List
    womens: List
    patronymics: List
    endings: List
    nicknames: tuple[List, ...]
    equivalents: tuple[List, ...]


class NearSounds(Table, frozen=True, kw_only=True):
    sounds: str
    cost: float


class Sounds(Table, frozen=True, kw_only=True):
    """What it costs, in parts of a letter, to take one sound for another."""

    same_group: tuple[NearSounds, ...]
    left_out: dict[str, float]
    consonant_left_out: float
    few_vowels: float
    beside_vowel: float
    last_e: float
    faint_last: dict[str, float]
    doubled: float
    first: float


class Country(Table, frozen=True, kw_only=True):
    """`id`: of its capital in GeoNames; `en`, `fr`, `ru`: adjectives and nouns of its people."""

    id: int
    capital: Columns
    en: List = ""
    fr: List = ""
    ru: List = ""
    names: Columns = ""
    name: str = ""


class Territory(Table, frozen=True, kw_only=True):
    """`at`: latitude and longitude."""

    names: Columns
    people: Columns = ""
    at: tuple[float, float] | None = None


class Territories(Table, frozen=True, kw_only=True):
    territories: dict[str, Territory]
    regions: dict[str, Territory]
    former: dict[str, Territory]
    blocs: dict[str, Territory]


class StateBody(Table, frozen=True, kw_only=True):
    """`of`: ISO code of its state."""

    of: str
    names: Columns


class Organisations(Table, frozen=True, kw_only=True):
    organisations: dict[str, Columns]
    groups: dict[str, Columns]
    state_bodies: dict[str, StateBody]
    media: dict[str, Columns]
    seats: dict[str, Columns]
    capitals: dict[str, str]


class OrganisationWords(Table, frozen=True, kw_only=True):
    words: dict[str, Columns]


class LightWords(Table, frozen=True, kw_only=True):
    """Names in languages without a parser; each list by language."""

    abbreviations: dict[str, Words]
    ordinals_with_stop: Words
    sentence_openers: dict[str, Words]
    cases: dict[str, tuple[Words, ...]]
    states: dict[str, dict[str, Words]]
    organisations: dict[str, dict[str, Words]]
    place_after: dict[str, Words]
    titles: dict[str, Words]
    offices: dict[str, Words]
    adjectival: dict[str, Words]
    particles: Words


class Peoples(Table, frozen=True, kw_only=True):
    """`states`: ISO code -> language -> stems of the words for its people."""

    endings: dict[str, Words]
    states: dict[str, dict[str, Words]]


class Offices(Table, frozen=True, kw_only=True):
    of_state: Set
    any: Set
    called: dict[str, str]
