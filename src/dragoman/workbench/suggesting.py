"""Names that a person may have meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from dragoman.languages import SUPPORTED
from dragoman.store.counts import busiest
from dragoman.store.questions import called, names_of
from dragoman.telling.names_in import name_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

AMONG = 500
"""Actors among whom a name that is spelt alike is looked for: those of most facts."""

FEW = 8
"""Names suggested."""


def bearing(connection: Connection, kind: str, name: str) -> list[str]:
    """Ids of actors or places by name; a state or a place also by that of another language, as pages call it."""
    others = {name_in(name, "state", code) for code in SUPPORTED}
    return called(connection, kind, name) or [
        ref for other in sorted(others - {name}) for ref in called(connection, kind, other)
    ]


def suggested(connection: Connection, wanted: str) -> list[str]:
    """Ids of actors and places whose names hold the words or are spelt much the same, likeliest first."""
    within = [ref for kind in ("actor", "place") for ref in called(connection, kind, wanted, True, FEW)]
    names = names_of(connection, [ref for ref, _ in busiest(connection, AMONG)])
    by_name: dict[str, list[str]] = {}
    for ref, name in names.items():
        by_name.setdefault(name.casefold(), []).append(ref)
    close = get_close_matches(wanted.casefold()[:100], by_name, FEW, 0.7)
    return list(dict.fromkeys([*within, *(ref for name in close for ref in by_name[name])]))[:FEW]
