"""Storylines: articles of one developing story, across languages, by what they are about and whom they name."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from dragoman.linking.days import Stretch
from dragoman.linking.decisions import Ties, Verdicts
from dragoman.linking.nearby import Nearby
from dragoman.linking.sources import Library
from dragoman.model import Event, Storyline, name_by_content

VECTOR, NAMES = 0.55, 0.45
"""How much what is told and who is named count for the likeness of two groups of articles."""

TOGETHER = 0.42
"""Likeness from which two groups are one storyline."""

COMMON = 30
"""A name in more articles than this brings no pair together by itself."""


@dataclass(slots=True)
class Bundle:
    """Articles taken together: the sum of their vectors and of the weights of their names."""

    articles: list[str]
    vector: np.ndarray
    names: dict[str, float]
    days: Stretch
    length: float = 1.0


class Stories:
    """The storylines of a case as sets of articles. `of`: article -> the smallest article id of its storyline."""

    def __init__(
        self, library: Library, nearby: Nearby, copies: Mapping[str, str], verdicts: Verdicts
    ) -> None:
        self.nearby = nearby
        self.copies = copies
        self.of = _cluster(library, nearby, copies, verdicts)

    def likeness(self, a: str, b: str) -> float:
        """How near two articles are, as `same_event` asks it: 1 one article or copies, 0.67 one storyline, else 0."""
        if a == b or self.copies.get(a, a) == self.copies.get(b, b):
            return 1.0
        if self.of[a] == self.of[b]:
            return 0.67
        return 0.0

    def groups(self) -> list[list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for article in sorted(self.of):
            found[self.of[article]].append(article)
        return list(found.values())


def _cluster(
    library: Library, nearby: Nearby, copies: Mapping[str, str], verdicts: Verdicts
) -> dict[str, str]:
    names = [s.article.id for s in library.sources]
    weights = name_weights(library)
    bundles = {
        n: Bundle(
            [n],
            nearby.vectors.get(n, np.zeros(1, np.float32)),
            weights[n],
            library.publication(n),
            math.sqrt(sum(w * w for w in weights[n].values())) or 1.0,
        )
        for n in names
    }
    ties = Ties()
    for copy, original in sorted(copies.items()):
        if copy != original:
            ties.join([copy, original])
    for targets in verdicts.groups("storyline", "join"):
        ties.join(t.article for t in targets if t.article in bundles)
    for targets in verdicts.groups("storyline", "split"):
        ties.split([[t.article] for t in targets if t.article in bundles])
    return Agglomeration(bundles, _edges(library, nearby, weights), ties).run()


def name_weights(library: Library) -> dict[str, dict[str, float]]:
    """Article -> actor or place -> weight: often named in the article, seldom in the case, weighs much."""
    counts: dict[str, Counter[str]] = {}
    for source in library.sources:
        article = source.article.id
        told: Counter[str] = Counter()
        for mention in source.reading.mentions:
            if mention.kind in ("name", "demonym"):
                told.update({library.cast.ref(article, e) for e in mention.entities})
        counts[article] = told
    spread = Counter(ref for told in counts.values() for ref in told)
    total = len(counts)
    return {
        article: {
            ref: (1 + math.log(n)) * math.log(1 + (total + 20) / (spread[ref] + 2)) for ref, n in told.items()
        }
        for article, told in counts.items()
    }


def _edges(
    library: Library, nearby: Nearby, weights: Mapping[str, Mapping[str, float]]
) -> dict[str, set[str]]:
    """Pairs worth a look: neighbours by vector, and articles that share a name few others have."""
    near: dict[str, set[str]] = {s.article.id: set() for s in library.sources}
    for article in near:
        for other in nearby.of(article):
            near[article].add(other)
            near[other].add(article)
    by_name: dict[str, list[str]] = defaultdict(list)
    for article in sorted(weights):
        for ref in weights[article]:
            by_name[ref].append(article)
    for members in by_name.values():
        if len(members) <= COMMON:
            for i, a in enumerate(members):
                for b in members[i + 1 :]:
                    near[a].add(b)
                    near[b].add(a)
    return near


def likeness(a: Bundle, b: Bundle) -> float:
    """Likeness of two groups: mean of the cosine of their vectors and of their names, each 0 to 1."""
    if a.vector.shape != b.vector.shape:
        told = 0.0
    else:
        told = float(a.vector @ b.vector) / (
            float(np.linalg.norm(a.vector) * np.linalg.norm(b.vector)) or 1.0
        )
    fewer, more = (a, b) if len(a.names) <= len(b.names) else (b, a)
    named = sum(w * more.names.get(ref, 0.0) for ref, w in fewer.names.items()) / (a.length * b.length)
    return VECTOR * max(told, 0.0) + NAMES * named


class Agglomeration:
    """Joins the two likest groups until none are like enough; ties are broken by the smallest id."""

    def __init__(self, bundles: dict[str, Bundle], near: dict[str, set[str]], ties: Ties) -> None:
        self.bundles = bundles
        self.near = near
        self.ties = ties
        self.heap: list[tuple[float, str, str]] = []

    def run(self) -> dict[str, str]:
        for group in self._tied():
            for other in group[1:]:
                self._join(group[0], other)
        for a in sorted(self.near):
            for b in sorted(self.near[a]):
                if a < b:
                    self._weigh(a, b, push=False)
        heapify(self.heap)
        while self.heap:
            minus, a, b = heappop(self.heap)
            if a not in self.bundles or b not in self.bundles:
                continue
            now = round(likeness(self.bundles[a], self.bundles[b]), 5)
            if now < -minus:
                continue  # one of them has grown since; the new likeness is in the heap
            if self.ties.apart(self.bundles[a].articles, self.bundles[b].articles):
                continue
            kept = self._join(a, b)
            for other in sorted(self.near[kept]):
                self._weigh(min(kept, other), max(kept, other), push=True)
        return {article: name for name, bundle in self.bundles.items() for article in bundle.articles}

    def _tied(self) -> list[list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.bundles):
            groups[self.ties.find(name)].append(name)
        return [g for g in groups.values() if len(g) > 1]

    def _weigh(self, a: str, b: str, push: bool) -> None:
        now = round(likeness(self.bundles[a], self.bundles[b]), 5)
        if now >= TOGETHER:
            if push:
                heappush(self.heap, (-now, a, b))
            else:
                self.heap.append((-now, a, b))

    def _join(self, a: str, b: str) -> str:
        kept, gone = min(a, b), max(a, b)
        one, other = self.bundles[kept], self.bundles.pop(gone)
        if len(one.names) < len(other.names):
            one.names, other.names = other.names, one.names
        names = dict(one.names)
        for ref, weight in other.names.items():
            names[ref] = names.get(ref, 0.0) + weight
        vector = (
            one.vector + other.vector
            if one.vector.shape == other.vector.shape
            else max((one.vector, other.vector), key=len)
        )
        self.bundles[kept] = Bundle(
            sorted(one.articles + other.articles),
            vector,
            names,
            one.days,
            math.sqrt(sum(w * w for w in names.values())) or 1.0,
        )
        for third in sorted(self.near.pop(gone) - {kept}):
            self.near[third].discard(gone)
            self.near[third].add(kept)
            self.near[kept].add(third)
        self.near[kept].discard(gone)
        return kept


def make_storylines(
    library: Library, groups: Iterable[Sequence[str]], events: Sequence[Event]
) -> tuple[Storyline, ...]:
    """One record a group, titled by whom and what it is about."""
    told_in: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        for article in sorted({e.article for e in event.evidence}):
            told_in[article].append(event)
    weights = name_weights(library)
    lines = []
    for group in groups:
        articles = sorted(group, key=library.order)
        members = {e.id: e for a in articles for e in told_in.get(a, ())}
        lines.append(
            Storyline(
                id=name_by_content("storyline", articles[0]),
                title=title(library, articles, list(members.values()), weights),
                articles=tuple(articles),
                events=tuple(sorted(members, key=lambda i: (_day(members[i]), i))),
            )
        )
    return tuple(sorted(lines, key=lambda s: s.id))


def _day(event: Event) -> str:
    return (event.when.start or event.when.end or "9999") if event.when else "9999"


def title(
    library: Library,
    articles: Sequence[str],
    events: Sequence[Event],
    weights: Mapping[str, Mapping[str, float]],
) -> str:
    """Its weightiest names and place, and the kinds of event most told: `A, B (Place): consult, agree`."""
    weight: Counter[str] = Counter()
    for article in articles:
        for ref, w in weights[article].items():
            weight[ref] += round(w * 1000)
    known = {a.id: a.name for a in library.cast.actors}
    places = {p.id: p.name for p in library.cast.places}
    ranked = sorted(weight, key=lambda r: (-weight[r], r))
    who = [known[r] for r in ranked if r in known][:3]
    where = [places[r] for r in ranked if r in places][:1]
    kinds = Counter(e.type for e in events)
    what = [k.lower() for k in sorted(kinds, key=lambda k: (-kinds[k], k))[:2]]
    said = ", ".join(who) + (f" ({where[0]})" if where else "")
    said = said.strip() or (library.article(articles[0]).title or library.words(articles[0], 0, 80, 60))
    return f"{said}: {', '.join(what)}" if what else said
