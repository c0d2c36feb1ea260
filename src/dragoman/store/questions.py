"""What is asked of a case in SQL: facts by side, kind, day, place, source; counts; pairs.

Every answer is bounded (`limit`) and uses an index, so a page costs the same in a case of a hundred events
and in one of a million. Records come as in the export.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from dragoman.store import tables as t

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """Conditions on facts; what is None asks nothing. Days are ISO, both included.

    `actors`: at least one of them takes part; `all_actors`: every one does. `storyline`, `article`,
    `place`: record ids. `independent`: at least so many independent origins. `undated`: also facts
    without a first day, which otherwise meet no span of days.
    """

    kinds: tuple[str, ...] = ("event",)
    actors: tuple[str, ...] = ()
    all_actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    place: str | None = None
    article: str | None = None
    storyline: str | None = None
    language: str | None = None
    outlet: str | None = None
    independent: int | None = None
    sure_below: float | None = None


def facts(connection: sa.Connection, ask: Ask, limit: int = 100, skip: int = 0) -> list[Record]:
    """Facts that meet the conditions, by first day; those without one come last."""
    r = t.record.c
    query = sa.select(r.content).where(*_conditions(ask)).order_by(r.first.is_(None), r.first, r.id)
    rows = connection.execute(query.limit(limit).offset(skip)).scalars()
    return [msgspec.json.decode(row) for row in rows]


def count(connection: sa.Connection, ask: Ask) -> int:
    """How many facts meet the conditions."""
    return int(
        connection.execute(
            sa.select(sa.func.count()).select_from(t.record).where(*_conditions(ask))
        ).scalar_one()
    )


def tally(connection: sa.Connection, ask: Ask, by: str) -> dict[str, int]:
    """Facts that meet the conditions, counted by `type`, `status`, `kind`, or `year` of their first day."""
    column = sa.func.substr(t.record.c.first, 1, 4) if by == "year" else t.record.c[by]
    query = sa.select(column, sa.func.count()).where(*_conditions(ask)).group_by(column).order_by(column)
    return {str(value): int(n) for value, n in connection.execute(query) if value is not None}


def by_id(connection: sa.Connection, names: Sequence[str]) -> dict[str, Record]:
    """Records by id; ids that no record has are left out."""
    found: dict[str, Record] = {}
    for start in range(0, len(names), 500):
        some = sa.select(t.record.c.id, t.record.c.content).where(
            t.record.c.id.in_(names[start : start + 500])
        )
        found |= {row.id: msgspec.json.decode(row.content) for row in connection.execute(some)}
    return found


def company(connection: sa.Connection, actor: str, limit: int = 20) -> list[tuple[str, int]]:
    """Actors who share events with an actor, and how many, most first."""
    mine, other = t.side.alias("mine"), t.side.alias("other")
    shared = sa.func.count(sa.distinct(other.c.record))
    query = (
        sa.select(other.c.actor, shared)
        .join(mine, mine.c.record == other.c.record)
        .join(t.record, t.record.c.id == mine.c.record)
        .where(mine.c.actor == actor, other.c.actor != actor, t.record.c.kind == "event")
        .group_by(other.c.actor)
        .order_by(shared.desc(), other.c.actor)
        .limit(limit)
    )
    return [(name, int(n)) for name, n in connection.execute(query)]


def busiest(connection: sa.Connection, limit: int = 30) -> list[tuple[str, int]]:
    """The actors with most facts, and how many."""
    n = sa.func.count(sa.distinct(t.side.c.record))
    query = (
        sa.select(t.side.c.actor, n)
        .join(t.record, t.record.c.id == t.side.c.actor)  # a side may be plain words, which are no actor
        .group_by(t.side.c.actor)
        .order_by(n.desc(), t.side.c.actor)
        .limit(limit)
    )
    return [(name, int(count)) for name, count in connection.execute(query)]


def places(connection: sa.Connection, ask: Ask, limit: int = 500) -> list[tuple[str, int]]:
    """Places of the facts that meet the conditions, and how many facts each has, most first."""
    n = sa.func.count()
    query = (
        sa.select(t.record.c.place, n)
        .where(*_conditions(ask), t.record.c.place.is_not(None))
        .group_by(t.record.c.place)
        .order_by(n.desc(), t.record.c.place)
        .limit(limit)
    )
    return [(place, int(count)) for place, count in connection.execute(query)]


def pairs(
    connection: sa.Connection, actors: Sequence[str]
) -> dict[tuple[str, str], dict[tuple[str, str], int]]:
    """For each two of these actors who share events: (type, mode or "") -> how many. Denied ones do not count."""
    a, b = t.side.alias("a"), t.side.alias("b")
    mode = sa.func.coalesce(sa.func.json_extract(sa.cast(t.record.c.content, sa.Text), "$.mode"), "")
    query = (
        sa.select(a.c.actor, b.c.actor, t.record.c.type, mode, sa.func.count(sa.distinct(t.record.c.id)))
        .join(b, sa.and_(a.c.record == b.c.record, a.c.actor < b.c.actor))
        .join(t.record, t.record.c.id == a.c.record)
        .where(a.c.actor.in_(actors), b.c.actor.in_(actors))
        .where(t.record.c.kind == "event", t.record.c.status != "denied")
        .group_by(a.c.actor, b.c.actor, t.record.c.type, mode)
    )
    found: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
    for one, other, kind, how, n in connection.execute(query):
        found.setdefault((one, other), {})[kind, how] = int(n)
    return found


def _conditions(ask: Ask) -> list[sa.ColumnElement[bool]]:
    r = t.record.c
    found: list[sa.ColumnElement[bool]] = [
        r.kind.in_(ask.kinds) if len(ask.kinds) > 1 else r.kind == ask.kinds[0]
    ]
    if ask.actors:
        found.append(r.id.in_(sa.select(t.side.c.record).where(t.side.c.actor.in_(ask.actors))))
    found += [r.id.in_(sa.select(t.side.c.record).where(t.side.c.actor == actor)) for actor in ask.all_actors]
    if ask.types:
        found.append(r.type.in_(ask.types))
    if ask.statuses:
        found.append(r.status.in_(ask.statuses))
    if ask.since:
        found.append(sa.or_(r.last >= ask.since, sa.and_(r.last.is_(None), r.first.is_not(None))))
    if ask.until:
        found.append(sa.or_(r.first <= ask.until, sa.and_(r.first.is_(None), r.last.is_not(None))))
    if ask.place:
        found.append(r.place == ask.place)
    if ask.article:
        found.append(r.id.in_(sa.select(t.told_in.c.record).where(t.told_in.c.article == ask.article)))
    if ask.storyline:
        found.append(r.id.in_(sa.select(t.part.c.record).where(t.part.c.storyline == ask.storyline)))
    if ask.language or ask.outlet:
        told = sa.select(t.told_in.c.record).join(t.article, t.article.c.id == t.told_in.c.article)
        if ask.language:
            told = told.where(t.article.c.language == ask.language)
        if ask.outlet:
            told = told.where(t.article.c.outlet == ask.outlet)
        found.append(r.id.in_(told))
    if ask.independent is not None:
        found.append(r.independent >= ask.independent)
    if ask.sure_below is not None:
        found.append(r.confidence < ask.sure_below)
    return found
