"""What counts in a folder of readings: a file of lines, of which the first says under which rules it was read.

A line is added when a shard is planned, with the keys of its inputs, and when it is done, with the digest of its file;
lines are never changed. A file that no line names is of no account: a killed process leaves such files, and they are
read again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Literal

import msgspec

from dragoman import __version__
from dragoman.intake.walk import FileMet, open_file
from dragoman.spreading.shards import Cut, Shard, name_of
from dragoman.spreading.work import MANIFEST, Done, file_of

try:
    import fcntl
except ImportError:  # a system without them; two starts at once are then not told from one
    fcntl = None  # type: ignore[assignment]

LINE_BYTES = 16 * 2**20
ALL_BYTES = 2**30
"""Most bytes of a line and of a manifest; an archive of a million pieces stands in one line."""

SHARD_INPUTS = 4096


class ReadingsError(Exception):
    """A folder of readings cannot be used; the message names it and says what to do."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The first line. `ocr`: whether pictures were handed to text recognition."""

    dragoman: Literal["readings"] = "readings"
    layout: Literal[1] = 1
    version: str
    rules: str
    ocr: bool = False


class Planned(msgspec.Struct, frozen=True):
    """A shard and the keys of its inputs; `archive`: the key of the archive that it is a piece of."""

    name: str
    keys: tuple[str, ...]
    archive: str | None = None


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of these each."""

    planned: Planned | None = None
    done: Done | None = None
    cut: Cut | None = None


_head = msgspec.json.Decoder(Head).decode
_line = msgspec.json.Decoder(Line).decode


def is_readings(path: str | Path) -> bool:
    """True for a folder that holds readings."""
    return (Path(path) / MANIFEST).is_file()


class Manifest:
    """The manifest of a folder as it stands."""

    def __init__(self, folder: Path) -> None:
        """Read it.

        Raises:
            ReadingsError: there is none, it is damaged, or it is of another version of the layout.
        """
        self.folder = folder
        self.planned: dict[str, Planned] = {}
        self.done: dict[str, Done] = {}
        self.cuts: dict[str, Cut] = {}
        self.whole = 0
        """Bytes up to the end of the last whole line."""
        try:
            with open_file(FileMet(MANIFEST, str(folder / MANIFEST), False)) as file:
                self.first = file.readline(LINE_BYTES)
                self.head = self._decoded_head()
                self.whole = len(self.first)
                self._read(file)
        except OSError as error:
            raise ReadingsError(
                f"{folder}: holds no readings that could be read ({error.strerror})."
            ) from error

    def _decoded_head(self) -> Head:
        try:
            return _head(self.first)
        except msgspec.MsgspecError as error:
            raise ReadingsError(
                f"{self.folder}: its {MANIFEST} is not one of this version of Dragoman. Name another folder."
            ) from error

    def _read(self, file: BinaryIO) -> None:
        number = 1
        while data := file.readline(LINE_BYTES):
            number += 1
            if not data.endswith(b"\n"):
                if len(data) == LINE_BYTES:
                    raise self._damaged(number)
                return  # a process was stopped while it wrote this line: it does not count
            try:
                self._note(_line(data))
            except (msgspec.MsgspecError, ValueError) as error:
                raise self._damaged(number) from error
            self.whole += len(data)
            if self.whole > ALL_BYTES:
                raise self._damaged(number)

    def _damaged(self, number: int) -> ReadingsError:
        return ReadingsError(
            f"{self.folder}: its {MANIFEST} is damaged at line {number}. Put a copy in its place, or read into "
            "another folder."
        )

    def _note(self, line: Line) -> None:
        """Take a line to account.

        Raises:
            ValueError: it names what was not planned, or under another name than is due.
        """
        if line.planned is not None:
            one = line.planned
            if len(one.keys) > SHARD_INPUTS or one.name != name_of(one.keys, self.head.rules, self.head.ocr):
                raise ValueError(one.name)
            self.planned.setdefault(one.name, one)
        if line.done is not None:
            if line.done.name not in self.planned:
                raise ValueError(line.done.name)
            self.done[line.done.name] = line.done
        if line.cut is not None:
            self.cuts[line.cut.key] = line.cut

    def in_order(self) -> list[Done]:
        """Shards that are done, in the order in which they were planned, whatever the order of their ends."""
        return [self.done[name] for name in self.planned if name in self.done]

    @property
    def missing(self) -> int:
        """How many shards were planned and never done."""
        return len(self.planned) - len(self.done)


class Filling(Manifest):
    """A manifest that grows, by one process at a time. Close it."""

    def __init__(self, folder: Path, rules: str, ocr: bool) -> None:
        """Open the readings of a folder, or begin them.

        Raises:
            ReadingsError: they were read under other rules, another process fills them, or it cannot be written.
        """
        head = msgspec.json.encode(Head(version=__version__, rules=rules, ocr=ocr)) + b"\n"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            begin(folder, head)
            self._file: Any = (folder / MANIFEST).open("r+b", buffering=0)
        except OSError as error:
            raise ReadingsError(f"{folder}: cannot be written ({error.strerror}).") from error
        try:
            self._hold(folder)
            super().__init__(folder)
            self._fits(rules, ocr)
            self._file.truncate(self.whole)
            self._file.seek(self.whole)
            self.sweep()
        except BaseException:
            self._file.close()
            raise

    def _hold(self, folder: Path) -> None:
        if fcntl is None:
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReadingsError(
                f"{folder}: another process reads into it just now. Wait for its end."
            ) from error

    def _fits(self, rules: str, ocr: bool) -> None:
        if self.head.rules != rules:
            raise ReadingsError(
                f"{self.folder}: was read by Dragoman {self.head.version} or by libraries that read otherwise than "
                "these do. Name another folder, or delete it to read all again."
            )
        if self.head.ocr != ocr:
            how = "with" if self.head.ocr else "without"
            raise ReadingsError(f"{self.folder}: was read {how} --ocr. Do so again, or name another folder.")

    def close(self) -> None:
        self._file.close()

    def sweep(self) -> None:
        """Take away what killed processes began; nothing must be under way."""
        for left in self.folder.glob(".*.part"):
            left.unlink(missing_ok=True)

    def plan(self, shards: Iterable[tuple[Shard, str | None]]) -> None:
        """Note shards that are to be read, with the key of the archive of which they are pieces."""
        self._add(
            Line(planned=Planned(shard.name, tuple(each.key for each in shard.inputs), archive))
            for shard, archive in shards
            if shard.name not in self.planned
        )

    def note_cut(self, cut: Cut) -> None:
        self._add([Line(cut=cut)])

    def note_done(self, done: Done) -> None:
        """Count a shard whose file is in place.

        Raises:
            ReadingsError: the file is not there for this machine, or the line cannot be written.
        """
        place = file_of(self.folder, done.name)
        try:
            size = place.stat().st_size
        except OSError:
            size = -1
        if size != done.size:
            raise ReadingsError(
                f"{place}: a machine wrote it, and it is not seen here. Articles and readings must lie in a "
                "folder that all machines share, under one path."
            )
        self._add([Line(done=done)])

    def stands(self, name: str) -> bool:
        """Whether a shard is done, and its file as long as it was."""
        done = self.done.get(name)
        if done is None:
            return False
        try:
            return file_of(self.folder, name).stat().st_size == done.size
        except OSError:
            return False

    def _add(self, lines: Iterable[Line]) -> None:
        made = list(lines)
        if not made:
            return
        data = b"".join(msgspec.json.encode(line) + b"\n" for line in made)
        try:
            if self._file.write(data) != len(data):
                raise OSError(0, "no space left on it")
            os.fsync(self._file.fileno())
        except OSError as error:
            with suppress(OSError):
                self._file.truncate(self.whole)
                self._file.seek(self.whole)
            raise ReadingsError(
                f"{self.folder / MANIFEST}: cannot be written ({error.strerror}). Make room and give the same command "
                "again: what was read stands."
            ) from error
        self.whole += len(data)
        for line in made:
            self._note(line)


def begin(folder: Path, head: bytes) -> None:
    """Make a manifest of its first line alone, whole or not at all, where there is none."""
    place = folder / MANIFEST
    if place.exists():
        return
    others = [each.name for each in folder.iterdir() if not each.name.startswith(".")]
    if others:
        raise ReadingsError(
            f"{folder}: holds other things, such as {min(others)[:80]!r}. Name a new or an empty folder for readings."
        )
    beside = folder / f".manifest.{os.getpid()}.part"
    try:
        with beside.open("xb") as file:
            file.write(head)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(beside, place)
        except FileExistsError:
            pass  # another start was faster; its rules are held against ours next
        except OSError:  # a file system without links; there two first starts at once are not told apart
            beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
