"""Putting the records of a link in place of all those before, with all that is found and counted by.

Where most records stay as they were, `renew` does the same by writing those that did not.

Linear in the records but for sorting: rows go in by the thousand without indexes, which are made afterwards from
all of them, and tables that are kept in the order of a key are filled in that order.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from itertools import islice

import sqlalchemy as sa

from dragoman.model import CaseRecord
from dragoman.store import tables as t
from dragoman.store.rows import Origin, Row, number_of, row_of
from dragoman.store.stretches import OPEN_END, OPEN_START

AT_ONCE = 4_000
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

Numbered = list[tuple[int, Row]]
"""Rows with the numbers of their records."""

_TEMPORARY = {
    "taking": "actor TEXT, number INTEGER",
    "parting": "storyline INTEGER, id TEXT",
    "printing": "outlet TEXT, number INTEGER",
    "dealing": "number INTEGER, actor TEXT, stretch TEXT, type TEXT, mode TEXT, denied INTEGER, "
    "PRIMARY KEY (number, actor)",
}
"""Keys of records as they come, to be put into order."""


def fill(connection: sa.Connection, records: Iterable[CaseRecord], origins: Mapping[str, Origin]) -> None:
    """Empty the computed tables and fill them from records. The caller's transaction holds it all."""
    run = connection.exec_driver_sql
    run("PRAGMA cache_size = -65536")
    indexes = [index for table in COMPUTED for index in sorted(table.indexes, key=lambda i: i.name or "")]
    for index in indexes:
        index.drop(connection)
    for table in COMPUTED:
        connection.execute(sa.delete(table))
    run("INSERT INTO record_words (record_words) VALUES ('delete-all')")
    for name, columns in _TEMPORARY.items():
        run(f"DROP TABLE IF EXISTS temp.{name}")
        run(f"CREATE TEMP TABLE {name} ({columns})" + (" WITHOUT ROWID" if "KEY" in columns else ""))
    them = iter(records)
    while some := [(number_of(r), row_of(r, origins)) for r in islice(them, AT_ONCE)]:
        numbered = free_numbers(connection, some)
        put_rows(connection, numbered)
        _put_keys(connection, numbered)
    for index in indexes:
        if index.table is t.record:
            index.create(connection)
    run("INSERT INTO record_words (record_words) VALUES ('optimize')")
    _put_in_order(connection)
    _count(connection)
    for index in indexes:
        if index.table is not t.record:
            index.create(connection)
    for name in _TEMPORARY:
        run(f"DROP TABLE temp.{name}")
    run("PRAGMA cache_size = -8192")


def free_numbers(connection: sa.Connection, rows: Numbered) -> Numbered:
    """The rows, each with its own number or the next that no record has."""
    wanted = "SELECT number FROM record WHERE number IN (SELECT value FROM json_each(?))"
    asked = json.dumps([number for number, _ in rows])
    taken = set(connection.exec_driver_sql(wanted, (asked,)).scalars())
    found: Numbered = []
    for first, row in rows:
        number = first
        while number in taken:
            number += 1
            held = connection.exec_driver_sql("SELECT 1 FROM record WHERE number = ?", (number,))
            if held.scalar() is not None:
                taken.add(number)
        taken.add(number)
        found.append((number, row))
    return found


def many(connection: sa.Connection, statement: str, values: Iterable[tuple[object, ...]]) -> None:
    """A statement for each of many rows of values, if there are any; `%` in it stands for the marks of a row."""
    if some := list(values):
        marks = f"({', '.join('?' * len(some[0]))})"
        connection.exec_driver_sql(statement.replace("%", marks), some)


def put_rows(connection: sa.Connection, rows: Numbered, indexed: Collection[int] = ()) -> None:
    """Put records into the tables whose rows do not depend on other records; `indexed`: whose words are there still."""
    columns = ", ".join(("number", *_RECORD))
    many(
        connection,
        f"INSERT INTO record ({columns}) VALUES %",
        ((n, *(row.columns[name] for name in _RECORD)) for n, row in rows),
    )
    words = ((n, row.words) for n, row in rows if row.said and n not in indexed)
    many(connection, "INSERT INTO record_words (rowid, words) VALUES %", words)
    many(connection, "INSERT INTO told_in VALUES %", ((a, n) for n, row in rows for a in row.articles))
    forms = ((form, row.columns["kind"], row.columns["id"]) for _, row in rows for form in row.forms)
    many(connection, "INSERT INTO form VALUES %", forms)


def _put_keys(connection: sa.Connection, rows: Numbered) -> None:
    many(connection, "INSERT INTO taking VALUES %", ((a, n) for n, row in rows for a in row.actors))
    many(connection, "INSERT INTO printing VALUES %", ((o, n) for n, row in rows for o in row.outlets))
    many(connection, "INSERT INTO parting VALUES %", ((n, part) for n, row in rows for part in row.parts))
    dealing = ((n, actor, *deal(row)) for n, row in rows if is_dealing(row) for actor in row.actors)
    many(connection, "INSERT INTO dealing VALUES %", dealing)


def is_dealing(row: Row) -> bool:
    """True for an event that counts for the pairs of its sides: one that is not doubtful."""
    sure = row.columns["kind"] == "event" and not row.columns["doubtful"]
    return sure and 2 <= len(row.actors) <= PARTIES


def deal(row: Row) -> tuple[str, str, str, int]:
    """Stretch, type and mode of an event as `pair` has them, and 1 for one that is denied."""
    c = row.columns
    return c["stretch"], c["type"] or "", c["mode"] or "", int(c["status"] == "denied")


def _put_in_order(connection: sa.Connection) -> None:
    for table, keys in ((t.side, "taking"), (t.printed, "printing")):
        key, *rest = table.c.keys()
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({', '.join(table.c.keys())}) "
            f"SELECT k.{key}, {', '.join(f'r.{c}' for c in rest)} "
            f"FROM {keys} k CROSS JOIN record r ON r.number = k.number ORDER BY 1, 2, 3, 4"
        )
    connection.exec_driver_sql(
        "INSERT INTO part SELECT k.storyline, r.number FROM parting k CROSS JOIN record r ON r.id = k.id ORDER BY 1, 2"
    )


_YEAR = (
    f"CASE WHEN stretch = '~' THEN '' WHEN kind = 'entry' AND length IN ({OPEN_END}, {OPEN_START}) THEN '~' "
    "ELSE substr(stretch, 1, 4) END"
)
"""A line of the chronology that is only known to be before or after a day stands in no year, see `chronology.count`."""

_CELL = f"coalesce(type, ''), coalesce(status, ''), languages, {_YEAR}, doubtful"

CUBE_OF_ONE = (
    f"INSERT INTO cube SELECT actor, kind, {_CELL}, count(*) FROM side WHERE actor = ? "
    "GROUP BY 1, 2, 3, 4, 5, 6, 7"
)
"""Fills `cube` for one actor."""


def _count(connection: sa.Connection) -> None:
    run = connection.exec_driver_sql
    run(
        "INSERT INTO busy SELECT actor, count(*) FROM side WHERE kind != 'entry' "
        "AND actor IN (SELECT id FROM record) GROUP BY actor"  # a side may be plain words, which are no actor
    )
    run(f"INSERT INTO cube SELECT '', kind, {_CELL}, count(*) FROM record GROUP BY 2, 3, 4, 5, 6, 7")
    run(
        f"INSERT INTO cube SELECT actor, kind, {_CELL}, count(*) FROM side "
        f"WHERE actor IN (SELECT actor FROM busy WHERE n > {MANY}) GROUP BY 1, 2, 3, 4, 5, 6, 7"
    )
    run(
        "INSERT INTO spot SELECT place, count(*) FROM record "
        "WHERE kind = 'event' AND doubtful = 0 AND place IS NOT NULL GROUP BY place"
    )
    run(
        "INSERT INTO pair SELECT a.actor, b.actor, a.stretch, a.type, a.mode, sum(1 - a.denied), sum(a.denied) "
        "FROM dealing a JOIN dealing b ON b.number = a.number AND b.actor > a.actor GROUP BY 1, 2, 3, 4, 5"
    )
    run(
        "INSERT INTO company SELECT actor, -sum(n), other FROM ("
        "SELECT a AS actor, b AS other, n + denied AS n FROM pair UNION ALL SELECT b, a, n + denied FROM pair"
        ") GROUP BY actor, other ORDER BY 1, 2, 3"
    )
