"""*The talks went on in Lima*: an event named again by a noun has the sides of the one told before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.reading.names.words import words
from dragoman.reading.rules.deed import Deed
from dragoman.reading.rules.sides import Sides
from dragoman.reading.syntax import Syntax

WITHIN = 6
"""Sentences back in which an event named again was told."""


def recalled(deeds: Sequence[Deed], syntax: Syntax, sides: Sides) -> Iterator[Deed]:
    """The deeds of a text in its order, each noun that takes one up with that one's sides, if it has none of its own.

    Taken up is the nearest deed before with the same type and mode; whoever merely oversees it stays on its other
    side. A noun without article or demonstrative names something new.
    """
    definite = words(syntax.language).sets["definite"]
    told: list[Deed] = []
    for deed in deeds:
        clause = deed.clause
        over = sides.overseers(clause) if deed.frame.mutual else []
        bare = clause.kind == "noun" and all(t in over for t in (*deed.who, *deed.whom))
        if bare and any(t.text.lower() in definite for t in syntax.children(clause.head, "det")):
            before = next((d for d in reversed(told) if _is_one(d, deed) and _is_named(d, sides)), None)
            if before is not None:
                whom = (*before.whom, *(t for t in over if t not in before.whom))
                deed = replace(deed, who=before.who, whom=whom, rule=f"{deed.rule}+again")
        told.append(deed)
        yield deed


def _is_named(deed: Deed, sides: Sides) -> bool:
    """True where somebody known did it: words like *personnel* help nobody a second time."""
    return any(sides.actors.arg(t).entities for t in deed.who)


def _is_one(before: Deed, deed: Deed) -> bool:
    near = deed.clause.sent - before.clause.sent <= WITHIN
    same = (before.type, before.mode) == (deed.type, deed.mode)
    return near and same and (deed.mode is not None or before.frame.concept == deed.frame.concept)
