"""Words as they are indexed and looked for: stemmed in their language, without accents.

Stemming a folded word is not always folding a stemmed one (French *sécurité*: `secur`, *securite*:
`securit`), so both are kept; then a query finds a word whether or not its accents were typed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

STEMMERS = {"en": "english", "fr": "french", "ru": "russian"}

_WORD = re.compile(r"\w+")
LONGEST = 60
"""Longer runs of letters are no words; they are left out of the index."""


@cache
def _stemmer(language: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(STEMMERS[language])


def fold(text: str) -> str:
    """Small letters without accents: `Élysée` -> `elysee`, `ё` -> `е`."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def stems(word: str, language: str) -> tuple[str, ...]:
    """The forms under which a word is indexed: one or two."""
    if language not in STEMMERS:
        return (fold(word),)
    stem = _stemmer(language).stemWord
    if word.isascii():
        return (stem(word.lower()),)
    return tuple(dict.fromkeys((fold(stem(word.casefold())), fold(stem(fold(word))))))


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
