"""A folder of readings -> what a case is made from. The folder may come from anybody, so it is bounded and checked.

Nothing in it names a file, and nothing is unpickled. A file of rows must have the digest that the manifest states, and
no packed page, so that it unfolds to no more than it is, a few rows at a time; the packed part unfolds to what is due.
An article that Dragoman cannot have written is set aside.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
import numpy as np

from dragoman.intake.limits import FILE_BYTES
from dragoman.intake.names import is_shown, shown
from dragoman.intake.walk import FileMet, open_file
from dragoman.intake.warc import holds_no_page
from dragoman.model import Article, Reading, SetAside
from dragoman.model.lines import Json
from dragoman.spreading.footer import codecs_of
from dragoman.spreading.manifest import Manifest, ReadingsError
from dragoman.spreading.sound import PATH_CHARS, Unsound, check
from dragoman.spreading.table import MET, VECTOR, Again, Aside, Read, schema
from dragoman.spreading.work import Done, file_of

T = TypeVar("T")

SHARD_FILE_BYTES = 512 * 2**20
"""Most bytes of a shard's file."""

UNPACKED = 4 * FILE_BYTES
"""Most bytes of one article, or of one reading, unpacked; the longest text that is read has 2,000,000 letters."""

SHARD_ROWS = 5_000_000
ROW_GROUPS = 100_000
REASON_CHARS = 100_000
TOGETHER = 4
"""Rows that are unfolded together."""

_READ = ("kind", "article", "path", "reason", "hint", "content", "reading", "vector")
_article = msgspec.json.Decoder(Article).decode
_reading = msgspec.json.Decoder(Reading).decode


class Packed(NamedTuple):
    """An article with its reading as they lie there; `open` unpacks and checks them, and raises `Unsound`."""

    article: str
    path: str
    open: Callable[[], Read]


Taken = Packed | Again | Aside


class Readings:
    """The readings of a folder, in the order in which they were planned."""

    def __init__(self, folder: Path) -> None:
        """Look into the manifest.

        Raises:
            ReadingsError: see `Manifest`.
        """
        self.folder = folder
        self.manifest = Manifest(folder)

    @property
    def rows(self) -> int:
        """How many things were met, by the manifest."""
        return sum(done.rows for done in self.manifest.in_order())

    def __iter__(self) -> Iterator[Taken]:
        """What was read, met again and set aside.

        Raises:
            ReadingsError: a file is missing, or is not what the manifest says, or holds what Dragoman does not write.
        """
        for done in self.manifest.in_order():
            yield from _Shard(self.folder, done)
        yield from self._pageless()

    def _pageless(self) -> Iterator[Aside]:
        """Archives in pieces of which none held a page; one read whole says so itself."""
        pieces: dict[str, list[Done | None]] = {}
        for name, planned in self.manifest.planned.items():
            if planned.archive is not None:
                pieces.setdefault(planned.archive, []).append(self.manifest.done.get(name))
        for key, done in pieces.items():
            cut = self.manifest.cuts.get(key)
            if cut is not None and len(done) == len(cut.pieces) and all(d and d.rows == 0 for d in done):
                yield Aside(holds_no_page(shown(cut.name), cut.records))


class _Shard:
    def __init__(self, folder: Path, done: Done) -> None:
        self._path = file_of(folder, done.name)
        self._done = done

    def _wrong(self, what: str) -> ReadingsError:
        return ReadingsError(
            f"{self._path}: {what}. Nothing more of these readings is taken; delete this file and read them again, or "
            "get the folder anew."
        )

    def __iter__(self) -> Iterator[Taken]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if not self._done.rows:
            return
        try:
            with open_file(FileMet(self._path.name, str(self._path), False)) as source:
                self._check_bytes(source)
                if codecs_of(source) - {0}:
                    raise self._wrong("has packed pages")
                file = pq.ParquetFile(source, memory_map=False, pre_buffer=False)
                self._check_layout(file)
                yield from self._rows(file)
        except OSError as error:  # what Arrow raises on damage is one, too
            raise self._wrong(f"cannot be read ({str(error)[:100]})") from error
        except (pa.ArrowException, msgspec.MsgspecError, ValueError, zlib.error) as error:
            raise self._wrong(f"holds what Dragoman does not write ({str(error)[:100]})") from error

    def _check_bytes(self, source: Any) -> None:
        made, size = sha256(), 0
        while data := source.read(2**20):
            made.update(data)
            size += len(data)
            if size > SHARD_FILE_BYTES:
                raise self._wrong(f"is larger than {SHARD_FILE_BYTES // 2**20} MB")
        if made.hexdigest() != self._done.sha256:
            raise self._wrong("is not the file that was written")
        source.seek(0)

    def _check_layout(self, file: Any) -> None:
        about = file.metadata
        if not file.schema_arrow.equals(schema(), check_metadata=False):
            raise self._wrong("has other columns than Dragoman writes")
        if about.num_rows > SHARD_ROWS or about.num_row_groups > ROW_GROUPS:
            raise self._wrong("has too many rows")

    def _rows(self, file: Any) -> Iterator[Taken]:
        met = 0
        for group in range(file.metadata.num_row_groups):
            first = next(file.iter_batches(1, [group], ["kind"], use_threads=False), None)
            if first is None or first.column(0)[0].as_py() not in MET:
                continue
            for batch in file.iter_batches(TOGETHER, [group], list(_READ), use_threads=False):
                for row in batch.to_pylist():
                    met += 1
                    yield self._taken(row)
        if met != self._done.rows:
            raise self._wrong("has not as many rows as the manifest says")

    def _taken(self, row: Json) -> Taken:
        kind, article, path = row["kind"], row["article"], row["path"]
        if kind not in MET or (article is None and kind != "aside"):
            raise Unsound("a row of no kind")
        path = path if path is not None and is_shown(path) and len(path) <= PATH_CHARS else shown(path or "?")
        if kind == "again":
            return Again(article, path)
        if kind == "aside":
            reason, hint = row["reason"] or "", row["hint"] or ""
            if max(len(reason), len(hint)) > REASON_CHARS:
                raise Unsound("a reason that has no end")
            return Aside(SetAside(path=path, reason=reason, hint=hint), article)
        return Packed(article, path, lambda: self._opened(row))

    def _opened(self, row: Json) -> Read:
        try:
            read = Read(
                _unpacked(row["content"], _article),
                _unpacked(row["reading"], _reading),
                np.frombuffer(row["vector"] or b"", "<f4"),
            )
            check(read.article, read.reading)
            if read.article.id != row["article"] or read.article.path != row["path"]:
                raise Unsound("an article under another name")
            if read.vector.shape != (VECTOR,) or not bool((np.abs(read.vector) <= 1).all()):
                raise Unsound("a vector that is none")
        except (msgspec.MsgspecError, zlib.error, ValueError, RecursionError) as error:
            raise Unsound(str(error)[:100]) from error
        return read


def _unpacked(data: bytes | None, decode: Callable[[bytes], T]) -> T:
    unpack = zlib.decompressobj()
    plain = unpack.decompress(data or b"", UNPACKED)
    if not unpack.eof:
        raise Unsound("something that breaks off, or unpacks to more than is due")
    return decode(plain)
