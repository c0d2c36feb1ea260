"""The time words of a language as data: its own `times.yaml`, or those that CLDR gives where it has none."""

from __future__ import annotations

from functools import cache

from dragoman.languages import SUPPORTED, words_of
from dragoman.languages.schema.times import Times
from dragoman.model import Language
from dragoman.reading.times.calendar import calendar_words, has_calendar


@cache
def time_words(language: Language) -> Times:
    """What `languages/<language>/times.yaml` says; else the months and weekdays of CLDR in the shared forms.

    Raises:
        UnknownLanguage: neither of the two.
    """
    if language not in SUPPORTED and has_calendar(language):
        return calendar_words(language)
    return words_of(Times, language, "times")
