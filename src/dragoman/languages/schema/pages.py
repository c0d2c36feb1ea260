"""What people read and type, and what stands around articles.

`<language>/interface.yaml`, `help.yaml`, `deeds.yaml`, `chronology.yaml`, `search.yaml`, `cleaning.yaml`, and
`common/search.yaml`, `common/outlets.yaml`, `common/headers.yaml`, `common/cleaning.yaml`, `common/redaction.yaml`.
"""

from __future__ import annotations

from dragoman.languages.schema.table import Set, Table, Words


class Plural(Table, frozen=True, kw_only=True):
    """A word by the number before it, in the classes of CLDR."""

    one: str
    few: str | None = None
    many: str | None = None
    other: str


Interface = dict[str, str | Plural]
"""A code of the program -> the words for it."""


class Help(Table, frozen=True, kw_only=True):
    first: Words
    ways: Words
    keys: dict[str, str]
    words: dict[str, str]


class Infinitive(Table, frozen=True, kw_only=True):
    statuses: Words
    lead: str


class Deed(Table, frozen=True, kw_only=True):
    did: str
    whom: str
    alone: str | None = None
    of: str | None = None
    sends: str | None = None
    what: str | None = None


class DeedExample(Table, frozen=True, kw_only=True):
    code: str
    says: str
    who: str | None = None
    whom: str | None = None
    by: str | None = None
    place: str | None = None
    status: str | None = None


class Deeds(Table, frozen=True, kw_only=True):
    """How events are told in sentences. `deeds`: type, or type and mode -> its verb."""

    infinitive: Infinitive | None = None
    place: str
    of: str
    quote: str
    articles: dict[str, Words]
    deeds: dict[str, Deed]
    examples: tuple[DeedExample, ...]


class Verbs(Table, frozen=True, kw_only=True):
    words: Set
    endings: Words


class LineExample(Table, frozen=True, kw_only=True):
    """`unfit`: why the sentence cannot stand alone; empty where it can."""

    text: str
    unfit: Words
    short: bool = False


class Chronology(Table, frozen=True, kw_only=True):
    pronouns: Set
    leaning: Words
    connectives: Words
    speaker: Set
    furniture: Words
    anywhere: Words
    bounds: Words
    behind: Words
    denials: Words
    articles: Words
    before_days: Set
    verbs: Verbs
    try_: tuple[LineExample, ...]


class SearchExample(Table, frozen=True, kw_only=True):
    text: str
    words: Words


class Search(Table, frozen=True, kw_only=True):
    """`asking`, `empty`: words with spaces between them."""

    asking: str
    empty: str
    examples: tuple[SearchExample, ...]


class Meaning(Table, frozen=True, kw_only=True):
    """Words of all languages that mean the same, and the `codes` of events that they name."""

    codes: Words
    en: str
    fr: str
    ru: str


class CleaningExample(Table, frozen=True, kw_only=True):
    """A `line` and what it `is`, or a `stub` and the `share` of the text that it says is missing."""

    line: str | None = None
    is_: str | None = None
    stub: str | None = None
    share: float | None = None


class Cleaning(Table, frozen=True, kw_only=True):
    stub: Words
    sponsor: Words
    menu: Words
    related: Words
    credit: Words
    prompt: Words
    rights: Words
    published: Words
    updated: Words
    byline: Words
    crawled: Words = ()
    page_end: Words = ()
    comments: Words = ()
    mail: Words = ()
    mail_date: Words = ()
    hyphened: Words = ()
    dateline_with_hyphen: bool = False
    no_place: Words = ()
    origin: Words = ()
    with_wire: Words = ()
    try_: tuple[CleaningExample, ...]


class Outlets(Table, frozen=True, kw_only=True):
    """`wires`: agency -> the ways it is written."""

    wires: dict[str, Words]
    aggregators: Words
    outlets: Words


class Labelled(Table, frozen=True, kw_only=True):
    """A worked example: a line, the kind of its label and what is behind it; both empty where it has none."""

    text: str
    kind: str
    value: str


class Headers(Table, frozen=True, kw_only=True):
    """Labels of lines above a text, by what they name."""

    title: Words
    outlet: Words
    published: Words
    byline: Words
    address: Words
    other: Words
    body: Words
    try_: tuple[Labelled, ...]


class Hidden(Table, frozen=True, kw_only=True):
    """A worked example: words that give a hidden name away, and some that do not."""

    name: str
    hides: Words
    leaves: Words


class Redaction(Table, frozen=True, kw_only=True):
    """Words that are made of a name; lists of words are written with commas."""

    derived: str
    before: str
    beside: str
    try_: tuple[Hidden, ...]
