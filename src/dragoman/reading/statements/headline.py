"""Headline style: "Minister: talks are over", "Talks are over: officials", "Les pourparlers sont finis – ministre"."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import Span
from dragoman.reading.statements.context import Context
from dragoman.reading.statements.draft import Draft
from dragoman.reading.statements.phrase import trimmed
from dragoman.reading.syntax import Token

_SPEAKER_WORDS = 8
"""Words that name the speaker of a headline, at most."""
_HEADLINE_WORDS = 40
_VERBAL = frozenset({"VERB", "AUX"})
_NAMING = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "X", "NUM", "CCONJ", "PRON"})


def from_headlines(c: Context) -> Iterator[Draft]:
    """Attributions by a colon or dash in paragraphs of one sentence, and by "NAME:" in transcripts."""
    first, total = 0, len(c.syntax.tokens)
    while first < total:
        past = first
        while past < total and c.paragraph[past] == c.paragraph[first]:
            past += 1
        draft = _speaker_first(c, first, past) or _speaker_last(c, first, past)
        if draft is not None:
            yield draft
        first = past


def _speaker_first(c: Context, first: int, past: int) -> Draft | None:
    tokens = c.syntax.tokens
    colon = next(
        (i for i in range(first + 1, min(past - 2, first + _SPEAKER_WORDS + 1)) if tokens[i].text == ":"),
        None,
    )
    if colon is None or c.quotation[colon + 1] >= 0 or c.quotation[first] >= 0:
        return None  # what is in quotation marks is found with the quotations
    named = speaker_before_colon(c, first, colon + 1)
    if named is None:
        return None
    content = trimmed(c.syntax.text, tokens[colon + 1].start, tokens[past - 1].end)
    return _draft(tokens[colon], named, content) if _tells(tokens[colon + 1 : past]) else None


def speaker_before_colon(c: Context, first: int, past: int) -> tuple[int, Span] | None:
    """Head and words of the speaker whom tokens `[first, past)`, with a colon at their end, name, if they do."""
    tokens = c.syntax.tokens
    words = [t for t in tokens[first:past] if t.text != ":"]
    if not 0 < len(words) <= _SPEAKER_WORDS:
        return None
    return _speaker(c, words)


def _speaker(c: Context, words: list[Token]) -> tuple[int, Span] | None:
    if any(t.pos in _VERBAL for t in words):
        return None
    head = next((t for t in words if t.head == t.i or not words[0].i <= t.head <= words[-1].i), words[-1])
    is_known = any(t.lemma.lower() in c.words.speakers or t.text.lower() in c.words.speakers for t in words)
    is_name = any(t.pos == "PROPN" for t in words) and all(
        t.pos in _NAMING or t.text in "()-," for t in words
    )
    capitals = all(t.text.isupper() for t in words if t.text[0].isalpha()) and len(words) <= 3
    if is_known or capitals or (is_name and _is_actor(c, words)):
        return head.i, Span(words[0].start, words[-1].end)
    return None


def _is_actor(c: Context, words: list[Token]) -> bool:
    return any(w.pos == "PROPN" and c.is_actor(w.start) for w in words)


def _speaker_last(c: Context, first: int, past: int) -> Draft | None:
    tokens = c.syntax.tokens
    if not 4 < past - first <= _HEADLINE_WORDS:
        return None
    last = past - 1 if tokens[past - 1].text != "." else past - 2
    for i in range(last - 1, max(first + 2, last - _SPEAKER_WORDS - 1), -1):
        if tokens[i].text not in (":", "-", "–", "—"):
            continue
        spaced = c.syntax.text[tokens[i].start - 1].isspace() or tokens[i].text == ":"
        named = _speaker(c, tokens[i + 1 : last + 1])
        if named is None or not spaced or not _tells(tokens[first:i]) or c.quotation[i - 1] >= 0:
            return None
        return _draft(tokens[i], named, trimmed(c.syntax.text, tokens[first].start, tokens[i].start))
    return None


def _tells(tokens: list[Token]) -> bool:
    return len(tokens) > 2 and any(t.pos in _VERBAL or t.morph.get("VerbForm") for t in tokens)


def _draft(mark: Token, named: tuple[int, Span], content: Span) -> Draft:
    return Draft("speech:headline", Span(mark.start, mark.end), mark.i, named[0], named[1], (content,), False)
