"""Annotation -> events: which marks are told, with which fields, how sure, as reports of the article.

The encoder says what stands in the text and how sure it is; here bars decide what is told (unknown beats wrong), spans
become entities, links become days, PLOVER's rules of sides hold, and a deed told twice in a sentence is told once.
"""

from __future__ import annotations

from dragoman.encoder.calibration import Bars, chance, shared_bars
from dragoman.model import Arg, EventReport, FigureMention, Span, StatementReport, TimeMention, When
from dragoman.model.annotation import Annotation, TimeLink, Trigger
from dragoman.model.basics import Basis
from dragoman.model.reading import Sure
from dragoman.reading.events.accidents import accident_told, by_nobody
from dragoman.reading.events.choice import Around, Choice, Voice, choose, likely_in, traits
from dragoman.reading.events.doubles import told_marks
from dragoman.reading.events.figures_of import figures_by_trigger
from dragoman.reading.events.participants import Participants
from dragoman.reading.events.sides import sides_of
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Syntax

__all__ = ["find_events"]


def find_events(
    annotation: Annotation,
    by_rules: tuple[EventReport, ...],
    syntax: Syntax,
    names: Names,
    times: tuple[TimeMention, ...],
    figures: tuple[FigureMention, ...],
    statements: tuple[StatementReport, ...],
    published: When | None = None,
    bars: Bars | None = None,
) -> tuple[EventReport, ...]:
    """All events of a text, in its order. `times` are those that the annotation's links count; `by_rules` is what the
    rules tell, as a second voice; after `published` nothing has happened yet."""
    bars = bars or shared_bars()
    voices = [_voice(e, syntax) for e in by_rules]
    event_of = {id(v): e for v, e in zip(voices, by_rules, strict=True)}
    sentences = [_sentence(syntax, t.start).start for t in annotation.triggers]
    told = told_marks(annotation.triggers, sentences, voices, bars)
    likely = likely_in(annotation.triggers, sentences)
    participants = Participants(syntax, names)
    counted = figures_by_trigger([t for t, _ in told], syntax, figures)
    accident = accident_told(syntax)
    out = []
    for t, second in told:
        choice = by_nobody(choose(t, second, bars), accident)
        who, whom = sides_of(choice, participants)
        place = next(iter(choice.by_role("place")), None)
        when = _when(choice.time, times) if choice.time else None
        if choice.by_second:
            when = event_of[id(second)].when
        sentence = _sentence(syntax, t.start)
        beside = Around(sentence.end - sentence.start, likely[sentence.start])
        out.append(
            EventReport(
                type=choice.type,
                mode=choice.mode,
                status="planned"
                if choice.status == "happened" and _to_come(when, published)
                else choice.status,
                trigger=t.span,
                who=who,
                whom=whom,
                place=participants.place(place.span) if place else None,
                when=when,
                sentence=sentence,
                rule=f"encoder:{annotation.made_by}",
                confidence=chance(traits(t, choice, second, beside), bars.sound),
                figures=counted.get(t.start, ()),
                attributed=_speaker(t, statements) if choice.status == "alleged" else None,
                weight=t.weight,
                known=t.known,
                sure=_sure(choice, bars),
            )
        )
    return tuple(out)


def _sentence(syntax: Syntax, position: int) -> Span:
    found = syntax.sentence_at(position)
    return found.span if found is not None else Span(0, len(syntax.text))


def _voice(e: EventReport, syntax: Syntax) -> Voice:
    return Voice(
        trigger=e.trigger,
        sentence=_sentence(syntax, e.trigger.start).start,
        type=e.type,
        mode=e.mode,
        status=e.status,
        who=tuple(a.span for a in e.who),
        whom=tuple(a.span for a in e.whom),
        place=(e.place.span,) if e.place else (),
        start=e.when.start if e.when else None,
        end=e.when.end if e.when else None,
    )


def _sure(choice: Choice, bars: Bars) -> Sure:
    return Sure(**{name: None if s is None else bars.curves[name](s) for name, s in choice.scores.items()})


def _when(link: TimeLink, times: tuple[TimeMention, ...]) -> When:
    """The days of a trigger's link, with the words that tell them, or why they are concluded."""
    if link.expression is None:
        why = {
            "published": "told as news of the day of publication or the day before",
            "after": "to come after the day of publication",
            "before": "before the day of publication",
        }[link.relation]
        basis: Basis = "inferred" if link.relation == "published" else "bounded"
        return When(start=link.start, end=link.end, basis=basis, why=why)
    time = times[link.expression]
    if link.relation == "at":
        return time.when(link.start, link.end)
    return When(
        start=link.start,
        end=link.end,
        basis="bounded",
        why=f"{link.relation} the days that the words tell; {time.why}".rstrip("; "),
        span=Span(time.start, time.end),
    )


def _to_come(when: When | None, published: When | None) -> bool:
    """True for days that begin after the article's own."""
    last = published.end if published is not None else None
    return when is not None and when.start is not None and last is not None and when.start > last


def _speaker(t: Trigger, statements: tuple[StatementReport, ...]) -> Arg | None:
    """Who alleges it: the speaker in whose words it stands."""
    inside = [s for s in statements if s.speaker and any(c.start <= t.start < c.end for c in s.content)]
    shortest = min(inside, key=lambda s: sum(c.end - c.start for c in s.content), default=None)
    return shortest.speaker if shortest else None
