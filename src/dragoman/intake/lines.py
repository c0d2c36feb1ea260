"""Raw text and what is cut from it -> clean text, with the way back.

Invariant: for each `(clean, raw, length)` of the way back, `text[clean:clean+length]` equals
`raw[raw:raw+length]`; what stands between two of them in the clean text is white space made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from dragoman.model import Removed, Span

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]{1,1000}")


class Line(NamedTuple):
    """A line of the raw text with something on it: `raw[start:end]`, without the space around it.

    `blank_before`: an empty line stands above it.
    """

    start: int
    end: int
    text: str
    blank_before: bool


class Cut(NamedTuple):
    """`raw[start:end]` is taken out. Without a reason it is markup or nothing visible, and is not listed."""

    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Clean:
    text: str
    way_back: tuple[tuple[int, int, int], ...]
    removed: tuple[Removed, ...]

    def span_of(self, raw_start: int, raw_end: int) -> Span | None:
        """Where a stretch of the raw text stands in the clean text, None where any of its ends was cut."""
        start = self._at(raw_start)
        last = self._at(raw_end - 1)
        return Span(start, last + 1) if start is not None and last is not None else None

    def _at(self, raw: int) -> int | None:
        for clean_start, raw_start, length in self.way_back:
            if raw_start <= raw < raw_start + length:
                return clean_start + raw - raw_start
        return None


def lines_of(raw: str) -> list[Line]:
    """The lines that hold more than white space and invisible characters."""
    found: list[Line] = []
    blank = False
    at = 0
    for piece in raw.split("\n"):
        text = piece.strip()
        if text.strip("\u00ad\u200b\u200e\u200f\u2060\ufeff "):
            start = at + piece.index(text[0])
            found.append(Line(start, start + len(text), text, blank and bool(found)))
            blank = False
        else:
            blank = True
        at += len(piece) + 1
    return found


def lines_left(raw: str, cuts: Iterable[Cut]) -> list[Line]:
    """The lines as they read without some cuts; a line that is cut whole counts as an empty one.

    `raw[start:end]` of such a line still holds what was cut within it.
    """
    ordered = _apart(cuts, len(raw))
    found: list[Line] = []
    blank = False
    at_cut = 0
    for line in lines_of(raw):
        while at_cut < len(ordered) and ordered[at_cut].end <= line.start:
            at_cut += 1
        pieces = _kept(raw, line, ordered, at_cut)
        if pieces:
            text = "".join(raw[start:end] for start, end in pieces)
            above = (blank or line.blank_before) and bool(found)
            found.append(Line(pieces[0][0], pieces[-1][1], text, above))
        blank = not pieces
    return found


def invisible(raw: str) -> Iterator[Cut]:
    """Soft hyphens, joiners of nothing, marks of direction: they break words and names in two."""
    return (Cut(*m.span()) for m in _INVISIBLE.finditer(raw))


def cut_out(raw: str, cuts: Iterable[Cut], joints: Mapping[int, str] = MappingProxyType({})) -> Clean:
    """The raw text without its cuts. Lines keep their breaks, an empty line between them too.

    `joints`: start of a line that only goes on the line above (a hard-wrapped text) -> what joins them.
    """
    ordered = _apart(cuts, len(raw))
    parts: list[str] = []
    way_back: list[tuple[int, int, int]] = []
    size = 0
    at_cut = 0
    gap = False
    for line in lines_of(raw):
        gap = gap or line.blank_before
        first = True
        while at_cut < len(ordered) and ordered[at_cut].end <= line.start:
            at_cut += 1
        for start, end in _kept(raw, line, ordered, at_cut):
            if first:
                between = "" if not size else joints.get(start, "\n\n" if gap else "\n")
            else:
                between = ""
            first = gap = False
            parts += (between, raw[start:end])
            size += len(between)
            way_back.append((size, start, end - start))
            size += end - start
    removed = tuple(
        Removed(start=c.start, end=c.end, text=raw[c.start : c.end], reason=c.reason)
        for c in ordered
        if c.reason
    )
    return Clean("".join(parts), tuple(_merge(way_back, raw, "".join(parts))), removed)


def _apart(cuts: Iterable[Cut], size: int) -> list[Cut]:
    """Cuts in order, without overlap: the one that begins first, and of those the longest, wins."""
    result: list[Cut] = []
    for cut in sorted(cuts, key=lambda c: (c.start, -c.end)):
        start = max(cut.start, result[-1].end if result else 0)
        end = min(cut.end, size)
        if start < end:
            result.append(Cut(start, end, cut.reason))
    return result


def _kept(raw: str, line: Line, cuts: list[Cut], at_cut: int) -> list[tuple[int, int]]:
    """The stretches of a line that no cut takes, without white space at the outer ends."""
    pieces: list[tuple[int, int]] = []
    at = line.start
    while at_cut < len(cuts) and cuts[at_cut].start < line.end:
        if cuts[at_cut].start > at:
            pieces.append((at, cuts[at_cut].start))
        at = max(at, cuts[at_cut].end)
        at_cut += 1
    if at < line.end:
        pieces.append((at, line.end))
    return _trimmed(raw, pieces)


def _trimmed(raw: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces without space at the ends of the line, nor twice where a cut stood between two spaces."""
    result: list[tuple[int, int]] = []
    for start, end in pieces:
        if not result or raw[result[-1][1] - 1].isspace():
            while start < end and raw[start].isspace():
                start += 1
        if start < end:
            result.append((start, end))
    while result:
        start, end = result.pop()
        while start < end and raw[end - 1].isspace():
            end -= 1
        if start < end:
            return [*result, (start, end)]
    return []


def _merge(way_back: list[tuple[int, int, int]], raw: str, text: str) -> Iterator[tuple[int, int, int]]:
    """Stretches that follow each other in both texts as one, the white space between them included."""
    if not way_back:
        return
    clean, start, length = way_back[0]
    for next_clean, next_start, next_length in way_back[1:]:
        between = text[clean + length : next_clean]
        if next_clean - clean == next_start - start and raw[start + length : next_start] == between:
            length = next_clean + next_length - clean
        else:
            yield clean, start, length
            clean, start, length = next_clean, next_start, next_length
    yield clean, start, length
