"""Bringing the tables of a case up to this version: a file of plain SQL a step in `versions/`, run by number.

The table `alembic_version` holds the number of the last step. The tool that it is named after made it and is not needed
any more; older versions of the program look there to see that a case is newer than they are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

import sqlalchemy as sa

Run = Callable[..., sa.CursorResult[Any]]
"""Runs one statement of SQLite on the case, with its values."""

_MADE = "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"


@cache
def steps() -> dict[str, str]:
    """Number of a step (`0003`) -> the name of its module, in order."""
    found = (file.name for file in files(__package__).joinpath("versions").iterdir())
    return {name[:4]: name.removesuffix(".py") for name in sorted(found) if name[:4].isdigit()}


def newest() -> str:
    """The number of the last step that this version knows."""
    return max(steps())


def version_of(connection: sa.Connection) -> str | None:
    """The number of the last step that a case had; None for one without tables."""
    run = connection.exec_driver_sql
    if run("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").scalar() is None:
        return None
    found = run("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def upgrade(connection: sa.Connection) -> None:
    """Run the steps that a case has not had. The caller's transaction holds them all."""
    run = connection.exec_driver_sql
    run(_MADE)
    had = version_of(connection) or ""
    for number, module in steps().items():
        if number > had:
            import_module(f"{__package__}.versions.{module}").upgrade(run)
            run("DELETE FROM alembic_version")
            run("INSERT INTO alembic_version VALUES (?)", (number,))
