"""Which articles are about like matters, by the vectors of their leads; in n log n, the same in any order."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnxruntime  # noqa: F401  before usearch: loaded after it, onnxruntime ends the process at once
from usearch.index import Index, search

from dragoman.linking.sources import Library

NEIGHBOURS = 16
"""How many nearest articles are looked at for each."""

EXACT_UP_TO = 2000
"""Up to so many articles every pair is compared; beyond, an index finds the nearest."""


class Nearby:
    """The nearest articles of each, with the cosine of their vectors.

    Articles without a vector have no neighbours.
    """

    def __init__(self, library: Library) -> None:
        self.vectors: dict[str, np.ndarray] = {}
        for source in library.sources:
            if source.vector is not None and (length := float(np.linalg.norm(source.vector))) > 0:
                self.vectors[source.article.id] = np.asarray(source.vector, np.float32) / np.float32(length)
        self._near = _nearest(self.vectors)

    def of(self, article: str) -> Mapping[str, float]:
        """Neighbour -> cosine."""
        return self._near.get(article, {})

    def pairs(self, least: float) -> list[tuple[str, str, float]]:
        """Pairs of neighbours with at least this cosine, each once, sorted."""
        found = {
            (min(a, b), max(a, b)): cosine
            for a in self._near
            for b, cosine in self._near[a].items()
            if cosine >= least
        }
        return [(a, b, found[a, b]) for a, b in sorted(found)]


def _nearest(vectors: Mapping[str, np.ndarray]) -> dict[str, dict[str, float]]:
    names = sorted(vectors)
    if len(names) < 2:
        return {}
    matrix = np.stack([vectors[n] for n in names])
    count = min(NEIGHBOURS + 1, len(names))
    if len(names) <= EXACT_UP_TO:
        matches = search(matrix, matrix, count, exact=True, metric="cos")
    else:
        # One thread: with several, the index depends on their race.
        index = Index(ndim=matrix.shape[1], metric="cos", dtype="i8", connectivity=16, expansion_add=64)
        index.add(np.arange(len(names)), matrix, threads=1)
        matches = index.search(matrix, count)
    near: dict[str, dict[str, float]] = {}
    for i, keys in enumerate(np.atleast_2d(matches.keys)):
        others = [int(k) for k in keys if int(k) != i and int(k) < len(names)]
        cosines = matrix[others] @ matrix[i]
        near[names[i]] = {names[j]: round(float(c), 5) for j, c in zip(others, cosines, strict=True)}
    return near
