"""Opening a case file: making it, bringing its tables up to date, refusing what is not a case."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from dragoman.store.errors import CaseError, Damaged
from dragoman.store.migrations import newest, steps, upgrade, version_of
from dragoman.store.place import APPLICATION, Place
from dragoman.store.rest import connect, settle, take_up

WAIT = 30
"""Seconds that a question or a change waits for another program."""


@dataclass(frozen=True)
class Opened:
    """`only_looking`: why nothing can be written, or ""."""

    engine: sa.Engine
    only_looking: str = ""


def make(path: Path) -> None:
    """Make an empty case, whole or not at all, where there is nothing yet.

    Raises:
        CaseError: the folder is missing or cannot be written to.
    """
    if not path.parent.is_dir():
        raise CaseError(f"{path}: the folder {path.parent} does not exist. Make it first.")
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("xb") as file:
            file.write(_empty())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another program made it meanwhile
            put(beside, path)
    except OSError as error:
        if error.errno == 28:  # ENOSPC
            raise CaseError(f"{path}: the disk is full. Free some space and read again.") from error
        raise CaseError(
            f"{path}: cannot be made ({error.strerror}). Check the folder's permissions."
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def put(made: Path, path: Path) -> None:
    """Give a file its name, where nothing has it.

    Raises:
        FileExistsError: something has it.
    """
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        made.rename(path)


@cache
def _empty() -> bytes:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        upgrade(connection)
    with engine.connect() as connection:
        made = connection.connection.driver_connection
        content = bytearray(made.serialize())  # type: ignore[union-attr]
    engine.dispose()
    content[18:20] = b"\2\2"  # changes go to a log, see `rest`
    return bytes(content)


def open_engine(place: Place) -> Opened:
    """An engine on a case, its tables at this version's revision; one that only looks where nothing can be written.

    Raises:
        CaseError: the file is no case, or was written by a newer version.
    """
    engine = _engine(lambda: connect(place, WAIT), _prepare)
    try:
        return Opened(_ready(place, engine))
    except sa.exc.DatabaseError as error:
        engine.dispose()
        if not _cannot_write(error):
            raise explain(place.path, error) from error
        return Opened(_looking(place, error), str(explain(place.path, error)))
    except CaseError:
        engine.dispose()
        raise


def _engine(
    connecting: Callable[[], sqlite3.Connection], prepare: Callable[[sqlite3.Connection], None]
) -> sa.Engine:
    def made() -> sqlite3.Connection:
        connection = connecting()
        try:
            prepare(connection)
        except UnicodeDecodeError as error:  # SQLite's own message, which quotes a damaged table
            connection.close()
            raise sqlite3.DatabaseError("its tables are malformed") from error
        except BaseException:
            connection.close()
            raise
        return connection

    engine = sa.create_engine("sqlite://", creator=made, poolclass=sa.QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _ready(place: Place, engine: sa.Engine) -> sa.Engine:
    with engine.connect() as connection, connection.begin():
        known = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if known != APPLICATION:
            raise CaseError(
                f"{place.path} is an SQLite file but not a Dragoman case. Name another file with --case."
            )
        current = _is_current(place.path, connection)
    if not current:
        take_up(place)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            upgrade(connection)
        settle(place)
    return engine


def _cannot_write(error: sa.exc.DatabaseError) -> bool:
    said = str(error.orig)
    return any(words in said for words in ("full", "readonly", "unable to open", "disk I/O error"))


def _looking(place: Place, why: sa.exc.DatabaseError) -> sa.Engine:
    """An engine that writes nothing at all, not even what SQLite writes to keep readers and writers apart."""
    how = "mode=ro" if place.log_size() else "mode=ro&immutable=1"
    address = f"{place.path.absolute().as_uri()}?{how}"
    engine = _engine(
        lambda: sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False),
        lambda _: None,
    )
    try:
        with engine.connect() as connection:
            if not _is_current(place.path, connection):
                raise explain(place.path, why)
    except sa.exc.DatabaseError as error:
        engine.dispose()
        raise explain(place.path, why) from error
    except CaseError:
        engine.dispose()
        raise
    return engine


def explain(path: Path, error: Exception) -> CaseError:
    """What an SQLite error means for the user, and what to do next."""
    said = str(getattr(error, "orig", error))
    if "full" in said or "disk I/O error" in said:  # the latter for the file that readers and writers share
        return CaseError(
            f"{path}: the disk is full or fails. What was read before is kept; free some space and try again."
        )
    if "readonly" in said or "unable to open" in said:
        return CaseError(
            f"{path}: cannot be opened for writing. Check its permissions and those of its folder."
        )
    if "locked" in said:
        return CaseError(f"{path}: another program is writing to this case. Try again when it has finished.")
    if any(words in said for words in ("malformed", "not a database", "decode", "no such", "corrupt")):
        return Damaged(path, said)
    return CaseError(f"{path}: the case could not be used ({said}).")


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN"
    )


def _is_current(path: Path, connection: sa.Connection) -> bool:
    """True where the tables are those of this version; False where they are older.

    Raises:
        CaseError: they are newer.
    """
    at = version_of(connection)
    if at is not None and at not in steps():
        raise CaseError(
            f"{path} was written by a newer version of Dragoman (tables {at}). Install that version to open it."
        )
    return at == newest()
