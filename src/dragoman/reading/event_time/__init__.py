"""When what each clause tells took place.

A clause has, in this order of trust:

1. the time that its own words give (*met on Wednesday*, *the November 2020 ceasefire*);
2. that of a dated event told with it, or of the clause it belongs to: coordinated, participial, a noun beside its verb;
3. that of the discourse: *then*, *since then*, a past clause behind a dated one in its paragraph;
4. about the article's own day, for a plain past or present clause that stands in no dated stretch of telling.

What is told in the past perfect is never dated by the article's day, and what lies ahead only from there on.
Whatever none of these settles is None.
"""

from __future__ import annotations

from dragoman.model import TimeMention, When
from dragoman.reading.event_time.borrow import Timing
from dragoman.reading.syntax import Clause, Syntax

__all__ = ["time_clauses"]


def time_clauses(
    syntax: Syntax, clauses: tuple[Clause, ...], times: tuple[TimeMention, ...], published: When | None
) -> tuple[When | None, ...]:
    """One `When` or None for each clause, in order."""
    return Timing(syntax, clauses, times, published).run()
