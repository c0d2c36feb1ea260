"""How much a day weighs in a case: from independent articles, by how long after it they still tell it.

A day's weight is the sum over independent articles of `nearness * (1 + log(1 + days later))`, of the sentence that
tells it best, and `PRINTED` times the nearness of what is printed on the day and the day after. A copy adds nothing, a
sentence that several print (a box, a line of a live page) counts once, and one page never weighs more than one source.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from dragoman.linking.entries.centrality import MOST_LETTERS, Topic, Words, stems_of
from dragoman.linking.entries.centre import Centre
from dragoman.linking.entries.sentences import EVENT, Sentence
from dragoman.linking.sources import Library

PRINTED = 0.5
"""Weight of what is printed on a day and the day after, against what names the day."""

STILL_TO_COME = 0.5
"""Weight of an article that names a day before it."""

LONG_AFTER = 365
"""Days after which being told still says no more: history that one page recalls is not the matter of the case."""

ROOT = 0.5
"""Power of the nearness: a sentence twice as near to the topic does not tell twice as much of the day."""


@dataclass(slots=True)
class Day:
    """What is told of a day: `told` by origin what its best sentence weighs, `printed` likewise of heads."""

    told: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    printed: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def weight(self) -> float:
        """Sums of floats depend on their order: origins are summed sorted."""
        told = math.fsum(self.told.values())
        return told + PRINTED * math.fsum(self.printed.values())


def measure(library: Library, sentences: Sequence[Sentence]) -> None:
    """Set each sentence's vector and nearness, in its own language."""
    topics, centre = _topics(library), Centre(library)
    by_language: dict[str, list[Sentence]] = defaultdict(list)
    for s in sentences:
        by_language[s.language].append(s)
    for language, some in by_language.items():
        topic = topics[language]
        for s in some:
            known = stems_of(library.article(s.article).text, language)
            vector = topic.vector(known.bag(s.span.start, s.span.end))
            s.words, s.nearness = Words.of(vector), topic.nearness(vector)
        mean = fmean(s.nearness for s in some)
        for s in some:
            near = s.nearness / mean if mean > 0 else 0.0
            s.nearness, s.central = round(near, 6), centre.share(s)


def _topics(library: Library) -> dict[str, Topic]:
    bags: dict[str, list[Counter[str]]] = defaultdict(list)
    languages = {s.article.language for s in library.sources}
    for source in library.sources:
        a = source.article
        if library.origin[a.id] == a.id:
            bags[a.language].append(stems_of(a.text, a.language).bag(0, MOST_LETTERS))
    return {language: Topic(bags[language]) for language in sorted(languages)}


TRIFLING = 0.6
"""Of a telling that comes to its day by events only, all learnt to be of no weight, against others."""


def worth(sentence: Sentence, day: int) -> float:
    """What a sentence adds to the weight of a day that it tells."""
    near: float = sentence.nearness**ROOT
    naming = sentence.days.get(day)
    if naming is not None and naming.by == EVENT and sentence.trifling:
        near *= TRIFLING
    if sentence.published is None:
        return near
    later = sentence.published - day
    return near * STILL_TO_COME if later < 0 else near * (1 + math.log(1 + min(later, LONG_AFTER)))


def repeated(library: Library, sentences: Iterable[Sentence]) -> set[tuple[str, int]]:
    """Sentences that an earlier article of the case has word by word: boxes, captions, lines of live pages."""
    first: dict[str, tuple[tuple[int, str], str]] = {}
    spoken: list[tuple[Sentence, str]] = []
    for s in sentences:
        words = library.article(s.article).text[s.span.start : s.span.end].casefold().strip()
        spoken.append((s, words))
        here = (library.order(s.article), s.article)
        if words not in first or here < first[words]:
            first[words] = here
    return {s.key for s, words in spoken if first[words][1] != s.article}


def weigh(library: Library, sentences: Sequence[Sentence], but: set[tuple[str, int]]) -> Mapping[int, Day]:
    """Day number -> what is told of it, from all sentences except those in `but`."""
    days: dict[int, Day] = defaultdict(Day)
    for s in sentences:
        if s.key in but:
            continue
        origin = library.origin[s.article]
        for day in s.days:
            d = days[day]
            d.told[origin] = max(d.told[origin], worth(s, day))
        if s.is_lead and s.published is not None and library.publication(s.article).length == 1:
            for day in (s.published, s.published - 1):
                printed = days[day].printed
                printed[origin] = max(printed[origin], s.nearness**ROOT)
    return days
