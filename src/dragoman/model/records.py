"""What many articles say together: the records of a case, one line each in the export."""

from __future__ import annotations

import msgspec

from dragoman.model.basics import EntityType, Language, Outcome, Record, Span, Stance, Status, When
from dragoman.model.reading import Role


class Evidence(Record, frozen=True, kw_only=True):
    """The exact words that show a fact, with more spans by field in `fields` (a span or a list of them)."""

    article: str
    start: int
    end: int
    text: str
    rule: str
    fields: dict[str, Span | tuple[Span, ...]] = msgspec.field(default_factory=dict)


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
    """`stance`: how the speaker stands to the content; what he `denies` is never told as what he says."""

    id: str
    speaker: str | None
    speaker_text: str | None
    quote: bool
    content: str
    when: When | None
    evidence: tuple[Evidence, ...]
    stance: Stance = "says"


class Figure(Record, frozen=True, kw_only=True, tag_field="kind", tag="figure"):
    """`revised_by`: the figure that a later article gives for the same growing count. `words`: how the article has a
    number of which it says only the order ("thousands of people"); its bounds are for comparing then, not for showing.
    """

    id: str
    measure: str
    low: float | None
    high: float | None
    unit: str | None
    approx: bool
    about: str | None
    evidence: tuple[Evidence, ...]
    revised_by: str | None = None
    words: str | None = None


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
