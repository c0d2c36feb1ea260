"""The nouns that all rooms share. Every record is frozen; every offset counts Unicode code points.

The way of the data: bytes -> `Article` -> `Reading` (one article alone) -> the records of a case
(`Actor` ... `Storyline`), which are what `dragoman export --format jsonl` writes, a line each.

Days are ISO strings (`"2024-06-12"`); a stretch holds both of its end days. Unknown is `None`,
never a guess.
"""

from __future__ import annotations

import hashlib
import json
from typing import Literal, NamedTuple

import msgspec

Language = str
"""ISO 639-1 code; `"und"` where it could not be told."""

Basis = Literal["stated", "relative", "inferred", "bounded"]
"""How a stretch of days is known: printed so, counted from another day, concluded, or only limited."""

Status = Literal["happened", "ongoing", "planned", "possible", "denied", "alleged"]

EntityType = Literal["person", "state", "organisation", "armed_force", "group", "place"]

Outcome = Literal["open", "kept", "early", "late", "broken", "overdue", "unknown"]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False, gc=False):
    """Base of all records: frozen, built by keyword. Each class says so again, for the type checker's sake.

    No record can hold itself, so the collector of cycles need not know of them.
    """


def name_by_content(prefix: str, *parts: object) -> str:
    """A short name that depends on the parts alone, so that a second run lands on the same record.

    Parts are joined as JSON, which keeps their joints apart: `("a", "bc")` and `("ab", "c")` differ.
    """
    joined = json.dumps(parts, ensure_ascii=False, default=str).encode()
    return f"{prefix}-{hashlib.sha256(joined).hexdigest()[:16]}"


class Span(NamedTuple):
    """`text[start:end]` of an article's clean text."""

    start: int
    end: int

    def meets(self, other: Span) -> bool:
        """True where the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class When(Record, frozen=True, kw_only=True):
    """A stretch of days, both ends included. An end of `None` is unknown on that side.

    `why` is a sentence for the user; `span` the words that say it (None where it was concluded).
    """

    start: str | None
    end: str | None
    basis: Basis
    why: str = ""
    span: Span | None = None

    @property
    def is_day(self) -> bool:
        return self.start is not None and self.start == self.end


# --- intake ---------------------------------------------------------------------------------------


class Removed(Record, frozen=True, kw_only=True):
    """A stretch of the raw text that is no part of the article, and why it was taken out."""

    start: int
    end: int
    text: str
    reason: str


class Article(Record, frozen=True, kw_only=True):
    """One published text, with what is known of its outlet, language and date.

    `raw` is the text as it came (for a page: the visible text of its body); `way_back` holds
    `(clean start, raw start, length)` for each stretch of `text` that was kept unchanged, in order.
    `id` depends on the content alone, so reading a file twice, or under two names, is one article.
    """

    id: str
    path: str
    text: str
    raw: str
    language: Language
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    aggregator: str | None = None
    wire: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: When | None = None
    missing_share: float | None = None
    title_span: Span | None = None
    removed: tuple[Removed, ...] = ()
    way_back: tuple[tuple[int, int, int], ...] = ()


class SetAside(Record, frozen=True, kw_only=True):
    """Something that was not read, and what stood in the way; `hint` is what the user can do."""

    path: str
    reason: str
    hint: str = ""


# --- reading: what one article says ----------------------------------------------------------------


class Role(Record, frozen=True, kw_only=True):
    """`president` of `Russia`; `of` is an entity index in a reading, an actor id in a case."""

    title: str
    of: int | str | None = None
    start: str | None = None
    end: str | None = None
    span: Span | None = None


class Entity(Record, frozen=True, kw_only=True):
    """One actor or place of one article, under all the forms it has there.

    Attributes:
        name: The fullest form, in the base form where the language declines names.
        forms: All written forms, without titles, sorted.
        key: What the gazetteer knows it as (`country:AZ`, `org:eu`, `city:587084`), or None.
        country: ISO 3166 code (`AZ`) of the state it belongs to, where the words say so.
        of: Index of the entity it belongs to (a ministry's state, a force's state), or None.
    """

    name: str
    type: EntityType
    forms: tuple[str, ...]
    key: str | None = None
    country: str | None = None
    of: int | None = None
    roles: tuple[Role, ...] = ()


class Mention(Record, frozen=True, kw_only=True):
    """Where an entity is named. `kind`: a `name`, a `demonym`, a `role` ("the president"), a `pronoun`,
    or a `nominal` ("Russian soldiers", "the two leaders"). A plural mention has several entities."""

    start: int
    end: int
    text: str
    entities: tuple[int, ...]
    kind: Literal["name", "demonym", "role", "pronoun", "nominal"] = "name"
    rule: str = ""


class TimeMention(Record, frozen=True, kw_only=True):
    """A time expression. `value` is a TIMEX3 value; `first`, `last` the days it covers, if any.

    `anchor` is the span of the expression it was counted from; `why` says how it was resolved.
    `mod` is a TIMEX3 modifier (START, MID, END, APPROX, BEFORE, AFTER ...).
    """

    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    first: str | None = None
    last: str | None = None
    basis: Basis = "stated"
    mod: str | None = None
    anchor: Span | None = None
    why: str = ""


class Occasion(Record, frozen=True, kw_only=True):
    """What a figure is told of, where the words name it: a war, an attack, an accident.

    Attributes:
        kind: `war`, `attack`, `explosion`, `crash` ..., as `languages/*/occasions.yaml` has them.
        when: When it was; None where the words do not say.
        lasting: For how many days, where they say so.
        entities: States and places named with it.
    """

    start: int
    end: int
    kind: str
    when: When | None = None
    lasting: float | None = None
    entities: tuple[int, ...] = ()


class FigureMention(Record, frozen=True, kw_only=True):
    """A number with what it measures. `low`, `high` in `unit`; an open bound is None.

    `counted` is the span of the noun counted ("peacekeepers"), `of` the entity that it belongs to. `part` is True
    for what is no total: the noun counts some of those whom the measure is of ("12 miners" among the dead), or the
    figure is given in passing, as a reason. `occasion` is what it is told of.
    """

    start: int
    end: int
    measure: str
    low: float | None
    high: float | None
    unit: str | None
    approx: bool = False
    counted: Span | None = None
    of: int | None = None
    rule: str = ""
    part: bool = False
    occasion: Occasion | None = None


class Arg(Record, frozen=True, kw_only=True):
    """The words that fill a role, and the entities they stand for (none where undecided)."""

    start: int
    end: int
    entities: tuple[int, ...] = ()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class StatementReport(Record, frozen=True, kw_only=True):
    """What a speaker said. `content` may have several stretches (a quotation broken by its cue).

    `denied`: the article says that it was not said ("did not say whether"). `named`: the speaker's words
    are a noun or name, not a pronoun.
    """

    speaker: Arg | None
    cue: Span | None
    content: tuple[Span, ...]
    quote: bool
    sentence: Span
    when: When | None = None
    rule: str = ""
    denied: bool = False
    named: bool = True


class EventReport(Record, frozen=True, kw_only=True):
    """One event as one sentence tells it. `attributed` is the speaker who alleges it, where it is not
    the article's own telling; `figures` are indices into the reading's figures."""

    type: str
    mode: str | None
    status: Status
    trigger: Span
    who: tuple[Arg, ...]
    whom: tuple[Arg, ...]
    place: Arg | None
    when: When | None
    sentence: Span
    rule: str
    confidence: float
    figures: tuple[int, ...] = ()
    contexts: tuple[str, ...] = ()
    attributed: Arg | None = None


class StateReport(Record, frozen=True, kw_only=True):
    """What holds over a stretch of time: `deployment`, `control`, `office`, `membership`, `alliance` ..."""

    type: str
    subject: Arg | None
    object: Arg | None
    place: Arg | None
    value: str | None
    valid: When | None
    sentence: Span
    rule: str


class CommitmentReport(Record, frozen=True, kw_only=True):
    """What was promised or scheduled. `event_type`, `event_mode`: the PLOVER event that would keep it."""

    by: tuple[Arg, ...]
    to: tuple[Arg, ...]
    what: Span
    due: When | None
    made: When | None
    sentence: Span
    rule: str
    event_type: str | None = None
    event_mode: str | None = None


class Reading(Record, frozen=True, kw_only=True):
    """All that one article says. A pure function of the article and the language data.

    `published` is the article's own date: what intake knew, or what was concluded from within.
    """

    article: str
    language: Language
    published: When | None = None
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    figures: tuple[FigureMention, ...] = ()
    statements: tuple[StatementReport, ...] = ()
    events: tuple[EventReport, ...] = ()
    states: tuple[StateReport, ...] = ()
    commitments: tuple[CommitmentReport, ...] = ()


# --- the case: what many articles say together; one export line each --------------------------------


class Evidence(Record, frozen=True, kw_only=True):
    """The exact words that show a fact, with more spans by field in `fields` (a span or a list of them)."""

    article: str
    start: int
    end: int
    text: str
    rule: str
    fields: dict[str, Span | tuple[Span, ...]] = {}


class ArticleRecord(Record, frozen=True, kw_only=True, tag_field="kind", tag="article"):
    id: str
    path: str
    url: str | None
    title: str | None
    outlet: str | None
    aggregator: str | None
    wire: str | None
    byline: str | None
    language: Language
    published: When | None
    missing_share: float | None
    text: str
    copies_of: str | None = None
    overlap: float | None = None


class MentionRef(Record, frozen=True, kw_only=True):
    article: str
    start: int
    end: int


class Actor(Record, frozen=True, kw_only=True, tag_field="kind", tag="actor"):
    id: str
    name: str
    type: EntityType
    forms: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    mentions: tuple[MentionRef, ...] = ()
    country: str | None = None


class Place(Record, frozen=True, kw_only=True, tag_field="kind", tag="place"):
    id: str
    name: str
    forms: tuple[str, ...]
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    mentions: tuple[MentionRef, ...] = ()


class Event(Record, frozen=True, kw_only=True, tag_field="kind", tag="event"):
    """`who`, `whom`: actor ids (or the words, where no actor is known); `place`: a place id.

    `known_from` is the day from which the case could know it: the earliest date of its articles.
    `reports` counts the articles that tell it, `independent` the origins that are no copies.
    """

    id: str
    type: str
    mode: str | None
    status: Status
    who: tuple[str, ...]
    whom: tuple[str, ...]
    place: str | None
    when: When | None
    known_from: str | None
    figures: tuple[str, ...]
    reports: int
    independent: int
    confidence: float
    evidence: tuple[Evidence, ...]
    contexts: tuple[str, ...] = ()


class Statement(Record, frozen=True, kw_only=True, tag_field="kind", tag="statement"):
    id: str
    speaker: str | None
    speaker_text: str | None
    quote: bool
    content: str
    when: When | None
    evidence: tuple[Evidence, ...]


class Figure(Record, frozen=True, kw_only=True, tag_field="kind", tag="figure"):
    """`revised_by`: the figure that a later article gives for the same growing count."""

    id: str
    measure: str
    low: float | None
    high: float | None
    unit: str | None
    approx: bool
    about: str | None
    evidence: tuple[Evidence, ...]
    revised_by: str | None = None


class State(Record, frozen=True, kw_only=True, tag_field="kind", tag="state"):
    id: str
    type: str
    subject: str | None
    object: str | None
    place: str | None
    value: str | None
    valid: When | None
    evidence: tuple[Evidence, ...]


class Commitment(Record, frozen=True, kw_only=True, tag_field="kind", tag="commitment"):
    """`replaced_by`: the commitment of the same sort by the same, for another time, that a later article tells."""

    id: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    what: str
    due: When | None
    made: When | None
    outcome: Outcome
    settled_by: str | None
    evidence: tuple[Evidence, ...]
    replaced_by: str | None = None


class Claim(Record, frozen=True, kw_only=True):
    value: str
    evidence: tuple[Evidence, ...]
    independent: int = 1


class Dispute(Record, frozen=True, kw_only=True, tag_field="kind", tag="dispute"):
    """Reports that cannot all hold, side by side. `dispute_kind`: figure, date, duration, side ..."""

    id: str
    about: str
    dispute_kind: str
    claims: tuple[Claim, ...]


class Storyline(Record, frozen=True, kw_only=True, tag_field="kind", tag="storyline"):
    id: str
    title: str
    articles: tuple[str, ...]
    events: tuple[str, ...]


CaseRecord = (
    ArticleRecord | Actor | Place | Event | Statement | Figure | State | Commitment | Dispute | Storyline
)


# --- what a person decided --------------------------------------------------------------------------


class Target(Record, frozen=True, kw_only=True):
    """A record as a decision names it: by what it is and where one article tells it, which outlives re-reading.

    It means every record of that `kind` with evidence (for an actor or place: a mention) that meets
    `[start, end)` of the article. `name` chooses among actors and places named there by one of their forms.
    """

    kind: Literal[
        "article",
        "actor",
        "place",
        "event",
        "statement",
        "figure",
        "state",
        "commitment",
        "dispute",
        "storyline",
    ]
    article: str
    start: int = 0
    end: int = 0
    name: str | None = None


class Decision(Record, frozen=True, kw_only=True):
    """What a person judged. Linking applies the decisions that stand, oldest first; the last word counts.

    `join`, `split`: the targets are one record, or no two of them are. `reject`, `accept`: the target is
    wrong, or right whatever its confidence. `set`: `field` has `value`. `rename`: its name or title is `value`.
    """

    kind: Literal["join", "split", "reject", "accept", "set", "rename"]
    targets: tuple[Target, ...]
    field: str | None = None
    value: str | None = None
    who: str = ""
    when: str = ""
    why: str = ""


class Doubt(Record, frozen=True, kw_only=True):
    """What linking leaves to a person: whether two records are one, or which day is meant. Not exported.

    `left` and `right` are record ids; `right` is None where one record has a date that can be read in two ways,
    then `field` may have each of `values`. `sure`: how likely a yes is, 0 to 1. `why`: codes, for the pages to spell
    out.
    """

    about: Literal["event", "actor", "date"]
    left: str
    right: str | None = None
    sure: float
    why: tuple[str, ...] = ()
    words: str = ""
    field: str | None = None
    values: tuple[str, ...] = ()
