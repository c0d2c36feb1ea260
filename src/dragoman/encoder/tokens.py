"""Text -> words, pieces and windows: what the encoder sees, the same in training and at run time.

Words are tagged, not pieces: a word's state is the mean of the pieces that overlap it, so no span can end inside a
word. A window is a run of whole sentences with those before it (and the headline) as context, bounded in pieces. A
sentence that no window holds is read in parts (`tokenize_all`); training leaves its tail out (`tokenize`), where labels
are given by the number of a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

MAX_PIECES = 320
"""Pieces of one window, context included; the encoder has 512 positions."""
CONTEXT_PIECES = 96
"""Of these, for the sentences before the window's own."""
HEADLINE_PIECES = 48
_ROOM = MAX_PIECES - 2
"""Of these, what is left beside the special pieces at both ends."""
WORDS_A_PIECE = 4
"""Most words that count as one piece: a run of signs that the vocabulary lacks is one piece, however long it is."""

_PAUSES = frozenset(",;:)]}»”–—،؛、")
"""Signs behind which a long sentence is cut rather than elsewhere."""

_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670\u200c\u200d"
_WORD = re.compile(rf"[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])[\w{_MARKS}])+|[^\w\s]")


class Pieces(Protocol):
    """One tokenized text: vocabulary ids, and the stretch of the text that each covers."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class PieceTokenizer(Protocol):
    """As in the package `tokenizers`."""

    def encode_batch(self, input: list[str], add_special_tokens: bool = ...) -> Sequence[Pieces]: ...


def words_of(text: str) -> list[tuple[int, int]]:
    """Words and single punctuation marks as `[start, end)` in code points; a Han sign is a word of its own."""
    return [m.span() for m in _WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article: where it stands, its pieces, its words, and the words each piece overlaps.

    Attributes:
        start: Code points of the article before the sentence.
        words: `[start, end)` of each word in the article.
        ids: Vocabulary ids of the pieces.
        links: Pairs of piece and word (both indices in this sentence) that overlap.
    """

    start: int
    words: tuple[tuple[int, int], ...]
    ids: tuple[int, ...]
    links: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences `[first, last)` of an article are read here; `context` are sentences before them, in order."""

    context: tuple[int, ...]
    first: int
    last: int

    @property
    def sentences(self) -> tuple[int, ...]:
        return (*self.context, *range(self.first, self.last))


def tokenize(text: str, spans: Iterable[tuple[int, int]], tokenizer: PieceTokenizer) -> list[Sentence]:
    """Cut the sentences of an article into pieces and words; one over the bound is cut off there.

    Args:
        text: The article.
        spans: Its sentences, `[start, end)` in code points.
    """
    return [
        _sentence(start, text[start:end], e.ids[:_ROOM], e.offsets[:_ROOM])
        for start, end, e in _encoded(text, spans, tokenizer)
    ]


def tokenize_all(text: str, spans: Iterable[tuple[int, int]], tokenizer: PieceTokenizer) -> list[Sentence]:
    """As `tokenize`, but a sentence over the bound comes in several, one after the other, so that all words are read.

    It is cut between words into halves until they fit, behind a pause where one is near; a single word of more pieces
    is one all the same, and known by its first ones.
    """
    done: list[Sentence] = []
    for start, end, e in _encoded(text, spans, tokenizer):
        words = words_of(text[start:end])
        if len(words) > 1 and size_of(len(e.ids), len(words)) > _ROOM:
            halves = e.offsets if len(e.ids) > _ROOM else words
            middle = start + _cut(text[start:end], words, halves[len(halves) // 2][0])
            done += tokenize_all(text, [(start, middle), (middle, end)], tokenizer)
        else:
            done.append(_sentence(start, text[start:end], e.ids[:_ROOM], e.offsets[:_ROOM]))
    return done


def size_of(pieces: int, words: int) -> int:
    """How much of a window they take."""
    return max(pieces, words // WORDS_A_PIECE)


def _encoded(
    text: str, spans: Iterable[tuple[int, int]], tokenizer: PieceTokenizer
) -> Iterator[tuple[int, int, Pieces]]:
    spans = list(spans)
    encoded = tokenizer.encode_batch([text[a:b] for a, b in spans], add_special_tokens=False)
    for (start, end), pieces in zip(spans, encoded, strict=True):
        yield start, end, pieces


def _cut(text: str, words: list[tuple[int, int]], middle: int) -> int:
    """Where the second half of a sentence begins: at a word near its middle, if possible after a pause."""
    starts = [a for a, _ in words]
    at = min(max(1, bisect_left(starts, middle)), len(words) - 1)
    near = min(at, len(words) - at) // 2
    after_pause = [k for k in range(at - near, at + near + 1) if k and text[words[k - 1][0]] in _PAUSES]
    return starts[min(after_pause, key=lambda k: abs(k - at), default=at)]


def _sentence(start: int, text: str, ids: list[int], offsets: list[tuple[int, int]]) -> Sentence:
    words = words_of(text)
    links, w = [], 0
    for p, (a, b) in enumerate(offsets):
        while w < len(words) and words[w][1] <= a:
            w += 1
        k = w
        while k < len(words) and words[k][0] < b:
            links.append((p, k))
            k += 1
    seen = {k for _, k in links}
    last = max(seen, default=-1) + 1
    words = words[:last]
    # A word without a piece of its own (a sign that the tokenizer drops) takes the piece before it.
    links += [
        (max((p for p, k in links if k < n), default=0), n) for n in range(last) if n not in seen and ids
    ]
    return Sentence(start, tuple((a + start, b + start) for a, b in words), tuple(ids), tuple(sorted(links)))


def windows_of(sentences: Sequence[Sentence]) -> Iterator[Window]:
    """Cut an article into windows: as many sentences as fit, those before them and the headline as context."""
    sizes = [size_of(len(s.ids), len(s.words)) for s in sentences]
    first = 0
    while first < len(sizes):
        context, used = _context(sizes, first)
        last, total = first, used
        while last < len(sizes) and (last == first or total + sizes[last] <= MAX_PIECES - 2):
            total += sizes[last]
            last += 1
        while context and total > MAX_PIECES - 2:
            total -= sizes[context.pop(0)]
        yield Window(tuple(context), first, last)
        first = last


@dataclass(frozen=True, slots=True)
class Layout:
    """One window laid out in a row, without the special pieces at its ends.

    Attributes:
        ids: Vocabulary ids of the pieces.
        links: Pairs of piece and word (indices in `ids` and `words`) that overlap.
        words: `[start, end)` of each word in the article.
        sentence_of: For each word the number of its sentence.
    """

    ids: list[int]
    links: list[tuple[int, int]]
    words: list[tuple[int, int]]
    sentence_of: list[int]


def lay_out(sentences: Sequence[Sentence], window: Window) -> Layout:
    """The pieces and words of a window's sentences, one after the other."""
    out = Layout([], [], [], [])
    for n in window.sentences:
        s = sentences[n]
        out.links.extend((p + len(out.ids), w + len(out.words)) for p, w in s.links)
        out.ids.extend(s.ids)
        out.words.extend(s.words)
        out.sentence_of.extend([n] * len(s.words))
    return out


def _context(sizes: Sequence[int], first: int) -> tuple[list[int], int]:
    used, n = 0, first
    while n > 0 and used + sizes[n - 1] <= CONTEXT_PIECES:
        n -= 1
        used += sizes[n]
    context = list(range(n, first))
    if n > 0 and sizes[0] <= HEADLINE_PIECES:
        context.insert(0, 0)
        used += sizes[0]
    return context, used
