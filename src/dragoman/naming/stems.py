"""Words as they are indexed, looked for and compared: stemmed in their language, without accents.

Stemming a folded word is not always folding a stemmed one (French *sécurité*: `secur`, *securite*:
`securit`), so both are kept; then a query finds a word whether or not its accents were typed.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any

STEMMERS = {"en": "english", "fr": "french", "ru": "russian"}


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
