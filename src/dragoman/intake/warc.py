"""Web archives: each page of a WARC file, whatever stands between, and however the file ends."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from fastwarc import warc

from dragoman.intake.decode import NotTextError, declared_charset, decode
from dragoman.intake.found import Found
from dragoman.intake.limits import ARCHIVE_FREE_BYTES, ARCHIVE_RATIO, ARCHIVE_RESTARTS, FILE_BYTES, in_mb
from dragoman.intake.pages import read_page
from dragoman.model import SetAside

_CHUNK = 64 * 1024
_GZIP = b"\x1f\x8b\x08"
_HINT_BREAK = "The records that are whole are read; fetch the file again for the rest."
_OF_PAGES = ("http:", "https:", "http", "ftp:", "file:")
"""Beginnings of the addresses of pages; a crawler's log and its commands have others (`metadata:`, `urn:`)."""
_CHUNK_SIZE = re.compile(rb"[ \t]{0,9}([0-9A-Fa-f]{1,8})[ \t]{0,9}(?:;[^\r\n]{0,200})?\r?\n")
_FAULTS = (OSError, ValueError, RuntimeError, EOFError)
"""What fastwarc raises on damaged archives."""


class Piece(NamedTuple):
    """A stretch of an archive that begins and ends between records, and what was met before it.

    Attributes:
        start, end: Bytes of the file as it lies there; an `end` of None is the file's.
        before: Records before it.
        taken, given: Bytes before it, as they lie there and unpacked: the bound on unpacking counts both.
    """

    start: int = 0
    end: int | None = None
    before: int = 0
    taken: int = 0
    given: int = 0


WHOLE = Piece()


class Unpacked:
    """A reading stream over gzip members, or over plain bytes, that never unpacks more than is due.

    It never raises: at a break it ends, and `broken` says why. fastwarc reads it as a plain file.
    """

    def __init__(self, source: BinaryIO, piece: Piece = WHOLE) -> None:
        self.broken: str | None = None
        self.members: dict[int, int] | None = None
        """Where compressed members begin, kept once a dict is put here: unpacked offset -> offset in the file."""
        self._source = source
        self._until = piece.end
        self._taken, self._given = piece.taken, piece.given
        self._fed = b""
        self._left = self._take()
        self._zipped = zlib.decompressobj(31) if self._left.startswith(_GZIP[:2]) else None

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes (at most 64 KB at a time), none at the end."""
        size = _CHUNK if size < 0 else min(size, _CHUNK)
        if self._zipped is None:
            data, self._left = self._left[:size], self._left[size:]
            return data or self._take(size)
        while self.broken is None:
            try:
                part = self._inflate(size)
            except zlib.error as error:
                self.broken = f"its compressed data are damaged ({error})"
                break
            if part is None:
                break
            if part:
                return part
        return b""

    @property
    def zipped(self) -> bool:
        return self._zipped is not None

    def tell(self) -> int:
        return self._given

    def seek(self, offset: int, whence: int = 0) -> int:
        raise io.UnsupportedOperation("a stream that is read once")

    def close(self) -> None:
        self._source.close()

    def restart(self) -> bool:
        """Go on after a break, at the next gzip member that begins a WARC record; False where there is none."""
        if self._zipped is None or self.broken is None:
            return False
        rest = (self._zipped.unconsumed_tail or self._zipped.unused_data or self._fed[1:]) + self._left
        while True:
            at = rest.find(_GZIP)
            if at < 0:
                rest = rest[-len(_GZIP) + 1 :] + (more := self._take())
                if not more:
                    return False
                continue
            if len(rest) < at + _CHUNK and (more := self._take()):
                rest += more
                continue
            if _begins_record(rest[at:]):
                self._zipped, self._left, self.broken = zlib.decompressobj(31), rest[at:], None
                self._given = min(self._given, ARCHIVE_RATIO * self._taken)
                return True
            rest = rest[at + 1 :]

    def _inflate(self, size: int) -> bytes | None:
        """Some bytes (maybe none yet), or None at the end."""
        assert self._zipped is not None
        if self._zipped.eof:
            rest = (self._zipped.unused_data or self._left or self._take()).lstrip(b"\0")
            if not rest:
                return None
            self._zipped, self._left = zlib.decompressobj(31), rest
            if self.members is not None:
                self.members[self._given] = self._taken - len(rest)
        feed = self._zipped.unconsumed_tail or self._left or self._take()
        if not self._zipped.unconsumed_tail:
            self._left = b""
        self._fed = feed
        data = self._zipped.decompress(feed, size)
        if not data and not feed and not self._zipped.eof:
            self.broken = "its compressed data break off"
            return None
        self._given += len(data)
        if self._given > ARCHIVE_FREE_BYTES + ARCHIVE_RATIO * self._taken:
            self.broken = f"its data unpack to more than {ARCHIVE_RATIO} times their size"
            return None
        return data

    def _take(self, size: int = _CHUNK) -> bytes:
        try:
            data = self._source.read(size if self._until is None else min(size, self._until - self._taken))
        except OSError as error:
            self.broken = f"it cannot be read further ({error.strerror})"
            return b""
        self._taken += len(data)
        return data


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data[:_CHUNK], 5) == b"WARC/"
    except zlib.error:
        return False


def read_warc(path: str, source: BinaryIO, piece: Piece = WHOLE) -> Iterator[Found | SetAside]:
    """The pages of an archive, numbered as records from 1; each break is named where it stands.

    After damage, reading goes on at the next record where records are compressed one by one. Of a `piece` that
    `cut` made the pages are those of the whole archive, under the same numbers.
    """
    if piece.start:
        source.seek(piece.start)
    stream = Unpacked(source, piece)
    number, given = piece.before, 0
    for _ in range(ARCHIVE_RESTARTS):
        for count, found in _records(path, stream, number):
            number = count
            if found is not None:
                given += 1
                yield found
        if stream.broken is None:
            break
        yield SetAside(path=path, reason=f"breaks after record {number}: {stream.broken}", hint=_HINT_BREAK)
        if not stream.restart():
            break
    if stream.broken is not None or piece != WHOLE:
        return
    if not number:
        yield SetAside(path=path, reason="holds no WARC record", hint="Check that it is a web archive.")
    elif not given:
        yield holds_no_page(path, number)


def cut(source: BinaryIO, size: int) -> tuple[list[Piece], int]:
    """An archive in pieces of `size` bytes of the file or more, and how many records they hold in all.

    What follows a break stays in one piece, for how reading goes on there hangs on what was before.
    """
    stream = Unpacked(source)
    members = stream.members = {}
    pieces: list[Piece] = []
    last, number = WHOLE, 0
    try:
        for record in warc.ArchiveIterator(stream, parse_http=True, strict_mode=False):
            if stream.broken is not None:
                break
            at = record.stream_pos
            start = members.get(at) if stream.zipped else at
            if start is not None and start - last.start >= size:
                pieces.append(last._replace(end=start))
                last = Piece(start, None, number, start, at)
            for seen in [m for m in members if m < at]:
                del members[seen]
            number += 1
    except _FAULTS:
        pass  # the last piece meets it again, and names it
    return [*pieces, last], number


def holds_no_page(path: str, records: int) -> SetAside:
    """What is told of an archive in which nothing was found, nor set aside."""
    return SetAside(path=path, reason=f"holds no page among its {records} records")


def _records(path: str, stream: Unpacked, number: int) -> Iterator[tuple[int, Found | SetAside | None]]:
    """Records up to the end or the next break, with their numbers; None for one that holds no page."""
    try:
        for record in warc.ArchiveIterator(stream, parse_http=True, strict_mode=False):
            number += 1
            yield number, _record(f"{path}#{number}", record, stream)
    except _FAULTS as error:
        stream.broken = stream.broken or f"what follows is no WARC record ({error})"


def _record(path: str, record: warc.WarcRecord, stream: Unpacked) -> Found | SetAside | None:
    """The article of one record; None for records that hold no page (requests, images, redirects)."""
    if record.record_type not in (warc.response, warc.resource, warc.conversion):
        return None
    headers = record.http_headers if record.is_http and record.is_http_parsed else None
    if headers is not None and headers.status_code not in (None, 200, 203):
        return None
    url = record.headers.get("WARC-Target-URI")
    if not (url or "http").strip("<> ").lower().startswith(_OF_PAGES):
        return None
    kind = ((headers.get("Content-Type") if headers else record.headers.get("Content-Type")) or "").lower()
    if not kind.startswith(("text/html", "application/xhtml", "text/plain")):
        return None
    data = record.reader.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        return SetAside(path=path, reason=f"is larger than {in_mb(FILE_BYTES)}")
    if stream.broken or len(data) < record.content_length:
        return SetAside(
            path=path, reason="breaks off: the archive ends within it", hint="Fetch the archive again."
        )
    coding = (headers.get("Content-Encoding") or "").lower() if headers else ""
    if headers and "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        data = unchunked(data)
    unpacked = _uncoded(data, coding)
    if isinstance(unpacked, str):
        return SetAside(path=path, reason=unpacked)
    try:
        text = decode(unpacked, declared_charset(unpacked) or (record.http_charset if headers else None))
    except NotTextError as error:
        return SetAside(path=path, reason=str(error))
    if kind.startswith("text/plain"):
        return Found(path=path, text=text, source="plain", url=url)
    return read_page(path, text, url)


def unchunked(data: bytes) -> bytes:
    """A payload without the sizes of its chunks; as it is where none stand there, for some archives drop them.

    A payload that breaks off within a chunk is given up to its end.
    """
    parts: list[bytes] = []
    at = 0
    while match := _CHUNK_SIZE.match(data, at):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(data[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if data[at : at + 2] == b"\r\n" else 1 if data[at : at + 1] == b"\n" else 0
        if at >= len(data):
            return b"".join(parts)
    return data


def _uncoded(data: bytes, coding: str) -> bytes | str:
    """A payload without its content coding, or the reason why not. Some archives store it decoded already."""
    if coding in ("br", "zstd", "compress") and data.lstrip()[:1] != b"<":
        return f"is compressed with {coding}, which is not read here"
    if coding not in ("gzip", "x-gzip", "deflate") or data.lstrip()[:1] == b"<":
        return data
    for bits in (47, -15):
        unpack = zlib.decompressobj(bits)
        try:
            plain = unpack.decompress(data, FILE_BYTES + 1)
        except zlib.error:
            continue
        return f"unpacks to more than {in_mb(FILE_BYTES)}" if len(plain) > FILE_BYTES else plain
    return "has damaged compressed content"
