"""So much for each stretch of time: `$15 an hour`, `300 tonnes a day`, « L'heure de vol coûte 13 000 euros »."""

from __future__ import annotations

from dragoman.reading.figures.words import Lexicon, base
from dragoman.reading.syntax import Syntax

_STEPS = 3
_NOT_BEFORE = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
"""What follows makes another thing of the stretch: `a day care`, `в день выборов`."""


def rate_after(syntax: Syntax, end: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """The stretch of time that a figure ending at `end` is for (`hour`), and where its words end."""
    match = lexicon.rate_after.match(syntax.text, end) if lexicon.rate_after else None
    if match is None:
        return None
    past = match.end()
    follows = syntax.tokens_in(past, past + 2)
    if follows and (follows[0].pos in _NOT_BEFORE or follows[0].text.lower() in lexicon.rates.places_in_time):
        return None
    return lexicon.stretches[match[1].lower()], past


def rate_of_price(syntax: Syntax, i: int, lexicon: Lexicon) -> str | None:
    """The stretch of time that costs the sum of token `i`: the hour of « L'heure de vol coûte 13 000 euros »."""
    token = syntax.tokens[i]
    for _ in range(_STEPS):
        if base(token) in lexicon.rates.costs:
            subject = syntax.child(token.i, "nsubj")
            return lexicon.stretches.get(base(subject)) if subject is not None else None
        if token.head == token.i:
            break
        token = syntax.tokens[token.head]
    return None
