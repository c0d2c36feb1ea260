"""How a promise stands: one of six words, the same on every page, in every export and for every program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from dragoman.model.basics import Outcome

Standing = Literal["overdue", "open", "kept", "broken", "replaced", "unknown"]
"""Past its last day and nothing told of it though somebody would have; not due yet, or of no known day; done, on its
day, early or late; told as not done; given up for a later plan; past its day, and nothing is told of it."""

STANDINGS: tuple[Standing, ...] = get_args(Standing)

SETTLED: Mapping[str, Standing] = {"kept": "kept", "early": "kept", "late": "kept", "broken": "broken"}


def standing(outcome: Outcome | str, replaced: bool, due: str | None, day: str | None = None) -> Standing:
    """How a promise stands on a day.

    Args:
        outcome: As linking found it, counted against the day of the case's latest article.
        replaced: A later plan for the same took its place.
        due: Its last day, ISO; None where that is not known.
        day: ISO; None for the day that the outcome was counted against.
    """
    if outcome in SETTLED:
        return SETTLED[outcome]
    if replaced:
        return "replaced"
    if outcome == "unknown":
        return "unknown"
    if due is None:
        return "open"
    late = outcome == "overdue" if day is None else due < day
    return "overdue" if late else "open"


def standing_of(commitment: Mapping[str, Any], day: str | None = None) -> Standing:
    """The same of a record of the export."""
    return standing(
        commitment["outcome"], bool(commitment.get("replaced_by")), (commitment["due"] or {}).get("end"), day
    )
