"""When each clause's event took place: its own time, or that of what it depends on."""

from __future__ import annotations

from dragoman.model import TimeMention, When
from dragoman.reading.syntax import Clause, Syntax


def time_clauses(
    syntax: Syntax, clauses: tuple[Clause, ...], times: tuple[TimeMention, ...], published: When | None
) -> tuple[When | None, ...]:
    """One `When` or None for each clause, in order."""
    return tuple(_own(clause, times) for clause in clauses)


def _own(clause: Clause, times: tuple[TimeMention, ...]) -> When | None:
    for arg in clause.by_role("time"):
        for mention in times:
            if mention.first and arg.start <= mention.start < arg.end:
                return When(start=mention.first, end=mention.last, basis=mention.basis, why=mention.why)
    return None
