"""One text as the rules look at it: its syntax, its words of speech, its paragraphs and its quotations."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from dragoman.reading.statements.phrase import REACH
from dragoman.reading.statements.quotation import Quotation
from dragoman.reading.statements.words import SpeechWords
from dragoman.reading.syntax import Syntax

LONGEST_SENTENCE = 600
"""Tokens of a sentence whose tree is looked at, at most."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every rule needs, worked out once a text.

    Attributes:
        quotations: The outermost ones, by start.
        paragraph: For each token, the number of its paragraph.
        quotation: For each token, the index in `quotations` of the one that holds it, or -1.
        bounds: For each token, the first and the past token of its sentence within the paragraph.
        starts: For each token, its start in code points.
        actors: Starts and ends of the names of persons, bodies and states, sorted.
    """

    syntax: Syntax
    words: SpeechWords
    quotations: tuple[Quotation, ...]
    paragraph: tuple[int, ...]
    quotation: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    actors: tuple[tuple[int, int], ...]

    def together(self, i: int, j: int) -> bool:
        """True where two tokens are in one paragraph; no attribution reaches farther but a quotation's."""
        return self.paragraph[i] == self.paragraph[j]

    def token_from(self, position: int) -> int:
        """Index of the first token that begins at or after a code point."""
        return bisect_left(self.starts, position)

    def is_actor(self, position: int) -> bool:
        """True within the name of somebody who can speak."""
        k = bisect_right(self.actors, (position, sys.maxsize)) - 1
        return k >= 0 and position < self.actors[k][1]

    def sentence(self, i: int) -> tuple[int, int]:
        """Tokens `[first, past)` of the sentence around token `i`, within its paragraph and reach."""
        first, past = self.bounds[i]
        return max(first, i - REACH), min(past, i + REACH)

    def is_readable(self, i: int) -> bool:
        """False in what no writer wrote as one sentence: there the tree tells nothing, and would cost much."""
        first, past = self.bounds[i]
        return past - first <= LONGEST_SENTENCE


def context_of(syntax: Syntax, words: SpeechWords, quotations: list[Quotation]) -> Context:
    """Build the context; `quotations` are all of the text's."""
    outer = outermost(quotations)
    paragraphs, held = [], []
    number, k, past = 0, 0, 0
    for token in syntax.tokens:
        if token.i and "\n" in syntax.text[past : token.start]:
            number += 1
        past = token.end
        while k < len(outer) and outer[k].end <= token.start:
            k += 1
        inside = k < len(outer) and outer[k].start <= token.start
        paragraphs.append(number)
        held.append(k if inside else -1)
    starts = tuple(t.start for t in syntax.tokens)
    actors = tuple(sorted((n.start, n.end) for n in syntax.names if n.type != "place"))
    return Context(
        syntax,
        words,
        tuple(outer),
        tuple(paragraphs),
        tuple(held),
        _bounds(syntax, paragraphs),
        starts,
        actors,
    )


def _bounds(syntax: Syntax, paragraphs: list[int]) -> tuple[tuple[int, int], ...]:
    bounds: list[tuple[int, int]] = []
    tokens, first = syntax.tokens, 0
    for i in range(len(tokens)):
        last = i + 1 == len(tokens)
        if last or tokens[i + 1].sent != tokens[i].sent or paragraphs[i + 1] != paragraphs[i]:
            bounds += [(first, i + 1)] * (i + 1 - first)
            first = i + 1
    return tuple(bounds)


def outermost(quotations: list[Quotation]) -> list[Quotation]:
    """The quotations that are in no other."""
    found, past = [], -1
    for q in quotations:
        if q.start >= past:
            found.append(q)
            past = q.end
    return found
