"""A case file that is open: questions of it and changes to it, each whole or not at all, and its end."""

from __future__ import annotations

import logging
import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec
import sqlalchemy as sa

from dragoman.store.errors import FAULTS, CaseError, Damaged, Gone, NotWhole
from dragoman.store.place import Place
from dragoman.store.rest import examine, settle, take_up
from dragoman.store.schema import explain, make, open_engine

log = logging.getLogger(__name__)

Self = TypeVar("Self", bound="OpenFile")

TRIES = 50
"""Times that a change waits for others to settle theirs."""


class OpenFile:
    """One case on disk. Use as a context manager, or call `close`.

    Attributes:
        notice: What a person should know of the state in which it was found, or "".
        only_looking: Why nothing can be written to it, or "".
    """

    def __init__(self, path: Path, create: bool = False) -> None:
        """Open the case, or make one where there is none; bring its tables up to date.

        Raises:
            CaseError: see `place.Place`, `rest.examine` and `schema.open_engine`.
        """
        self.path = path
        if create and not os.path.lexists(path):
            make(path)
        self.place = Place(path)
        try:
            self.notice = examine(self.place)
            opened = open_engine(self.place)
        except CaseError:
            self.place.close()
            raise
        if self.notice:
            log.warning(self.notice)
        self.engine, self.only_looking = opened.engine, opened.only_looking
        # Also where a program ends without closing it: a case at rest is one file.
        self._end = weakref.finalize(self, _come_to_rest, self.engine, self.place, bool(self.only_looking))

    def close(self) -> None:
        """Let the case come to rest; nothing is asked of it or written to it after."""
        self._end()

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction. When it is done, what it changed is in the one file, on the disk."""
        if self.only_looking:
            raise CaseError(self.only_looking)
        if not self.place.is_there():
            raise Gone(self.path)
        with self._explained():
            writing = self.engine.connect().execution_options(writes=True)
            with writing as connection, self._taken_up(connection):
                yield connection
            if not self.place.is_there():
                raise Gone(self.path)
            settle(self.place)

    @contextmanager
    def _taken_up(self, connection: sa.Connection) -> Iterator[None]:
        """A transaction in a case that is marked as in use; another process may have settled it in between."""
        for _ in range(TRIES):
            take_up(self.place)
            with connection.begin() as transaction:
                if connection.exec_driver_sql("PRAGMA user_version").scalar_one() % 2 == 0:
                    yield
                    return
                transaction.rollback()
        raise CaseError(f"{self.path}: other programs write to this case all the time. Try again later.")

    @contextmanager
    def asking(self) -> Iterator[sa.Connection]:
        with self._explained(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sa.exc.DatabaseError, sqlite3.DatabaseError) as error:
            raise explain(self.path, error) from error
        except (msgspec.MsgspecError, UnicodeDecodeError, NotWhole) as error:
            raise Damaged(self.path, str(error)) from error


def _come_to_rest(engine: sa.Engine, place: Place, only_looking: bool) -> None:
    try:
        if not only_looking and place.is_there():
            settle(place)
    except (
        *FAULTS,
        CaseError,
    ) as error:  # it stays in use, with its log beside it, which loses nothing
        log.warning("%s could not be brought into one file: %s", place.path, error)
    finally:
        engine.dispose()
        place.close()
