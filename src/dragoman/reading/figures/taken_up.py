"""Bare numbers that take up what was counted before: *the day before, the figure had been 6,650*."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import FigureMention
from dragoman.reading.figures.bounds import Quantity
from dragoman.reading.figures.words import Lexicon, base, fold
from dragoman.reading.syntax import Syntax, Token

BEFORE = 2
"""Sentences before that of the number in which the count that it takes up is told."""

LEAST = 10
"""Smaller bare numbers take up nothing."""


def taken_up(
    syntax: Syntax, bare: Sequence[Quantity], told: Sequence[FigureMention], lexicon: Lexicon
) -> list[FigureMention]:
    """Figures of numbers of which the words say only that they are another count of the same people.

    `bare` are numbers without unit and noun, `told` the figures found, both in order.
    """
    found: list[FigureMention] = []
    for quantity in bare:
        value = quantity.low if quantity.low is not None else quantity.high
        if value is None or value < LEAST or not _counts_again(syntax, quantity, lexicon):
            continue
        counted = _before(syntax, quantity, told)
        if counted is not None:
            found.append(
                FigureMention(
                    start=quantity.start,
                    end=quantity.end,
                    measure=counted.measure,
                    low=quantity.low,
                    high=quantity.high,
                    unit=counted.unit,
                    approx=quantity.approx,
                    of=counted.of,
                    rule="figure:taken up",
                    part=counted.part,
                )
            )
    return found


def _counts_again(syntax: Syntax, quantity: Quantity, lexicon: Lexicon) -> bool:
    """True below *the figure was*, *the count stood at*, *on en comptait*."""
    said = lexicon.again
    verb = _governor(syntax, quantity)
    subject = syntax.child(verb.i, "nsubj")
    if subject is not None and base(subject) in said.nouns and syntax.child(subject.i, "nmod") is None:
        return True
    if base(verb) not in said.verbs:
        return False
    return any(
        fold(t.text) in said.pronouns for t in syntax.children(verb.i, "iobj", "obj", "expl:comp", "obl")
    )


def _governor(syntax: Syntax, quantity: Quantity) -> Token:
    """The verb that the number hangs on, or the number itself where it is what is said."""
    token = syntax.tokens[quantity.number.first]
    for _ in range(4):
        if token.pos == "VERB" or token.head == token.i:
            break
        token = syntax.tokens[token.head]
    return token


def _before(syntax: Syntax, quantity: Quantity, told: Sequence[FigureMention]) -> FigureMention | None:
    """The last count of people shortly before the number."""
    here = syntax.tokens[quantity.first].sent
    for figure in reversed(told):
        if figure.end > quantity.start:
            continue
        at = syntax.sentence_at(figure.start)
        near = at is not None and here - syntax.tokens[at.first].sent <= BEFORE
        if not near:
            return None
        if figure.unit == "people":
            return figure
    return None
