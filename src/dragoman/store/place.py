"""The file of a case: which one it is, what its first bytes say, whether it is whole.

SQLite's locks belong to the process and end as soon as it closes any handle of the file. So each file is opened by us
once for all who use it in this process, and closed after the last of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from zlib import crc32

from dragoman.store.errors import CaseError, Damaged

SQLITE = b"SQLite format 3\x00"
APPLICATION = 0x4452_4147
"""SQLite application_id of a case: the letters DRAG."""

HEAD = 100
MARK, COUNTER, VALID, NAME = slice(60, 64), slice(24, 28), slice(92, 100), slice(68, 72)
"""Places in the head of an SQLite file: `user_version`, which is our mark; the counters of its own that SQLite changes
with each write; the application_id."""

SEALED = 64 * 2**20
"""Bytes up to which the whole file is held against its seal, a tenth of a second; beyond, each row has its digest."""

FIRST = 32 + 24
"""Where the first page in a log of changes begins: after its head and that of the page."""

_PIECE = 2**20
_held: dict[tuple[int, int], list[int]] = {}  # device and inode -> handle, users
_holding = Lock()


class Place:
    """The file at a path, held open. `close` it when no connection of this process uses it any more."""

    def __init__(self, path: Path) -> None:
        """Hold the file.

        Raises:
            CaseError: it is missing, a folder, empty or no case, or may not be read.
        """
        self.path = path
        if path.is_dir():
            raise CaseError(f"{path} is a folder. A case is one file: name it with --case FILE.")
        try:
            self.key, self._file = _hold(path)
        except FileNotFoundError as error:
            raise CaseError(
                f"{path}: no such case. Make one with: dragoman read FOLDER --case {path}"
            ) from error
        except OSError as error:
            raise CaseError(f"{path}: cannot be read ({error.strerror}). Check its permissions.") from error
        try:
            self._look()
        except CaseError:
            self.close()
            raise

    def _look(self) -> None:
        head = self.head()
        if not head:
            raise CaseError(f"{self.path} is an empty file, not a case. Remove it, or name another file.")
        name = APPLICATION.to_bytes(4, "big")
        alike = sum(a == b for a, b in zip(head[NAME], name, strict=False))
        if head[:16] != SQLITE[: len(head)]:
            if alike == len(name):
                raise Damaged(self.path)
            raise CaseError(f"{self.path} is not a Dragoman case. Name another file with --case.")
        as_sqlite = head[21:24] == b"\x40\x20\x20" and not any(head[72:92])  # what every such file has there
        if len(head) < HEAD or not as_sqlite or len(name) > alike >= len(name) - 1:
            raise Damaged(self.path)
        if not alike and not self.log_size():  # with a log beside it, only SQLite can tell
            raise CaseError(
                f"{self.path} is an SQLite file but not a Dragoman case. Name another file with --case."
            )

    def close(self) -> None:
        _let_go(self.key)

    def is_there(self) -> bool:
        """True where the path still leads to this file."""
        try:
            found = self.path.stat()
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == self.key

    def head(self) -> bytes:
        return os.pread(self._file, HEAD, 0)

    def size(self) -> int:
        return os.fstat(self._file).st_size

    def mark(self) -> int:
        """What the file itself says of its state, see `rest`."""
        return int.from_bytes(os.pread(self._file, 4, MARK.start), "big")

    def seal(self) -> int:
        """An odd number made of all bytes of the file, but for the mark and SQLite's counters."""
        made = 0
        for piece in self._pieces():
            made = crc32(piece, made)
        return max(3, (made & 0x3FFF_FFFF) << 1 | 1)

    def _pieces(self) -> Iterator[bytes]:
        first = bytearray(os.pread(self._file, _PIECE, 0))
        for part in (MARK, COUNTER, VALID):
            first[part] = bytes(part.stop - part.start)
        yield bytes(first)
        at = len(first)
        while piece := os.pread(self._file, _PIECE, at):
            at += len(piece)
            yield piece

    def log_size(self) -> int | None:
        """Bytes of the file of changes beside it (`-wal`); None where there is none."""
        try:
            return Path(f"{self.path}-wal").stat().st_size
        except OSError:
            return None

    def first_of_log(self) -> bytes:
        """The head of page 1 where the log of changes begins with that page; nothing where it does not."""
        try:
            with Path(f"{self.path}-wal").open("rb") as log:
                start = log.read(FIRST + HEAD)
        except OSError:
            return b""
        return start[FIRST:] if start[32:36] == b"\0\0\0\1" else b""


def _hold(path: Path) -> tuple[tuple[int, int], int]:
    with _holding:
        found = path.stat()
        held = _held.get((found.st_dev, found.st_ino))
        if held is None:
            file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
            found = os.fstat(file)
            held = _held.setdefault((found.st_dev, found.st_ino), [file, 0])
        held[1] += 1
        return (found.st_dev, found.st_ino), held[0]


def _let_go(key: tuple[int, int]) -> None:
    with _holding:
        held = _held.get(key)
        if held is not None:
            held[1] -= 1
            if held[1] <= 0:
                del _held[key]
                os.close(held[0])
