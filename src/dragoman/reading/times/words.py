"""The time words of a language as data: its own `times.yaml`, or those that CLDR gives where it has none."""

from __future__ import annotations

from functools import cache
from typing import Any

from dragoman.languages import SUPPORTED, load
from dragoman.model import Language
from dragoman.reading.times.calendar import calendar_words, has_calendar


@cache
def time_words(language: Language) -> dict[str, Any]:
    """What `languages/<language>/times.yaml` says; else the months and weekdays of CLDR in the shared forms.

    Every section is there, empty where the language has nothing for it.

    Raises:
        UnknownLanguage: neither of the two.
    """
    if language not in SUPPORTED and has_calendar(language):
        own = calendar_words(language)
    else:
        own = load(language, "times")
    tense = dict.fromkeys(_TENSE, ()) | own.get("tense", {})
    return {"furniture": (), "own_day": (), "discourse": {}, "roles": {}} | own | {"tense": tense}


_TENSE = ("setting", "moved_to", "moves", "certain_helpers", "ahead_nouns", "future_words", "future_ends")
