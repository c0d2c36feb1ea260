"""Expressions of time: `<language>/times.yaml`, `common/calendar.yaml`, `<language>/typed_days.yaml`."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from dragoman.languages.schema.table import Set, Table, Words

WordClass = Literal[
    "MONTH",
    "MONTHAB",
    "WEEKDAY",
    "WEEKDAYAB",
    "WEEKDAYS",
    "SEASON",
    "UNIT",
    "UNITS",
    "SMALLUNIT",
    "SMALLUNITS",
    "PAST",
    "PASTS",
    "NEXT",
    "NEXTS",
    "THIS",
    "THAT",
    "BEFORE",
    "AFTER",
    "PART",
    "PARTDEL",
    "DAYNAME",
    "DAYPART",
    "DAYPARTS",
    "DAYTIME",
    "DAYCOUNT",
    "WHILEDAY",
    "NOON",
    "MIDNIGHT",
    "AMPM",
    "ZONE",
    "HOLIDAY",
    "COUNT",
    "ABOUT",
    "NOW",
    "RECENT",
    "SOON",
    "VAGUE",
    "FRACTION",
    "EACH",
    "TENS",
    "CENTURY",
    "YEARLONG",
    "MONTHLONG",
    "WEEKLONG",
    "SLASH",
    "COMMA",
    "YEARWORD",
    "OF",
    "DAYWORD",
]
"""A class of words that forms name in capitals."""

Unit = Literal[
    "minute", "hour", "day", "weekend", "week", "month", "quarter", "half", "year", "decade", "century"
]
DayPart = Literal["MO", "AF", "EV", "NI", "MI"]
Role = Literal["since", "until", "from", "by", "before", "after", "at", "for", "between", "and", "to", "of"]


class Example(Table, frozen=True, kw_only=True):
    """`values`: TIMEX3 values of what the text holds, in order, read on the day it was `published`."""

    text: str
    values: Words
    published: str | None = None


class Form(Table, frozen=True, kw_only=True):
    """A way of saying a time: elements, what they make, and fields whose values no word gives."""

    form: str
    is_: Literal["date", "duration", "set", "ref", "count", "nothing"]
    try_: tuple[Example, ...] = ()
    not_after: Set = frozenset()
    not_before: Set = frozenset()
    only_after: Set = frozenset()
    only_before: Set = frozenset()
    only_unit: Unit | None = None
    unit: Unit | None = None
    offset: int | None = None
    range: int | None = None
    ordinal_of: Unit | None = None
    part: Literal["START", "MID", "END"] | None = None
    holiday: str | None = None
    daypart: DayPart | None = None
    weekday: int | None = None
    anchor: Literal["then", "either"] | None = None
    direction: Literal[-1, 0, 1] | None = None
    count: int | float | str | None = None
    half: Literal[1, 2] | None = None
    month: int | None = None
    day: int | None = None
    fraction: float | None = None
    value: Literal["PAST_REF", "PRESENT_REF", "FUTURE_REF"] | None = None
    season: Literal["SP", "SU", "FA", "WI"] | None = None
    role_of: Role | None = None
    one: int | None = None
    hour: int | None = None
    minute: int | None = None


class Compounds(Table, frozen=True, kw_only=True):
    """Adjectives of a length in one word, see `times.lexicon`."""

    days: dict[DayPart, Words] = field(default_factory=dict)
    prefixes: dict[int | str, Words]
    stems: dict[Unit, Words]
    endings: Words


class Numbers(Table, frozen=True, kw_only=True):
    """Numbers as times need them. `thousands`: the signs between thousands; patterns are regular expressions."""

    short_date: str = ""
    clock: str = ""
    thousands: str
    ordinal_suffixes: Words
    decade_suffixes: Words
    joiners: Set
    cardinals: dict[int, Words]
    ordinals: dict[int, Words]
    quarter_sign: str = ""


class Tense(Table, frozen=True, kw_only=True):
    """Words that tell whether a day lies ahead."""

    setting: Set = frozenset()
    moved_to: Set = frozenset()
    moves: Set = frozenset()
    certain_helpers: Set = frozenset()
    ahead_nouns: Set = frozenset()
    ahead: Set = frozenset()
    plans: Set = frozenset()
    have: Set = frozenset()
    future_words: Set = frozenset()
    future_helpers: Set = frozenset()
    future_ends: Set = frozenset()
    future_stems: Set = frozenset()
    future_endings: Set = frozenset()
    perfect_helpers: Set = frozenset()


class Discourse(Table, frozen=True, kw_only=True):
    """Words that carry a time from one sentence to the next."""

    then: Words = ()
    since_then: Words = ()
    earlier: Words = ()
    while_: Set = frozenset()
    occasion: Set = frozenset()
    nowadays: Set = frozenset()
    not_then: Words = ()
    brings: Set = frozenset()
    when_clause: Set = frozenset()
    since_event: Set = frozenset()
    past_event: Set = frozenset()
    coming_event: Set = frozenset()


class Times(Table, frozen=True, kw_only=True):
    """All that a language says of times. `words`: class of words -> value -> the words that have it."""

    words: dict[WordClass, dict[int | float | str, Words]]
    cased: frozenset[WordClass] = frozenset()
    numeric_order: Literal["day first"] | None = None
    compounds: Compounds | None = None
    numbers: Numbers
    macros: dict[str, Words]
    forms: tuple[Form, ...]
    trim: Set = frozenset()
    roles: dict[Role, Words] = field(default_factory=dict)
    tense: Tense = Tense()
    furniture: Words = ()
    own_day: Set = frozenset()
    examples: tuple[Example, ...] = ()
    discourse: Discourse = Discourse()


class Calendar(Table, frozen=True, kw_only=True):
    """What CLDR lacks of one language."""

    locales: Words
    ambiguous: Set = frozenset()
    MONTH: dict[int, Words] = field(default_factory=dict)
    WEEKDAY: dict[int, Words] = field(default_factory=dict)
    YEARWORD: dict[int, Words] = field(default_factory=dict)
    OF: dict[int, Words] = field(default_factory=dict)
    DAYWORD: dict[int, Words] = field(default_factory=dict)
    DAYNAME: dict[int, Words] = field(default_factory=dict)
    PART: dict[Literal["START", "MID", "END"], Words] = field(default_factory=dict)
    forms: tuple[Form, ...] = ()
    roles: dict[Role, Words] = field(default_factory=dict)
    tense: Tense = Tense()
    try_: tuple[Example, ...]


class Calendars(Table, frozen=True, kw_only=True):
    """Languages whose months and weekdays are CLDR's, and the forms that they share."""

    languages: dict[str, Calendar]
    numbers: Numbers
    macros: dict[str, Words]
    forms: tuple[Form, ...]
    trim: Set


class TypedDays(Table, frozen=True, kw_only=True):
    """Days as people type them. `examples`: what is typed -> the day, or the stretch with `/` between its ends."""

    before: Words
    until: Words
    after: Words
    since: Words
    early: Words
    mid: Words
    late: Words
    within: Words
    between: Words
    unknown: Words
    examples: dict[str, str]
    refused: Words
