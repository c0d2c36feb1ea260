"""What was promised or scheduled, by whom, and for when."""

from __future__ import annotations

from dragoman.model import CommitmentReport, EventReport, TimeMention, When
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Clause, Syntax


def find_commitments(
    syntax: Syntax,
    clauses: tuple[Clause, ...],
    names: Names,
    clause_times: tuple[When | None, ...],
    times: tuple[TimeMention, ...],
    events: tuple[EventReport, ...],
) -> tuple[CommitmentReport, ...]:
    """All commitments, in the order of the text."""
    return ()
