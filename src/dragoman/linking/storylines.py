"""Storylines: articles of one developing story, across languages, by what they are about and whom they name."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations

import numpy as np

from dragoman.linking.average_link import Bundle, Clusters, Weights
from dragoman.linking.days import stretch_of
from dragoman.linking.decisions import Ties, Verdicts
from dragoman.linking.nearby import Nearby
from dragoman.linking.sources import Library
from dragoman.linking.tolls import Tolls
from dragoman.linking.vectors import DIMENSIONS
from dragoman.model import Commitment, Event, Storyline, When, name_by_content

LIKENESS = Weights(vector=0.7, names=0.3, times=0.06, together=0.49)
"""Measured on public sets of similar but different stories, and of one text in three languages."""

COMMON = 12
"""A name in more articles than this brings no pair together by itself."""

ONE_STORY = 2 / 3
"""How near two articles of one storyline are, where 1 is the same article."""

GOES_ON = 0.31
"""Likeness from which storylines that tell the same dated facts are one, far as they may be apart in time."""

MOST_TELLERS = 8
"""A fact told in more storylines than this is common knowledge and joins none."""

WELL_KNOWN = 14
"""Days within which a publication must be known to say which others are near it in time."""

_NOWHERE = np.zeros(DIMENSIONS, np.float32)


class Stories:
    """The storylines of a case as sets of articles.

    Attributes:
        of: Article -> the smallest article id of its storyline.
        weights: Article -> actor or place -> how much it tells what the article is about.
    """

    def __init__(
        self, library: Library, nearby: Nearby, copies: Mapping[str, str], verdicts: Verdicts
    ) -> None:
        self.copies = copies
        self.weights = name_weights(library)
        bundles = {
            n: Bundle.one(n, nearby.vectors.get(n, _NOWHERE), w, _day_of(library, n))
            for n, w in self.weights.items()
        }
        self._names = {n: b.names for n, b in bundles.items()}
        self._ties = _ties(bundles, copies, verdicts)
        clusters = Clusters(bundles, _near(library, nearby, self.weights), self._ties, LIKENESS)
        self.of = clusters.run()
        self._bundles = clusters.bundles

    def likeness(self, a: str, b: str) -> float:
        """How near two articles are: 1 for one article or its copies, 2/3 for one storyline, else how far they name
        the same actors and places, up to 2/3."""
        if a == b or self.copies[a] == self.copies[b]:
            return 1.0
        return ONE_STORY if self.of[a] == self.of[b] else min(self._named(a, b), ONE_STORY)

    def _named(self, a: str, b: str) -> float:
        few, many = sorted((self._names[a], self._names[b]), key=len)
        return sum([w * many[ref] for ref, w in few.items() if ref in many])

    def groups(self, facts: Iterable[Set[str]] = ()) -> list[list[str]]:
        """The articles of each storyline, those joined that go on telling the same facts.

        Args:
            facts: For each fact that articles tell together, these articles.
        """
        bundles, kept = dict(self._bundles), {name: name for name in self._bundles}

        def line(name: str) -> str:
            while kept[name] != name:
                name = kept[name]
            return name

        shared = {p for told in facts for p in _pairs({self.of[a] for a in told})}
        likest = sorted(shared, key=lambda p: (-LIKENESS.likeness(bundles[p[0]], bundles[p[1]]), p))
        for a, b in likest:
            one, other = sorted((line(a), line(b)))
            if one == other or LIKENESS.likeness(bundles[one], bundles[other]) < GOES_ON:
                continue
            if not self._ties.apart(bundles[one].articles, bundles[other].articles):
                kept[other] = one
                bundles[one] = bundles[one].with_(bundles.pop(other))
        return [list(bundles[name].articles) for name in sorted(bundles)]


def _pairs(lines: Set[str]) -> Iterator[tuple[str, str]]:
    if len(lines) <= MOST_TELLERS:
        yield from combinations(sorted(lines), 2)


def _day_of(library: Library, article: str) -> int | None:
    """The day on which an article appeared, to within two weeks; None where it is not known so well."""
    published = library.publication(article)
    if published.first is None or published.last is None or published.last - published.first > WELL_KNOWN:
        return None
    return (published.first + published.last) // 2


def _ties(known: Iterable[str], copies: Mapping[str, str], verdicts: Verdicts) -> Ties:
    ties = Ties()
    for copy, original in sorted(copies.items()):
        ties.join([copy, original])
    articles = set(known)
    for targets in verdicts.groups("storyline", "join"):
        ties.join(t.article for t in targets if t.article in articles)
    for targets in verdicts.groups("storyline", "split"):
        ties.split([[t.article] for t in targets if t.article in articles])
    return ties


def name_weights(library: Library) -> dict[str, dict[str, float]]:
    """Article -> actor or place -> weight: often named in the article, seldom in the case, weighs much."""
    counts: dict[str, Counter[str]] = {}
    for source in library.sources:
        article = source.article.id
        named = (m.entities for m in source.reading.mentions if m.kind in ("name", "demonym"))
        counts[article] = Counter(library.cast.ref(article, e) for entities in named for e in entities)
    spread = Counter(ref for told in counts.values() for ref in told)
    rare = {ref: math.log(1 + (len(counts) + 20) / (n + 2)) for ref, n in spread.items()}
    return {
        article: {ref: (1 + math.log(n)) * rare[ref] for ref, n in sorted(told.items())}
        for article, told in counts.items()
    }


def _near(
    library: Library, nearby: Nearby, weights: Mapping[str, Mapping[str, float]]
) -> dict[str, set[str]]:
    """Pairs worth a look: neighbours by vector, and articles that share a name few others have."""
    near: dict[str, set[str]] = {s.article.id: set() for s in library.sources}
    by_name: dict[str, list[str]] = defaultdict(list)
    for article in sorted(near):
        for other in nearby.of(article):
            near[article].add(other)
            near[other].add(article)
        for ref in weights[article]:
            by_name[ref].append(article)
    for members in by_name.values():
        if len(members) <= COMMON:
            for article in members:
                near[article].update(members)
    for article, others in near.items():
        others.discard(article)
    return near


# --- the record -----------------------------------------------------------------------------------


def make_storylines(
    library: Library, stories: Stories, events: Sequence[Event], facts: Iterable[Set[str]] = ()
) -> tuple[Storyline, ...]:
    """One record a group, titled by whom and what it is about; articles by publication, events by day.

    `facts`: for each fact that articles tell together, these articles.
    """
    told_in: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        for article in {e.article for e in event.evidence}:
            told_in[article].append(event)
    names = {a.id: a.name for a in library.cast.actors}
    lines = []
    for group in stories.groups(facts):
        articles = sorted(group, key=library.order)
        members = {e.id: e for a in articles for e in told_in.get(a, ())}
        lines.append(
            Storyline(
                id=name_by_content("storyline", articles[0]),
                title=_title(library, stories, names, articles, list(members.values())),
                articles=tuple(articles),
                events=tuple(sorted(members, key=lambda i: (_day(members[i]), i))),
            )
        )
    return tuple(sorted(lines, key=lambda s: s.id))


def told_together(
    events: Iterable[Event], commitments: Iterable[Commitment], tolls: Tolls
) -> Iterator[frozenset[str]]:
    """The articles of each fact that several tell and that is of one time: a dated event, a promise with its due
    time, the toll of an occasion, a flow of people."""
    told = [e.evidence for e in events if e.status == "happened" and _is_exact(e.when)]
    told += [c.evidence for c in commitments if stretch_of(c.due).closed]
    tellers = [{e.article for e in evidence} for evidence in told]
    tellers += [
        {v.article for v in values} for q, values in tolls.told.items() if q[0] in ("occasion", "flow")
    ]
    yield from (frozenset(articles) for articles in tellers if len(articles) > 1)


def _is_exact(when: When | None) -> bool:
    length = stretch_of(when).length
    return length is not None and length <= EXACT


EXACT = 31
"""Days up to which the stretch of an event says which one it is."""


def _day(event: Event) -> str:
    return (event.when.start or event.when.end or "9999") if event.when else "9999"


def _title(
    library: Library,
    stories: Stories,
    actors: Mapping[str, str],
    articles: Sequence[str],
    events: Sequence[Event],
) -> str:
    """Its weightiest names and place, and the kinds of event most told: `A, B (Place): consult, agree`."""
    weight: Counter[str] = Counter()
    for article in articles:
        weight.update({ref: round(w * 1000) for ref, w in stories.weights[article].items()})
    ranked = sorted(weight, key=lambda r: (-weight[r], r))
    who = [actors[r] for r in ranked if r in actors][:3]
    where = [library.places[r].name for r in ranked if r in library.places][:1]
    kinds = Counter(e.type for e in events)
    what = [k.lower() for k in sorted(kinds, key=lambda k: (-kinds[k], k))[:2]]
    said = (", ".join(who) + (f" ({where[0]})" if where else "")).strip()
    if not said:
        first = library.article(articles[0])
        said = first.title or library.words(first.id, 0, 80, most=60)
    return f"{said}: {', '.join(what)}" if what else said
