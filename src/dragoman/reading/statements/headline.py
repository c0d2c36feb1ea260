"""Headline style: "Minister: talks are over", "Talks are over: officials", "Les pourparlers sont finis – ministre"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from dragoman.model import Span
from dragoman.reading.statements.context import Context
from dragoman.reading.statements.draft import Draft
from dragoman.reading.statements.phrase import trimmed
from dragoman.reading.syntax import Token

_SPEAKER_WORDS = 8
"""Words that name the speaker of a headline, at most."""
_HEADLINE_WORDS = 40
_LINES_OF_A_ROLE = 2
"""Paragraphs that one "NAME:" must open before it is taken for a role in a transcript."""
_VERBAL = frozenset({"VERB", "AUX"})
_NAMING = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "X", "NUM", "CCONJ", "PRON"})


def from_headlines(c: Context) -> Iterator[Draft]:
    """Attributions by a colon or dash in paragraphs of one sentence, and by "NAME:" in transcripts."""
    paragraphs = list(_paragraphs(c))
    labels = Counter(_label(c, first, past) for first, past in paragraphs)
    for first, past in paragraphs:
        label = _label(c, first, past)
        is_role = bool(label) and labels[label] >= _LINES_OF_A_ROLE
        draft = _speaker_first(c, first, past, is_role) or _speaker_last(c, first, past)
        if draft is not None:
            yield draft


def _paragraphs(c: Context) -> Iterator[tuple[int, int]]:
    first, total = 0, len(c.paragraph)
    while first < total:
        past = first
        while past < total and c.paragraph[past] == c.paragraph[first]:
            past += 1
        yield first, past
        first = past


def _label(c: Context, first: int, past: int) -> str:
    """The capitals before the colon at the head of a paragraph, or ""."""
    tokens = c.syntax.tokens
    for i in range(first + 1, min(past, first + 4)):
        if tokens[i].text == ":":
            words = c.syntax.text[tokens[first].start : tokens[i].start].strip()
            return words if words.isupper() else ""
    return ""


def _speaker_first(c: Context, first: int, past: int, is_role: bool) -> Draft | None:
    tokens = c.syntax.tokens
    limit = min(past - 2, first + _SPEAKER_WORDS + 1)
    colon = next((i for i in range(first + 1, limit) if tokens[i].text == ":"), None)
    if colon is None or c.quotation[colon + 1] >= 0 or c.quotation[first] >= 0:
        return None  # what is in quotation marks is found with the quotations
    words = tokens[first:colon]
    named = (words[-1].i, Span(words[0].start, words[-1].end)) if is_role else _speaker(c, words, c.is_person)
    if named is None or not (is_role or _tells(tokens[colon + 1 : past])):
        return None
    content = trimmed(c.syntax.text, tokens[colon + 1].start, tokens[past - 1].end)
    return _draft(tokens[colon], named, content)


def speaker_before_colon(c: Context, first: int, past: int) -> tuple[int, Span] | None:
    """Head and words of the speaker whom tokens `[first, past)`, with a colon at their end, name, if they do."""
    tokens = c.syntax.tokens
    words = [t for t in tokens[first:past] if t.text != ":"]
    if not 0 < len(words) <= _SPEAKER_WORDS:
        return None
    return _speaker(c, words, c.is_actor)


def _speaker(c: Context, words: list[Token], is_actor: Callable[[int], bool]) -> tuple[int, Span] | None:
    if words[0].pos == "ADP" or any(t.pos in _VERBAL for t in words):
        return None
    head = next((t for t in words if t.head == t.i or not words[0].i <= t.head <= words[-1].i), words[-1])
    is_known = any(t.lemma.lower() in c.words.speakers or t.text.lower() in c.words.speakers for t in words)
    is_name = any(t.pos == "PROPN" for t in words) and all(
        t.pos in _NAMING or t.text in "()-," for t in words
    )
    if is_known or (is_name and any(w.pos == "PROPN" and is_actor(w.start) for w in words)):
        return head.i, Span(words[0].start, words[-1].end)
    return None


def _speaker_last(c: Context, first: int, past: int) -> Draft | None:
    tokens = c.syntax.tokens
    if not 4 < past - first <= _HEADLINE_WORDS:
        return None
    last = past - 1 if tokens[past - 1].text != "." else past - 2
    for i in range(last - 1, max(first + 2, last - _SPEAKER_WORDS - 1), -1):
        if tokens[i].text not in (":", "-", "–", "—"):
            continue
        spaced = c.syntax.text[tokens[i].start - 1].isspace() or tokens[i].text == ":"
        named = _speaker(c, tokens[i + 1 : last + 1], c.is_person)
        quoted = c.quotation[i - 1] >= 0 or (tokens[i - 1].text == "." and c.quotation[i - 2] >= 0)
        if named is None or not spaced or not _tells(tokens[first:i]) or quoted:
            return None
        return _draft(tokens[i], named, trimmed(c.syntax.text, tokens[first].start, tokens[i].start))
    return None


def _tells(tokens: list[Token]) -> bool:
    return len(tokens) > 2 and any(t.pos in _VERBAL or t.morph.get("VerbForm") for t in tokens)


def _draft(mark: Token, named: tuple[int, Span], content: Span) -> Draft:
    return Draft("speech:headline", Span(mark.start, mark.end), mark.i, named[0], named[1], (content,), False)
