"""A copy of a case in use, and what is whole of a damaged one."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dragoman.store.errors import FAULTS, CaseError
from dragoman.store.place import HEAD, SQLITE, Place
from dragoman.store.rest import settle
from dragoman.store.schema import make, put
from dragoman.store.whole import ARTICLE, Value, digest, signed


@dataclass(frozen=True)
class Saved:
    """What of a damaged case was whole; `lost` names each row that was not, or the table that could not be read on."""

    articles: int
    decisions: int
    lost: tuple[str, ...]


@contextmanager
def _into(to: Path) -> Iterator[Path]:
    """A file to write, which gets its name when all is done; nothing is left of it where that fails."""
    if os.path.lexists(to):
        raise CaseError(f"{to} is there already. Name another file for the copy.")
    beside = to.with_name(f".{to.name}.{os.getpid()}.copy")
    try:
        yield beside
        put(beside, to)
    except FileExistsError as error:
        raise CaseError(f"{to} is there already. Name another file for the copy.") from error
    except OSError as error:
        raise CaseError(
            f"{to}: cannot be written ({error.strerror}). Name another file for the copy."
        ) from error
    except sqlite3.DatabaseError as error:
        raise CaseError(f"{to}: cannot be written ({error}). Name another file for the copy.") from error
    finally:
        for name in (beside, Path(f"{beside}-wal"), Path(f"{beside}-shm")):
            name.unlink(missing_ok=True)


def copy(connection: sa.Connection, to: Path) -> None:
    """Write a case as it is now to another file; others read it and write to it meanwhile.

    Raises:
        CaseError: there is a file of that name, or it cannot be written.
    """
    with _into(to) as beside:
        with closing(sqlite3.connect(beside)) as target:
            connection.connection.driver_connection.backup(target)  # type: ignore[union-attr]
        _close(beside)


def _close(made: Path) -> None:
    place = Place(made)
    try:
        settle(place, anew=True)
    finally:
        place.close()


PAGE = 4096
"""Bytes of a page of SQLite, in every case."""

MOST = 2**22
"""Pages to which a file is made longer that was cut off: 16 GB, of which the disk holds only what was there."""

TRUTH = ("article", "article_path", "set_aside", "decision")
"""The tables that are not computed."""

SIGNED: dict[str, Callable[[dict[str, Value]], tuple[str, ...]]] = {
    "article": lambda _: ARTICLE,
    "decision": signed,
}
"""Those whose rows have a digest, with the columns that it is made of; the first of them names the row."""


def salvage(path: Path, to: Path) -> Saved:
    """Make a new case of the articles and decisions of a damaged one that are whole.

    Raises:
        CaseError: nothing of it can be read, or the new case cannot be written.
    """
    lost: list[str] = []
    kept: dict[str, int] = {}
    with _into(to) as beside:
        make(beside)
        with (
            _readable(path, beside) as source,
            closing(sqlite3.connect(source, uri=True)) as old,
            closing(sqlite3.connect(beside)) as new,
        ):
            old.text_factory = lambda content: content.decode(errors="replace")
            old.row_factory = sqlite3.Row
            for table in TRUTH:
                columns = [row[1] for row in new.execute(f"PRAGMA table_info({table})")]
                for row in _rows(old, table, lost):
                    held = {name: row[name] for name in columns if name in row}
                    columns_signed = SIGNED[table](held) if table in SIGNED else ()
                    if columns_signed and row.get("digest") != digest(*map(held.get, columns_signed)):
                        lost.append(f"{table} " + str(held.get(columns_signed[0])))
                        continue
                    put_in = f"INSERT OR IGNORE INTO {table} ({', '.join(held)}) VALUES ({', '.join('?' * len(held))})"
                    new.execute(put_in, list(held.values()))
                    kept[table] = kept.get(table, 0) + 1
            new.execute("DELETE FROM article_path WHERE article NOT IN (SELECT id FROM article)")
            new.execute(
                "INSERT INTO article_path SELECT id, 'saved/' || id FROM article "
                "WHERE id NOT IN (SELECT article FROM article_path)"
            )
            new.execute("INSERT OR REPLACE INTO note VALUES ('version', '1')")
            new.commit()
        if not any(kept.values()) and lost:
            raise CaseError(f"{path}: nothing of it can be read. Put a copy in its place.")
        _close(beside)
    return Saved(kept.get("article", 0), kept.get("decision", 0), tuple(dict.fromkeys(lost)))


@contextmanager
def _readable(path: Path, beside: Path) -> Iterator[str]:
    """The address of a copy that SQLite does not refuse as a whole: with the head and the length of such a file."""
    mended = Path(f"{beside}.old")
    try:
        shutil.copyfile(path, mended)
        with mended.open("r+b") as file:
            head = bytearray(file.read(HEAD).ljust(HEAD, b"\0"))
            head[:16], head[16:18], head[18:24] = SQLITE, PAGE.to_bytes(2, "big"), b"\2\2\0\x40\x20\x20"
            file.seek(0)
            file.write(head)
            pages = int.from_bytes(head[28:32], "big")
            file.truncate(max(mended.stat().st_size, min(pages, MOST) * PAGE))
        yield f"{mended.absolute().as_uri()}?mode=ro&immutable=1"
    finally:
        mended.unlink(missing_ok=True)


def _rows(old: sqlite3.Connection, table: str, lost: list[str]) -> Iterator[dict[str, Value]]:
    """The rows that can be read: from the first to where it breaks, then from the last back to there."""
    reached: set[int] = set()
    for order, beyond in (("ASC", ">"), ("DESC", "<")):
        at: int | None = None
        while True:
            where, asked = ("", ()) if at is None else (f"WHERE rowid {beyond} ?", (at,))
            try:
                found: Sequence[Any] = old.execute(
                    f"SELECT rowid AS at_row, * FROM {table} {where} ORDER BY rowid {order} LIMIT 1", asked
                ).fetchall()
            except FAULTS as error:
                lost.append(f"{table}: from some row on ({error})")
                break
            if not found or found[0]["at_row"] in reached:
                return
            at = found[0]["at_row"]
            reached.add(at)
            yield {name: found[0][name] for name in found[0].keys() if name != "at_row"}  # noqa: SIM118
