"""The words for commitments of one language, as `languages/<language>/commitments.yaml` explains them."""

from __future__ import annotations

from functools import cache

from dragoman.languages import words_of
from dragoman.languages.schema.grammar import Commitments
from dragoman.model import Language


@cache
def commitment_words(language: Language) -> Commitments:
    """Read once. Raises `UnknownLanguage` where the language has no such file."""
    return words_of(Commitments, language, "commitments")
