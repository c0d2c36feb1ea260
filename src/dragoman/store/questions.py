"""What is asked of a case in SQL: facts by side, kind, day, place, source. How many there are: see `counts`.

Every answer is bounded (`limit`) and uses an index, so a page costs the same in a case of a hundred events
and in one of a million. Records come as in the export, by first day, the shorter stretch first; those of which
only the last day is known by that; those without any come last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from dragoman.model.lines import Record
from dragoman.store import tables as t
from dragoman.store.stretches import OPEN_END, UNDATED, Condition, after, overlap, overlaps, reaching
from dragoman.store.whole import held, line_of, record_of

Chosen = sa.Select[Any] | sa.CompoundSelect[Any]
"""A query for number and stretch of records; ties go by number, which begins as the id does."""

_ANY_KIND: sa.ColumnElement[str] = sa.literal_column("+record.kind")
"""The kind of what is found by its number, its id or its article: with the plus, SQLite does not go through all records
of the kind instead."""

ALL = 2**53
"""No limit."""

AT_ONCE = 500
"""Records fetched by id in one query."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Conditions on facts; what is None asks nothing. Days are ISO, both included.

    `actors`: at least one of them takes part; `all_actors`: every one does. `storyline`, `article`,
    `place`: record ids. `independent`: at least so many independent origins. Facts without any day meet
    no span of days. `ends`: the last day is one of these; an unknown one is taken to come after all days.
    `sure`: what is doubtful is left out, see `model.sureness`.
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
    ends: tuple[str, str] | None = None
    sure: bool = False


def facts(connection: sa.Connection, ask: Ask, limit: int = 100, skip: int = 0) -> list[Record]:
    """Facts that meet the conditions, in order."""
    some = _in_order(chosen(connection, ask, skip + limit)).limit(limit).offset(skip)
    return contents(connection, [row.number for row in connection.execute(some)])


def newest(connection: sa.Connection, ask: Ask, limit: int = 100, skip: int = 0) -> list[Record]:
    """Figures that meet the conditions, by the day from which they were known, the newest first; those of no known day
    last."""
    r = t.record.c
    if ask == Ask(kinds=("figure",), types=ask.types, sure=ask.sure):  # the index of figures serves it
        kind = r.kind == sa.literal("figure", literal_execute=True)
        query = sa.select(r.number).where(kind, *([_among(r.type, ask.types)] if ask.types else []))
    else:
        held = chosen(connection, ask).subquery()
        query = sa.select(r.number).join_from(held, t.record, r.number == held.c.number)
    some = query.order_by(r.known_from.desc(), r.number).limit(limit).offset(skip)
    return contents(connection, list(connection.execute(some).scalars()))


def every(connection: sa.Connection, ask: Ask) -> Iterator[Record]:
    """All facts that meet the conditions, in order, read as they are asked for."""
    numbers = [row.number for row in connection.execute(_in_order(chosen(connection, ask)))]
    for start in range(0, len(numbers), AT_ONCE):
        yield from contents(connection, numbers[start : start + AT_ONCE])


def least_sure(connection: sa.Connection, below: float, limit: int) -> list[Record]:
    """Events of less confidence than `below`, least sure first."""
    r = t.record.c
    query = (
        sa.select(r.number).where(r.kind == "event", r.confidence < below).order_by(r.confidence, r.number)
    )
    return contents(connection, list(connection.execute(query.limit(limit)).scalars()))


def unsure_among(connection: sa.Connection, ids: Sequence[str], below: float) -> list[Record]:
    """Those of these records that are events of less confidence than `below`; no other is read."""
    r = t.record.c
    numbers: list[int] = []
    for start in range(0, len(ids), AT_ONCE):
        sure: sa.ColumnElement[float] = sa.literal_column("+record.confidence")
        query = sa.select(r.number).where(r.id.in_(ids[start : start + AT_ONCE]))
        numbers += connection.execute(query.where(_ANY_KIND == "event", sure < below)).scalars()
    return contents(connection, numbers)


def held_on(connection: sa.Connection, day: str, limit: int = ALL) -> dict[str, list[Record]]:
    """What may have held on a day, for `telling.asof.as_of` to tell how sure that is: at most `limit` of a kind."""
    return {
        "state": facts(connection, Ask(kinds=("state",), since=day, until=day), limit),
        "commitment": _undertaken(connection, day, limit),
        "event": _under_way(connection, day, limit),
    }


def _undertaken(connection: sa.Connection, day: str, limit: int) -> list[Record]:
    """Commitments made by a day and due on it or later, or overdue; by the day they are due, if known."""
    r = t.record.c
    query = (
        sa.select(r.number)
        .where(r.kind == sa.literal("commitment", literal_execute=True))
        .where(sa.or_(r.made.is_(None), r.made <= day))
        .where(sa.or_(r.last.is_(None), r.last >= day, r.status == "overdue"))
        .order_by(r.last.is_(None), r.last, r.number)
    )
    return contents(connection, list(connection.execute(query.limit(limit)).scalars()))


def _under_way(connection: sa.Connection, day: str, limit: int) -> list[Record]:
    """Events that happened on a day or went on then; one without a last day only where it is told as ongoing."""
    r = t.record.c
    closed = [[r.stretch >= day, r.stretch < after(day), r.last.is_not(None)], *reaching(r, day, day)]
    parts = [_of_records("event", [r.status.in_(("happened", "ongoing")), *part]) for part in closed]
    parts.append(_of_records("event", [r.status == "ongoing", r.length == OPEN_END, r.stretch < after(day)]))
    some = _in_order(_union(parts, limit)).limit(limit)
    return contents(connection, [row.number for row in connection.execute(some)])


def by_id(connection: sa.Connection, names: Sequence[str]) -> dict[str, Record]:
    """Records by id; ids that no record has are left out."""
    found: dict[str, Record] = {}
    for start in range(0, len(names), AT_ONCE):
        some = sa.select(t.record.c.id, t.record.c.content, t.record.c.digest).where(
            t.record.c.id.in_(names[start : start + AT_ONCE])
        )
        found |= {row.id: record_of(row) for row in connection.execute(some)}
    return found


class Brief(NamedTuple):
    """What lists call an actor, a place or an article (by its source), and the first day of an article, if known."""

    name: str
    day: str | None
    kind: str = ""
    """An actor's type; else the kind of the record."""


def briefs(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Brief]:
    """Actors, places and articles by id, without reading their records, which may be long."""
    found: dict[str, Brief] = {}
    r = t.record.c
    for start in range(0, len(ids), AT_ONCE):
        some = sa.select(r.id, r.name, r.first, r.last, r.kind, r.type).where(
            r.id.in_(ids[start : start + AT_ONCE])
        )
        rows = connection.execute(some.where(r.name.is_not(None)))
        found |= {row.id: Brief(row.name, row.first or row.last, row.type or row.kind) for row in rows}
    return found


def names_of(connection: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    """Names by id, see `briefs`."""
    return {ref: brief.name for ref, brief in briefs(connection, ids).items()}


class Party(msgspec.Struct, frozen=True):
    """An actor or a place without its mentions, which may be many."""

    id: str
    kind: str
    name: str
    type: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


def parties(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Record]:
    """Actors and places by id, see `Party`."""
    decode = msgspec.json.Decoder(Party).decode
    r = t.record.c
    found: dict[str, Record] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = sa.select(r.content, r.digest).where(
            _ANY_KIND.in_(("actor", "place")), r.id.in_(ids[start : start + AT_ONCE])
        )
        held = (decode(line_of(row)) for row in connection.execute(some))
        found |= {one.id: msgspec.structs.asdict(one) for one in held}
    return found


class Met(msgspec.Struct, frozen=True, gc=False):
    """Where somebody is named."""

    article: str
    start: int
    end: int


class Known(Party, frozen=True):
    """An actor or a place with its mentions, of which there may be a hundred thousand: plain dictionaries of them would
    take longer than the page."""

    forms: tuple[str, ...] = ()
    roles: tuple[Record, ...] = ()
    mentions: tuple[Met, ...] = ()


def who_is(connection: sa.Connection, name: str) -> Record | None:
    """The actor or the place of an id, see `Known`."""
    r = t.record.c
    row = connection.execute(sa.select(r.kind, r.content, r.digest).where(r.id == name)).one_or_none()
    if row is None or row.kind not in ("actor", "place"):
        return None
    return msgspec.structs.asdict(msgspec.json.decode(line_of(row), type=Known))


def undated(connection: sa.Connection, ask: Ask, begun: bool = False) -> int:
    """How many facts that meet the conditions have no day; with `begun`, no first day."""
    held = chosen(connection, ask, carry=("first",) if begun and not _is_keyed(ask) else ()).subquery()
    query = sa.select(sa.func.count()).select_from(held)
    if not begun:
        return int(connection.execute(query.where(held.c.stretch == UNDATED)).scalar_one())
    if "first" in held.c:
        return int(connection.execute(query.where(held.c.first.is_(None))).scalar_one())
    of_record = query.join(t.record, t.record.c.number == held.c.number)
    return int(connection.execute(of_record.where(t.record.c.first.is_(None))).scalar_one())


def _is_keyed(ask: Ask) -> bool:
    """True where the records are looked for in `side`, which does not hold all columns."""
    return bool(ask.actors or ask.all_actors)


def called(
    connection: sa.Connection, kind: str, name: str, within: bool = False, limit: int = ALL
) -> list[str]:
    """Ids of actors or places by any of their names or their id, in any case; `within`: by a part of it."""
    f, wanted = t.form.c, name.casefold()
    meets = sa.func.instr(f.form, wanted) > 0 if within else f.form == wanted
    query = sa.select(f.id).where(f.kind == kind, meets).distinct().order_by(f.id).limit(limit)
    return list(connection.execute(query).scalars())


class Form(NamedTuple):
    """What an actor or a place is called, in small letters."""

    form: str
    kind: str
    id: str


def forms(connection: sa.Connection) -> Iterator[Form]:
    """All that actors and places are called, read as it is asked for, by id; their ids are among it."""
    f = t.form.c
    query = sa.select(f.form, f.kind, f.id).where(f.kind.in_(("actor", "place"))).order_by(f.id, f.form)
    yield from map(Form._make, connection.execute(query.execution_options(yield_per=1000)))


def meeting(connection: sa.Connection, ask: Ask, numbers: Sequence[int]) -> set[int]:
    """Those of some records that meet the conditions; no others are looked at."""
    r, c = t.record.c, t.side.c
    wanted = [*overlap(r, ask.since, ask.until), *_filters(r, ask)]
    same = (c.kind == r.kind, c.stretch == r.stretch, c.number == r.number)
    taking_part = [*([ask.actors] if ask.actors else []), *((actor,) for actor in ask.all_actors)]
    wanted += [sa.exists().where(c.actor.in_(some), *same) for some in taking_part]
    found: set[int] = set()
    for start in range(0, len(numbers), AT_ONCE):
        some = r.number.in_(numbers[start : start + AT_ONCE])
        query = sa.select(r.number).where(some, _ANY_KIND.in_(ask.kinds))
        found.update(connection.execute(query.where(*wanted)).scalars())
    return found


def contents(connection: sa.Connection, numbers: Sequence[int]) -> list[Record]:
    """Records by their number, in the order of the numbers."""
    found: dict[int, Record] = {}
    for start in range(0, len(numbers), AT_ONCE):
        some = sa.select(t.record.c.number, t.record.c.content, t.record.c.digest).where(
            t.record.c.number.in_(numbers[start : start + AT_ONCE])
        )
        found |= {row.number: record_of(row) for row in connection.execute(some)}
    return [held(found, number) for number in numbers]


# --- which records ------------------------------------------------------------------------------------


def chosen(
    connection: sa.Connection, ask: Ask, enough: int | None = None, carry: Sequence[str] = ()
) -> Chosen:
    """The query for the records that meet the conditions: number, stretch, and the columns to `carry`.

    It goes through the smallest set of records that a condition names, in order of time. With `enough`, of each
    part of it the first so many in order are taken, among which are as many of the whole.
    """
    if ask.all_actors:
        rarest = _rarest(connection, ask.all_actors)
        return _union([_of_actor(rarest, ask, kind, carry) for kind in ask.kinds], enough)
    if ask.actors:
        actors = dict.fromkeys(ask.actors)
        parts = [_of_actor(a, ask, kind, carry) for a in actors for kind in ask.kinds]
        return _union(parts, enough, apart=len(actors) == 1)
    if ask.article or ask.storyline:
        return _few(ask, carry)
    if ask.outlet:
        return _union([_of_outlet(ask, kind, carry) for kind in ask.kinds], enough)
    r = t.record.c
    return _union(
        [
            _of_records(kind, [*part, *_filters(r, ask)], carry)
            for kind in ask.kinds
            for part in overlaps(r, ask.since, ask.until)
        ],
        enough,
    )


def _rarest(connection: sa.Connection, actors: Sequence[str]) -> str:
    query = sa.select(t.busy.c.actor, t.busy.c.n).where(t.busy.c.actor.in_(actors))
    known = {row.actor: row.n for row in connection.execute(query)}
    return min(actors, key=lambda a: (known.get(a, 0), a))


def _of_records(kind: str, conditions: Sequence[Condition], carry: Sequence[str] = ()) -> sa.Select[Any]:
    r = t.record.c  # the kind is spelled out in the statement, which an index of one kind asks for
    return sa.select(r.number, r.stretch, *(r[name] for name in carry)).where(
        r.kind == sa.literal(kind, literal_execute=True), *conditions
    )


def _of_actor(actor: str, ask: Ask, kind: str, carry: Sequence[str]) -> sa.Select[Any]:
    """Through the records that somebody takes part in, which `side` holds in order."""
    c = t.side.c
    conditions = [c.actor == actor, c.kind == kind, *overlap(c, ask.since, ask.until), *_filters(c, ask)]
    others = [(other,) for other in dict.fromkeys(ask.all_actors) if other != actor]
    for some in (*others, *([ask.actors] if ask.actors and ask.all_actors else [])):
        its = t.side.alias().c
        same = (its.kind == c.kind, its.stretch == c.stretch, its.number == c.number)
        conditions.append(sa.exists().where(its.actor.in_(some), *same))
    return sa.select(c.number, c.stretch, *(c[name] for name in carry)).where(*conditions)


def _of_outlet(ask: Ask, kind: str, carry: Sequence[str]) -> sa.Select[Any]:
    """Through the records that an outlet tells, which `printed` holds in order; what else is asked is the record's."""
    p, r = t.printed.c, t.record.c
    wanted = [*overlap(r, ask.since, ask.until), *_filters(r, replace(ask, outlet=None))]
    if wanted or carry:
        wanted.append(r.number == p.number)
    query = sa.select(p.number, p.stretch, *(r[name] for name in carry))
    return query.where(p.outlet == ask.outlet, p.kind == kind, *wanted)


def _few(ask: Ask, carry: Sequence[str]) -> sa.Select[Any]:
    """The records of an article or a storyline: few, so they are all looked at."""
    r = t.record.c
    query = sa.select(r.number, r.stretch, *(r[name] for name in carry))
    query = query.where(_ANY_KIND.in_(ask.kinds))
    return query.where(*overlap(r, ask.since, ask.until), *_filters(r, ask))


def _filters(c: Any, ask: Ask) -> list[Condition]:
    """The conditions beside those on days and actors, on the columns of `record` or `side`."""
    found: list[Condition] = []
    if ask.types:
        found.append(_among(c.type, ask.types))
    if ask.statuses:
        found.append(_among(c.status, ask.statuses))
    if ask.place:
        found.append(c.place == ask.place)
    if ask.language:
        found.append(sa.func.instr(c.languages, f" {ask.language} ") > 0)
    if ask.independent is not None:
        found.append(c.independent >= ask.independent)
        if ask.independent >= t.OFTEN:  # spelled out, which the index of these asks for
            found.append(c.independent >= sa.literal_column(str(t.OFTEN)))
    if ask.sure_below is not None:
        found.append(c.confidence < ask.sure_below)
    if ask.sure:
        found.append(c.doubtful == 0)
    if ask.ends:
        first, last = ask.ends
        unknown = [c.last.is_(None)] if last >= UNDATED else []
        found.append(sa.or_(c.last.between(first, last), *unknown))
    if ask.article:
        found.append(c.number.in_(sa.select(t.told_in.c.number).where(t.told_in.c.article == ask.article)))
    if ask.storyline:
        found.append(c.number.in_(parts_of(ask.storyline)))
    if ask.outlet:
        its = t.printed.alias().c
        same = (its.kind == c.kind, its.stretch == c.stretch, its.number == c.number)
        found.append(sa.exists().where(its.outlet == ask.outlet, *same))
    return found


def parts_of(storyline: str) -> sa.Select[Any]:
    """The query for the numbers of the articles and events of a storyline."""
    its = t.record.alias().c
    return sa.select(t.part.c.number).where(
        t.part.c.storyline == sa.select(its.number).where(its.id == storyline).scalar_subquery()
    )


def _among(column: sa.ColumnElement[str], values: Sequence[str]) -> Condition:
    return column == values[0] if len(values) == 1 else column.in_(values)


def _union(parts: Sequence[sa.Select[Any]], enough: int | None, apart: bool = True) -> Chosen:
    """Several queries as one; `apart` where they have no record in common."""
    if len(parts) == 1:
        return parts[0]
    if enough is not None:
        firsts = (_in_order(part).limit(enough) for part in parts)
        parts = [sa.select(first.subquery()) for first in firsts]
    return sa.union_all(*parts) if apart else sa.union(*parts)


def _in_order(query: Chosen) -> sa.Select[Any]:
    if isinstance(query, sa.Select):
        number, stretch = list(query.selected_columns)[:2]
        return query.order_by(stretch, number)
    all_of = query.subquery()
    return sa.select(all_of).order_by(all_of.c.stretch, all_of.c.number)
