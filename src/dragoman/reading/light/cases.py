"""A declined name -> the base forms that it may be of, by the endings of `common/light.yaml`."""

from __future__ import annotations

from functools import cache, lru_cache

from dragoman.model import Language
from dragoman.reading.light.words import light_words

_STEM = 2
"""Letters that stay when an ending is undone, at the least."""


@lru_cache(maxsize=50_000)
def base_forms(word: str, language: Language) -> tuple[str, ...]:
    """The word itself, then what each ending that it has would make of it; at most one form for each rule."""
    forms = [word]
    if not word.isupper():
        lower = word.lower()
        for ending, base in _rules(language):
            if lower.endswith(ending) and len(word) - len(ending) >= _STEM:
                forms.append(word[: len(word) - len(ending)] + base)
    return tuple(dict.fromkeys(forms))


@cache
def _rules(language: Language) -> tuple[tuple[str, str], ...]:
    return tuple((ending, base) for ending, base in light_words().cases.get(language, ()))
