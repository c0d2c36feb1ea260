"""Bringing the computed tables to the records of a link by writing only what differs from before.

What it leaves is what `fill` would leave, but for the places of rows on disk. The cost beyond finding out what
differs grows with what differs alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import sqlalchemy as sa

from dragoman.model import CaseRecord
from dragoman.store import fill as whole
from dragoman.store import tables as t
from dragoman.store.fill import Numbered, deal, fill, free_numbers, is_dealing, many, put_rows
from dragoman.store.packing import RECORDS
from dragoman.store.rows import Origin, Row, content_of, digest_of, number_of, row_of, rules, with_keys
from dragoman.store.stretches import OPEN_END, OPEN_START, UNDATED

MOST = 0.3
"""Share of the records from which on, if so many differ, all are written anew, which is quicker then."""

AT_ONCE = 500


@dataclass(frozen=True)
class Change:
    """What differs between the computed tables and the records that they are to hold.

    Attributes:
        stamp: How often the tables had been renewed when they were looked at.
        gone, new: Rows to take out and to put in; None where all are to be written anew.
    """

    stamp: str | None
    records: Iterable[CaseRecord]
    origins: Mapping[str, Origin]
    gone: Numbered | None
    new: Numbered


def compare(
    connection: sa.Connection, records: Iterable[CaseRecord], origins: Mapping[str, Origin]
) -> Change:
    """Find out what differs; nothing is written, so others may read and write meanwhile.

    Where all are to be written anew, the records are not looked at.
    """
    stamp = _note(connection, "renewed")
    rows = connection.exec_driver_sql("SELECT id, number, digest FROM record")
    before = {name: (number, digest) for name, number, digest in rows}
    if not before or _note(connection, "rules") != rules():
        return Change(stamp, records, origins, None, [])
    records = list(records)
    changed: list[tuple[CaseRecord, bytes]] = []
    for record in records:
        content = content_of(record)
        if before.get(record.id, (0, None))[1] == digest_of(content):
            del before[record.id]
        else:
            changed.append((record, content))
            if len(changed) > MOST * len(records):
                return Change(stamp, records, origins, None, [])
    if len(changed) + len(before) > MOST * len(records):
        return Change(stamp, records, origins, None, [])
    gone = list(_rows_of(connection, [number for number, _ in before.values()], origins))
    new = [(number_of(record), row_of(record, origins, content)) for record, content in changed]
    return Change(stamp, records, origins, gone, new)


def renew(connection: sa.Connection, change: Change) -> None:
    """Make the computed tables those of the records. The caller's transaction holds it all."""
    if _note(connection, "renewed") != change.stamp:  # another process was quicker
        change = compare(connection, change.records, change.origins)
    if change.gone is None:
        fill(connection, change.records, change.origins)
        _keep(connection, "rules", rules())
    else:
        _write(connection, change.gone, change.new)
    _keep(connection, "renewed", str(int(change.stamp or 0) + 1))


def _note(connection: sa.Connection, key: str) -> str | None:
    return connection.execute(sa.select(t.note.c.value).where(t.note.c.key == key)).scalar()


def _keep(connection: sa.Connection, key: str, value: str) -> None:
    connection.exec_driver_sql("INSERT OR REPLACE INTO note VALUES (?, ?)", (key, value))


def _rows_of(
    connection: sa.Connection, numbers: Sequence[int], origins: Mapping[str, Origin]
) -> Iterator[tuple[int, Row]]:
    for start in range(0, len(numbers), AT_ONCE):
        some = sa.select(t.record).where(t.record.c.number.in_(numbers[start : start + AT_ONCE]))
        for row in connection.execute(some).mappings():
            yield row["number"], with_keys(dict(row), RECORDS.unpack(row["content"]), origins)


def _write(connection: sa.Connection, gone: Numbered, new: Numbered) -> None:
    """Take rows out, put others in, and count again what they count for.

    A record that says something else and is found and counted as before (the weight of an entry is another one) is
    written over; of one whose words are as they were, the index of words is left as it is.
    """
    before = {row.columns["id"]: (n, row) for n, row in gone}
    over = [(before[i][0], row) for _, row in new if _is_found_as(row, before.get(i := row.columns["id"]))]
    _write_over(connection, over)
    left = {row.columns["id"] for _, row in over}
    gone = [(n, row) for n, row in gone if row.columns["id"] not in left]
    changed = [(before[i][0], row) for _, row in new if (i := row.columns["id"]) in before and i not in left]
    added = [(n, row) for n, row in new if row.columns["id"] not in before]
    indexed = {n for n, row in changed if row.said == before[row.columns["id"]][1].said}

    rows = [row for _, row in (*gone, *changed, *added)]
    actors = {a for row in rows for a in row.actors} | {row.columns["id"] for row in rows if row.forms}
    counted = dict(_busy(connection, actors))
    _take_out(connection, gone, indexed)
    put_rows(connection, changed, indexed)
    added = free_numbers(connection, added)
    put_rows(connection, added)
    numbered = [*changed, *added]
    for table, carried in (("side", t.CARRIED), ("printed", ())):
        many(
            connection,
            f"INSERT INTO {table} VALUES %",
            (
                (of, row.columns["kind"], row.columns["stretch"], n, *(row.columns[c] for c in carried))
                for n, row in numbered
                for of in (row.actors if carried else row.outlets)
            ),
        )
    parts = ((n, part) for n, row in numbered for part in row.parts)
    many(connection, "INSERT INTO part SELECT ?, number FROM record WHERE id = ?", parts)
    _count_busy(connection, actors)
    _count_cube(connection, gone, numbered, counted, dict(_busy(connection, actors)))
    _count_pairs(connection, gone, numbered)
    _count_spots(connection, gone, numbered)


FOUND_BY = ("kind", "stretch", "mode", *t.CARRIED)
"""Columns of `record` that other tables hold too, or that are counted."""


def _is_found_as(row: Row, before: tuple[int, Row] | None) -> bool:
    """True where a record's rows in all tables but `record` are as they were."""
    if before is None:
        return False
    was = before[1]
    keys = ("actors", "articles", "outlets", "forms", "parts", "said")
    return all(row.columns[c] == was.columns[c] for c in FOUND_BY) and all(
        getattr(row, key) == getattr(was, key) for key in keys
    )


def _write_over(connection: sa.Connection, rows: Numbered) -> None:
    columns = [c.name for c in t.record.c if c.name not in ("number", "id")]
    many(
        connection,
        f"UPDATE record SET {', '.join(f'{c} = ?' for c in columns)} WHERE number = ?",
        ((*(row.columns[c] for c in columns), n) for n, row in rows),
    )


def _take_out(connection: sa.Connection, gone: Numbered, indexed: Collection[int]) -> None:
    def run(statement: str, values: Iterable[tuple[object, ...]]) -> None:
        many(connection, statement, values)

    run(
        "INSERT INTO record_words (record_words, rowid, words) VALUES %",
        (("delete", n, row.words) for n, row in gone if row.said and n not in indexed),
    )
    run("DELETE FROM record WHERE number = ?", ((n,) for n, _ in gone))
    run(
        "DELETE FROM told_in WHERE article = ? AND number = ?",
        ((a, n) for n, row in gone for a in row.articles),
    )
    run("DELETE FROM part WHERE storyline = ?", ((n,) for n, row in gone if row.parts))
    run(
        "DELETE FROM form WHERE form = ? AND kind = ? AND id = ?",
        ((f, row.columns["kind"], row.columns["id"]) for _, row in gone for f in row.forms),
    )
    for table, key in (("side", "actor"), ("printed", "outlet")):
        run(
            f"DELETE FROM {table} WHERE {key} = ? AND kind = ? AND stretch = ? AND number = ?",
            (
                (of, row.columns["kind"], row.columns["stretch"], n)
                for n, row in gone
                for of in (row.actors if key == "actor" else row.outlets)
            ),
        )


# --- counts ---------------------------------------------------------------------------------------


def _busy(connection: sa.Connection, actors: Iterable[str]) -> Iterator[tuple[str, int]]:
    them = sorted(actors)
    for start in range(0, len(them), AT_ONCE):
        some = sa.select(t.busy.c.actor, t.busy.c.n).where(t.busy.c.actor.in_(them[start : start + AT_ONCE]))
        yield from ((actor, n) for actor, n in connection.execute(some))


def _count_busy(connection: sa.Connection, actors: Iterable[str]) -> None:
    them = [(actor,) for actor in sorted(actors)]
    many(connection, "DELETE FROM busy WHERE actor = ?", them)
    kept = (
        "SELECT actor, count(*) FROM side WHERE actor = ? AND kind != 'entry' "
        "AND actor IN (SELECT id FROM record) GROUP BY actor"
    )
    many(connection, f"INSERT INTO busy {kept}", them)


def _add(
    connection: sa.Connection, table: str, keys: Sequence[str], more: Counter[tuple[object, ...]]
) -> None:
    """Add to the numbers `n` of keys, and drop those that come to nothing."""
    them = [((*key, n), n) for key, n in sorted(more.items()) if n]
    there = ", ".join(keys)
    many(
        connection,
        f"INSERT INTO {table} ({there}, n) VALUES % ON CONFLICT ({there}) DO UPDATE SET n = n + excluded.n",
        (key for key, _ in them),
    )
    is_it = " AND ".join(f"{key} = ?" for key in keys)
    many(connection, f"DELETE FROM {table} WHERE {is_it} AND n = 0", (key[:-1] for key, n in them if n < 0))


def _count_cube(
    connection: sa.Connection, gone: Numbered, new: Numbered, was: Mapping[str, int], now: Mapping[str, int]
) -> None:
    """Those of all records, and those of each actor who had counts of its own and keeps them, by what changed."""
    kept = {actor for actor, n in was.items() if n > whole.MANY and now.get(actor, 0) > whole.MANY}
    more: Counter[tuple[object, ...]] = Counter()
    for rows, sign in ((gone, -1), (new, 1)):
        for _, row in rows:
            of = _cell(row)
            for actor in ("", *kept.intersection(row.actors)):
                more[actor, *of] += sign
    _add(connection, "cube", ("actor", "kind", "type", "status", "languages", "year", "doubtful"), more)
    many(
        connection,
        "DELETE FROM cube WHERE actor = ?",
        ((a,) for a, n in was.items() if n > whole.MANY and a not in kept),
    )
    begun = [(a,) for a, n in now.items() if n > whole.MANY and a not in kept]
    many(connection, whole.CUBE_OF_ONE, begun)


def _cell(row: Row) -> tuple[object, ...]:
    c = row.columns
    year = "" if c["stretch"] == UNDATED else c["stretch"][:4]
    if c["kind"] == "entry" and c["length"] in (OPEN_END, OPEN_START):
        year = UNDATED
    return c["kind"], c["type"] or "", c["status"] or "", c["languages"], year, c["doubtful"]


def _count_pairs(connection: sa.Connection, gone: Numbered, new: Numbered) -> None:
    told: Counter[tuple[object, ...]] = Counter()
    denied: Counter[tuple[object, ...]] = Counter()
    for rows, sign in ((gone, -1), (new, 1)):
        for _, row in rows:
            if is_dealing(row):
                *of, no = deal(row)
                for a, b in combinations(sorted(row.actors), 2):
                    told[a, b, *of] += 0 if no else sign
                    denied[a, b, *of] += sign if no else 0
    of_pair: Counter[tuple[object, ...]] = Counter()
    for key in told:
        of_pair[key[:2]] += told[key] + denied[key]
    shared = "SELECT coalesce(sum(n + denied), 0) FROM pair WHERE a = ? AND b = ?"
    before = {key: connection.exec_driver_sql(shared, key).scalar_one() for key, n in of_pair.items() if n}
    them = [(*key, told[key], denied[key]) for key in sorted(told) if told[key] or denied[key]]
    many(
        connection,
        "INSERT INTO pair VALUES % ON CONFLICT (a, b, stretch, type, mode) "
        "DO UPDATE SET n = n + excluded.n, denied = denied + excluded.denied",
        them,
    )
    empty = "DELETE FROM pair WHERE a = ? AND b = ? AND stretch = ? AND type = ? AND mode = ? AND n = 0 AND denied = 0"
    many(connection, empty, (key[:5] for key in them))
    both = [(x, y, n, n + of_pair[a, b]) for (a, b), n in before.items() for x, y in ((a, b), (b, a))]
    old = ((x, -n, y) for x, y, n, _ in both if n)
    many(connection, "DELETE FROM company WHERE actor = ? AND fewer = ? AND other = ?", old)
    many(connection, "INSERT INTO company VALUES %", ((x, -n, y) for x, y, _, n in both if n))


def _count_spots(connection: sa.Connection, gone: Numbered, new: Numbered) -> None:
    more: Counter[tuple[object, ...]] = Counter()
    for rows, sign in ((gone, -1), (new, 1)):
        for _, row in rows:
            if row.columns["kind"] == "event" and not row.columns["doubtful"] and row.columns["place"]:
                more[row.columns["place"],] += sign
    _add(connection, "spot", ("place",), more)
