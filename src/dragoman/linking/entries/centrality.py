"""How near a sentence is to what the case is about, by its words, in its own language.

Sums over articles: what a new article adds is what it holds, whatever the order.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from dragoman.naming.stems import stems

Bag = Mapping[str, int]
"""Stem -> how often it stands there."""

_WORD = re.compile(r"[^\W\d_]{2,}|\d{2,}")
MOST_LETTERS = 8_000
"""Of a longer article only the beginning says what the case is about."""


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> str:
    return stems(word, language)[0]


def bag_of(text: str, language: str) -> Counter[str]:
    """The stems of a text's words of two letters and more, counted."""
    bag: Counter[str] = Counter()
    for word, n in Counter(_WORD.findall(text)).items():
        bag[_stem(word, language)] += n
    return bag


class Topic:
    """What the articles of one language are about: how much each stem tells, and the mean of the articles."""

    def __init__(self, bags: Iterable[Bag]) -> None:
        """`bags`: of the articles of one language that copy no other, in a fixed order."""
        kept = list(bags)
        spread = Counter(stem for bag in kept for stem in bag)
        n = len(kept)
        # Half a document more keeps the words of a single article from telling nothing.
        self.tells = {stem: math.log((n + 1) / (count + 0.5)) for stem, count in spread.items()}
        centre: dict[str, float] = defaultdict(float)
        for bag in kept:
            vector = self.vector(bag)
            for stem, value in vector.items():
                centre[stem] += value
        self.centre = _unit(centre)

    def vector(self, bag: Bag) -> dict[str, float]:
        """A bag of words as a vector of length 1; empty where no word of it tells anything."""
        return _unit({s: (1 + math.log(n)) * t for s, n in bag.items() if (t := self.tells.get(s, 0.0)) > 0})

    def nearness(self, vector: Mapping[str, float]) -> float:
        """Cosine of a vector to the centre, 0 to 1."""
        return cosine(vector, self.centre)


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Of two vectors of length 1."""
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return sum(value * many[stem] for stem, value in few.items() if stem in many)


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(v * v for v in vector.values()))
    return {stem: value / length for stem, value in vector.items()} if length else {}
