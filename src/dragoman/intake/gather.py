"""The door of the room: paths -> articles and what was set aside, one after the other."""

from __future__ import annotations

import io
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from dragoman.intake.compose import compose
from dragoman.intake.decode import NotTextError, declared_charset, decode
from dragoman.intake.feeds import read_feed
from dragoman.intake.found import Found
from dragoman.intake.limits import FILE_BYTES, in_mb
from dragoman.intake.lines_json import read_json_lines
from dragoman.intake.mail import read_mail
from dragoman.intake.markdown import read_markdown
from dragoman.intake.pages import read_page
from dragoman.intake.pdf import read_pdf
from dragoman.intake.walk import files_of
from dragoman.intake.warc import read_warc
from dragoman.model import Article, SetAside

_PLAIN = (".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_PAGES = (".html", ".htm", ".xhtml")
_FEEDS = (".xml", ".rss", ".atom")
_ARCHIVES = (".warc", ".warc.gz")
_LINES = (".jsonl", ".ndjson", ".jsonl.gz")
_ZIPPED = (".txt.gz", ".html.gz", ".htm.gz")
KINDS = (*_PLAIN, *_MARKDOWN, *_PAGES, *_FEEDS, *_ARCHIVES, *_LINES, *_ZIPPED, ".eml", ".pdf")
"""Endings of the files that a folder is searched for, in small letters."""

_PAGE_START = re.compile(r"\s{0,100}<(?:!doctype html|html[\s>])", re.IGNORECASE)
_HINT_KINDS = "Kinds that are read: " + " ".join(KINDS)
_HINT_BIG = "Split it into files of one article, or use JSON Lines or WARC, which are read piece by piece."


def gather(paths: Iterable[str | Path]) -> Iterator[Article | SetAside]:
    """Read files and folders; `-` is standard input. Lazy, in sorted order, and the same on every run.

    A file that is named is read as plain text where its ending says nothing.
    """
    for item in files_of(paths, KINDS):
        if isinstance(item, SetAside):
            yield item
            continue
        for found in _found_in(item):
            yield found if isinstance(found, SetAside) else compose(found)


def _found_in(path: str) -> Iterator[Found | SetAside]:
    if path == "-":
        yield from _standard_input(sys.stdin.buffer)
        return
    try:
        with Path(path).open("rb") as source:
            yield from _read(path, path.lower(), source)
    except PermissionError:
        yield SetAside(
            path=path, reason="may not be read", hint="Give yourself leave to read it (chmod u+r)."
        )
    except OSError as error:
        yield SetAside(path=path, reason=f"cannot be read: {error.strerror or error}")


def _standard_input(source: BinaryIO) -> Iterator[Found | SetAside]:
    """Standard input: JSON Lines where it begins with `{`, a page where it begins with `<`, else plain text."""
    start = source.read(2048)
    whole = io.BufferedReader(_Rejoined(start, source))
    first = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = ".jsonl" if first.startswith(b"{") else ".html" if first.startswith(b"<") else ".txt"
    if first.startswith(b"%PDF-"):
        kind = ".pdf"
    elif first.startswith(b"WARC/"):
        kind = ".warc"
    yield from _read("-", kind, whole)


class _Rejoined(io.RawIOBase):
    """A stream with what was already taken from it put back in front."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub's Buffer has no slices
        data = self._start[: len(buffer)] or self._rest.read(len(buffer))
        self._start = self._start[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _read(path: str, name: str, source: BinaryIO) -> Iterator[Found | SetAside]:
    if name.endswith(_ARCHIVES):
        yield from read_warc(path, source)
    elif name.endswith(_LINES) and not name.endswith(".gz"):
        yield from read_json_lines(path, source)
    else:
        data = _whole(path, source, zipped=name.endswith(".gz"))
        if isinstance(data, SetAside):
            yield data
        else:
            yield from _read_whole(path, name.removesuffix(".gz"), data)


def _whole(path: str, source: BinaryIO, *, zipped: bool) -> bytes | SetAside:
    data = source.read(FILE_BYTES + 1)
    if zipped and len(data) <= FILE_BYTES:
        unpack = zlib.decompressobj(47)
        try:
            data = unpack.decompress(data, FILE_BYTES + 1)
        except zlib.error as error:
            return SetAside(path=path, reason=f"is no gzip file, or a damaged one ({error})")
        if not unpack.eof and len(data) <= FILE_BYTES:
            return SetAside(
                path=path, reason="breaks off: its compressed data are not complete", hint="Fetch it again."
            )
    if len(data) > FILE_BYTES:
        return SetAside(path=path, reason=f"is larger than {in_mb(FILE_BYTES)}", hint=_HINT_BIG)
    if not data.strip():
        return SetAside(path=path, reason="is empty")
    return data


def _read_whole(path: str, name: str, data: bytes) -> Iterator[Found | SetAside]:
    if name.endswith(".pdf") or data.startswith(b"%PDF-"):
        yield from read_pdf(path, data)
    elif name.endswith(".eml"):
        yield from read_mail(path, data)
    elif name.endswith(_FEEDS):
        yield from read_feed(path, data)
    elif name.endswith(_LINES):
        yield from read_json_lines(path, io.BytesIO(data))
    else:
        try:
            text = decode(data, declared_charset(data) if name.endswith(_PAGES) else None)
        except NotTextError as error:
            yield SetAside(path=path, reason=str(error), hint=_HINT_KINDS)
            return
        if name.endswith(_PAGES) or _PAGE_START.match(text):
            yield read_page(path, text)
        elif name.endswith(_MARKDOWN):
            yield read_markdown(path, text)
        else:
            yield Found(path=path, text=text, source="plain")
