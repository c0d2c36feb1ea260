"""A case at rest is one file, and the file says whether it is at rest.

SQLite keeps changes in a file beside the case (`-wal`) until it has copied them into the case. Whoever copies, moves or
restores only one of the two loses work or mixes two states, and SQLite does not notice. So each change goes in
three steps:

1. `take_up`: the case is marked as in use, and the mark is in the file before anything else is;
2. the change itself is committed;
3. `settle`: all changes are copied into the case, which is sealed, and nothing is left beside it.

The mark is SQLite's `user_version`: 0 in cases of older versions; even while in use; at rest an odd number that
is the seal of the content (of a file larger than `place.SEALED`, any odd number). The mark of a use is that of the rest
before it less one, which ties a log of changes to the very state of the file that it changes.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from contextlib import closing

from dragoman.store.errors import FAULTS, CaseError, Damaged, Gone
from dragoman.store.place import FIRST, MARK, SEALED, Place

PATIENCE = 1.0
"""Seconds that a change waits for those who read an older state, before it leaves its log to the next change."""

LOOKS = 60
"""Times that a file is looked at which another process changes meanwhile."""


def connect(place: Place, timeout: float = PATIENCE) -> sqlite3.Connection:
    """A connection to the file of a case, which is never made by it.

    Raises:
        Gone: the path leads to another file now.
    """
    connection = sqlite3.connect(
        f"{place.path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=timeout,
        isolation_level=None,
        check_same_thread=False,  # a pool hands it from one to the next
    )
    if not place.is_there():
        connection.close()
        raise Gone(place.path)
    return connection


def take_up(place: Place) -> None:
    """Mark the case as in use, where it is not."""
    if place.mark() % 2 == 0 and not place.log_size():
        return
    with closing(connect(place, timeout=30)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        (mark,) = connection.execute("PRAGMA user_version").fetchone()
        if mark % 2:
            connection.execute(f"PRAGMA user_version = {mark - 1}")
        connection.execute("COMMIT")
        connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
        connection.execute("PRAGMA wal_checkpoint(FULL)")


def settle(place: Place, anew: bool = False) -> None:
    """Bring all that was committed into the one file and seal it, unless someone reads an older state or writes.

    `anew`: also where the file says that it is at rest, as one does that was made from another.
    """
    if place.mark() % 2 and not place.log_size() and not anew:
        return
    with closing(connect(place)) as connection:
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if place.log_size():
                return
            # All is on the disk. A mark that is lost with the power leaves one of use, which loses nothing.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN IMMEDIATE")
            if place.log_size():  # another was quicker, and settles what it wrote
                connection.execute("ROLLBACK")
                return
            seal = place.seal() if place.size() <= SEALED else secrets.randbits(30) << 1 | 1
            connection.execute(f"PRAGMA user_version = {seal}")
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise


def examine(place: Place) -> str:
    """What a person should know of the state in which the file lies; nothing where all is well.

    Raises:
        Damaged: the content is not what was written.
        CaseError: a log of changes lies beside it that belongs to another state of it.
    """
    for _ in range(LOOKS):
        mark, size, log = place.mark(), place.size(), place.log_size()
        begins = place.first_of_log()
        whole = mark % 2 == 0 or size > SEALED or place.seal() == mark
        if (mark, size, log) == (place.mark(), place.size(), place.log_size()):
            break
        time.sleep(0.05)
    else:
        return ""  # it is written to all the time, by a program that holds to the three steps
    if mark % 2 == 0:
        return _in_use(place) if mark and log is None else ""
    holds = (log or 0) >= FIRST + _page_size(place)
    if holds and int.from_bytes(begins[MARK], "big") not in (mark - 1, mark):
        raise CaseError(
            f"{place.path}: the file {place.path.name}-wal beside it belongs to another state of this case. If you put "
            f"a copy in its place, move {place.path.name}-wal and {place.path.name}-shm away; else put the case back "
            "that was there."
        )
    if not whole or (size > SEALED and size < _told_size(place)):
        raise Damaged(place.path)
    return ""


def _page_size(place: Place) -> int:
    size = int.from_bytes(place.head()[16:18], "big")
    return 65_536 if size == 1 else size


def _told_size(place: Place) -> int:
    return int.from_bytes(place.head()[28:32], "big") * _page_size(place)


def _in_use(place: Place) -> str:
    """A file without its log: whole, or one that was copied while it was written to."""
    address = f"{place.path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except FAULTS as error:
        raise Damaged(place.path, str(error)) from error
    if found != "ok":
        raise Damaged(place.path, "it was copied without its -wal while it was written to")
    return (
        f"{place.path} was copied or moved without the file {place.path.name}-wal while it was in use: "
        "what was done last may be missing from it. Where the other file is still there, put it beside the case."
    )
