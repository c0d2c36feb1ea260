"""One text as the rules look at it: its syntax, its words of speech, its paragraphs and its quotations."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from dragoman.reading.parse import paragraph_starts, sentence_ends
from dragoman.reading.statements.phrase import REACH
from dragoman.reading.statements.quotation import Quotation, find_quotations
from dragoman.reading.statements.words import SpeechWords
from dragoman.reading.syntax import Syntax

LONGEST_SENTENCE = 600
"""Tokens of a sentence whose tree is looked at, at most."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every rule needs, worked out once a text.

    Attributes:
        breaks: Where the paragraphs begin, but the first.
        quotations: The outermost ones, by start.
        paragraph: For each token, the number of its paragraph.
        quotation: For each token, the index in `quotations` of the one that holds it, or -1.
        bounds: For each token, the first and the past token of its sentence within the paragraph.
        starts: For each token, its start in code points.
        persons: Starts and ends of the names of persons and bodies, sorted.
        actors: Starts and ends of the names of persons, bodies and states, sorted.
    """

    syntax: Syntax
    words: SpeechWords
    breaks: tuple[int, ...]
    quotations: tuple[Quotation, ...]
    paragraph: tuple[int, ...]
    quotation: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    actors: tuple[tuple[int, int], ...]
    persons: tuple[tuple[int, int], ...]

    def together(self, i: int, j: int) -> bool:
        """True where two tokens are in one paragraph; no attribution reaches farther but a quotation's."""
        return self.paragraph[i] == self.paragraph[j]

    def paragraphs_apart(self, start: int, end: int) -> int:
        """How many paragraphs begin after code point `start` and up to `end`."""
        return bisect_right(self.breaks, end) - bisect_right(self.breaks, start)

    def token_from(self, position: int) -> int:
        """Index of the first token that begins at or after a code point."""
        return bisect_left(self.starts, position)

    def is_actor(self, position: int) -> bool:
        """True within the name of somebody who can speak."""
        return _holds(self.actors, position)

    def is_person(self, position: int) -> bool:
        """True within the name of a person or body; a country before a colon is the topic, not the speaker."""
        return _holds(self.persons, position)

    def can_speak(self, i: int) -> bool:
        """True for a noun of those who speak, or one that a person's name explains ("the minister Claire Morel")."""
        token = self.syntax.tokens[i]
        if token.lemma.lower() in self.words.speakers or token.text.lower() in self.words.speakers:
            return True
        named = self.syntax.children(i, "appos", "flat", "flat:name")
        return token.pos == "PROPN" or any(t.pos == "PROPN" for t in named)

    def sentence(self, i: int) -> tuple[int, int]:
        """Tokens `[first, past)` of the sentence around token `i`, within its paragraph and reach."""
        first, past = self.bounds[i]
        return max(first, i - REACH), min(past, i + REACH)

    def is_readable(self, i: int) -> bool:
        """False in what no writer wrote as one sentence: there the tree tells nothing, and would cost much."""
        first, past = self.bounds[i]
        return past - first <= LONGEST_SENTENCE


def context_of(syntax: Syntax, words: SpeechWords) -> Context:
    """Look at a text once, from left to right."""
    breaks = paragraph_starts(syntax.text, sentence_ends(syntax.language))
    outer = outermost(find_quotations(syntax.text, breaks))
    paragraphs, held = [], []
    number, k = 0, 0
    for token in syntax.tokens:
        while number < len(breaks) and breaks[number] <= token.start:
            number += 1
        while k < len(outer) and outer[k].end <= token.start:
            k += 1
        inside = k < len(outer) and outer[k].start <= token.start
        paragraphs.append(number)
        held.append(k if inside else -1)
    named = [(n.start, n.end, n.type) for n in syntax.names if n.type != "place"]
    return Context(
        syntax=syntax,
        words=words,
        breaks=tuple(breaks),
        quotations=tuple(outer),
        paragraph=tuple(paragraphs),
        quotation=tuple(held),
        bounds=_bounds(syntax, paragraphs),
        starts=tuple(t.start for t in syntax.tokens),
        actors=tuple(sorted((start, end) for start, end, _ in named)),
        persons=tuple(
            sorted((start, end) for start, end, kind in named if kind in ("person", "organisation"))
        ),
    )


def _holds(spans: tuple[tuple[int, int], ...], position: int) -> bool:
    k = bisect_right(spans, (position, sys.maxsize)) - 1
    return k >= 0 and position < spans[k][1]


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
