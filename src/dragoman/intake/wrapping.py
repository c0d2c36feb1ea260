"""Hard-wrapped text: lines broken at a width, as in mails, old text files and PDFs, made paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.intake.lines import Cut, Line
from dragoman.intake.wording import ends_sentence, words_of

_HYPHENS = "-‐¬"
"""Signs with which a word is broken; the last is what some scanners write for it."""
_HYPHENED = re.compile(r"[^\W\d_]{1,40}-[^\W\d_]{1,40}")
_LAST = re.compile(r"([^\W\d_]{1,40})[-‐¬]$")
_FIRST = re.compile(r"[^\W\d_]{1,40}")

_FEWEST = 6
_WIDEST = 110
_MAIL = 80
_NARROWEST = 40
_FULL = 0.75
"""A line of at least this share of the width is full: the next one may go on from it."""
_MOST = 0.5
_HEAD = 3
_LONG_ENOUGH = 25
"""A shorter line that ends without a stop is a heading or an item of a list."""


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """`joints`: start of a line that goes on the line above -> what stands between them (a space or nothing).

    `cuts` are the hyphens that joined a broken word.
    """

    lines: tuple[Line, ...]
    joints: dict[int, str]
    cuts: tuple[Cut, ...] = ()


def unwrap(lines: Sequence[Line], *, wrapped: bool = True, short: bool = False) -> Paragraphs:
    """Paragraphs of a text; its own lines where it is not wrapped, or is known not to be.

    `short`: lines of the width of a mail are wrapped, however few.
    """
    if not wrapped:
        return Paragraphs(tuple(lines), {})
    width = _width(lines)
    if width is None and short and lines:
        longest = max(len(line.text) for line in lines)
        width = longest if _NARROWEST <= longest <= _MAIL else None
    joints: dict[int, str] = {}
    cuts: list[Cut] = []
    merged: list[list[Line]] = []
    written = _hyphened(lines)
    for index, line in enumerate(lines):
        last = merged[-1][-1] if merged else None
        broken = last is not None and not line.blank_before and _broken_word(last.text, line.text)
        if last is None or line.blank_before or not (broken or _goes_on(last.text, line.text, width, index)):
            merged.append([line])
            continue
        joints[line.start] = "" if broken else " "
        if broken and not _keeps_hyphen(last.text, line.text, written):
            cuts.append(Cut(last.end - 1, last.end))
        merged[-1].append(line)
    return Paragraphs(tuple(map(_whole, merged)), joints, tuple(cuts))


def _whole(parts: list[Line]) -> Line:
    text = " ".join(part.text for part in parts)
    return Line(parts[0].start, parts[-1].end, text, parts[0].blank_before)


def _width(lines: Sequence[Line]) -> int | None:
    """The width at which lines were broken, or None for a text of whole paragraphs."""
    if len(lines) < _FEWEST:
        return None
    sizes = sorted(len(line.text) for line in lines)
    width = sizes[-1 - len(sizes) // 50]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = [line for line in lines if len(line.text) >= _FULL * width]
    running = [line for line in full if not ends_sentence(line.text)]
    return width if len(full) >= _MOST * len(lines) and len(running) >= _MOST * len(full) else None


def _goes_on(last: str, text: str, width: int | None, index: int) -> bool:
    """True where a line goes on the one above: that is full, or a sentence is broken in two before a small letter."""
    small = text[:1].islower()
    if width is None:
        # the first lines may be a headline and what stands under it
        body = index >= _HEAD and len(text) >= _LONG_ENOUGH and ends_sentence(text)
        return (
            small and body and len(last) >= _LONG_ENOUGH and not ends_sentence(last) and last[-1] not in ":;"
        )
    if small and len(last) >= _LONG_ENOUGH and (last[-1].isalnum() or last[-1] in ",-"):
        return True
    room = len(last) + 1 + len(text.split(" ", 1)[0])
    return room > width * _FULL and (room > width - 2 or small or not ends_sentence(last))


def _broken_word(last: str, text: str) -> bool:
    return len(last) > 2 and last[-1] in _HYPHENS and last[-2].isalpha() and text[:1].islower()


def _hyphened(lines: Sequence[Line]) -> frozenset[str]:
    """Words that the text writes with a hyphen within a line, in small letters."""
    return frozenset(word.casefold() for line in lines for word in _HYPHENED.findall(line.text))


def _keeps_hyphen(last: str, text: str, written: frozenset[str]) -> bool:
    """True where the hyphen at a line's end is the word's own: it is written so elsewhere, or begins so."""
    before, after = _LAST.search(last), _FIRST.match(text)
    if before is None or after is None:
        return False
    start = before[1].casefold()
    return start in words_of("hyphened") or f"{start}-{after[0].casefold()}" in written
