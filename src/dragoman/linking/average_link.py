"""Joining articles into groups: the likest two first, by the mean likeness of all pairs, while like enough."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TypeVar

import numpy as np

from dragoman.linking.decisions import Ties

STEP = 4
"""Days in a stretch of time; articles of one stretch or of two that follow each other are near in time."""

ROUNDING = 1e-3
"""By so much two ways of counting a likeness may differ."""

Key = TypeVar("Key")
Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Articles taken together.

    Attributes:
        articles: Their ids, sorted.
        vector: The sum of their vectors, each of length 1 (or 0).
        names: The sum of their weights of names, those of each article of length 1.
        times: How many of them appeared in each stretch of `STEP` days; undated ones in none.
    """

    articles: tuple[str, ...]
    vector: np.ndarray
    names: Mapping[str, float]
    times: Mapping[int, int]

    @staticmethod
    def one(article: str, vector: np.ndarray, weights: Mapping[str, float], day: int | None = None) -> Bundle:
        """One article; `day` is the number of the day on which it appeared."""
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        names = {ref: w / length for ref, w in weights.items()}
        return Bundle((article,), vector, names, {} if day is None else {day // STEP: 1})

    def with_(self, other: Bundle) -> Bundle:
        articles = tuple(sorted(self.articles + other.articles))
        return Bundle(
            articles,
            self.vector + other.vector,
            _added(self.names, other.names),
            _added(self.times, other.times),
        )


def _added(a: Mapping[Key, Number], b: Mapping[Key, Number]) -> dict[Key, Number]:
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    total = dict(many)
    for key, value in few.items():
        total[key] = total[key] + value if key in total else value
    return total


@dataclass(frozen=True, slots=True)
class Weights:
    """How much what is told (`vector`), who is named (`names`) and appearing within days of each other (`times`)
    count, and from what likeness groups join."""

    vector: float
    names: float
    times: float
    together: float

    def likeness(self, a: Bundle, b: Bundle) -> float:
        """The mean likeness of the pairs of an article of the one and an article of the other, up to 1."""
        few, many = (a, b) if len(a.names) <= len(b.names) else (b, a)
        in_many = many.names
        named = sum([w * in_many[ref] for ref, w in few.names.items() if ref in in_many])
        told = float(a.vector @ b.vector)
        near = sum([n * b.times.get(t + step, 0) for t, n in a.times.items() for step in (-1, 0, 1)])
        total = self.vector * told + self.names * named + self.times * near
        return round(total / (len(a.articles) * len(b.articles)), 5)


class Clusters:
    """Average-link grouping over given pairs. Equal likeness is decided by the smaller id, so order has no say.

    Groups join only where two of their articles, near each other, are alike enough by themselves.

    Args:
        bundles: Group name (its smallest article id) -> the group.
        near: Group -> groups it may join; symmetric.
        ties: What a person joined or kept apart, and copies.
    """

    def __init__(
        self, bundles: dict[str, Bundle], near: dict[str, set[str]], ties: Ties, weights: Weights
    ) -> None:
        self.bundles = bundles
        self.near = near
        self.ties = ties
        self.weights = weights
        self._heap: list[tuple[float, str, str, int, int]] = []

    def run(self) -> dict[str, str]:
        """Article -> the smallest article id of its group."""
        for group in self._tied():
            kept = group[0]
            for other in group[1:]:
                kept = self._join(kept, other)
        self._heap = [self._pair(now, a, b) for a, b in self._worth_a_look() if (now := self._like(a, b))]
        self.near = {name: set() for name in self.bundles}
        for _, a, b, *_ in self._heap:
            self.near[a].add(b)
            self.near[b].add(a)
        heapify(self._heap)
        while self._heap:
            _, a, b, *sizes = heappop(self._heap)
            if sizes == [self._size(a), self._size(b)]:
                kept = self._join(a, b)
                for other in self.near[kept]:
                    if now := self._like(kept, other):
                        heappush(self._heap, self._pair(now, min(kept, other), max(kept, other)))
        return {article: name for name, bundle in self.bundles.items() for article in bundle.articles}

    def _pair(self, likeness: float, a: str, b: str) -> tuple[float, str, str, int, int]:
        """Two groups that may join, with their sizes, which tell later whether they are still the same."""
        return -likeness, a, b, self._size(a), self._size(b)

    def _size(self, name: str) -> int:
        return len(self.bundles[name].articles) if name in self.bundles else 0

    def _tied(self) -> list[list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.bundles):
            groups[self.ties.find(name)].append(name)
        return [g for g in groups.values() if len(g) > 1]

    def _worth_a_look(self) -> Iterator[tuple[str, str]]:
        """Pairs of groups that are near and told of alike enough to join if they name all the same at one time."""
        names = sorted(self.bundles)
        place = {name: i for i, name in enumerate(names)}
        told = np.array([self.bundles[n].vector / len(self.bundles[n].articles) for n in names], np.float32)
        least = self.weights.together - self.weights.names - self.weights.times - ROUNDING
        for name in names:
            others = sorted(other for other in self.near.get(name, ()) if other > name)
            likeness = told[[place[other] for other in others]] @ told[place[name]]
            for other, alike in zip(others, likeness, strict=True):
                if self.weights.vector * alike >= least:
                    yield name, other

    def _like(self, a: str, b: str) -> float:
        """The likeness of two groups, or 0 where it is not enough or a person keeps them apart."""
        one, other = self.bundles[a], self.bundles[b]
        now = self.weights.likeness(one, other)
        if now < self.weights.together or self.ties.apart(one.articles, other.articles):
            return 0.0
        return now

    def _join(self, a: str, b: str) -> str:
        kept, gone = min(a, b), max(a, b)
        self.bundles[kept] = self.bundles[kept].with_(self.bundles.pop(gone))
        for third in self.near.pop(gone):
            self.near[third].discard(gone)
            if third != kept:
                self.near[third].add(kept)
                self.near[kept].add(third)
        return kept
