"""How sure an event is: named traits of how it is told, weighed into the share of such events that are right.

The weights were made (2026-11-22, fixed since) from what came of the same traits on a public set of sentences. A trait
that the file does not hold weighs nothing, so a new frame starts as sure as its traits make it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from dragoman.model import Arg, Status
from dragoman.reading.rules.deed import Deed
from dragoman.reading.syntax import Clause, Token

WHERE = Path(__file__).with_name("confidence.json")
"""Weights in logits: `start` for every event, and one for each trait and frame that was met often enough."""

LOWEST, HIGHEST = 0.02, 0.95
"""Bounds of what is given: no set of a thousand sentences bears out more."""

_CORE = frozenset({"patient", "recipient", "with", "goal"})
_FAR = 12
"""Words between a side and the word that tells the deed."""
_LONG = 35
"""Words of a long sentence."""


@dataclass(frozen=True, slots=True)
class Weights:
    start: float
    traits: dict[str, float]


@cache
def weights() -> Weights:
    data = json.loads(WHERE.read_text(encoding="utf-8"))
    return Weights(data["start"], {**data["traits"], **data["frames"]})


def share_right(traits: Iterable[str]) -> float:
    """The share of events with such traits that are right, to two places."""
    known = weights()
    total = known.start + sum(known.traits.get(trait, 0.0) for trait in traits)
    return round(min(max(1.0 / (1.0 + exp(-total)), LOWEST), HIGHEST), 2)


def traits_of(
    deed: Deed,
    who: tuple[Arg, ...],
    whom: tuple[Arg, ...],
    *,
    status: Status,
    told_by_another: bool,
    words: int,
) -> tuple[str, ...]:
    """The traits of an event; `words` are those of its sentence, `told_by_another` where a speaker is quoted for it."""
    clause = deed.clause
    found = [frame_of(deed.rule)]
    found += _of_doer(clause, deed.who, who)
    found += _of_met(clause, deed.whom, whom)
    found += [f"clause {clause.relation or 'main'}", f"status {status}"]
    if clause.kind == "noun" and not clause.light:
        found.append("bare noun")
    if clause.voice == "passive":
        found.append("passive")
    if clause.negated:
        found.append("negated")
    if "+frame:" in deed.rule:
        found.append("deed under another word")
    elif deed.frame.is_operator:
        found.append("no deed under the word")
    if deed.strength == 0:
        found.append("frame asks for nothing")
    if told_by_another:
        found.append("told by a speaker")
    if words > _LONG:
        found.append("long sentence")
    return tuple(found)


def frame_of(rule: str) -> str:
    """The outermost concept of an event's rule, as a trait: `frame:kill`."""
    return rule.partition("/")[0]


def _of_doer(clause: Clause, tokens: tuple[Token, ...], args: tuple[Arg, ...]) -> Iterator[str]:
    if not args or not tokens:
        yield "who empty"
        return
    role, head, inherited = _role(clause, tokens[0])
    if role == "agent" and head:
        yield "who of another clause" if inherited else "who is subject"
    elif role:
        yield "who inside a phrase"
    yield from _of_side("who", clause, tokens, args)


def _of_met(clause: Clause, tokens: tuple[Token, ...], args: tuple[Arg, ...]) -> Iterator[str]:
    if not args or not tokens:
        yield "whom empty"
        return
    role, head, inherited = _role(clause, tokens[0])
    if role in _CORE:
        yield f"whom {'is' if head and not inherited else 'inside'} {role}"
    elif role:
        yield "whom by the way"
    else:
        yield "whom of another clause"
    yield from _of_side("whom", clause, tokens, args)


def _of_side(side: str, clause: Clause, tokens: tuple[Token, ...], args: tuple[Arg, ...]) -> Iterator[str]:
    if any(a.entities for a in args):
        yield f"{side} known"
    if len(args) > 1:
        yield f"{side} several"
    if abs(tokens[0].i - clause.head) > _FAR:
        yield f"{side} far off"


def _role(clause: Clause, token: Token) -> tuple[str, bool, bool]:
    """Role of the argument that a word heads or stands in, whether it heads it, and whether it is taken over."""
    inside = None
    for a in clause.args:
        if a.head == token.i:
            return a.role, True, a.inherited
        if inside is None and a.start <= token.start < a.end:
            inside = a
    return (inside.role, False, inside.inherited) if inside is not None else ("", False, False)
