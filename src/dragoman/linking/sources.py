"""What linking works on: readings with their articles and vectors, in one order whatever the order given."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.linking.actors import link_actors
from dragoman.linking.days import Stretch, iso_day, stretch_of
from dragoman.linking.memory import Memory, about
from dragoman.model import (
    Arg,
    Article,
    Decision,
    Evidence,
    FigureMention,
    Mention,
    Place,
    Reading,
    Span,
    When,
)

_NOT_YET = -1
"""In place of a day that was not worked out."""

Fields = dict[str, Span | tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Source:
    """One article as read. `article.raw` and `article.removed` may be empty; `vector` is that of headline
    and lead (512 float32, length 1), or None."""

    article: Article
    reading: Reading
    vector: np.ndarray | None = None


class Library:
    """The sources of a case by article id, sorted, and what all steps ask of them.

    A source without a reading of its own article (`reading.article != article.id`) is a mistake of the
    caller and raises ValueError.
    """

    def __init__(
        self, sources: Iterable[Source], decisions: Sequence[Decision] = (), memory: Memory | None = None
    ) -> None:
        by_id: dict[str, Source] = {}
        for source in sources:
            if source.reading.article != source.article.id:
                raise ValueError(
                    f"reading of {source.reading.article} given with article {source.article.id}"
                )
            known = by_id.get(source.article.id)
            if known is None or source.article.path < known.article.path:
                by_id[source.article.id] = source
        self.sources = tuple(by_id[i] for i in sorted(by_id))
        self._by_id = {s.article.id: s for s in self.sources}
        memory = memory or Memory()
        self.ids = tuple(self._by_id)
        self.cast = memory.step(
            "actors",
            (self.ids, about(decisions, "actor", "place")),
            lambda: link_actors([s.reading for s in self.sources], decisions, memory.score),
        )
        self.places: Mapping[str, Place] = {p.id: p for p in self.cast.places}
        self.names = {a.id: a.name for a in self.cast.actors} | {p.id: p.name for p in self.cast.places}
        self._country = {a.id: a.country for a in self.cast.actors} | {
            p.id: p.country for p in self.cast.places
        }
        self._states = frozenset(a.id for a in self.cast.actors if a.type == "state")
        self._forces = frozenset(a.id for a in self.cast.actors if a.type == "armed_force")
        self._state_of_country = {
            a.country: a.id for a in self.cast.actors if a.type == "state" and a.country
        }
        self._countries = self._with_key("country:")
        self.settlements = self._with_key("city:")
        self.territories = self._with_key("territory:")
        self._published: dict[str, When | None] = {
            s.article.id: s.reading.published or s.article.published for s in self.sources
        }
        self._publication = {name: stretch_of(when) for name, when in self._published.items()}
        self._first_published: int | None = _NOT_YET
        self._starts = {s.article.id: [x.start for x in s.reading.sentences] for s in self.sources}
        self._mention_starts = {s.article.id: [m.start for m in s.reading.mentions] for s in self.sources}
        self.origin: Mapping[str, str] = {s.article.id: s.article.id for s in self.sources}

    def _with_key(self, prefix: str) -> frozenset[str]:
        """Actors and places that the gazetteer knows under a key of this sort."""
        return frozenset(
            self.cast.ref(s.article.id, n)
            for s in self.sources
            for n, entity in enumerate(s.reading.entities)
            if entity.key and entity.key.startswith(prefix)
        )

    def __len__(self) -> int:
        return len(self.sources)

    def article(self, name: str) -> Article:
        return self._by_id[name].article

    def reading(self, name: str) -> Reading:
        return self._by_id[name].reading

    # --- the second clock: when it was known ---------------------------------------------------------

    def published(self, name: str) -> When | None:
        """The publication date: what intake or the reading knew, narrowed by what other articles tell."""
        return self._published[name]

    def publication(self, name: str) -> Stretch:
        """The days on which an article may have appeared."""
        return self._publication[name]

    def set_published(self, name: str, when: When) -> None:
        """Replace a publication date by a narrower one; only `publication` does so, before facts are made."""
        self._published[name] = when
        self._publication[name] = stretch_of(when)
        self._first_published = _NOT_YET

    def known_from(self, articles: Iterable[str]) -> str | None:
        """The earliest day on which one of the articles may have been published, or None."""
        firsts = [f for a in articles if (f := self.publication(a).first) is not None]
        return iso_day(min(firsts, default=None))

    @property
    def first_published(self) -> int | None:
        """The day, as a number, on which the first article of the case may have appeared at the earliest."""
        if self._first_published == _NOT_YET:  # asked for each line of the chronology
            days = (p.first for p in self._publication.values() if p.first is not None)
            self._first_published = min(days, default=None)
        return self._first_published

    def order(self, name: str) -> tuple[int, str]:
        """Sorts articles by publication, undated ones last."""
        first = self.publication(name).first
        return (10**9 if first is None else first, name)

    # --- origins: copies count once ------------------------------------------------------------------

    def independent(self, articles: Iterable[str]) -> int:
        """How many origins the articles have: a reprint or a translation adds none."""
        return len({self.origin[a] for a in articles})

    # --- words ---------------------------------------------------------------------------------------

    def words(self, article: str, start: int, end: int, most: int = 120) -> str:
        """The words of a span on one line, cut at `most` characters."""
        said = " ".join(self.article(article).text[start:end].split())
        return said if len(said) <= most else said[: most - 1].rstrip() + "…"

    def sentence(self, article: str, span: Span) -> Span:
        """The sentences that hold the span, as one stretch; the span itself where no sentence does."""
        sentences = self.reading(article).sentences
        starts = self._starts[article]
        first = max(bisect_right(starts, span.start) - 1, 0)
        last = max(bisect_right(starts, max(span.end - 1, span.start)) - 1, 0)
        if first >= len(sentences) or sentences[first].end <= span.start:
            return span
        return Span(min(sentences[first].start, span.start), max(sentences[last].end, span.end))

    def evidence(self, article: str, span: Span, rule: str, fields: Fields | None = None) -> Evidence:
        """The exact words of a span as proof."""
        return Evidence(
            article=article,
            start=span.start,
            end=span.end,
            text=self.article(article).text[span.start : span.end],
            rule=rule,
            fields=dict(fields or {}),
        )

    # --- who -----------------------------------------------------------------------------------------

    def actors(self, article: str, args: Sequence[Arg]) -> tuple[str, ...]:
        """Ids of the actors or places that the words stand for, each once, in order."""
        return tuple(dict.fromkeys(self.cast.ref(article, e) for a in args for e in a.entities))

    def sides(self, article: str, args: Sequence[Arg]) -> tuple[str, ...]:
        """As `actors`, with the words themselves where no actor is known."""
        found: dict[str, None] = {}
        for arg in args:
            if arg.entities:
                found.update(dict.fromkeys(self.cast.ref(article, e) for e in arg.entities))
            elif said := self.words(article, arg.start, arg.end):
                found[said] = None
        return tuple(found)

    def with_states(self, refs: Iterable[str], but: Iterable[str] = ()) -> tuple[str, ...]:
        """The actors, each armed force followed by the state it belongs to; none of `but` is added."""
        apart = set(but)
        found: dict[str, None] = {}
        for ref in refs:
            found[ref] = None
            if ref in self._forces:
                found.update(dict.fromkeys(sorted((self.cast.stands_for(ref) & self._states) - apart)))
        return tuple(found)

    def may_be_one_place(self, a: str, b: str) -> bool:
        """False only where two places are known to lie in two countries, or to be two settlements."""
        if a == b or self.cast.stands_for(a) & self.cast.stands_for(b):
            return True
        countries = (self._country.get(a), self._country.get(b))
        if None not in countries and countries[0] != countries[1]:
            return False
        return not {a, b} <= self.settlements

    def named(self, article: str, span: Span, demonyms: bool = True) -> tuple[str, ...]:
        """The actors and places mentioned by name within a stretch, each once, in order."""
        here = (
            m.entities
            for m in self.mentions(article, span)
            if m.kind == "name" or (demonyms and m.kind == "demonym")
        )
        return tuple(dict.fromkeys(self.cast.ref(article, e) for entities in here for e in entities))

    def mentions(self, article: str, span: Span) -> tuple[Mention, ...]:
        """The mentions that begin within a stretch, in order."""
        starts = self._mention_starts[article]
        return self.reading(article).mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def place(self, article: str, arg: Arg | None) -> str | None:
        """Where: the place that the words stand for, else the one place or state they name, else None."""
        if arg is None:
            return None
        if arg.entities:
            return self.cast.ref(article, arg.entities[0])
        areas = [r for r in self.named(article, arg.span, demonyms=False) if self.is_area(r)]
        return areas[0] if len(areas) == 1 else None

    def as_side(self, ref: str) -> str:
        """A country named as a place as the state it is; anything else as it is."""
        if ref in self.places and ref in self._countries:
            return self._state_of_country.get(self.places[ref].country or "", ref)
        return ref

    def host(self, place: str) -> str | None:
        """The state that receives whoever comes to a place, where it is known."""
        return self._state_of_country.get(self._country.get(place) or "")

    def is_area(self, ref: str) -> bool:
        """True for a place and for a state, which something can be in."""
        return ref in self.places or ref in self._states

    def one(self, article: str, arg: Arg | None) -> str | None:
        """The first of `sides`, or None."""
        return next(iter(self.sides(article, [arg])), None) if arg else None

    def counted(self, article: str, figure: FigureMention) -> str:
        """The noun counted, folded to lower case, or ""."""
        return self.words(article, *figure.counted).casefold() if figure.counted else ""


def spans(args: Iterable[Arg]) -> tuple[Span, ...]:
    return tuple(a.span for a in args)


def merge_evidence(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence in the order of articles and places, each stretch with one rule once."""
    evidence = tuple(evidence)
    if len(evidence) < 2:
        return evidence
    seen: dict[tuple[str, int, int, str, str], Evidence] = {}
    for one in evidence:
        seen.setdefault((one.article, one.start, one.end, one.rule, repr(sorted(one.fields.items()))), one)
    return tuple(seen[key] for key in sorted(seen))
