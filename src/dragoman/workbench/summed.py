"""Counts that pages show, and the names that their fields propose: each worked out once for a state of the case.

A page asks for the same sums when it is turned, sorted or looked at again, and every page proposes the same names.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fastapi import Request

from dragoman.store import counts
from dragoman.store.counts import Count, busiest, places
from dragoman.store.questions import Ask, names_of
from dragoman.workbench.doubt import doubtful_of

if TYPE_CHECKING:
    import sqlalchemy as sa

    from dragoman.workbench.jobs import Served

NAMED = 150
"""Actors and places that a field proposes."""


def count(request: Request, connection: sa.Connection, ask: Ask, beyond: int = 0) -> Count:
    """As `store.counts.count`."""
    return _case(request).counted(("count", ask, beyond), partial(counts.count, connection, ask, beyond))


def tally(request: Request, connection: sa.Connection, ask: Ask, by: str) -> dict[str, int]:
    """As `store.counts.tally`."""
    return _case(request).counted(("tally", ask, by), partial(counts.tally, connection, ask, by))


def doubtful(request: Request, connection: sa.Connection, ask: Ask) -> Count:
    """How many of what meets the conditions is doubtful."""
    return _case(request).counted(("doubtful", ask), partial(doubtful_of, connection, ask))


def known(request: Request, connection: sa.Connection) -> list[str]:
    """Names of the actors of whom most is told, the most first."""
    return _case(request).counted(("known",), partial(_names, connection, "actor"))


def spots(request: Request, connection: sa.Connection) -> list[str]:
    """Names of the places where most happened, the most first."""
    return _case(request).counted(("spots",), partial(_names, connection, "place"))


def _names(connection: sa.Connection, kind: str) -> list[str]:
    found = busiest(connection, NAMED) if kind == "actor" else places(connection, Ask(sure=True), NAMED)
    named = names_of(connection, [ref for ref, _ in found])
    return [named.get(ref, ref) for ref, _ in found]


def _case(request: Request) -> Served:
    case: Served = request.app.state.case
    return case
