"""Words as they are indexed and looked for, see `naming.stems`."""

from __future__ import annotations

import re

from dragoman.naming.stems import STEMMERS, fold, stems

__all__ = ["STEMMERS", "fold", "hits", "indexed", "match_expression", "stems"]

_WORD = re.compile(r"\w+")
LONGEST = 60
"""Longer runs of letters are no words; they are left out of the index."""


def indexed(text: str, language: str) -> str:
    """A text as the index holds it: the stems of its words, in order."""
    words = (w for w in _WORD.findall(text) if len(w) <= LONGEST)
    return " ".join(s for w in words for s in stems(w, language))


def match_expression(query: str) -> str:
    """The FTS5 expression for a query: each of its words in any language's stem, all of them required.

    Empty where the query has no word. Only letters and digits get in, so no operator can.
    """
    parts = []
    for word in _WORD.findall(query):
        forms = sorted({s for language in STEMMERS for s in stems(word, language)} | {fold(word)})
        parts.append("(" + " OR ".join(f'"{form}"' for form in forms) + ")")
    return " AND ".join(parts)


def hits(text: str, language: str, query: str) -> list[tuple[int, int]]:
    """Spans of the words of `text` that a word of the query meets, in order."""
    wanted = {s for word in _WORD.findall(query) for code in (*STEMMERS, "other") for s in stems(word, code)}
    return [m.span() for m in _WORD.finditer(text) if not wanted.isdisjoint(stems(m[0], language))]
