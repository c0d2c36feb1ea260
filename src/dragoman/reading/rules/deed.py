"""One event in the making, as words of the text: what all steps of reading events hand on."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Status
from dragoman.reading.frames import Frame
from dragoman.reading.syntax import Clause, Token


@dataclass(frozen=True, slots=True)
class Deed:
    """One event in the making. `clause` is the one that tells it, `inner` the ones it has taken up."""

    clause: Clause
    type: str
    mode: str | None
    frame: Frame
    rule: str
    who: tuple[Token, ...]
    whom: tuple[Token, ...]
    place: Token | None
    status: Status
    contexts: tuple[str, ...] = ()
    accuser: tuple[Token, ...] = ()
    strength: float = 0.0
    """How much its construction asked for: the more, the surer."""
    gate: str = "public"
    """Who has to stand on its sides; see `gates`."""
