"""The door of the room: paths -> articles and what was set aside, one after the other."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from dragoman.intake.compose import compose
from dragoman.intake.found import Found
from dragoman.intake.kinds import ending, named_not_read
from dragoman.intake.readers import read_source
from dragoman.intake.walk import FileMet, files_of, open_file, unreadable
from dragoman.intake.warc import read_warc
from dragoman.model import Article, SetAside


def gather(paths: Iterable[str | Path], ocr: bool = False) -> Iterator[Article | SetAside]:
    """Read files and folders; `-` is standard input. Lazy, in sorted order, and the same on every run.

    A file that is named is read as plain text where its ending says nothing. Each file that is met comes out
    as its articles, or as set aside with the reason. `ocr`: hand pictures and scanned pages to Tesseract.
    """
    yield from gather_met(files_of(paths), ocr)


def gather_met(items: Iterable[FileMet | SetAside], ocr: bool = False) -> Iterator[Article | SetAside]:
    """As `gather`, of what was met on the way through paths."""
    for item in items:
        if isinstance(item, SetAside):
            yield item
            continue
        for found in _apart(item.name, _found_in(item, ocr)):
            yield found if isinstance(found, SetAside) else _composed(found)


def _apart(name: str, found: Iterator[Found | SetAside]) -> Iterator[Found | SetAside]:
    """What a reader gives, up to its end or to the fault that it did not foresee."""
    try:
        yield from found
    except Exception as error:  # noqa: BLE001  a hostile file must not keep the others from being read
        yield _failed(name, error)


def _composed(found: Found) -> Article | SetAside:
    try:
        return compose(found)
    except Exception as error:  # noqa: BLE001  one article must not keep the others from being read
        return _failed(found.path, error)


def _failed(name: str, error: Exception) -> SetAside:
    if isinstance(error, MemoryError):
        return SetAside(path=name, reason="needs more memory than there is", hint="Split it.")
    what = f"{type(error).__name__}: {error}"[:200]
    return SetAside(
        path=name,
        reason=f"could not be read: its reader failed ({what})",
        hint="This is a fault of the program; please report it with the file.",
    )


def _found_in(met: FileMet, ocr: bool) -> Iterator[Found | SetAside]:
    if met.path == "-":
        yield from _standard_input(sys.stdin.buffer, ocr)
        return
    if not met.in_folder and (reason := named_not_read(met.path)):
        yield SetAside(path=met.name, reason=reason[0], hint=reason[1])
        return
    try:
        with open_file(met) as source:
            if met.piece is not None:
                yield from read_warc(met.name, source, met.piece)
                return
            yield from read_source(met.name, ending(met.path), source, ocr)
    except OSError as error:
        yield unreadable(met.name, error)


def _standard_input(source: BinaryIO, ocr: bool) -> Iterator[Found | SetAside]:
    """Standard input: JSON Lines where it begins with `{`, a page where it begins with `<`, else plain text."""
    start = source.read(2048)
    whole = io.BufferedReader(_Rejoined(start, source))
    first = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = ".jsonl" if first.startswith(b"{") and not first.startswith(b"{\\rtf") else ".txt"
    if first.startswith(b"<"):
        kind = ".html"
    elif first.startswith(b"%PDF-"):
        kind = ".pdf"
    elif first.startswith(b"WARC/"):
        kind = ".warc"
    yield from read_source("-", kind, whole, ocr)


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
