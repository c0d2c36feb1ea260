"""Opening a case file: making its tables, bringing old ones up to date, refusing what is not a case."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from dragoman.store.errors import CaseError

APPLICATION = 0x4452_4147
"""SQLite application_id of a case: the letters DRAG."""

_SQLITE = b"SQLite format 3\x00"


def open_engine(path: Path, create: bool) -> sa.Engine:
    """An engine on the case at `path`, its tables at this version's revision.

    Raises:
        CaseError: the file is missing (and `create` is false), is no case, cannot be written, or was
            written by a newer version.
    """
    _check_file(path, create)
    _check_owner(path)
    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with engine.begin() as connection:
            known = connection.exec_driver_sql("PRAGMA application_id").scalar()
            tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
            if tables and known != APPLICATION:
                raise CaseError(
                    f"{path} is an SQLite file but not a Dragoman case. Name another file with --case."
                )
            if known != APPLICATION:
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
            _migrate(path, connection)
    except sa.exc.DatabaseError as error:
        engine.dispose()
        raise CaseError(explain(path, error)) from error
    except CaseError:
        engine.dispose()
        raise
    return engine


def explain(path: Path, error: Exception) -> str:
    """What an SQLite error means for the user, and what to do next."""
    said = str(getattr(error, "orig", error))
    if "full" in said:
        return f"{path}: the disk is full. What was read before is kept; free some space and read again."
    if "readonly" in said or "unable to open" in said:
        return f"{path}: cannot be opened for writing. Check its permissions and those of its folder."
    if "locked" in said:
        return f"{path}: another program is writing to this case. Try again when it has finished."
    if "malformed" in said or "not a database" in said:
        return f"{path}: is damaged or not a case ({said}). Restore a copy, or read the articles into a new case."
    return f"{path}: the case could not be used ({said})."


def _check_file(path: Path, create: bool) -> None:
    if path.is_dir():
        raise CaseError(f"{path} is a folder. A case is one file: name it with --case FILE.")
    if not path.exists():
        if not create:
            raise CaseError(f"{path}: no such case. Make one with: dragoman read FOLDER --case {path}")
        if not path.parent.is_dir():
            raise CaseError(f"{path}: the folder {path.parent} does not exist. Make it first.")
        return
    try:
        with path.open("rb") as file:
            head = file.read(len(_SQLITE))
    except OSError as error:
        raise CaseError(f"{path}: cannot be read ({error.strerror}). Check its permissions.") from error
    if head and head != _SQLITE:
        raise CaseError(f"{path} is not a Dragoman case. Name another file with --case.")


def _check_owner(path: Path) -> None:
    """Refuse another program's database before anything is written to it; an empty file may become a case."""
    if not path.exists() or not path.stat().st_size:
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (known,) = connection.execute("PRAGMA application_id").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        raise CaseError(explain(path, error)) from error
    if tables and known != APPLICATION:
        raise CaseError(f"{path} is an SQLite file but not a Dragoman case. Name another file with --case.")


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin in `_begin`, not where the driver guesses
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN"
    )


def _migrate(path: Path, connection: sa.Connection) -> None:
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with as_file(files("dragoman.store").joinpath("migrations")) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        script = ScriptDirectory.from_config(config)
        at = MigrationContext.configure(connection).get_current_revision()
        if at == script.get_current_head():
            return
        if at is not None and at not in {r.revision for r in script.walk_revisions()}:
            raise CaseError(
                f"{path} was written by a newer version of Dragoman (tables {at}). Install that version to open it."
            )
        from alembic import command

        config.attributes["connection"] = connection
        command.upgrade(config, "head")
