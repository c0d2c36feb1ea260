"""Dates in print: on a line of their own, or in the dateline."""

from __future__ import annotations

from datetime import date

from dragoman.model import Span, When
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import Spotted
from dragoman.reading.times.near import in_year

_LINE = 40
"""Longest line, in code points, that counts as one that only prints a date."""
_TOP_LINES = 16
"""Lines at the top among which a printed date or a dateline is looked for."""
_PLACE = 60
"""Longest place before the day of a dateline, in code points."""
_PLACE_WORDS = 5
_DATELINE = 160
"""Code points from the beginning within which a dateline with its year stands."""


def printed_date(syntax: Syntax, spotted: tuple[Spotted, ...]) -> When | None:
    """The full date on a line of its own at the top or the end, or in the dateline; None where two differ."""
    text = syntax.text
    top, tail = _top(text), len(text.rstrip())
    found: dict[date, Span] = {}
    for one in spotted:
        if one.year is None or one.month is None or one.day is None:
            continue
        if _alone(text, one, top, tail) or _opens_text(text, one):
            period = in_year(one, one.year)
            if period is not None:
                found.setdefault(period.first, Span(one.start, one.end))
    if len(found) != 1:
        return None
    (day, span), *_ = found.items()
    words = text[span.start : span.end]
    return When(
        start=day.isoformat(),
        end=day.isoformat(),
        basis="stated",
        why=f"The text prints its date: {words!r}.",
        span=span,
    )


def is_dateline_day(text: str, one: Spotted) -> bool:
    """True for *Lisbon, 13 June. The crews ...* and *LISBON, June 13 (Agency) -*: a day without its year."""
    if one.month is None or one.day is None or one.year is not None or one.start > _top(text):
        return False
    begin = text.rfind("\n", 0, one.start) + 1
    place, behind = text[begin : one.start].strip(), text[one.end : one.end + 3].lstrip(" ")
    words = place[:-1].split()
    if not 0 < len(place) <= _PLACE or place[-1] not in ",(" or not 0 < len(words) <= _PLACE_WORDS:
        return False
    named = words[0][:1].isupper() and words[-1].lstrip("(")[:1].isupper()
    return named and behind[:1] in ("(", "-", "–", "—", ")", ".", "/", ":")


def _top(text: str) -> int:
    """Where the lines at the top end, among which a printed date is looked for."""
    position = -1
    for _ in range(_TOP_LINES):
        position = text.find("\n", position + 1)
        if position < 0:
            return len(text)
    return position


def _alone(text: str, one: Spotted, top: int, tail: int) -> bool:
    """True for a date on a short line of its own, among the first or as the last of the text."""
    begin = text.rfind("\n", max(0, one.start - _LINE), one.start) + 1
    end = text.find("\n", one.end, one.end + _LINE)
    if begin == 0 and one.start > _LINE:
        return False
    if end < 0:
        end = len(text)
    if end - begin > _LINE or (begin == 0 and end == len(text)):
        return False
    return begin <= top or end >= tail


def _opens_text(text: str, one: Spotted) -> bool:
    """True for *LONDON, 12 June 2024 (Agency) -* at the very beginning."""
    if one.end > _DATELINE:
        return False
    head, tail = text[: one.start].rstrip(), text[one.end : one.end + 3].lstrip()
    return (not head or head[-1] in ",(") and tail[:1] in ("(", "-", "–", "—", ")", ".") and "." not in head
