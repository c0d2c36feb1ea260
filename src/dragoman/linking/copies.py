"""Copies: reprints with edits, cuts of one dispatch, and translations. A copy adds no independent origin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from dragoman.linking.nearby import Nearby
from dragoman.linking.sources import Library
from dragoman.model import Span

SHINGLE = 4
"""Words that follow each other, taken together."""

MOST_WORDS = 1200
"""Words of an article that are compared; what follows is left out, so that a book costs no more than a page."""

LEAST_SHINGLES = 20
"""Texts shorter than this are too alike by chance."""

REPRINT = 0.55
"""Share of the shorter text's shingles that the longer one must have."""

SAME_WIRE = 0.3
"""The same, where both credit one agency and appeared within `WIRE_DAYS`."""

WIRE_DAYS = 2

TRANSLATION = 0.6
"""Cosine of the leads from which two texts in two languages may be one text."""

LIKE_LENGTH = 0.75
"""A translation is at least this part as long as its original, or the other way round."""

ALIGNED = 0.6
"""Share of names, and of figures where there are two or more, that a translation has in common with its original."""

BY_NAMES_ALONE = 0.7
"""The share of names where there are not two figures to compare."""

TRANSLATION_DAYS = 3
BANDS, ROWS = 64, 2
"""Two texts are compared where they agree in all rows of a band of MinHash: of texts that share a third of their
shingles one pair in two thousand is missed."""

_CHANCE = np.random.Generator(np.random.PCG64(7))
_FACTORS, _TERMS = (_CHANCE.integers(1, 2**63, (BANDS * ROWS, 1), np.uint64) | np.uint64(1) for _ in range(2))
_PLACES = _CHANCE.integers(1, 2**63, SHINGLE, np.uint64) | np.uint64(1)
"""Odd numbers that make hashes differ by permutation and by place in a shingle, the same in every run."""

_WORD = re.compile(r"\w+")
Shingles = np.ndarray
"""Hashes of shingles, 64 bits each, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Copy:
    """`overlap`: share of the copy's words (for a translation: of its names and figures) that the original has."""

    of: str
    overlap: float


def find_copies(library: Library, nearby: Nearby) -> dict[str, Copy]:
    """Copy's article id -> what it copies. The original is the earliest; of undated ones the longest."""
    shingles = {s.article.id: shingles_of(s.article.text) for s in library.sources}
    links: dict[str, dict[str, float]] = defaultdict(dict)
    for a, b in _candidates(shingles):
        shared = overlap(shingles[a], shingles[b])
        if shared >= REPRINT or (shared >= SAME_WIRE and _one_wire(library, a, b)):
            links[a][b] = links[b][a] = shared
    for a, b, _ in nearby.pairs(TRANSLATION):
        if aligned := _translated(library, a, b):
            links[a].setdefault(b, aligned)
            links[b].setdefault(a, aligned)
    return _originals(library, links, {name: len(found) for name, found in shingles.items()})


def origins(library: Library, copies: Mapping[str, Copy]) -> dict[str, str]:
    """Article id -> the article it comes from; its own id where it copies none."""
    return {
        s.article.id: copies[s.article.id].of if s.article.id in copies else s.article.id
        for s in library.sources
    }


def shingles_of(text: str) -> Shingles:
    """The runs of four words of a text, in lower case, as hashes in their order."""
    words = _WORD.findall(text[: MOST_WORDS * 12].casefold())[:MOST_WORDS]
    hashes = np.fromiter(map(crc32, map(str.encode, words)), np.uint64, len(words))
    count = max(len(words) - SHINGLE + 1, 0)
    found = np.zeros(count, np.uint64)
    for place, factor in enumerate(_PLACES):
        found += hashes[place : place + count] * factor
    return found ^ (found >> np.uint64(31))


def bands_of(shingles: Shingles) -> np.ndarray:
    """The MinHash of shingles, a number of 64 bits for each band; at least one shingle must be there."""
    least = (shingles * _FACTORS + _TERMS).min(axis=1).reshape(BANDS, ROWS)
    found: np.ndarray = least[:, 0] * _PLACES[0] + least[:, 1] * _PLACES[1]
    return found


def _candidates(shingles: Mapping[str, Shingles]) -> list[tuple[str, str]]:
    """Pairs that may share a good part of their shingles, sorted."""
    names = [name for name in sorted(shingles) if len(shingles[name]) >= LEAST_SHINGLES]
    if len(names) < 2:
        return []
    bands = np.stack([bands_of(shingles[name]) for name in names])
    pairs: set[tuple[int, int]] = set()
    for band in bands.T:
        order = np.argsort(band, kind="stable")
        same = np.flatnonzero(np.diff(band[order]) == 0)
        for run in np.split(same, np.flatnonzero(np.diff(same) > 1) + 1) if len(same) else ():
            members = [int(i) for i in order[run[0] : run[-1] + 2]]
            pairs.update((i, j) for k, i in enumerate(members) for j in members[k + 1 :])
    return [(names[i], names[j]) for i, j in sorted(pairs)]


def overlap(a: Shingles, b: Shingles) -> float:
    """Share of the shorter text's shingles that the longer has; of its first half, where that is less.

    A gallery or a box at the end, which an outlet prints under all its articles, makes no copy.
    """
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    ordered = np.sort(longer)
    held = ordered[np.searchsorted(ordered[:-1], shorter)] == shorter
    return min(float(held.mean()), float(held[: (len(held) + 1) // 2].mean()))


def _one_wire(library: Library, a: str, b: str) -> bool:
    wire = library.article(a).wire
    return bool(wire) and wire == library.article(b).wire and _within(library, a, b, WIRE_DAYS)


def _within(library: Library, a: str, b: str, days: int) -> bool:
    """True where both may have been published so many days apart; an unknown date may be any."""
    return library.publication(a).widen(days).meets(library.publication(b))


def _translated(library: Library, a: str, b: str) -> float | None:
    """The share of names and figures in common, the lower of the two; None where they are no one text."""
    first, second = library.article(a), library.article(b)
    if first.language == second.language or not _within(library, a, b, TRANSLATION_DAYS):
        return None
    shorter, longer = sorted((len(first.text), len(second.text)))
    if shorter < LIKE_LENGTH * longer:
        return None
    names = _shared(_names(library, a), _names(library, b), least=4)
    figures = _shared(_values(library, a), _values(library, b), least=2)
    if names is None or (figures is None and names < BY_NAMES_ALONE):
        return None
    shared = names if figures is None else min(names, figures)
    return shared if shared >= ALIGNED else None


def _names(library: Library, article: str) -> frozenset[object]:
    return frozenset(library.named(article, Span(0, len(library.article(article).text))))


def _values(library: Library, article: str) -> frozenset[object]:
    return frozenset(f.low for f in library.reading(article).figures if f.low)


def _shared(a: frozenset[object], b: frozenset[object], least: int) -> float | None:
    """Share of the smaller set that the larger has; None where it has fewer than `least`."""
    fewer = min(len(a), len(b))
    return len(a & b) / fewer if fewer >= least else None


def _originals(
    library: Library, links: Mapping[str, Mapping[str, float]], size: Mapping[str, int]
) -> dict[str, Copy]:
    """Each linked article to the first, by publication, that it is linked to; through it to that one's origin."""
    copies: dict[str, Copy] = {}
    order = {name: (library.order(name)[0], -size[name], name) for name in links}
    for name in sorted(links, key=lambda n: order[n]):
        before = [o for o in links[name] if order[o] < order[name]]
        if not before:
            continue
        source = min(before, key=lambda o: (o in copies, order[o]))
        root = copies[source].of if source in copies else source
        overlap = links[name].get(root, links[name][source])
        copies[name] = Copy(root, round(overlap, 3))
    return copies
