"""Events that a person added from the words of an article, as records beside those that were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dragoman.linking.decisions import Verdicts, as_field
from dragoman.linking.sources import Library
from dragoman.model import Decision, Entry, EntrySource, Event, Span, name_by_content
from dragoman.model.settable import BY_HAND, NAMED


def added_events(library: Library, verdicts: Verdicts) -> tuple[Event, ...]:
    """The events that people added, of articles of the case. They are as sure as what a person accepted."""
    known = {s.article.id: len(s.article.text) for s in library.sources}
    made = (_event(library, d, verdicts) for d in _standing(verdicts.decisions, known))
    return tuple({event.id: event for event in made}.values())


def _standing(decisions: Iterable[Decision], known: dict[str, int]) -> Iterator[Decision]:
    """Those whose words are still in the case: an article may be left out, or be another now."""
    for decision in decisions:
        if decision.kind == "add" and decision.targets[0].end <= known.get(decision.targets[0].article, -1):
            yield decision


def _event(library: Library, decision: Decision, verdicts: Verdicts) -> Event:
    at, given = decision.targets[0], dict(decision.given)
    named = {name: verdicts.resolved(name, value) for name, value in given.items() if name in NAMED}
    held = {name: as_field("event", name, named.get(name, value)) for name, value in given.items()}
    return Event(
        id=name_by_content("event", BY_HAND, at.article, at.start, at.end, decision.given),
        type=given["type"],
        mode=held.get("mode"),
        status=held.get("status") or "happened",
        who=held.get("who", ()),
        whom=held.get("whom", ()),
        place=held.get("place"),
        when=held.get("when"),
        known_from=library.known_from([at.article]),
        figures=(),
        reports=1,
        independent=1,
        confidence=1.0,
        evidence=(library.evidence(at.article, Span(at.start, at.end), BY_HAND),),
    )


def lines_of(library: Library, events: Sequence[Event], entries: Sequence[Entry]) -> Iterator[Entry]:
    """A line of the chronology for each event that a person added, as weighty as the weightiest that was read."""
    weight = max((e.weight for e in entries), default=1.0)
    for event in events:
        told = event.evidence[0]
        language = library.article(told.article).language
        yield Entry(
            id=name_by_content("entry", BY_HAND, event.id),
            start=event.when.start if event.when else None,
            end=event.when.end if event.when else None,
            basis=event.when.basis if event.when else None,
            why="set by hand" if event.when else "",
            text=told.text,
            language=language,
            article=told.article,
            span=Span(told.start, told.end),
            sources=(
                EntrySource(
                    article=told.article,
                    start=told.start,
                    end=told.end,
                    text=told.text,
                    language=language,
                    published=event.known_from,
                ),
            ),
            independent=1,
            languages=(language,),
            weight=weight,
            known_from=event.known_from,
            status=event.status,
            type=event.type,
            mode=event.mode,
            actors=tuple(dict.fromkeys(ref for ref in (*event.who, *event.whom) if ref in library.names)),
            place=event.place,
            events=(event.id,),
        )
