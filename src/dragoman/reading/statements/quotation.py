"""Quotation marks -> quoted stretches, whatever marks are used and however they are broken.

A mark is read by its shape first and by what stands around it second: `progress “` closes, `” progress`
opens. A stretch ends with its paragraph; where the next paragraph opens with a mark, speech goes on there.
One pass from left to right, with a stack that is emptied at every paragraph: time grows with the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = re.compile("[«»“”„‟\"〝〞＂]|''|``|,,(?=\\w)|[‹›‘’‚'`]")
_DOUBLE = re.compile("[«»“”„]")
_PARAGRAPHS = 8
"""Paragraphs over which a quotation without marks between goes on, at most."""
_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?…](?=\s+[^\W\d_a-zа-яё])")

_OPENING = {"«": "»", "“": "”", "„": "“", "``": "''", ",,": "''", "‹": "›", "‘": "’", "‚": "‘", "〝": "〞"}
_CLOSING = {"»": "«", "”": "“", "›": "‹"}
_STRAIGHT = {'"', "''", "＂", "‟", "〞"}
_SINGLE = {"‘", "’", "'", "‹", "›", "‚", "`"}
_BEFORE_OPENING = " \t\u00a0\u202f\u2009([{—–-:,«“„\"'‘¿¡/…"
_AFTER_CLOSING = " \t\u00a0\u202f\u2009.,;:!?)]}—–-»”\"'’…/"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch.

    Attributes:
        start, end: Span with its marks.
        inner_start, inner_end: Span of the words, without marks and the white space inside them.
        depth: 0 for one that stands in the text, 1 for one inside another, and so on.
        closed: False where no closing mark was found in its paragraph.
        goes_on: True where the next paragraph opens with a mark while this one is open.
        single: True for ‘single’ marks.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    closed: bool
    goes_on: bool = False
    single: bool = False


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    past: int


def find_quotations(text: str, starts: Sequence[int] = ()) -> list[Quotation]:
    """All quoted stretches that hold something, by start; the outer before the inner.

    `starts` are the places where a paragraph begins, but the first; without them each line is one.
    """
    found: list[Quotation] = []
    paragraphs = [m.span() for m in _PARAGRAPH.finditer(text) if not m.group().isspace()]
    if starts:
        paragraphs = list(zip([0, *starts], [*starts, len(text)], strict=True))
    n = 0
    while n < len(paragraphs):
        start, end = paragraphs[n]
        following = text[paragraphs[n + 1][0] :][:1].lstrip() if n + 1 < len(paragraphs) else ""
        here = _in_paragraph(text, start, end, following)
        n += 1
        last = max((q for q in here if not q.single), key=lambda q: q.start, default=None)
        closing = (
            _closing_paragraph(text, paragraphs, n) if last is not None and _stays_open(text, last) else None
        )
        if last is not None and closing is not None:
            here = [q for q in here if q.start < last.start] + _over_paragraphs(
                text, last, paragraphs, n - 1, closing
            )
            n = closing + 1
        found += here
    return sorted((q for q in found if q.inner_end > q.inner_start), key=lambda q: (q.start, -q.end))


def _stays_open(text: str, q: Quotation) -> bool:
    return not q.closed and not q.goes_on and q.depth == 0 and text[q.start] in _OPENING


def _closing_paragraph(text: str, paragraphs: list[tuple[int, int]], n: int) -> int | None:
    """The paragraph, of the next few, whose first mark closes what an earlier one opened; those between have none."""
    for k in range(n, min(n + _PARAGRAPHS, len(paragraphs))):
        mark = _DOUBLE.search(text, *paragraphs[k])
        if mark is not None:
            return k if mark.group() in _CLOSING else None
    return None


def _over_paragraphs(
    text: str, q: Quotation, paragraphs: list[tuple[int, int]], first: int, last: int
) -> list[Quotation]:
    """A quotation whose paragraphs have no marks of their own, as one stretch for each of them."""
    mark = _DOUBLE.search(text, *paragraphs[last])
    past = mark.end() if mark is not None else paragraphs[last][1]
    begin, end = q.start, paragraphs[first][1]
    parts = [Quotation(begin, end, *_trim(text, q.inner_start, end), 0, False, True)]
    for start, end in paragraphs[first + 1 : last]:
        parts.append(Quotation(start, end, *_trim(text, start, end), 0, False, True))
    start, end = paragraphs[last][0], past
    parts.append(Quotation(start, end, *_trim(text, start, end - 1), 0, True))
    rest = _in_paragraph(text, past, paragraphs[last][1], "")
    return parts + rest


def _in_paragraph(text: str, start: int, end: int, following: str) -> list[Quotation]:
    marks = list(_MARK.finditer(text, start, end))
    if not marks:
        return []
    found = _singles(text, start, end, marks)
    stack: list[_Open] = []
    doubles = [m for m in marks if m.group() not in _SINGLE]
    if len(doubles) == 1 and _closes_alone(text, start, end, doubles[0]):
        mark = doubles[0]
        inner = _trim(text, start, mark.start())
        return [*found, Quotation(start, mark.end(), *inner, 0, True)]
    last_close: int | None = None
    for mark in doubles:
        sign, here, past = mark.group(), mark.start(), mark.end()
        side = _side(text, start, end, sign, here, past, stack)
        if side == "open":
            if stack and stack[-1].mark == sign and sign != "«":
                broken = stack.pop()
                found.append(_unclosed(text, broken, here, len(stack)))
            stack.append(_Open(sign, here, past))
        elif side == "close" and stack:
            opened = stack.pop()
            found.append(_quotation(text, opened, here, past, len(stack)))
            last_close = past
    goes_on = (bool(following) and following[0] in '«“„"»‟') or following.startswith("''")
    if stack:
        found.append(_never_closed(text, stack[0], end, last_close, goes_on))
    return found


def _closes_alone(text: str, start: int, end: int, mark: re.Match[str]) -> bool:
    """True for the one mark of a paragraph where it ends what was quoted: `The roads are shut, " he said.`"""
    before = text[start : mark.start()].rstrip()
    after = text[mark.end() : end].lstrip()
    is_closing = mark.group() in _STRAIGHT or mark.group() in _CLOSING
    return is_closing and before[-1:] in tuple(",?!") and after[:1].islower() and len(before) > 20


def _never_closed(text: str, opened: _Open, end: int, last_close: int | None, goes_on: bool) -> Quotation:
    """The outermost stretch that its paragraph leaves open.

    Where one inside it was closed, that mark serves both: «Газета «Утро» закрыта».
    """
    shared = last_close is not None and last_close > opened.past
    at_end = shared and not text[last_close:end].strip(" .,;—–")
    if goes_on and not at_end:
        return Quotation(opened.start, end, *_trim(text, opened.past, end), 0, False, True)
    if last_close is not None and shared:
        return _quotation(text, opened, last_close - 1, last_close, 0)
    return _unclosed(text, opened, end, 0)


def _side(text: str, start: int, end: int, sign: str, here: int, past: int, stack: list[_Open]) -> str:
    before = text[here - 1] if here > start else " "
    after = text[past] if past < end else " "
    leans_open = before in _BEFORE_OPENING and not (after.isspace() or after in ".,;:!?)")
    leans_close = not before.isspace() and (after in _AFTER_CLOSING)
    if sign in _STRAIGHT:
        if sign == '"' and before.isdigit() and not stack:
            return "none"  # inches
        if not stack:
            return "none" if leans_close and not leans_open else "open"
        if leans_open and not leans_close and stack[-1].mark not in _STRAIGHT:
            return "open"
        return "close"
    if sign == "“":
        if stack and stack[-1].mark in ("„", ",,"):
            return "close"
        if stack and (leans_close or (before.isspace() and after in ".,;:!?)")) and not leans_open:
            return "close"
        return "open" if leans_open or not stack else "close"
    if sign in _OPENING:
        if sign == "«" and stack and leans_close and not leans_open:
            return "close"  # »such« marks
        return "open"
    if sign in _CLOSING and not stack:
        opens = (before.isspace() or here == start) and not after.isspace()
        opens = opens or (sign == "”" and before.isspace() and after.isspace())
        return "open" if opens else "none"
    return "close"


def _quotation(text: str, opened: _Open, here: int, past: int, depth: int) -> Quotation:
    inner = _trim(text, opened.past, here)
    return Quotation(opened.start, past, *inner, depth, True)


def _unclosed(text: str, opened: _Open, limit: int, depth: int) -> Quotation:
    """Without a closing mark, a quotation is taken to end with its sentence."""
    stop = _SENTENCE_END.search(text, opened.past, limit)
    end = stop.end() if stop else limit
    inner = _trim(text, opened.past, end)
    return Quotation(opened.start, max(inner[1], opened.past), *inner, depth, False)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _singles(text: str, start: int, end: int, marks: list[re.Match[str]]) -> list[Quotation]:
    """‘Single’ and 'straight single' marks; an apostrophe is neither."""
    singles = [m for m in marks if m.group() in _SINGLE]
    closers: list[int] = []
    for m in singles:
        here = m.start()
        if m.group() in "’'›" and here > start and not text[here - 1].isspace():
            after = text[here + 1] if here + 1 < end else " "
            if not after.isalnum():
                closers.append(here)
    found: list[Quotation] = []
    past = start
    for m in singles:
        here = m.start()
        if here < past or m.group() not in "‘'‹‚":
            continue
        before = text[here - 1] if here > start else " "
        after = text[here + 1] if here + 1 < end else " "
        if before not in _BEFORE_OPENING or not after.isalnum():
            continue
        close = _closing_single(text, end, here, closers)
        if close is not None:
            inner = _trim(text, here + 1, close)
            found.append(Quotation(here, close + 1, *inner, 0, True, single=True))
            past = close + 1
    return found


def _closing_single(text: str, end: int, here: int, closers: list[int]) -> int | None:
    """The mark that closes: one beside a stop if there is one near, for `the voters' choice` has none."""
    first = bisect_right(closers, here)
    near = [c for c in closers[first : first + 8] if c - here < 600]
    for close in near:
        after = text[close + 1] if close + 1 < end else "\n"
        if text[close - 1] in ".,!?" or after in ".,;:!?\n)" or close + 1 >= end:
            return close
        if text[close - 1] != "s" and after.isspace():
            return close
    return None
