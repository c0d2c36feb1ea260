"""Which wars, attacks and accidents, named in many articles, are one: by kind, time, length and place."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from dragoman.linking.days import Stretch, months_of, stretch_of
from dragoman.linking.flows import areas_named
from dragoman.linking.sources import Library
from dragoman.model import Occasion, Span

Key = tuple[str, int]
"""Article id and the index of a figure in its reading."""

LIKE_LENGTH = 1.15
"""Lengths that differ by no more than this factor can be of one war: six weeks and 44 days."""

LONGEST = 400
"""Days up to which a time told with an occasion says which one is meant."""

RECENT = 21
"""Of an occasion without a time, so many days before the article are taken for it: news is of what is new."""

NIGHT = 1
"""Days by which one occasion may be dated differently: it began at night, or the clock was another."""

SOON = 3
"""Days within which two articles must appear, where neither says when it was."""

IN_COMMON = 2
"""States and places that two articles must name, where the words do not say where the occasion was."""

MOST_COMPARED = 24
"""Occasions of one kind and month that one is held against, the latest first."""


@dataclass(slots=True)
class Occurrence:
    """What the words say of one occasion, in all articles that name it.

    Attributes:
        days: When it was, as far as is known; UNKNOWN where only its length is told.
        lasting: For how many days.
        areas, towns: States and places where it was, and the settlements among them.
        articles: Those that name it; `figures` what they tell of it.
        told: True where the words give a time or a length.
    """

    kind: str
    days: Stretch
    lasting: float | None
    areas: frozenset[str]
    towns: frozenset[str]
    articles: set[str]
    told: bool
    figures: list[Key] = field(default_factory=list)

    @property
    def length(self) -> int:
        return self.days.length if self.days.length is not None else 10**8

    @property
    def name(self) -> str:
        """What lists call it: `the war of 2020`, `the war of 44 days`, `the crash`."""
        if self.days.first is not None and self.days.closed:
            return f"the {self.kind} of {date.fromordinal(max(self.days.first, 1)).year}"
        return f"the {self.kind} of {self.lasting:g} days" if self.lasting else f"the {self.kind}"


def find_occurrences(library: Library) -> tuple[Occurrence, ...]:
    """Occasions of which figures are told, those that are one merged, the best told first."""
    named: dict[tuple[str, Span], Occurrence] = {}
    for source in library.sources:
        article = source.article.id
        for number, figure in enumerate(source.reading.figures):
            if figure.occasion is not None:
                at = (article, Span(figure.occasion.start, figure.occasion.end))
                if at not in named:
                    named[at] = _occurrence(library, article, figure.occasion)
                named[at].figures.append((article, number))
    order = sorted(named, key=lambda at: (not named[at].told, named[at].length, library.order(at[0]), at[1]))
    areas = {article: areas_named(library, article) for article, _ in named}
    groups: list[Occurrence] = []
    shelves: dict[tuple[str, object], list[int]] = defaultdict(list)
    for at in order:
        one = named[at]
        shelf = list(_shelves(one))
        near = sorted({n for key in shelf for n in shelves[key][-MOST_COMPARED:]})
        fits = [n for n in near if _are_one(groups[n], one, areas)]
        if len(fits) == 1:
            _take_in(groups[fits[0]], one)
            chosen = fits[0]
        else:
            groups.append(one)
            chosen = len(groups) - 1
        for key in {*shelf, *_shelves(groups[chosen])}:
            if not shelves[key] or shelves[key][-1] != chosen:
                shelves[key].append(chosen)
    return tuple(groups)


def _shelves(one: Occurrence) -> Iterator[tuple[str, object]]:
    """Where it may be found: by its months, by its length, by that of lengths close to it."""
    for month in months_of(one.days):
        yield one.kind, month
    if one.lasting:
        step = round(math.log(one.lasting) / math.log(LIKE_LENGTH))
        for near in (step - 1, step, step + 1):
            yield one.kind, near


def _occurrence(library: Library, article: str, occasion: Occasion) -> Occurrence:
    days = stretch_of(occasion.when)
    told = days.length is not None and days.length <= LONGEST
    appeared = library.publication(article)
    if not days.known and occasion.lasting is None and appeared.first is not None and appeared.closed:
        days = Stretch(appeared.first - RECENT, appeared.last)
    refs = [library.cast.ref(article, e) for e in occasion.entities]
    return Occurrence(
        kind=occasion.kind,
        days=days,
        lasting=occasion.lasting,
        areas=frozenset(r for ref in refs for r in library.cast.stands_for(ref)),
        towns=library.settlements.intersection(refs),
        articles={article},
        told=told or occasion.lasting is not None,
    )


def _are_one(a: Occurrence, b: Occurrence, areas: Mapping[str, frozenset[str]]) -> bool:
    """Nothing speaks against it, a time or a length that both have speaks for it, and they were in one place."""
    if a.lasting and b.lasting and max(a.lasting, b.lasting) > LIKE_LENGTH * min(a.lasting, b.lasting):
        return False
    if not a.days.widen(NIGHT).meets(b.days) or _in_two_towns(a, b):
        return False
    if not a.told and not b.told and abs((a.days.last or 0) - (b.days.last or 0)) > SOON:
        return False
    same_length = bool(a.lasting and b.lasting)
    # "The wars of the 1990s": a time so long fits many.
    same_time = all(one.days.closed and one.length <= LONGEST for one in (a, b))
    if not (same_length or same_time):
        return False
    if a.areas & b.areas:
        return True
    if a.areas and b.areas and not same_length:
        return False
    return any(x == y or len(areas[x] & areas[y]) >= IN_COMMON for x in a.articles for y in b.articles)


def _in_two_towns(a: Occurrence, b: Occurrence) -> bool:
    return bool(a.towns) and bool(b.towns) and not a.towns & b.towns


def _take_in(kept: Occurrence, other: Occurrence) -> None:
    if kept.days.meets(other.days):
        kept.days = kept.days.narrow(other.days)
    kept.lasting = kept.lasting or other.lasting
    kept.areas |= other.areas
    kept.towns |= other.towns
    kept.articles |= other.articles
    kept.figures += other.figures
    kept.told = kept.told or other.told
