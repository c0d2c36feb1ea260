"""Facts weighed for a query: which meet all of it, which most of it, in which order.

A part of a query that few facts meet weighs more than one that most do. Every step is bounded, see `store.lookup`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from dragoman.model.lines import Record
from dragoman.store import lookup
from dragoman.store.lookup import Wanted
from dragoman.store.questions import contents
from dragoman.telling.search.marks import in_a_row
from dragoman.telling.search.query import Part
from dragoman.telling.search.terms import NAMED, Term, term_of
from dragoman.telling.wording import evidence_of

WEIGHED = 400
"""Facts that are weighed against each other; more are cut off by what they meet."""
ENOUGH = 0.5
"""Share of a query's weight that a fact meets at the least which does not meet all of it."""


@dataclass(slots=True)
class Weights:
    """What facts weigh for one group of a query. `rest`: conditions that too many facts meet to list them."""

    of: dict[int, float]
    rest: list[tuple[float, Wanted]]
    rarity: float = 1.0


def weights_of(connection: sa.Connection, group: Sequence[Term]) -> Weights:
    of: dict[int, float] = {}
    rest: list[tuple[float, Wanted]] = []
    for weight, way in (way for term in group for way in term.ways):
        some = lookup.numbers(connection, way)
        if some is None:
            rest.append((weight, way))
            continue
        for number in some:
            of[number] = max(weight, of.get(number, 0.0))
    met = len(of) + lookup.BOUND * len(rest)
    return Weights(of, rest, 1.0 + math.log1p(lookup.BOUND / (1 + met)))


def all_of(connection: sa.Connection, groups: Sequence[Weights]) -> dict[int, float]:
    """Number -> weight of the facts that meet every group."""
    known: Sequence[str] = ()
    listed = sorted((g for g in groups if not g.rest), key=lambda g: len(g.of))
    if listed:
        some = set(listed[0].of).intersection(*(g.of for g in listed[1:]))
    else:
        some, known = _of_the_common(connection, groups)
    for group in (g for g in groups if g.rest):
        for weight, way in group.rest:
            met = some if way.expression and way.expression in known else lookup.among(connection, way, some)
            for number in met:
                group.of[number] = max(weight, group.of.get(number, 0.0))
        some &= group.of.keys()
    return {number: sum(g.of[number] * g.rarity for g in groups) for number in some}


def _of_the_common(connection: sa.Connection, groups: Sequence[Weights]) -> tuple[set[int], Sequence[str]]:
    """Some facts that may meet groups of which each is met by too many, and what is known to stand in all of them: a
    part says as much as the whole.

    First those in which the words of all groups stand, then some of each group.
    """
    written = [next((way.expression for _, way in g.rest if way.expression), "") for g in groups]
    if all(written):
        whole = " AND ".join(f"({one})" for one in written)
        some = lookup.first_of(connection, Wanted(whole), 2 * WEIGHED)
        if some:
            return some, written
    return set().union(*(lookup.first_of(connection, w, 2 * WEIGHED) for g in groups for _, w in g.rest)), ()


def some_of(groups: Sequence[Weights]) -> dict[int, float]:
    """Number -> weight of the facts that meet enough of the groups, the heaviest first and at most `WEIGHED`."""
    found: dict[int, float] = {}
    for group in groups:
        for number, weight in group.of.items():
            found[number] = found.get(number, 0.0) + weight * group.rarity
    least = ENOUGH * sum(g.rarity for g in groups if g.of)
    near = [(number, weight) for number, weight in found.items() if weight >= least]
    return dict(sorted(near, key=lambda item: (-item[1], item[0]))[:WEIGHED])


def best_of(
    connection: sa.Connection,
    some: Iterable[int],
    weights: Mapping[int, float],
    terms: Sequence[Sequence[Term]],
) -> list[Record]:
    """The records of some numbers, best first; without those in which a phrase does not stand in a row."""
    ordered = sorted(some, key=lambda n: (-weights[n], n))[:WEIGHED]
    records = contents(connection, ordered)
    phrases = [
        [t.part.words for t in group]
        for group in terms
        if all(len(t.part.words) > 1 and not t.part.period for t in group)
    ]
    kept = [
        (weights[number] * _standing(record), record)
        for number, record in zip(ordered, records, strict=True)
        if all(any(_says(record, words) for words in group) for group in phrases)
    ]
    kept.sort(key=lambda item: (-item[0], item[1]["id"]))
    return [record for _, record in kept]


def _standing(record: Record) -> float:
    """How far a fact is to be listed before others that meet a query as well: sure ones, told by many."""
    sure = record.get("confidence")
    told = record.get("independent") or 1
    return (0.6 + 0.4 * (0.7 if sure is None else sure)) * (1 + 0.05 * math.log2(told))


def _says(record: Record, words: tuple[str, ...]) -> bool:
    return any(in_a_row(e["text"], words) for e in evidence_of(record)) or in_a_row(
        str(record.get("title") or record.get("content") or record.get("text") or ""), words
    )


def excluded(connection: sa.Connection, without: Sequence[Part]) -> set[int]:
    """Numbers of the facts that have what must not be there."""
    found: set[int] = set()
    for part in without:
        for weight, way in term_of(connection, part).ways:
            if weight >= NAMED:
                found |= lookup.first_of(connection, way)
    return found
