"""The board of promises: the day that it is counted against, what stands in each of its columns, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from dragoman.model.lines import Record
from dragoman.model.standing import STANDINGS, Standing
from dragoman.store import tables as t
from dragoman.store.questions import Ask, chosen, contents, facts
from dragoman.store.stretches import LONGER, MONTH, UNDATED, YEAR


def day_of_case(connection: sa.Connection) -> str | None:
    """The last day on which an article of the case is known to have appeared, ISO: what linking counts outcomes
    against."""
    r = t.record.c
    article = r.kind == sa.literal("article", literal_execute=True)
    # `D/D`, told from the index alone: open stretches may be many.
    same = sa.func.substr(r.stretch, 1, 10) == sa.func.substr(r.stretch, 12)
    on_a_day = sa.select(sa.func.substr(r.stretch, 1, 10)).where(article, same, r.stretch < UNDATED)
    within = sa.select(sa.func.max(r.last)).where(article, r.length.in_((MONTH, YEAR, LONGER)))
    latest = connection.execute(on_a_day.order_by(r.stretch.desc()).limit(1)).scalar()
    return max(filter(None, (latest, connection.execute(within).scalar())), default=None)


def columns(day: str, wanted: Ask | None = None) -> Mapping[Standing, Ask]:
    """How each column is asked for: see `model.standing`, which tells the same of one promise.

    Args:
        day: ISO; what is overdue is counted against it.
        wanted: Further conditions, such as who takes part.
    """
    of = replace(wanted or Ask(), kinds=("commitment",))
    before = _day_before(day)
    ends: dict[Standing, tuple[str, str]] = {"overdue": ("", before), "open": (day, UNDATED)}
    return {
        name: replace(of, types=("open", "overdue"), ends=ends[name])
        if name in ends
        else replace(of, types=(name,))
        for name in STANDINGS
    }


def due_in_order(
    connection: sa.Connection, ask: Ask, limit: int, skip: int = 0, latest_first: bool = False
) -> list[Record]:
    """Promises by the day that they are due, those of no known day last."""
    if not latest_first:  # what has no day comes last by itself
        return facts(connection, ask, limit, skip)
    held = chosen(connection, ask).subquery()
    last = (held.c.stretch == UNDATED, held.c.stretch.desc(), held.c.number)
    query = sa.select(held.c.number).order_by(*last).limit(limit).offset(skip)
    return contents(connection, list(connection.execute(query).scalars()))


def _day_before(day: str) -> str:
    at = date.fromisoformat(day).toordinal()
    return date.fromordinal(max(at - 1, 1)).isoformat()
