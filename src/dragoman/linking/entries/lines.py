"""The sentences of a day that tell one thing, as one line: whatever their articles and languages.

They are brought together by the event of the case that they share, by likeness of words within a language, and across
languages by the actors and figures that they name.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.linking.days import Stretch, stretch_of
from dragoman.linking.entries.centrality import cosine
from dragoman.linking.entries.fitness import Fitness
from dragoman.linking.entries.sentences import PRINT, Naming, Sentence
from dragoman.linking.entries.weights import PRINTED, worth
from dragoman.linking.sources import Library
from dragoman.model import Event

ALIKE = 0.17
"""Cosine from which two sentences of one language on one day tell one thing."""

SHARED = 0.35
"""Share of their names and figures, weighed by rarity, from which two sentences of one day tell one thing."""

LEAST, OF_TYPE = 0.1, 0.6
"""Weight of a name that all articles have, and of a type of event."""

FEW = 3
"""A sentence with fewer names is known by those of the sentence before, too."""

MOST_COMPARED = 80
"""Sentences of a day that are compared, the fittest first; further ones only count for the day."""

BY_FIT = 0.5
"""Power of the fitness of its sentence when lines of a day are held against each other."""

MOST_LINES = 8
"""Lines that a day can have."""


@dataclass(slots=True)
class Told:
    """A sentence as it tells a day, with how fit it is to be shown for it."""

    sentence: Sentence
    naming: Naming
    fit: float
    day: int | None = None


@dataclass(slots=True)
class Line:
    """Sentences that tell one thing of a day.

    Attributes:
        members: The shown one first, then the fittest.
        moved: Those of a neighbouring day that is taken to be the same event.
        head: True for the line that the day is known for.
        origins: How many independent articles name the day, whatever they tell of it.
        event: The one that it is made for, where it is of no day.
        again: True where its sentence is shown for another day, too, and no other is there.
    """

    days: Stretch
    members: list[Told]
    weight: float = 0.0
    head: bool = False
    origins: int = 0
    event: Event | None = None
    again: bool = False
    moved: list[Told] = field(default_factory=list)

    @property
    def shown(self) -> Told:
        return self.members[0]

    def everything(self) -> list[Told]:
        return [*self.members, *self.moved]

    def tellers(self, library: Library) -> set[str]:
        """The independent articles that tell it."""
        return {library.origin[t.sentence.article] for t in self.everything()}

    def looks_ahead(self) -> bool:
        """True where all that the shown sentence tells is to come after the day, which it names in passing."""
        day, s = self.shown.day, self.shown.sentence
        told = [
            (r, stretch_of(e.when).first) for r, e in zip(s.reports, s.records, strict=True) if e is not None
        ]
        return (
            day is not None
            and bool(told)
            and all(
                r.status in ("planned", "possible") and first is not None and first > day for r, first in told
            )
        )

    def events(self) -> set[str]:
        """Ids of the events that its sentences tell."""
        return {r.id for t in self.members for r in t.sentence.records if r is not None}


class Likeness:
    """Which sentences tell one thing."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._refs: dict[tuple[str, int], dict[str, float]] = {}
        spread: Counter[str] = Counter()
        for source in library.sources:
            named = (m.entities for m in source.reading.mentions if m.kind in ("name", "demonym"))
            spread.update({library.cast.ref(source.article.id, e) for entities in named for e in entities})
        n = len(library)
        self._rare = {ref: math.log((n + 1) / (count + 0.5)) for ref, count in spread.items()}

    def of(self, a: Sentence, b: Sentence) -> bool:
        if not {r.id for r in a.records if r}.isdisjoint(r.id for r in b.records if r):
            return True
        if a.language == b.language:
            near = cosine(a.vector, b.vector)
            return near >= ALIKE or (near >= ALIKE / 2 and self.shared(a, b) >= SHARED)
        return self.shared(a, b) >= SHARED

    def shared(self, a: Sentence, b: Sentence) -> float:
        """The share of what the one with fewer names and figures names that the other names too, by rarity."""
        one, other = self._named(a), self._named(b)
        least = min(sum(one.values()), sum(other.values()))
        both = sum(w for ref, w in one.items() if ref in other)
        return both / least if least > 0 else 0.0

    def _named(self, s: Sentence) -> Mapping[str, float]:
        found = self._refs.get(s.key)
        if found is None:
            library = self._library
            refs = {library.as_side(r) for r in library.named(s.article, s.span)}
            for report in s.reports:
                refs.update(library.as_side(r) for r in library.actors(s.article, report.who))
                refs.update(library.as_side(r) for r in library.actors(s.article, report.whom))
            for record in s.records:
                if record is not None:
                    known = (*record.who, *record.whom, *([record.place] if record.place else []))
                    refs.update(library.as_side(r) for r in known if r in library.names)
            found = {r: max(self._rare.get(r, 0.5), LEAST) for r in refs}
            if s.number and len(found) < FEW:
                before = library.reading(s.article).sentences[s.number - 1]
                for r in {library.as_side(r) for r in library.named(s.article, before)} - refs:
                    found[r] = max(self._rare.get(r, 0.5), LEAST) / 2
            found |= {f"type {r.type}": OF_TYPE for r in s.reports}
            numbers = library.reading(s.article).figures
            for f in numbers:
                if s.span.start <= f.start < s.span.end and f.low is not None and f.low > 3:
                    found[f"{f.low:g}"] = 2.0
            self._refs[s.key] = found
        return found


def lines_of(
    day: int, told: Sequence[tuple[Sentence, Naming]], fitness: Fitness, likeness: Likeness, library: Library
) -> list[Line]:
    """The lines of a day, the heaviest first; their weight is that of their own sentences."""
    centres = _centres(told)
    fits = [Told(s, naming, fitness.for_day(s, day, naming, centres[s.language]), day) for s, naming in told]
    fits.sort(key=lambda t: (-t.fit, library.order(t.sentence.article), t.sentence.number))
    lines: list[Line] = []
    for one in fits[:MOST_COMPARED]:
        near = next(
            (o for o in lines if any(likeness.of(one.sentence, m.sentence) for m in o.members[:3])), None
        )
        if near is not None:
            near.members.append(one)
        elif len(lines) < MOST_LINES:
            lines.append(Line(Stretch(day, day), [one]))
    for line in lines:
        best: dict[str, float] = defaultdict(float)
        for m in line.members:
            origin = library.origin[m.sentence.article]
            told_by = PRINTED if m.naming.by == PRINT else 1.0
            best[origin] = max(best[origin], told_by * worth(m.sentence, day))
        line.weight = math.fsum(best.values())
    lines.sort(key=lambda o: (-o.weight * o.shown.fit**BY_FIT, library.order(o.shown.sentence.article)))
    return lines


def _centres(told: Iterable[tuple[Sentence, Naming]]) -> dict[str, dict[str, float]]:
    """Language -> the middle of its sentences that tell the day, of length 1."""
    sums: dict[str, dict[str, float]] = {}
    for s, _ in told:
        centre = sums.setdefault(s.language, defaultdict(float))
        for stem, value in s.vector.items():
            centre[stem] += value * s.nearness
    for language, centre in sums.items():
        length = math.sqrt(math.fsum(v * v for v in centre.values()))
        sums[language] = {stem: v / length for stem, v in centre.items()} if length else {}
    return sums
