"""How far the encoder goes into one article, so that none takes more than so many windows."""

from __future__ import annotations

from dragoman.encoder.session import Session, shared_session

MOST_PIECES = 10_000
"""Pieces of one article that are read: about 7,000 words; some twelve seconds of one processor, twenty at the worst."""

_SHORT = MOST_PIECES // 20
"""Code points that never give more pieces than are read: one ligature may stand for eighteen letters."""

_STEP = 20_000
"""Code points tokenized at once while counting."""

_BACK = 2_000
"""Code points before the bound in which a line or sentence is looked for that ends there."""


def reach(text: str, session: Session | None = None) -> int:
    """Code points of a text that are read, from its beginning: all, or up to the end of a line, sentence or word."""
    if len(text) <= _SHORT:
        return len(text)
    tokenizer = (session or shared_session()).tokenizer
    left = MOST_PIECES
    for start in range(0, len(text), _STEP):
        offsets = tokenizer.encode(text[start : start + _STEP], add_special_tokens=False).offsets
        if len(offsets) > left:
            return _rounded(text, start + offsets[left][0])
        left -= len(offsets)
    return len(text)


def _rounded(text: str, past: int) -> int:
    for mark in ("\n", ". ", " "):
        at = text.rfind(mark, max(0, past - _BACK), past)
        if at > 0:
            return at + len(mark.rstrip())
    return past
