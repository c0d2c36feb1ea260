"""Web archives: each page of a WARC file, however it ends."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from fastwarc import warc

from dragoman.intake.decode import NotTextError, declared_charset, decode
from dragoman.intake.found import Found
from dragoman.intake.limits import ARCHIVE_FREE_BYTES, ARCHIVE_RATIO, FILE_BYTES, in_mb
from dragoman.intake.pages import read_page
from dragoman.model import SetAside

_CHUNK = 64 * 1024
_HINT_BREAK = "The records before it are read; fetch the file again for the rest."


class Unpacked:
    """A reading stream over gzip members, or over plain bytes, that never unpacks more than is due.

    It never raises: at a break it ends, and `broken` says why. fastwarc reads it as a plain file.
    """

    def __init__(self, source: BinaryIO) -> None:
        self.broken: str | None = None
        self._source = source
        self._zipped: zlib._Decompress | None = None
        self._left = b""
        self._taken = self._given = 0
        start = self._take()
        if start.startswith(b"\x1f\x8b"):
            self._zipped = zlib.decompressobj(31)
        self._left = start

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

    def tell(self) -> int:
        return self._given

    def seek(self, offset: int, whence: int = 0) -> int:
        raise io.UnsupportedOperation("a stream that is read once")

    def close(self) -> None:
        self._source.close()

    def _inflate(self, size: int) -> bytes | None:
        """Some bytes (maybe none yet), or None at the end."""
        assert self._zipped is not None
        if self._zipped.eof:
            rest = (self._zipped.unused_data or self._left or self._take()).lstrip(b"\0")
            if not rest:
                return None
            self._zipped, self._left = zlib.decompressobj(31), rest
        feed = self._left or self._zipped.unconsumed_tail or self._take()
        self._left = b""
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
            data = self._source.read(size)
        except OSError as error:
            self.broken = f"it cannot be read further ({error.strerror})"
            return b""
        self._taken += len(data)
        return data


def read_warc(path: str, source: BinaryIO) -> Iterator[Found | SetAside]:
    """The pages of an archive, numbered as records from 1; a break is named after what came before it."""
    stream = Unpacked(source)
    number = 0
    records = iter(warc.ArchiveIterator(stream, parse_http=True, strict_mode=False))
    while True:
        try:
            record = next(records)
        except StopIteration:
            break
        except (OSError, ValueError, RuntimeError, EOFError) as error:
            stream.broken = stream.broken or str(error)
            break
        number += 1
        try:
            found = _record(f"{path}#{number}", record)
        except (OSError, ValueError, RuntimeError, EOFError) as error:
            found = SetAside(path=f"{path}#{number}", reason=f"is damaged: {error}")
        if found is not None:
            yield found
    if stream.broken:
        yield SetAside(path=path, reason=f"ends after record {number}: {stream.broken}", hint=_HINT_BREAK)
    elif not number:
        yield SetAside(path=path, reason="holds no WARC record", hint="Check that it is a web archive.")


def _record(path: str, record: warc.WarcRecord) -> Found | SetAside | None:
    """The article of one record; None for records that hold no page (requests, images, redirects)."""
    if record.record_type not in (warc.response, warc.resource, warc.conversion):
        return None
    headers = record.http_headers if record.is_http and record.is_http_parsed else None
    if headers is not None and headers.status_code not in (None, 200, 203):
        return None
    kind = ((headers.get("Content-Type") if headers else record.headers.get("Content-Type")) or "").lower()
    if not kind.startswith(("text/html", "application/xhtml", "text/plain")):
        return None
    expected, before = record.content_length, 0
    data = record.reader.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        return SetAside(path=path, reason=f"is larger than {in_mb(FILE_BYTES)}")
    if headers is not None:
        before = 0
        unpacked = _decoded(data, (headers.get("Content-Encoding") or "").lower())
        if isinstance(unpacked, str):
            return SetAside(path=path, reason=unpacked)
        data = unpacked
    del expected, before
    url = record.headers.get("WARC-Target-URI")
    charset = record.http_charset if headers is not None else None
    try:
        text = decode(data, declared_charset(data) or charset)
    except NotTextError as error:
        return SetAside(path=path, reason=str(error))
    if kind.startswith("text/plain"):
        return Found(path=path, text=text, source="plain", url=url)
    return read_page(path, text, url)


def _decoded(data: bytes, coding: str) -> bytes | str:
    """A payload without its content coding, or the reason why not."""
    if coding in ("gzip", "x-gzip", "deflate") and data.lstrip()[:1] != b"<":
        for bits in (47, -15):
            unpack = zlib.decompressobj(bits)
            try:
                plain = unpack.decompress(data, FILE_BYTES + 1)
            except zlib.error:
                continue
            if len(plain) > FILE_BYTES:
                return f"unpacks to more than {in_mb(FILE_BYTES)}"
            return plain
        return "has damaged compressed content"
    if coding in ("br", "zstd", "compress"):
        return f"is compressed with {coding}, which is not read here"
    return data
