"""What languages without a parser need to find names and sentences (`languages/common/light.yaml`)."""

from __future__ import annotations

from functools import cache

from dragoman.languages import words_of
from dragoman.languages.schema.names import LightWords


@cache
def light_words() -> LightWords:
    return words_of(LightWords, "common", "light")
