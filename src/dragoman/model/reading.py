"""What one article says, as far as one can tell from it alone: `Reading` and all that it holds."""

from __future__ import annotations

from typing import Literal

from dragoman.model.articles import REST, Article, SetAside
from dragoman.model.basics import Basis, EntityType, Language, Record, Span, Stance, Status, When


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

    def when(self, start: str | None, end: str | None) -> When:
        """A stretch from one ISO day to another, as these words tell it."""
        return When(start=start, end=end, basis=self.basis, why=self.why, span=Span(self.start, self.end))


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
    figure is given in passing, as a reason. `occasion` is what it is told of. `in_words` marks a number of which only
    the order is said ("thousands"): its bounds are for comparing, and nobody wrote them.
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
    in_words: bool = False


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

    `stance` is how the speaker stands to it: who `denies` holds that it is not so. `denied`: the article says that
    it was not said ("did not say whether"). `named`: the speaker's words are a noun or name, not a pronoun.
    `confidence`: the measured chance that neither speaker nor stance is wrong; None where it was not reckoned.
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
    stance: Stance = "says"
    confidence: float | None = None


class Sure(Record, frozen=True, kw_only=True):
    """For each field the measured chance, from 0 to 1, that it is right; None where it is left empty."""

    type: float | None = None
    status: float | None = None
    who: float | None = None
    whom: float | None = None
    place: float | None = None
    when: float | None = None


class EventReport(Record, frozen=True, kw_only=True):
    """One event as one sentence tells it.

    Attributes:
        confidence: The measured chance that nothing told of it is wrong.
        attributed: The speaker who alleges it, where it is not the article's own telling.
        figures: Indices into the reading's figures.
        weight: From 1 (background) to 3 (a line of the chronology), where it was learnt; None otherwise.
        known: The chance that the article recalls it as something older; None where it was not learnt.
        sure: How sure each field is.
    """

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
    weight: float | None = None
    known: float | None = None
    sure: Sure | None = None


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


class Fault(Record, frozen=True, kw_only=True):
    """A stage of reading that failed on an article: its name (`find_events`), and what went wrong."""

    stage: str
    message: str


class Reading(Record, frozen=True, kw_only=True):
    """All that one article says. A pure function of the article and the language data.

    `published` is the article's own date: what intake knew, or what was concluded from within. `faults` are the
    stages that failed; what they give is empty, the rest was read. `read_until`: code points of a long text that were
    read, from its beginning; None where all of it was. `marked_until`: those up to which the encoder looked for events
    and statements, where they are too many; None where it looked at all that was read.
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
    faults: tuple[Fault, ...] = ()
    read_until: int | None = None
    marked_until: int | None = None


def unread_of(article: Article, reading: Reading) -> SetAside | None:
    """What is told of an article of which only the beginning was read, or looked at for events and statements."""
    length, why = len(article.text), []
    if reading.read_until is not None:
        why.append(f"is long: the first {reading.read_until} of its {length} characters were read")
    if (past := reading.marked_until) is not None:
        why.append(
            f"is crowded: events and statements were looked for in the first {past} of {length} characters"
        )
    hint = "The rest is kept and searched. To have it read, split it into its chapters or articles."
    return SetAside(path=article.path + REST, reason="; ".join(why), hint=hint) if why else None
