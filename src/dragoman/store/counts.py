"""How many: counts of facts, and who and where they are about, mostly counted when the records were written."""

from __future__ import annotations

import json
from collections.abc import Sequence

import sqlalchemy as sa

from dragoman.store import tables as t
from dragoman.store.questions import Ask, chosen
from dragoman.store.stretches import UNDATED

COUNTED = 10_000
"""How far facts are counted that were not counted beforehand; a page says that there are more."""


class Count(int):
    """A number of facts; `more` where there are more than that. Shown as `12` or `10000+`."""

    more: bool

    def __new__(cls, n: int, more: bool = False) -> Count:
        made = super().__new__(cls, n)
        made.more = more
        return made

    def __str__(self) -> str:
        return f"{int(self)}{'+' if self.more else ''}"

    def __format__(self, how: str) -> str:
        return format(str(self), how)


def count(connection: sa.Connection, ask: Ask, beyond: int = 0) -> Count:
    """How many facts meet the conditions; exact to `COUNTED` more than `beyond`, and where they were counted before."""
    if _is_counted(connection, ask):
        n = sa.select(sa.func.coalesce(sa.func.sum(t.cube.c.n), 0)).where(*_in_cube(ask))
        return Count(connection.execute(n).scalar_one())
    enough = COUNTED + beyond
    some = chosen(connection, ask, enough + 1).limit(enough + 1).subquery()
    found = int(connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one())
    return Count(min(found, enough), found > enough)


def tally(connection: sa.Connection, ask: Ask, by: str) -> dict[str, int]:
    """Facts that meet the conditions, counted by `type`, `status`, `kind`, or `year` of their first day.

    One of which only the last day is known counts in the year of that, one without any day in none.
    """
    if _is_counted(connection, ask):
        value: sa.ColumnElement[str] = t.cube.c[by]
        query = sa.select(value, sa.func.sum(t.cube.c.n)).where(*_in_cube(ask))
    else:
        held = chosen(connection, ask, carry=("stretch" if by == "year" else by,)).subquery()
        value = sa.func.substr(held.c.stretch, 1, 4) if by == "year" else held.c[by]
        query = sa.select(value, sa.func.count())
    rows = connection.execute(query.group_by(value).order_by(value))
    return {str(held): int(n) for held, n in rows if held not in (None, "", "~")}


def _is_counted(connection: sa.Connection, ask: Ask) -> bool:
    """True where `cube` tells it: the only conditions are one actor of many facts, types, statuses, a language."""
    if ask.all_actors or ask.since or ask.until or ask.place or ask.article or ask.storyline or ask.outlet:
        return False
    if ask.independent is not None or ask.sure_below is not None or ask.ends or len(ask.actors) > 1:
        return False
    if not ask.actors:
        return True
    there = sa.select(sa.literal(1)).where(t.cube.c.actor == ask.actors[0]).limit(1)
    return connection.execute(there).scalar() is not None


def _in_cube(ask: Ask) -> list[sa.ColumnElement[bool]]:
    c = t.cube.c
    found = [c.actor == (ask.actors[0] if ask.actors else ""), c.kind.in_(ask.kinds)]
    if ask.sure:
        found.append(c.doubtful == 0)
    if ask.types:
        found.append(c.type.in_(ask.types))
    if ask.statuses:
        found.append(c.status.in_(ask.statuses))
    if ask.language:
        found.append(sa.func.instr(c.languages, f" {ask.language} ") > 0)
    return found


def busiest(connection: sa.Connection, limit: int = 30) -> list[tuple[str, int]]:
    """The actors with most facts, and how many."""
    query = sa.select(t.busy.c.actor, t.busy.c.n).order_by(t.busy.c.n.desc(), t.busy.c.actor).limit(limit)
    return [(name, int(n)) for name, n in connection.execute(query)]


def company(connection: sa.Connection, actor: str, limit: int = 20) -> list[tuple[str, int]]:
    """Actors who share events with an actor, and how many, most first."""
    c = t.company.c
    query = sa.select(c.other, c.fewer).where(c.actor == actor).order_by(c.fewer, c.other).limit(limit)
    return [(name, -int(fewer)) for name, fewer in connection.execute(query)]


def places(connection: sa.Connection, ask: Ask, limit: int = 500) -> list[tuple[str, int]]:
    """Places of the facts that meet the conditions, and how many facts each has, most first."""
    if ask == Ask(sure=True):
        query = sa.select(t.spot.c.place, t.spot.c.n).order_by(t.spot.c.n.desc(), t.spot.c.place)
    else:
        held = chosen(connection, ask, carry=("place",)).subquery()
        n = sa.func.count()
        query = sa.select(held.c.place, n).where(held.c.place.is_not(None)).group_by(held.c.place)
        query = query.order_by(n.desc(), held.c.place)
    return [(place, int(n)) for place, n in connection.execute(query.limit(limit))]


Pair = tuple[str, str]
Dealt = dict[tuple[str, str], int]
"""(type, mode or "") of events -> how many."""


def pairs(connection: sa.Connection, actors: Sequence[str]) -> dict[Pair, dict[str, Dealt]]:
    """For each two of these actors who share events, these by their stretch (see `stretches.stretch_of`), in order.

    Neither denied nor doubtful ones count.
    """
    p = t.pair.c
    query = sa.select(p.a, p.b, p.stretch, p.type, p.mode, p.n).where(
        p.a.in_(actors), p.b.in_(actors), p.n > 0
    )
    found: dict[Pair, dict[str, Dealt]] = {}
    for one, other, stretch, kind, how, n in connection.execute(query.order_by(p.a, p.b, p.stretch)):
        found.setdefault((one, other), {}).setdefault(stretch, {})[kind, how] = int(n)
    return found


def years_of_pair(connection: sa.Connection, a: str, b: str) -> dict[str, Dealt]:
    """Events that two share, by year. Neither denied nor doubtful ones count."""
    p, year = t.pair.c, sa.func.substr(t.pair.c.stretch, 1, 4)
    query = (
        sa.select(year, p.type, p.mode, sa.func.sum(p.n))
        .where(p.a == min(a, b), p.b == max(a, b), p.n > 0, p.stretch != UNDATED)
        .group_by(year, p.type, p.mode)
        .order_by(year)
    )
    found: dict[str, Dealt] = {}
    for when, kind, how, n in connection.execute(query):
        found.setdefault(when, {})[kind, how] = int(n)
    return found


def dealings(connection: sa.Connection, at: Sequence[tuple[Pair, str]]) -> list[int | None]:
    """The number of an event that two share at a stretch, for each of these; None where there is none.

    Neither denied nor doubtful ones are found.
    """
    ends = sa.func.json_each(json.dumps([[*pair, stretch] for pair, stretch in at])).table_valued(
        "key", "value"
    )
    a, b, stretch = (sa.func.json_extract(ends.c.value, f"$[{n}]") for n in range(3))
    one, other = t.side.alias().c, t.side.alias().c
    first = (
        sa.select(one.number)
        .where(one.actor == a, one.kind == "event", one.stretch == stretch)
        .where(one.status != "denied", one.doubtful == 0)
        .where(other.actor == b, other.kind == one.kind, other.stretch == one.stretch)
        .where(other.number == one.number)
        .order_by(one.number)
        .limit(1)
    )
    query = sa.select(first.scalar_subquery()).select_from(ends).order_by(ends.c.key)
    return list(connection.execute(query).scalars())
