"""What has come into a case since a person last marked it as seen.

Articles are never taken out of a case and are numbered in the order in which they came (SQLite's rowid), so one
number says which are new; what is told in no older article is a new fact. Promises that were open and disputes that
were there are noted by id, to tell what became of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from dragoman.store import tables as t
from dragoman.store.promises import day_of_case
from dragoman.store.questions import AT_ONCE, contents

Key = TypeVar("Key", str, int)

MOST = 3_000
"""Articles and facts that are looked at; where there are more, only that there are more is told."""

KINDS = ("event", "statement", "figure", "state", "commitment")
"""Kinds of fact that are told in articles by themselves."""

_ROWID: sa.ColumnClause[int] = sa.literal_column("article.rowid", sa.Integer)


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What there was when a person marked the case as seen: its last article's number, open promises, disputes.

    `at` is an ISO moment in UTC; `day` that of the latest article, against which promises were counted.
    """

    at: str
    articles: int
    open: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    day: str | None = None


@dataclass(frozen=True, slots=True)
class New:
    """What is new since a mark, by id of article and number of record. `more`: there are more than are named here."""

    articles: tuple[str, ...]
    facts: dict[str, tuple[int, ...]]
    disputes: tuple[int, ...]
    settled: tuple[int, ...]
    overdue: tuple[int, ...]
    more: bool

    def __bool__(self) -> bool:
        return bool(
            self.articles or self.disputes or self.settled or self.overdue or any(self.facts.values())
        )


def last_mark(connection: sa.Connection) -> Mark | None:
    """The mark that stands; None for a case that nobody has looked at."""
    return _read(connection, "seen")


def mark(connection: sa.Connection, at: str) -> None:
    """Mark all that is there as seen; the mark before is kept, to go back to."""
    before = connection.execute(sa.select(t.note.c.value).where(t.note.c.key == "seen")).scalar()
    r = t.record.c
    still_open = (
        sa.select(r.id).where(r.kind == "commitment", r.status.in_(("open", "overdue"))).order_by(r.id)
    )
    disputes = sa.select(r.id).where(r.kind == "dispute").order_by(r.id)
    made = Mark(
        at=at,
        articles=int(
            connection.execute(
                sa.select(sa.func.coalesce(sa.func.max(_ROWID), 0)).select_from(t.article)
            ).scalar_one()
        ),
        open=tuple(connection.execute(still_open).scalars()),
        disputes=tuple(connection.execute(disputes).scalars()),
        day=day_of_case(connection),
    )
    if before is not None:
        _write(connection, "seen before", before)
    _write(connection, "seen", msgspec.json.encode(made).decode())


def go_back(connection: sa.Connection) -> bool:
    """Let the mark before the last stand again; False where there is none."""
    before = connection.execute(sa.select(t.note.c.value).where(t.note.c.key == "seen before")).scalar()
    if before is None:
        return False
    _write(connection, "seen", before)
    connection.execute(sa.delete(t.note).where(t.note.c.key == "seen before"))
    return True


def can_go_back(connection: sa.Connection) -> bool:
    return _read(connection, "seen before") is not None


def new_since(connection: sa.Connection, seen: Mark, today: str, sure: bool = False) -> New:
    """What is new since a mark, with `sure` without what is doubtful.

    A promise is overdue when its last day was past on `today`, and not on the day of the mark's latest article.
    """
    after = sa.select(t.article.c.id).select_from(t.article).where(seen.articles < _ROWID).order_by(_ROWID)
    articles = list(connection.execute(after.limit(MOST + 1)).scalars())
    facts, more = _facts(connection, articles[:MOST], sure)
    return New(
        articles=tuple(articles[:MOST]),
        facts=facts,
        disputes=_disputes(connection, seen),
        settled=_settled(connection, seen),
        overdue=_overdue(connection, seen.day or seen.at[:10], today),
        more=more or len(articles) > MOST,
    )


def ids_of(connection: sa.Connection, numbers: Sequence[int]) -> list[str]:
    """Ids of records by their number, in the order of the numbers."""
    r = t.record.c
    found: dict[int, str] = {}
    for some in _in_parts(numbers):
        found |= {
            row.number: row.id
            for row in connection.execute(sa.select(r.number, r.id).where(r.number.in_(some)))
        }
    return [found[number] for number in numbers]


def _facts(
    connection: sa.Connection, articles: Sequence[str], sure: bool
) -> tuple[dict[str, tuple[int, ...]], bool]:
    """Facts that only these articles tell, by kind, in the order of time."""
    r, told = t.record.c, t.told_in.c
    candidates: dict[int, tuple[str, str]] = {}
    for some in _in_parts(articles):
        query = (
            sa.select(r.number, r.kind, r.stretch)
            .join_from(t.told_in, t.record, r.number == told.number)
            .where(told.article.in_(some), r.kind.in_(KINDS), *([r.doubtful == 0] if sure else []))
        )
        candidates |= {
            row.number: (row.kind, row.stretch) for row in connection.execute(query.limit(MOST + 1))
        }
        if len(candidates) > MOST:
            break
    numbers = sorted(candidates)[:MOST]
    new = set(articles)
    found: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for number, record in zip(numbers, contents(connection, numbers), strict=True):
        if all(e["article"] in new for e in record["evidence"]):
            found[record["kind"]].append(number)
    for told_of in found.values():
        told_of.sort(key=lambda n: (candidates[n][1], n))
    return {kind: tuple(told_of) for kind, told_of in found.items()}, len(candidates) > MOST


def _disputes(connection: sa.Connection, seen: Mark) -> tuple[int, ...]:
    r = t.record.c
    known = set(seen.disputes)
    rows = connection.execute(sa.select(r.number, r.id).where(r.kind == "dispute").order_by(r.stretch, r.id))
    return tuple(row.number for row in rows if row.id not in known)


def _settled(connection: sa.Connection, seen: Mark) -> tuple[int, ...]:
    """Promises that were open and that something has settled: of an `unknown` outcome nothing has."""
    r = t.record.c
    found: list[int] = []
    for some in _in_parts(seen.open):
        query = sa.select(r.number).where(r.id.in_(some), r.status.not_in(("open", "overdue", "unknown")))
        found += connection.execute(query).scalars()
    return tuple(sorted(found))


def _overdue(connection: sa.Connection, marked: str, today: str) -> tuple[int, ...]:
    r = t.record.c
    query = (
        sa.select(r.number)
        .where(r.kind == sa.literal("commitment", literal_execute=True))
        .where(r.status.in_(("open", "overdue")), r.last >= marked, r.last < today)
        .order_by(r.last, r.id)
    )
    return tuple(connection.execute(query.limit(MOST)).scalars())


def _in_parts(keys: Sequence[Key]) -> Iterable[Sequence[Key]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _read(connection: sa.Connection, key: str) -> Mark | None:
    value = connection.execute(sa.select(t.note.c.value).where(t.note.c.key == key)).scalar()
    return msgspec.json.decode(value, type=Mark) if value else None


def _write(connection: sa.Connection, key: str, value: str) -> None:
    written = insert(t.note).values(key=key, value=value)
    connection.execute(written.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
