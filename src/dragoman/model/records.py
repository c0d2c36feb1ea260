"""What many articles say together: the records of a case, one line each in the export."""

from __future__ import annotations

from typing import Literal

import msgspec

from dragoman.model.basics import Basis, EntityType, Language, Outcome, Record, Span, Stance, Status, When
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


class EntrySource(Record, frozen=True, kw_only=True):
    """One article that tells an entry: its own sentence, `article.text[start:end]`, and the day it was printed.

    `copy_of`: the article that it repeats, where it is no independent voice; None for an independent one.
    `day`: the ISO day of the entry as this article tells it, where it differs from the entry's own.
    """

    article: str
    start: int
    end: int
    text: str
    language: Language
    published: str | None = None
    copy_of: str | None = None
    day: str | None = None


class Context(Record, frozen=True, kw_only=True):
    """What the sentence of an entry leaves to its surroundings, to be shown in square brackets. No word is made up.

    Attributes:
        kind: `name`: who a pronoun or a bare role is; `day`, `year`: which one a time expression means.
        at: Code points of the article's text after which the bracket stands, within `[start of the entry's span, end]`.
        text: What stands in the bracket: the name as the article writes it, an ISO day (`2011-02-03`), or a year.
        article, start, end: The words that say so, `text[start:end]` of that article; `start` and `end` are None
            where a day follows from the article's day of publication alone.
    """

    kind: Literal["name", "day", "year"]
    at: int
    text: str
    article: str
    start: int | None = None
    end: int | None = None


class Revision(Record, frozen=True, kw_only=True):
    """What changed about an entry after it was first told.

    Attributes:
        kind: `figure` revised, `day` told otherwise, `denied` later.
        was, now: As the sources have them: a number, an ISO day, the words of the denial; None where there is none.
        known_from: ISO day of publication of what changed it.
        article, start, end: The words of what changed it.
    """

    kind: Literal["figure", "day", "denied"]
    was: str | None
    now: str | None
    known_from: str | None
    article: str
    start: int
    end: int


class Entry(Record, frozen=True, kw_only=True, tag_field="kind", tag="entry"):
    """A line of the chronology: a day or stretch, and one sentence of a source that tells what happened then.

    Attributes:
        start, end: ISO days, both included; equal for a day. Both None: undated. One None: open on that side.
        basis, why: How the day is known (None where undated), and a sentence for the user.
        text: `article.text[span[0]:span[1]]`, the source's own words, line breaks and all.
        language: Of the sentence.
        sources: All that tell it, the shown sentence's article first, then by day of publication.
        independent: Origins among them that copy none of the others.
        languages: Of the sources, sorted.
        weight: How much it counts among the lines of the case; more is weightier, 0 the least. No unit.
        known_from: The first ISO day of publication on which it could be known.
        status: As told in words: `planned`, `denied`, `alleged` are never deeds.
        type, mode: Of its weightiest event, as `Event` has them; None where no event of the case lies in it.
        actors, place: Ids of those who take part, the weightiest first, and of where it was.
        events, figures, statements, states: Ids of the records that it rests on, sorted.
        context: Names, days and years to show in square brackets, by place in the text.
        revised: What changed since, by day.
        doubtful: True where it rests on what is not sure; such lines are counted, and hidden by default.
        doubts: Why, as codes: `day` (only concluded or wide), `event` (its event is not sure), `stands_alone` (no
            sentence of a source stands by itself), `matter` (far from what the case is about).
    """

    id: str
    start: str | None
    end: str | None
    basis: Basis | None
    why: str = ""
    text: str
    language: Language
    article: str
    span: Span
    sources: tuple[EntrySource, ...]
    independent: int
    languages: tuple[Language, ...]
    weight: float
    known_from: str | None
    status: Status
    type: str | None = None
    mode: str | None = None
    actors: tuple[str, ...] = ()
    place: str | None = None
    events: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    context: tuple[Context, ...] = ()
    revised: tuple[Revision, ...] = ()
    doubtful: bool = False
    doubts: tuple[str, ...] = ()

    @property
    def when(self) -> When | None:
        """Its days as other records have them."""
        if self.basis is None:
            return None
        return When(start=self.start, end=self.end, basis=self.basis, why=self.why)


class Figure(Record, frozen=True, kw_only=True, tag_field="kind", tag="figure"):
    """`revised_by`: the figure that a later article gives for the same growing count. `words`: how the article has a
    number of which it says only the order ("thousands of people"); its bounds are for comparing then, not for showing.
    `known_from`: the first ISO day of publication on which it could be known.
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
    known_from: str | None = None


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
    ArticleRecord
    | Actor
    | Place
    | Event
    | Statement
    | Entry
    | Figure
    | State
    | Commitment
    | Dispute
    | Storyline
)
