"""Lines of events that no day is known of: of a month or year that the sources tell, or without any day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from dragoman.linking.days import UNKNOWN, stretch_of
from dragoman.linking.entries.fitness import Fitness
from dragoman.linking.entries.lines import Line, Told
from dragoman.linking.entries.sentences import EVENT, Naming, Sentence
from dragoman.linking.sources import Library
from dragoman.model import Event

LEAST_SURE = 0.6
"""Confidence from which an event without a day has a line of its own."""

LEAST_FIT = 0.3
"""How well one of its sentences must stand by itself."""

MOST_LOOKED_AT = 6
"""Tellings of an event among which the one to show is sought."""

LONGEST = 366
"""Days from which on a stretch says no more than that the day is not known."""

WIDE, UNDATED = 0.3, 0.1
"""Weight of an independent article that tells a stretch, and of one that tells no day, against one that tells a day."""


def vague_lines(
    library: Library, events: Sequence[Event], shown: Iterable[tuple[str, int]], fitness: Fitness
) -> Iterator[Line]:
    """Lines of events without a day whose sentences are in no other line.

    Args:
        shown: Sentences that other lines have, as (article, number).
    """
    taken = set(shown)
    for event in sorted(events, key=lambda e: (-e.independent, -e.confidence, e.id)):
        days = stretch_of(event.when)
        if days.length == 1 or event.confidence < LEAST_SURE:
            continue
        if event.when is not None and event.when.basis == "inferred" and event.independent < 2:
            continue  # about the day of its article, which has lines of its own
        members = sorted(_tellings(library, event, fitness), key=lambda t: (-t.fit, t.sentence.key))
        if not members or members[0].fit < LEAST_FIT or any(t.sentence.key in taken for t in members):
            continue
        taken.update(t.sentence.key for t in members)
        known = days.length is not None and days.length <= LONGEST
        yield Line(
            days if known or not days.closed else UNKNOWN,
            members,
            weight=event.independent * (WIDE if known else UNDATED) * members[0].fit,
            origins=event.independent,
            event=event,
        )


def _tellings(library: Library, event: Event, fitness: Fitness) -> Iterator[Told]:
    for evidence in event.evidence[:MOST_LOOKED_AT]:
        reading = library.reading(evidence.article)
        number = bisect_right(reading.sentences, evidence.start, key=lambda s: s.start) - 1
        if number < 0:
            continue
        sentence = Sentence(
            article=evidence.article,
            number=number,
            span=reading.sentences[number],
            language=reading.language,
            published=library.publication(evidence.article).last,
            records=(),
            nearness=1.0,
        )
        yield Told(sentence, Naming(EVENT), fitness.of(sentence).standing)
