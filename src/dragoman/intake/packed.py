"""Archives of files: ZIP and tar. Nothing is written anywhere; a part is bytes and a name to show."""

from __future__ import annotations

import bz2
import io
import os
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol, cast

from dragoman.intake.budget import Budget, PartReader
from dragoman.intake.found import Found
from dragoman.intake.kinds import ending, passed_over
from dragoman.intake.limits import (
    ARCHIVE_FREE_BYTES,
    ARCHIVE_RATIO,
    CONTAINER_INDEX_BYTES,
    FILE_BYTES,
    in_mb,
)
from dragoman.intake.names import shown
from dragoman.model import SetAside

ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError,
    LookupError, OverflowError,
)  # fmt: skip
"""What `zipfile` raises on damaged archives, as its issue list shows."""
_TAR_FAULTS = (tarfile.TarError, OSError, EOFError, ValueError, LookupError, OverflowError)

_END = b"PK\x05\x06"
_END_SEARCHED = 66_000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FREE_BYTES = 1024 * 1024
"""A part of this size is unpacked whatever its ratio."""
_HINT = "Unpack it, and read the folder."


def part_name(name: str) -> str:
    """The name of a part as it is shown: no root, no way up, no sign that steers a terminal."""
    parts = [p for p in PurePosixPath(name.replace("\\", "/")).parts if p not in ("/", "..", ".")]
    return shown("/".join(parts)) or "?"


def open_zip(source: BinaryIO | bytes) -> zipfile.ZipFile | str:
    """An archive whose list of files is bounded, or the reason why it is not opened."""
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _END_SEARCHED))
        tail = stream.read(_END_SEARCHED)
        at = tail.rfind(_END)
        listed = int.from_bytes(tail[at + 12 : at + 16], "little")
        if at >= 0 and listed > CONTAINER_INDEX_BYTES:
            return f"lists more than {CONTAINER_INDEX_BYTES // 80} files"
        return zipfile.ZipFile(stream)
    except ZIP_FAULTS as error:
        return f"is no ZIP archive that could be read ({error})"


def refused(info: zipfile.ZipInfo) -> str | None:
    """Why a part cannot be unpacked at all, or None."""
    if info.flag_bits & 1:
        return "is locked with a password"
    return None if info.compress_type in _METHODS else "is packed in a way that is not read"


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes | str:
    """The bytes of one part, or the reason why not. The size that the archive states bounds what is unpacked."""
    if reason := refused(info):
        return reason
    if info.file_size > FILE_BYTES:
        return f"is larger than {in_mb(FILE_BYTES)}"
    if info.file_size > _FREE_BYTES + ARCHIVE_RATIO * info.compress_size:
        return f"unpacks to more than {ARCHIVE_RATIO} times its size"
    if not budget.take(info.file_size):
        return "lies beyond the files or bytes that one archive may unpack to"
    try:
        with archive.open(info) as part:
            return part.read(info.file_size)
    except ZIP_FAULTS as error:
        return f"is damaged in its archive ({error})"


def read_zip(
    path: str, source: BinaryIO | bytes, budget: Budget, read: PartReader
) -> Iterator[Found | SetAside]:
    """What the files of a ZIP archive hold, in its order."""
    archive = open_zip(source)
    if isinstance(archive, str):
        yield SetAside(path=path, reason=archive, hint=_HINT)
        return
    with archive:
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
        if not infos:
            yield SetAside(path=path, reason="is an archive without a file")
        for number, info in enumerate(infos, start=1):
            name = f"{path}#{part_name(info.filename)}"
            if reason := _skipped(info.filename):
                yield SetAside(path=name, reason=reason[0], hint=reason[1])
                continue
            data = unpack(archive, info, budget)
            if isinstance(data, str):
                yield SetAside(path=name, reason=data, hint=_HINT)
            else:
                yield from read(name, ending(info.filename), data, budget)
            if budget.parts <= 0 and number < len(infos):
                yield SetAside(
                    path=path, reason=f"holds {len(infos) - number} files more than are read", hint=_HINT
                )
                return


def _skipped(name: str) -> tuple[str, str] | None:
    folders = part_name(name).split("/")
    if any(f.startswith(".") or f == "__MACOSX" for f in folders[:-1]):
        return "is hidden", ""
    return passed_over(folders[-1])


def read_tar(path: str, source: BinaryIO, budget: Budget, read: PartReader) -> Iterator[Found | SetAside]:
    """What the files of a tar archive hold, piece by piece in its order. Links and devices are set aside."""
    counted = _Counted(source)
    met = 0
    try:
        with tarfile.open(fileobj=cast("BinaryIO", counted), mode="r|") as archive:
            for info in archive:
                if info.isdir():
                    continue
                met += 1
                name = f"{path}#{part_name(info.name)}"
                data = _tar_part(archive, info, budget)
                if isinstance(data, SetAside):
                    yield SetAside(path=name, reason=data.reason, hint=data.hint)
                else:
                    yield from read(name, ending(info.name), data, budget)
                archive.members = []  # type: ignore[attr-defined]  # else it keeps every header that it met
                if budget.parts <= 0:
                    yield SetAside(path=path, reason="holds more files than are read", hint=_HINT)
                    return
    except _TAR_FAULTS as error:
        where = f"breaks after file {met}" if met else "is no tar archive that could be read"
        yield SetAside(path=path, reason=f"{where} ({error})", hint=_HINT)
        return
    if not met:
        yield SetAside(path=path, reason="is an archive without a file")


def _tar_part(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> bytes | SetAside:
    if not info.isreg():
        budget.take(0)
        return SetAside(path="", reason="is a link or a device, not a file")
    if reason := _skipped(info.name):
        budget.take(0)
        return SetAside(path="", reason=reason[0], hint=reason[1])
    if info.size > FILE_BYTES:
        return SetAside(path="", reason=f"is larger than {in_mb(FILE_BYTES)}", hint=_HINT)
    if not budget.take(info.size):
        budget.parts = 0
        return SetAside(
            path="", reason="lies beyond the files or bytes that one archive may unpack to", hint=_HINT
        )
    part = archive.extractfile(info)
    return part.read(FILE_BYTES) if part is not None else b""


class _Unpacker(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Counted:
    """A stream that unpacks gzip and bzip2, and ends with an error where more comes out than is due."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        start = source.peek(3)[:3] if isinstance(source, io.BufferedReader) else source.read(3)
        if not isinstance(source, io.BufferedReader):
            source.seek(0)
        self._given = self._taken = 0
        self._pending = b""
        self._unpack: zlib._Decompress | bz2.BZ2Decompressor | None = None
        if start.startswith(b"\x1f\x8b"):
            self._unpack = zlib.decompressobj(31)
        elif start.startswith(b"BZh"):
            self._unpack = bz2.BZ2Decompressor()

    def read(self, size: int) -> bytes:
        if size > FILE_BYTES:
            raise OSError(f"a header of {size} bytes")
        data = self._source.read(size) if self._unpack is None else self._inflated(size)
        self._given += len(data)
        if self._unpack is not None and self._given > ARCHIVE_FREE_BYTES + ARCHIVE_RATIO * self._taken:
            raise OSError(f"it unpacks to more than {ARCHIVE_RATIO} times its size")
        return data

    def _inflated(self, size: int) -> bytes:
        while True:
            unpack = self._unpack
            if unpack is None or unpack.eof:
                return b""
            if isinstance(unpack, bz2.BZ2Decompressor):
                feed = self._take() if unpack.needs_input else b""
                if unpack.needs_input and not feed:
                    raise EOFError("it breaks off")
                data = unpack.decompress(feed, size)
            else:
                feed = unpack.unconsumed_tail or self._take()
                if not feed:
                    raise EOFError("it breaks off")
                data = unpack.decompress(feed, size)
            if data:
                return data

    def _take(self) -> bytes:
        data = self._source.read(64 * 1024)
        self._taken += len(data)
        return data
