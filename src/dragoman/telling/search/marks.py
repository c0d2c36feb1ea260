"""Where the words of a search stand in a text."""

from __future__ import annotations

import re

from dragoman.telling.search.meaning import all_stems

AROUND = 80
"""Code points shown on each side of the first hit."""

_WORD = re.compile(r"\w+")


def spans(text: str, marks: frozenset[str]) -> list[tuple[int, int]]:
    """Spans of the words of a text that have one of some stems, in order."""
    return [m.span() for m in _WORD.finditer(text) if not marks.isdisjoint(all_stems(m[0]))]


def in_a_row(text: str, words: tuple[str, ...]) -> bool:
    """True where words stand in a text one after the other, in any form."""
    wanted = [all_stems(word) for word in words]
    there = [all_stems(m[0]) for m in _WORD.finditer(text)]
    return any(
        all(not w.isdisjoint(there[at + k]) for k, w in enumerate(wanted))
        for at in range(len(there) - len(wanted) + 1)
    )


def excerpt(text: str, marks: frozenset[str]) -> str:
    """The words around the first hit, hits between »« marks, on one line."""
    found = spans(text, marks)
    first = found[0][0] if found else 0
    start, end = max(0, first - AROUND), min(len(text), first + 2 * AROUND)
    out, at = [], start
    for a, b in found:
        if start <= a and b <= end:
            out += [text[at:a], "»", text[a:b], "«"]
            at = b
    out.append(text[at:end])
    line = " ".join("".join(out).split())
    return f"{'…' if start else ''}{line}{'…' if end < len(text) else ''}"
