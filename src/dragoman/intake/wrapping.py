"""Hard-wrapped text: lines broken at a width, as in mails, old text files and PDFs, made paragraphs again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.intake.lines import Cut, Line
from dragoman.intake.wording import ends_sentence

_FEWEST = 6
_WIDEST = 110
_NARROWEST = 40
_FULL = 0.75
"""A line of at least this share of the width is full: the next one may go on from it."""
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """`joints`: start of a line that goes on the line above -> what stands between them (a space or nothing).

    `cuts` are the hyphens that joined a broken word.
    """

    lines: tuple[Line, ...]
    joints: dict[int, str]
    cuts: tuple[Cut, ...] = ()


def unwrap(lines: Sequence[Line]) -> Paragraphs:
    """Paragraphs of a text; its own lines where it is not wrapped."""
    width = _width(lines)
    if width is None:
        return Paragraphs(tuple(lines), {})
    joints: dict[int, str] = {}
    cuts: list[Cut] = []
    merged: list[Line] = []
    for line in lines:
        above = merged[-1] if merged else None
        last = above.text.rsplit("\n", 1)[-1] if above else ""
        if above is None or line.blank_before or not _goes_on(last, line.text, width):
            merged.append(line)
            continue
        between = " "
        if _broken_word(last, line.text):
            between = ""
            cuts.append(Cut(above.end - 1, above.end))
        joints[line.start] = between
        merged[-1] = Line(above.start, line.end, f"{above.text}\n{line.text}", above.blank_before)
    whole = tuple(Line(m.start, m.end, m.text.replace("\n", " "), m.blank_before) for m in merged)
    return Paragraphs(whole, joints, tuple(cuts))


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


def _goes_on(last: str, text: str, width: int) -> bool:
    """True where the line above is full: its next word would not have found room in it."""
    room = len(last) + 1 + len(text.split(" ", 1)[0])
    return room > width * _FULL and (room > width - 2 or text[:1].islower() or not ends_sentence(last))


def _broken_word(last: str, text: str) -> bool:
    return len(last) > 2 and last[-1] == "-" and last[-2].isalpha() and text[:1].islower()
