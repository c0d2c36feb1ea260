"""How far the encoder goes into one article, so that none takes more than so many windows."""

from __future__ import annotations

from dragoman.encoder.session import Session, shared_session
from dragoman.encoder.tokens import WORDS_A_PIECE, words_of

MOST_PIECES = 10_000
"""Pieces of one article that are read: about 7,000 words; some twelve seconds of one processor, twenty at the worst."""

MOST_LOOKED_AT = 150_000
"""Words, over all marks of one article, among which those who take part are looked for: some four seconds.

Of 583 articles (the longest 250 of 4,243, and every twelfth of the others) the densest of over 400 words look at 14 a
word, a short one at 19, and 7 is the mean: 100,000 to 133,000 if they were as long as is read at all.
"""

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
        part = text[start : start + _STEP]
        pieces = tokenizer.encode(part, add_special_tokens=False).offsets
        units = max(pieces, words_of(part)[::WORDS_A_PIECE], key=len)
        if len(units) > left:
            return _rounded(text, start + units[left][0])
        left -= len(units)
    return len(text)


def _rounded(text: str, past: int) -> int:
    for mark in ("\n", ". ", " "):
        at = text.rfind(mark, max(0, past - _BACK), past)
        if at > 0:
            return at + len(mark.rstrip())
    return past
