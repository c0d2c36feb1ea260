"""Lines that are a date and nothing else: above a text, below it, or beside its headline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.intake.days import find_days
from dragoman.intake.wording import label, line_matcher

_TIME = re.compile(
    r"\d{1,2}\s?[:hH.]\s?\d{2}(?:\s?:\s?\d{2})?(?:\.\d{1,6})?(?:\s?[ap]\.?\s?m\.?)?", re.IGNORECASE
)
_ZONE = re.compile(r"\b(?:[A-Z]{2,5}|UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?(?![a-z])")
_BARS = re.compile(r"\s?[·•|]\s?")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST = 120
_WORDS_LEFT, _LETTERS_LEFT = 3, 24
"""What may stand beside the date: a weekday, "at", "updated". More is a sentence."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """`kind`: how the line is labelled (`published`, `updated`, `crawled`), `""` where it is bare."""

    day: str
    kind: str


def date_line(text: str, language: str) -> DateLine | None:
    """The day of a line that is only a date, with its label, weekday, hour and zone if any.

    A line with two, as "published ... updated ...", gives the first.
    """
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    kind, rest = "", text
    for name in ("published", "updated", "crawled"):
        if match := label(name).match(text):
            kind, rest = name, text[match.end() :]
            break
    days = find_days(rest, language)
    if not days:
        return None
    if _BARS.search(text):
        return _of_pieces([piece for piece in _BARS.split(text) if piece.strip()], language)
    left = rest
    for found in reversed(days):
        left = left[: found.start] + " " + left[found.end :]
    words = _LETTERS.findall(_ZONE.sub(" ", _TIME.sub(" ", left)))
    if len(words) > _WORDS_LEFT or sum(map(len, words)) > _LETTERS_LEFT:
        return None
    return DateLine(days[0].day, kind)


def _of_pieces(pieces: list[str], language: str) -> DateLine | None:
    """Of a line in parts ("Published ... · 4 min read"): each is a date, an hour, furniture, or a few words."""
    dates = [date_line(piece, language) for piece in pieces]
    for piece, dated in zip(pieces, dates, strict=True):
        words = _LETTERS.findall(_ZONE.sub(" ", _TIME.sub(" ", piece)))
        if dated is None and line_matcher().reason(piece) is None and len(words) > _WORDS_LEFT:
            return None
    return best_date([dated for dated in dates if dated is not None])


def best_date(lines: list[DateLine]) -> DateLine | None:
    """Of several date lines the one that is labelled as the publication's, else a bare one, else an update's."""
    for kind in ("published", "", "updated"):
        if found := next((d for d in lines if d.kind == kind), None):
            return found
    return None


def why(dated: DateLine, where: str) -> str:
    if dated.kind == "updated":
        return f"a line {where} the text gives it as the day of the last change; no other is printed"
    return f"a date line {where} the text says it"
