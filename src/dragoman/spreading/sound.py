"""Whether an article and its reading that come from elsewhere are such as Dragoman makes.

What they say may be false; but no place in them lies outside of the text, no day is none, no address is a script, so
that whoever links and shows them need not ask.
"""

from __future__ import annotations

import math
from datetime import date
from functools import cache
from typing import Any

import msgspec

from dragoman.intake.limits import ARTICLE_CHARS
from dragoman.intake.names import is_shown
from dragoman.model import Article, EventReport, Reading, Span, TimeMention, When, name_by_content
from dragoman.model.event_types import MODES

PATH_CHARS = 20_000
"""Most code points of a path; names of parts are put together in it."""

_INDEXES = ("entities", "of")
_MOST = 10**15
"""Greatest size of a number."""

MOST_TOLD = 5_000
"""Most events of a reading, and most of whatever else it tells; of 7,000 words that are read no article tells 1,000."""


class Unsound(ValueError):
    """What is wrong with it."""


def check(article: Article, reading: Reading) -> None:
    """Hold an article and its reading against what they must be.

    Raises:
        Unsound: they are not.
    """
    _check_article(article)
    if reading.article != article.id:
        raise Unsound("a reading of another article")
    told = (reading.events, reading.statements, reading.figures, reading.states, reading.commitments)
    if max(map(len, told)) > MOST_TOLD:
        raise Unsound("more facts than an article can tell")
    for past in (reading.read_until, reading.marked_until):
        _span(0, past or 0, len(article.text))
    _Walk(len(article.text), len(reading.entities), len(reading.figures)).over(reading)


def _check_article(article: Article) -> None:
    if len(article.text) > ARTICLE_CHARS:
        raise Unsound("a text that is too long")
    if article.id != name_by_content("a", article.title, article.text):
        raise Unsound("an id that is not that of its text")
    if article.url is not None and not article.url.lower().startswith(("http://", "https://")):
        raise Unsound("an address that is none of a page")
    if not is_shown(article.path) or len(article.path) > PATH_CHARS:
        raise Unsound("a path with signs that are not shown")
    text, raw = len(article.text), len(article.raw)
    if article.title_span is not None:
        _span(*article.title_span, text)
    for stretch in article.removed:
        _span(stretch.start, stretch.end, raw)
    for clean, at, length in article.way_back:
        _span(clean, clean + length, text)
        _span(at, at + length, raw)
    if article.published is not None:
        _when(article.published)
    _number(article.missing_share)


def _span(start: int, end: int, length: int) -> None:
    if not 0 <= start <= end <= length:
        raise Unsound("a place outside of the text")


def _day(text: str | None) -> None:
    if text is None:
        return
    try:
        same = date.fromisoformat(text).isoformat() == text
    except ValueError:
        same = False
    if not same:
        raise Unsound(f"a day that is none: {text[:20]!r}")


def _when(when: When) -> None:
    _day(when.start)
    _day(when.end)


def _number(value: float | None) -> None:
    if value is not None and not (math.isfinite(value) and abs(value) <= _MOST):
        raise Unsound("a number that is none")


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    return kind.__struct_fields__


class _Walk:
    """Through all of a reading: its text's length, and how many entities and figures it has."""

    def __init__(self, length: int, entities: int, figures: int) -> None:
        self._length, self._entities, self._figures = length, entities, figures

    def over(self, value: Any) -> None:
        if isinstance(value, Span):
            _span(*value, self._length)
        elif isinstance(value, tuple):
            for each in value:
                self.over(each)
        elif isinstance(value, float):
            _number(value)
        elif isinstance(value, msgspec.Struct):
            self._struct(value)

    def _struct(self, value: msgspec.Struct) -> None:
        if isinstance(value, When):
            _when(value)
        elif isinstance(value, TimeMention):
            _day(value.first)
            _day(value.last)
        elif isinstance(value, EventReport):
            self._event(value)
        start, end = getattr(value, "start", None), getattr(value, "end", None)
        if isinstance(start, int) and isinstance(end, int):
            _span(start, end, self._length)
        for name in _fields(type(value)):
            inner = getattr(value, name)
            if name in _INDEXES:
                self._numbers(inner if isinstance(inner, tuple) else (inner,), self._entities)
            self.over(inner)

    def _numbers(self, numbers: tuple[Any, ...], count: int) -> None:
        if any(isinstance(n, int) and not 0 <= n < count for n in numbers):
            raise Unsound("something named that is not there")

    def _event(self, event: EventReport) -> None:
        modes = MODES.get(event.type)
        if modes is None or (event.mode is not None and event.mode not in modes):
            raise Unsound(f"an event of no kind: {event.type[:20]!r}")
        if not 0 <= event.confidence <= 1:
            raise Unsound("a confidence that is none")
        self._numbers(event.figures, self._figures)
