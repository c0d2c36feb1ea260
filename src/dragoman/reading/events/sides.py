"""Who stands on which side, by PLOVER's rules: mutual deeds have every side in `who`; nobody stands on both."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model import Arg
from dragoman.model.annotation import Participant
from dragoman.model.event_types import MUTUAL
from dragoman.reading.events.choice import Choice
from dragoman.reading.events.participants import Participants


def is_mutual(kind: str, mode: str | None) -> bool:
    """True where all sides do it alike; in a visit one comes and one receives."""
    return kind in MUTUAL and mode != "visit"


def sides_of(choice: Choice, participants: Participants) -> tuple[tuple[Arg, ...], tuple[Arg, ...]]:
    """`who` and `whom` of what is told of them, each actor once."""
    who = _args(choice.by_role("who"), participants)
    whom = _args(choice.by_role("whom"), participants)
    if is_mutual(choice.type, choice.mode):
        return _once([*who, *whom]), ()
    kept = _once(who)
    return kept, tuple(
        a for a in _once(whom) if not any(a.entities and a.entities == b.entities for b in kept)
    )


def _args(told: Iterable[Participant], participants: Participants) -> list[Arg]:
    return [arg for p in told if (arg := participants.side(p.span)) is not None]


def _once(args: Iterable[Arg]) -> tuple[Arg, ...]:
    kept: list[Arg] = []
    for a in args:
        if not any(a.entities and a.entities == b.entities for b in kept):
            kept.append(a)
    return tuple(kept)
