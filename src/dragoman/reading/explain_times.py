"""What was found in a text, how it was resolved and why: for people who ask, and for `dragoman times`."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.languages import LIGHT
from dragoman.model import Language, TimeMention, When
from dragoman.reading.dating import date_article
from dragoman.reading.event_time.own import role_of
from dragoman.reading.light import light_syntax
from dragoman.reading.parse import parse
from dragoman.reading.repair import repair
from dragoman.reading.times.resolve import resolve_times
from dragoman.reading.times.spot import spot_times


@dataclass(frozen=True, slots=True)
class Explained:
    """A time expression for reading.

    Attributes:
        words: The expression as written.
        role: What the words before it make of it (`since`, `until`, `by` ...), or "".
        anchor: The words that it was counted from, or "".
    """

    words: str
    role: str
    mention: TimeMention
    anchor: str


def explain_times(
    text: str, language: Language, published: When | None
) -> tuple[When | None, tuple[Explained, ...]]:
    """The day of the text, given or concluded from within, and its time expressions in order.

    Raises:
        UnknownLanguage: the language is not read.
    """
    syntax = light_syntax(text, language) if language in LIGHT else repair(parse(text, language))
    spotted = spot_times(syntax)
    day = date_article(syntax, spotted, published)
    found = []
    for mention in resolve_times(syntax, spotted, day):
        anchor = text[slice(*mention.anchor)] if mention.anchor else ""
        role = role_of(text, mention, language)
        found.append(Explained(text[mention.start : mention.end], role, mention, anchor))
    return day, tuple(found)
