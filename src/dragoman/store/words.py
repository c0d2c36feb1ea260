"""Words as they are indexed and looked for, see `naming.stems`."""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.naming.stems import STEMMERS, fold, stems

__all__ = ["STEMMERS", "fold", "indexed", "stems"]

_WORD = re.compile(r"\w+")
LONGEST = 60
"""Longer runs of letters are no words; they are left out of the index."""


@lru_cache(maxsize=200_000)
def _forms(word: str, language: str) -> str:
    return " ".join(stems(word, language))


@lru_cache(maxsize=2)
def indexed(text: str, language: str) -> str:
    """A text as the index holds it: the stems of its words, in order. Facts of one sentence bring it again."""
    return " ".join([_forms(w, language) for w in _WORD.findall(text) if len(w) <= LONGEST])
