"""Which lines of the chronology are shown: the weightiest that meet conditions, then in the order of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import sqlalchemy as sa

from dragoman.model.lines import Record
from dragoman.store import tables as t
from dragoman.store.questions import ALL, AT_ONCE, contents, parts_of
from dragoman.store.stretches import OPEN_END, OPEN_START, UNDATED, after
from dragoman.store.whole import record_of


@dataclass(frozen=True, slots=True)
class Lines:
    """Conditions on lines; what is None or empty asks nothing. Days are ISO, both included.

    A line must lie within `since` to `until` as a whole, so that a month's lines are of that month only. `actors`,
    `place`: ids, at least one of which takes part or is where it was. `story`: id of a storyline, in whose articles
    it is told. `language`: one in which it is told. `doubtful`: those too that rest on what is not sure.
    """

    since: str | None = None
    until: str | None = None
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    story: str | None = None
    language: str | None = None
    statuses: tuple[str, ...] = ()
    doubtful: bool = False


FEW = 2_500
"""Lines of somebody that are looked at one by one; where there are more, the weightiest lines of all soon hold enough
of theirs."""


COUNTED = 20_000
"""How far lines are counted that were not counted beforehand."""


def weightiest(connection: sa.Connection, wanted: Lines, most: int | None = 30) -> list[Record]:
    """The `most` weightiest dated lines (None: all), in the order of time."""
    rows = _heaviest(connection, wanted, True, most)
    return contents(
        connection, [row.number for row in sorted(rows, key=lambda row: (row.stretch, row.number))]
    )


def undated(connection: sa.Connection, wanted: Lines, most: int | None = 30) -> list[Record]:
    """The `most` weightiest lines of which no first and last day are known, the weightiest first; none where days are
    asked for."""
    if wanted.since or wanted.until:
        return []
    rows = _heaviest(connection, wanted, False, most)
    return contents(connection, [row.number for row in rows])


def _heaviest(connection: sa.Connection, wanted: Lines, dated: bool, most: int | None) -> list[Any]:
    r = t.record.c
    rows: list[Any] = []
    for query in _ways(connection, wanted, dated):
        for doubtful in (0, 1) if wanted.doubtful else (0,):  # the index by weight has either by itself
            some = query.where(r.doubtful == doubtful).order_by(r.weight.desc(), r.number)
            rows += connection.execute(some.limit(ALL if most is None else most)).all()
    return sorted(rows, key=lambda row: (-row.weight, row.number))[:most]


def _ways(connection: sa.Connection, wanted: Lines, dated: bool | None = None) -> list[sa.Select[Any]]:
    """Queries for the lines that meet the conditions, which have none in common; each goes the shorter way: through the
    lines of somebody, or by weight past those of others. `dated`: whether only those with days, or without, are asked
    for; the latter are few of anybody's."""
    r, plain = t.record.c, replace(wanted, actors=(), places=())
    base = _lines(plain)
    days = [] if dated is None else [sa.not_(_without_days(r)) if dated else _without_days(r)]

    def theirs(actors: Sequence[str]) -> sa.Select[Any]:
        few = _few(connection, actors, dated)
        if few is None:
            return _lines(plain).where(_is_side(actors, dated))
        return _lines(plain, by_number=True).where(_one_of(few), *days)

    if not wanted.places:
        return [theirs(wanted.actors) if wanted.actors else base.where(*days)]
    if wanted.actors:
        base = base.where(_is_side(wanted.actors, dated))
    elsewhere = sa.or_(r.place.is_(None), r.place.not_in(wanted.places))
    beside = theirs(wanted.places).where(elsewhere)  # a place takes part in what is done to it
    if wanted.actors:
        beside = beside.where(_is_side(wanted.actors, dated))
    return [base.where(r.place.in_(wanted.places), *days), beside]


def _few(connection: sa.Connection, actors: Sequence[str], dated: bool | None) -> list[int] | None:
    """Numbers of the lines in which some actors take part; None where they are more than `FEW`, unless they have no
    days."""
    c = t.side.c
    query = sa.select(c.number).where(c.actor.in_(actors), c.kind == "entry")
    if dated is False:
        return sorted(set(connection.execute(query.where(_without_days(c))).scalars()))
    found = list(connection.execute(query.limit(FEW + 1)).scalars())
    return None if len(found) > FEW else sorted(set(found))


def _without_days(c: Any) -> sa.ColumnElement[bool]:
    """Of the columns of `record` or `side`: a line that is only known to be before or after a day stands with those
    that have none."""
    return sa.or_(c.stretch == UNDATED, sa.func.coalesce(c.length, 0).in_((OPEN_START, OPEN_END)))


def _is_side(actors: Sequence[str], dated: bool | None) -> sa.ColumnElement[bool]:
    """Of lines by weight, those of somebody. Whether they have days is asked here as well: SQLite would read each
    record for that before it looks whose the line is."""
    r, c = t.record.c, t.side.c
    same = (c.kind == "entry", c.stretch == r.stretch, c.number == r.number)
    days = [sa.not_(_without_days(c))] if dated else []
    return sa.exists().where(c.actor.in_(actors), *same, *days)


def _one_of(numbers: Sequence[int]) -> sa.ColumnElement[bool]:
    listed = sa.func.json_each(msgspec.json.encode(numbers).decode()).table_valued("value")
    return t.record.c.number.in_(sa.select(listed.c.value))


def among(connection: sa.Connection, wanted: Lines, numbers: Sequence[int]) -> list[int]:
    """Those of the records of some numbers that are lines and meet the conditions, in the order of time."""
    r = t.record.c
    rows: list[Any] = []
    for start in range(0, len(numbers), AT_ONCE):
        query = _lines(wanted).where(r.number.in_(numbers[start : start + AT_ONCE]))
        rows += connection.execute(query).all()
    return [row.number for row in sorted(rows, key=lambda row: (row.stretch, row.number))]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines meet the conditions: `dated` and `undated` sure ones, `doubtful` ones, and how many of these
    are dated; `more`: there are more than these."""

    dated: int
    undated: int
    doubtful: int
    doubtful_dated: int = 0
    more: bool = False


def count(connection: sa.Connection, wanted: Lines) -> Counts:
    """How many there are to show, and what is left out by default; exact to `COUNTED` and where they were
    counted before.

    Counted in indexes alone: no line is looked at. Lines of which only the last day is known, which the index by weight
    does not tell from those of a single day, are few and have an index by their class of length.
    """
    if wanted == Lines(statuses=wanted.statuses, language=wanted.language, doubtful=wanted.doubtful):
        return _counted(connection, wanted)
    if len(wanted.actors) == 1 and wanted == replace(Lines(), actors=wanted.actors, doubtful=wanted.doubtful):
        return _counted_of(connection, wanted.actors[0])
    r = t.record.c
    found: Counter[tuple[bool, bool]] = Counter()
    more = False
    for every in _ways(connection, replace(wanted, doubtful=True)):
        some = every.with_only_columns(r.doubtful, r.last.is_not(None).label("ended")).limit(COUNTED + 1)
        held = some.subquery().c
        rows = connection.execute(
            sa.select(held.doubtful, held.ended, sa.func.count()).group_by(held.doubtful, held.ended)
        ).all()
        found.update({(bool(doubtful), bool(ended)): int(n) for doubtful, ended, n in rows})
        if sum(int(n) for _, _, n in rows) > COUNTED:
            more = True
            continue
        no_first = every.with_only_columns(r.doubtful, sa.func.count()).where(
            r.kind == "entry", r.length == OPEN_START
        )
        for doubtful, n in connection.execute(no_first.group_by(r.doubtful)):
            found[bool(doubtful), True] -= int(n)
            found[bool(doubtful), False] += int(n)
    return Counts(
        dated=found[False, True],
        undated=found[False, False],
        doubtful=found[True, True] + found[True, False],
        doubtful_dated=found[True, True],
        more=more,
    )


def _counted(connection: sa.Connection, wanted: Lines) -> Counts:
    """The same from what was counted beforehand, which knows statuses and languages."""
    c = t.cube.c
    query = sa.select(c.doubtful, c.year.in_(("", UNDATED)), sa.func.sum(c.n)).where(
        c.actor == "", c.kind == "entry"
    )
    if wanted.statuses:
        query = query.where(c.status.in_(wanted.statuses))
    if wanted.language:
        query = query.where(sa.func.instr(c.languages, f" {wanted.language} ") > 0)
    return _counts(connection.execute(query.group_by(c.doubtful, c.year.in_(("", UNDATED)))))


def _counted_of(connection: sa.Connection, actor: str) -> Counts:
    """The same of one actor, from the table that lists what each takes part in."""
    c = t.side.c
    no_day = _without_days(c)
    query = sa.select(c.doubtful, no_day, sa.func.count()).where(c.actor == actor, c.kind == "entry")
    return _counts(connection.execute(query.group_by(c.doubtful, no_day)))


def _counts(rows: Iterable[Any]) -> Counts:
    """Of rows that say whether they are of doubtful lines, whether of such without a day, and how many."""
    found = {(bool(doubtful), bool(undated)): int(n) for doubtful, undated, n in rows}
    return Counts(
        dated=found.get((False, False), 0),
        undated=found.get((False, True), 0),
        doubtful=found.get((True, False), 0) + found.get((True, True), 0),
        doubtful_dated=found.get((True, False), 0),
    )


def stories(connection: sa.Connection, called: str) -> Sequence[str]:
    """Ids of storylines by their id, or by a part of their title, in any case."""
    r, f = t.record.c, called.casefold()
    rows = connection.execute(
        sa.select(r.id, r.content, r.digest).where(r.kind == "storyline").order_by(r.id)
    )
    found = [(row.id, str(record_of(row)["title"]).casefold()) for row in rows]
    return [i for i, _ in found if i == called] or [i for i, title in found if f in title]


def _lines(wanted: Lines, by_number: bool = False) -> sa.Select[Any]:
    """`by_number`: the query goes through records of given numbers, and through no index."""
    r = t.record.c
    # Only lines have a weight. What is asked here lies in the index by weight, so that no line is read to leave it out.
    # With the plus, SQLite does not go through that index to find a few of its lines by their numbers.
    weight = sa.literal_column("+record.weight") if by_number else r.weight
    query = sa.select(r.number, r.stretch, r.weight).where(weight.is_not(None))
    if not wanted.doubtful:
        query = query.where(r.doubtful == 0)
    if wanted.since:
        query = query.where(r.stretch >= wanted.since, r.stretch != UNDATED)
    if wanted.until:
        begun = sa.and_(
            r.last.is_(None), r.stretch != UNDATED, sa.func.substr(r.stretch, 1, 10) <= wanted.until
        )
        query = query.where(r.stretch < after(wanted.until), sa.or_(r.last <= wanted.until, begun))
    if wanted.actors:
        side = sa.select(t.side.c.number).where(t.side.c.actor.in_(wanted.actors), t.side.c.kind == "entry")
        query = query.where(r.number.in_(side))
    if wanted.places:
        side = sa.select(t.side.c.number).where(t.side.c.actor.in_(wanted.places), t.side.c.kind == "entry")
        query = query.where(sa.or_(r.place.in_(wanted.places), r.number.in_(side)))
    if wanted.story:
        its = t.record.alias().c
        articles = sa.select(its.id).where(its.number.in_(parts_of(wanted.story)), its.kind == "article")
        told = sa.select(t.told_in.c.number).where(t.told_in.c.article.in_(articles))
        query = query.where(r.number.in_(told))
    if wanted.language:
        query = query.where(sa.func.instr(r.languages, f" {wanted.language} ") > 0)
    if wanted.statuses:
        query = query.where(r.status.in_(wanted.statuses))
    return query
