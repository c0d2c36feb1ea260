"""How near a sentence is to what the case is about, by its words, in its own language.

Sums over articles: what a new article adds is what it holds, whatever the order.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dragoman.naming.stems import stems

Bag = Mapping[str, int]
"""Stem -> how often it stands there."""

_WORD = re.compile(r"[^\W\d_]{2,}|\d{2,}")
MOST_LETTERS = 8_000
"""Of a longer article only the beginning says what the case is about."""


MOST_KEPT = 4_000
"""Articles whose stems are kept from one link to the next, some ten kilobytes each."""


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> str:
    return stems(word, language)[0]


@dataclass(frozen=True, slots=True)
class Stems:
    """The stems of an article's words of two letters and more, each with the place where its word begins."""

    starts: array[int]
    stems: tuple[str, ...]

    def bag(self, start: int, end: int) -> Counter[str]:
        """Those of the words that begin within a stretch of code points, counted."""
        return Counter(self.stems[bisect_left(self.starts, start) : bisect_left(self.starts, end)])


@lru_cache(maxsize=MOST_KEPT)
def stems_of(text: str, language: str) -> Stems:
    """Worked out once for an article's text; a text that was seen before is not read again."""
    found = [(m.start(), m.group()) for m in _WORD.finditer(text)]
    known = {word: _stem(word, language) for word in {w for _, w in found}}
    return Stems(array("q", [at for at, _ in found]), tuple(known[word] for _, word in found))


@dataclass(frozen=True, slots=True)
class Words:
    """A vector of words in a fourth of the memory."""

    stems: tuple[str, ...]
    values: array[float]

    @staticmethod
    def of(vector: Mapping[str, float]) -> Words:
        """The same, in the same order."""
        return Words(tuple(vector), array("d", vector.values()))

    def vector(self) -> dict[str, float]:
        """Stem -> what it tells."""
        return dict(zip(self.stems, self.values, strict=True))


NO_WORDS = Words((), array("d"))


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
        tells = self.tells
        found: dict[str, float] = {}
        for stem, n in bag.items():
            weight = tells.get(stem, 0.0)
            if weight > 0:
                found[stem] = weight if n == 1 else (1 + math.log(n)) * weight
        return _unit(found)

    def nearness(self, vector: Mapping[str, float]) -> float:
        """Cosine of a vector to the centre, 0 to 1."""
        return cosine(vector, self.centre)


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Of two vectors of length 1."""
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    both = [stem for stem in few if stem in many]
    return sum([few[stem] * many[stem] for stem in both])


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum([v * v for v in vector.values()]))
    return {stem: value / length for stem, value in vector.items()} if length else {}
