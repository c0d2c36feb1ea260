"""Bounds: the latest fact of the past, and the first thing that is still ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.model import Span
from dragoman.reading.dating.told import Told, is_ahead, is_past_fact
from dragoman.reading.syntax import Syntax
from dragoman.reading.times.periods import part_of, size

_MONTH = 31


@dataclass(frozen=True, slots=True)
class Bound:
    """A day that the article is not before (or not after), and the words that show it.

    `fine` is true where the words name a month or a day: a mere year is often long past.
    """

    day: date
    words: str
    span: Span
    fine: bool


def earliest(syntax: Syntax, told: list[Told]) -> Bound | None:
    """The latest beginning of a dated past fact: the article is not before it."""
    best: Bound | None = None
    for each in told:
        period = each.period
        if period is None or not is_past_fact(syntax, each):
            continue
        first, _ = part_of(period, each.one.part)
        if best is None or first > best.day:
            best = Bound(first, _words(syntax, each), each.span, size(period.unit) <= _MONTH)
    return best


def latest(syntax: Syntax, told: list[Told]) -> Bound | None:
    """The first dated thing still ahead: the article is not after it."""
    best: Bound | None = None
    for each in told:
        period = each.period
        if period is None or not is_ahead(syntax, each):
            continue
        if best is None or period.last < best.day:
            best = Bound(period.last, _words(syntax, each), each.span, size(period.unit) <= _MONTH)
    return best


def _words(syntax: Syntax, told: Told) -> str:
    return syntax.text[told.one.start : told.one.end]
