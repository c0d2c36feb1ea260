"""The sentences of a case that can be lines of its chronology: those that name a day, or tell an event that has one.

One pass over the articles, which asks of each nothing but its own sentences, times and events.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.linking.days import Stretch, day_number, stretch_of
from dragoman.linking.entries.centrality import NO_WORDS, Words
from dragoman.linking.sources import Library, Source
from dragoman.model import Event, EventReport, Reading, Span, TimeMention

LEAD = 5
"""Sentences at the head of an article that tell what it is printed for."""

OF_NO_WEIGHT = 1.5
"""Weight of an event, 1 to 3, under which it is no matter for a chronology."""

DEEDS = ("happened", "ongoing", "alleged")

WORDS, EVENT, PRINT = "words", "event", "print"
"""How a sentence comes to a day: it names it, its event has it, or it stands at the head of what is printed then."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How a sentence comes to its day; `time` is the expression that names it, `future` where it was still to come."""

    by: str
    time: TimeMention | None = None
    future: bool = False


@dataclass(slots=True)
class Sentence:
    """A sentence with the days that it tells.

    Attributes:
        number: Its place in the article, from 0.
        published: The last day on which the article may have appeared, as a number; None where unknown.
        days: Day -> how it comes to it; `wide`: stretches longer than a day that its words name, months and years.
        reports: The events told in it; `records`: those of the case, by the reports' numbers.
        nearness: To what the case is about, as a multiple of the mean of its language; set by `weigh`.
        central: How near to the centre of the case those are whom it names, see `centre`; set by `measure`.
        words: Its words as a vector, see `centrality`.
    """

    article: str
    number: int
    span: Span
    language: str
    published: int | None
    days: dict[int, Naming] = field(default_factory=dict)
    wide: dict[Stretch, Naming] = field(default_factory=dict)
    reports: tuple[EventReport, ...] = ()
    records: tuple[Event | None, ...] = ()
    nearness: float = 0.0
    central: float = 1.0
    words: Words = NO_WORDS

    @property
    def vector(self) -> dict[str, float]:
        """Its words, each with what it tells; made when it is asked for, since a case has many sentences."""
        return self.words.vector()

    @property
    def key(self) -> tuple[str, int]:
        return (self.article, self.number)

    @property
    def trifling(self) -> bool:
        """True where all its events were learnt to be of no weight."""
        return bool(self.reports) and all(
            r.weight is not None and r.weight < OF_NO_WEIGHT for r in self.reports
        )

    @property
    def is_lead(self) -> bool:
        return self.number < LEAD


def sentences_of(library: Library, events: Sequence[Event]) -> Iterator[Sentence]:
    """The sentences that can be lines, and the heads of articles, in the order of articles and places."""
    told = _records(events)
    for source in library.sources:
        yield from _of_article(library, source, told.get(source.article.id, {}))


def _records(events: Sequence[Event]) -> dict[str, dict[tuple[int, int], Event]]:
    """Article -> trigger -> the event of the case told by it."""
    told: dict[str, dict[tuple[int, int], Event]] = defaultdict(dict)
    for event in events:
        for evidence in event.evidence:
            trigger = evidence.fields.get("trigger")
            if isinstance(trigger, Span):
                told[evidence.article][trigger.start, trigger.end] = event
    return told


def _of_article(
    library: Library, source: Source, told: Mapping[tuple[int, int], Event]
) -> Iterator[Sentence]:
    article, reading = source.article, source.reading
    published = library.publication(article.id).last
    starts = [s.start for s in reading.sentences]
    times = _in_sentences(starts, reading)
    reports: dict[int, list[EventReport]] = defaultdict(list)
    for report in reading.events:
        reports[bisect_right(starts, report.trigger.start) - 1].append(report)
    for number, span in enumerate(reading.sentences):
        here = tuple(reports.get(number, ()))
        sentence = Sentence(
            article=article.id,
            number=number,
            span=span,
            language=article.language,
            published=published,
            reports=here,
            records=tuple(told.get((r.trigger.start, r.trigger.end)) for r in here),
        )
        _name_days(sentence, times.get(number, ()))
        if sentence.days or sentence.wide or number < LEAD:
            yield sentence


def _in_sentences(starts: Sequence[int], reading: Reading) -> dict[int, list[TimeMention]]:
    found: dict[int, list[TimeMention]] = defaultdict(list)
    for time in reading.times:
        if time.first is not None and time.last is not None and time.type in ("DATE", "TIME"):
            found[bisect_right(starts, time.start) - 1].append(time)
    return found


def _name_days(sentence: Sentence, times: Sequence[TimeMention]) -> None:
    """Days that its words name; then those of its events, by what all articles tell of them."""
    for time in times:
        stretch = Stretch(day_number(time.first), day_number(time.last, last=True))
        if stretch.first is None or stretch.last is None or stretch.first > stretch.last:
            continue
        future = sentence.published is not None and stretch.first > sentence.published
        if stretch.first == stretch.last:
            if time.type == "DATE":  # an hour is counted from a day that was spoken of, which is a guess
                sentence.days.setdefault(stretch.first, Naming(WORDS, time, future))
        else:
            sentence.wide.setdefault(stretch, Naming(WORDS, time, future))
    for report, record in zip(sentence.reports, sentence.records, strict=True):
        when = record.when if record is not None else report.when
        stretch = stretch_of(when)
        if when is None or when.basis not in ("stated", "relative") or stretch.length != 1:
            continue
        day = stretch.first
        own = stretch_of(report.when)
        if report.when is not None and report.when.basis == "stated" and own.closed and own.length != 1:
            continue  # its own words tell no more than a month or a year
        if day is not None and day not in sentence.days:
            future = sentence.published is not None and day > sentence.published
            if future or report.status in DEEDS:
                sentence.days[day] = Naming(EVENT, None, future)
