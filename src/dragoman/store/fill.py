"""Putting the records of a link in place of those before, with all that is found and counted by.

Linear in the records but for sorting: rows go in by the thousand without indexes, which are made afterwards from
all of them, and tables that are kept in the order of a key are filled in that order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import sqlalchemy as sa

from dragoman.model import CaseRecord
from dragoman.store import tables as t
from dragoman.store.rows import Origin, Row, row_of

AT_ONCE = 10_000
"""Records held in memory as rows."""

PARTIES = 64
"""An event with more sides than this is a list of names; it counts for no pair of them, of which it had millions."""

MANY = 1_000
"""Actors who take part in more records have their own counts in `cube`; those of others are counted when asked."""

COMPUTED = (
    *(t.record, t.side, t.printed, t.told_in, t.part, t.form),
    *(t.cube, t.busy, t.pair, t.company, t.spot),
)

_RECORD = tuple(c.name for c in t.record.c if c.name != "number")

_TEMPORARY = {
    "taking": "actor TEXT, number INTEGER",
    "printing": "outlet TEXT, number INTEGER",
    "dealing": "number INTEGER, actor TEXT, type TEXT, mode TEXT, denied INTEGER, PRIMARY KEY (number, actor)",
}
"""Keys of records as they come, to be put into order."""


def fill(connection: sa.Connection, records: Iterable[CaseRecord], origins: Mapping[str, Origin]) -> None:
    """Empty the computed tables and fill them from records. The caller's transaction holds it all."""
    run = connection.exec_driver_sql
    run("PRAGMA cache_size = -131072")
    indexes = [index for table in COMPUTED for index in sorted(table.indexes, key=lambda i: i.name or "")]
    for index in indexes:
        index.drop(connection)
    for table in COMPUTED:
        connection.execute(sa.delete(table))
    run("INSERT INTO record_words (record_words) VALUES ('delete-all')")
    for name, columns in _TEMPORARY.items():
        run(f"DROP TABLE IF EXISTS temp.{name}")
        run(f"CREATE TEMP TABLE {name} ({columns})" + (" WITHOUT ROWID" if "KEY" in columns else ""))
    rows = enumerate((row_of(record, origins) for record in records), start=1)
    while some := list(islice(rows, AT_ONCE)):
        _put(connection, some)
    for index in indexes:
        if index.table is t.record:
            index.create(connection)
    _put_in_order(connection)
    _count(connection)
    for index in indexes:
        if index.table is not t.record:
            index.create(connection)
    for name in _TEMPORARY:
        run(f"DROP TABLE temp.{name}")
    run("PRAGMA cache_size = -8192")


def _put(connection: sa.Connection, rows: list[tuple[int, Row]]) -> None:
    def many(statement: str, values: Iterator[tuple[object, ...]]) -> None:
        if some := list(values):
            marks = ", ".join("?" * len(some[0]))
            connection.exec_driver_sql(f"{statement} VALUES ({marks})", some)

    columns = ", ".join(("number", *_RECORD))
    many(
        f"INSERT INTO record ({columns})",
        ((n, *(row.columns[name] for name in _RECORD)) for n, row in rows),
    )
    many("INSERT INTO record_words (rowid, words)", ((n, row.words) for n, row in rows if row.words))
    many("INSERT INTO taking", ((actor, n) for n, row in rows for actor in row.actors))
    many("INSERT INTO printing", ((outlet, n) for n, row in rows for outlet in row.outlets))
    many("INSERT OR IGNORE INTO told_in", ((a, n) for n, row in rows for a in row.articles))
    many("INSERT INTO part", ((row.columns["id"], p) for _, row in rows for p in row.parts))
    many(
        "INSERT INTO form",
        ((form, row.columns["kind"], row.columns["id"]) for _, row in rows for form in row.forms),
    )
    many("INSERT INTO dealing", (dealt for n, row in rows for dealt in _dealing(n, row)))


def _dealing(number: int, row: Row) -> Iterator[tuple[object, ...]]:
    if row.columns["kind"] == "event" and 2 <= len(row.actors) <= PARTIES:
        of = (row.columns["type"] or "", row.columns["mode"] or "", int(row.columns["status"] == "denied"))
        for actor in row.actors:
            yield (number, actor, *of)


def _put_in_order(connection: sa.Connection) -> None:
    carried = ", ".join(t.CARRIED)
    for table, key, keys in (("side", "actor", "taking"), ("printed", "outlet", "printing")):
        connection.exec_driver_sql(
            f"INSERT INTO {table} ({key}, kind, stretch, id, number, {carried}) "
            f"SELECT k.{key}, r.kind, r.stretch, r.id, r.number, {', '.join(f'r.{c}' for c in t.CARRIED)} "
            f"FROM {keys} k CROSS JOIN record r ON r.number = k.number ORDER BY 1, 2, 3, 4"
        )


def _count(connection: sa.Connection) -> None:
    run = connection.exec_driver_sql
    of = "coalesce(type, ''), coalesce(status, ''), languages, iif(stretch = '~', '', substr(stretch, 1, 4))"
    run(
        "INSERT INTO busy SELECT actor, count(*) FROM side "
        "WHERE actor IN (SELECT id FROM form) GROUP BY actor"  # a side may be plain words, which are no actor
    )
    run(f"INSERT INTO cube SELECT '', kind, {of}, count(*) FROM record GROUP BY 2, 3, 4, 5, 6")
    run(
        f"INSERT INTO cube SELECT actor, kind, {of}, count(*) FROM side "
        f"WHERE actor IN (SELECT actor FROM busy WHERE n > {MANY}) GROUP BY 1, 2, 3, 4, 5, 6"
    )
    run(
        "INSERT INTO spot SELECT place, count(*) FROM record "
        "WHERE kind = 'event' AND place IS NOT NULL GROUP BY place"
    )
    run(
        "INSERT INTO pair SELECT a.actor, b.actor, a.type, a.mode, sum(1 - a.denied), sum(a.denied) "
        "FROM dealing a JOIN dealing b ON b.number = a.number AND b.actor > a.actor GROUP BY 1, 2, 3, 4"
    )
    run(
        "INSERT INTO company SELECT actor, -sum(n), other FROM ("
        "SELECT a AS actor, b AS other, n + denied AS n FROM pair UNION ALL SELECT b, a, n + denied FROM pair"
        ") GROUP BY actor, other ORDER BY 1, 2, 3"
    )
