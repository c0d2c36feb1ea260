"""What an annotator marks in one article: spans with scores. The only contract between the encoder and reading.

Below it no language is told from another and no word listed; above it no weight is known. Spans are code points of the
article's text; every score is a chance between 0 and 1 as the annotator gives it, before any calibration.
"""

from __future__ import annotations

from typing import Literal

from dragoman.model.basics import Record, Span, Stance, Status

ParticipantRole = Literal["who", "whom", "place"]
TimeRelation = Literal["at", "since", "until", "published", "after", "before"]


class Participant(Record, frozen=True, kw_only=True):
    """Words that fill a role of a trigger."""

    start: int
    end: int
    role: ParticipantRole
    score: float

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class TimeLink(Record, frozen=True, kw_only=True):
    """Which days belong to a trigger: those of a time expression (`expression` is its index among the article's times),
    or those that the publication day gives. An open side is None."""

    relation: TimeRelation
    expression: int | None
    start: str | None
    end: str | None
    score: float


class Trigger(Record, frozen=True, kw_only=True):
    """The words that name an event.

    Attributes:
        score: Whether it is an event at all.
        types, statuses: The chance of each type and status, given that it is one, in the order of `encoder.labels`;
            `type` and `status` are the likeliest.
        weight: 1 background, 2 belongs into a detailed chronology, 3 a line of the chronology (an expectation).
        known: The chance that the article recalls it as background.
        time: None where no days are told.
        time_score: How sure the choice of days is, that of none included.
    """

    start: int
    end: int
    score: float
    type: str
    types: tuple[float, ...]
    mode: str | None
    mode_score: float
    status: Status
    statuses: tuple[float, ...]
    weight: float
    known: float
    participants: tuple[Participant, ...] = ()
    time: TimeLink | None = None
    time_score: float = 0.0

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def by_role(self, role: ParticipantRole) -> tuple[Participant, ...]:
        return tuple(p for p in self.participants if p.role == role)


class Quote(Record, frozen=True, kw_only=True):
    """What somebody is reported to say: its stretches, the cue (None for a bare quotation), who speaks."""

    content: tuple[Span, ...]
    cue: Span | None
    speaker: Span | None
    stance: Stance
    score: float
    content_score: float
    speaker_score: float
    stance_score: float


class Annotation(Record, frozen=True, kw_only=True):
    """All that was marked in an article.

    `made_by`: the digest of weights and decoder. `marked_until`: code points of the article that were looked at, where
    so much stands in them that the rest was not; None where all was.
    """

    made_by: str
    triggers: tuple[Trigger, ...] = ()
    quotes: tuple[Quote, ...] = ()
    marked_until: int | None = None
