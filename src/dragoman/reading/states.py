"""What held over a stretch of time, as the words say it: deployments, control, offices, alliances."""

from __future__ import annotations

from dragoman.model import StateReport, TimeMention, When
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Clause, Syntax


def find_states(
    syntax: Syntax,
    clauses: tuple[Clause, ...],
    names: Names,
    clause_times: tuple[When | None, ...],
    times: tuple[TimeMention, ...],
) -> tuple[StateReport, ...]:
    """All states, in the order of the text."""
    return ()
