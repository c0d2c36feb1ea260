"""Words as they are indexed and looked for, see `naming.stems`."""

from __future__ import annotations

import re

from dragoman.naming.stems import STEMMERS, fold, stems

__all__ = ["STEMMERS", "fold", "indexed", "stems"]

_WORD = re.compile(r"\w+")
LONGEST = 60
"""Longer runs of letters are no words; they are left out of the index."""


def indexed(text: str, language: str) -> str:
    """A text as the index holds it: the stems of its words, in order."""
    words = (w for w in _WORD.findall(text) if len(w) <= LONGEST)
    return " ".join(s for w in words for s in stems(w, language))
