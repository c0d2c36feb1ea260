"""Names that a person may have meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from dragoman.store.counts import busiest
from dragoman.store.questions import called, names_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

AMONG = 500
"""Actors among whom a name that is spelt alike is looked for: those of most facts."""

FEW = 8
"""Names suggested."""


def suggested(connection: Connection, wanted: str) -> list[str]:
    """Ids of actors and places whose names hold the words or are spelt much the same, likeliest first."""
    within = [ref for kind in ("actor", "place") for ref in called(connection, kind, wanted, True, FEW)]
    names = names_of(connection, [ref for ref, _ in busiest(connection, AMONG)])
    by_name: dict[str, list[str]] = {}
    for ref, name in names.items():
        by_name.setdefault(name.casefold(), []).append(ref)
    close = get_close_matches(wanted.casefold()[:100], by_name, FEW, 0.7)
    return list(dict.fromkeys([*within, *(ref for name in close for ref in by_name[name])]))[:FEW]
