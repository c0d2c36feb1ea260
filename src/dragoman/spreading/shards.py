"""Paths -> what is to be read, each thing keyed by its content, and shards that one process reads at a time."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import msgspec

from dragoman.intake.kinds import ARCHIVES, ending
from dragoman.intake.walk import FileMet, files_of, open_file, unreadable
from dragoman.intake.warc import Piece, cut
from dragoman.model import SetAside

SHARD_FILES = 32
SHARD_BYTES = 4 * 2**20
"""A shard of files ends at whichever comes first. One larger file is a shard of its own."""

PIECE_BYTES = 8 * 2**20
"""Least bytes of a piece of a web archive, as they lie in the file; two to four hundred news pages."""

LIST_BYTES = 64 * 2**20
"""Most bytes of a list of paths."""

_AT_ONCE = 2**20


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: a file, a piece of an archive, or what is set aside without a look inside.

    `digest` is the SHA-256 of the bytes to read, in hexadecimal, `""` for what is set aside; `size` how many they are.
    """

    met: FileMet | SetAside
    digest: str = ""
    size: int = 0

    @property
    def key(self) -> str:
        """32 hexadecimal digits that stand for its name and content, not for where it lies on this machine."""
        if isinstance(self.met, SetAside):
            told: tuple[object, ...] = (self.met.path, self.met.reason, self.met.hint)
        else:
            told = (self.met.name, self.met.in_folder, self.met.piece, self.digest)
        return sha256(msgspec.msgpack.encode(told)).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Shard:
    """Inputs that are read together. `name` depends on their keys and the rules of reading alone."""

    name: str
    inputs: tuple[Input, ...]


class Cut(msgspec.Struct, frozen=True):
    """How an archive was cut: the `key` of its name, size and time, its pieces with their digests, its records."""

    name: str
    key: str
    pieces: tuple[Piece, ...]
    digests: tuple[str, ...]
    sizes: tuple[int, ...]
    records: int

    def inputs(self, met: FileMet) -> list[Input]:
        return [
            Input(met._replace(piece=piece), digest, size)
            for piece, digest, size in zip(self.pieces, self.digests, self.sizes, strict=True)
        ]


def name_of(keys: Sequence[str], rules: str, ocr: bool) -> str:
    """The name of the shard of inputs of these keys: 32 hexadecimal digits."""
    return sha256(msgspec.msgpack.encode((rules, ocr, keys))).hexdigest()[:32]


def listed(path: Path) -> Iterator[FileMet | SetAside]:
    """The files that a list names, a path a line (`.gz`: packed), each below the folder that the list lies in.

    A list may come from elsewhere, so what leads out of that folder is set aside.

    Raises:
        OSError: the list cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(LIST_BYTES + 1)
    if path.name.endswith(".gz"):
        with gzip.open(path) as packed:
            data = packed.read(LIST_BYTES + 1)
    if len(data) > LIST_BYTES:
        raise OSError(0, f"it is larger than {LIST_BYTES // 2**20} MB; split it")
    root = path.absolute().parent
    for line in data.decode("utf-8", "replace").splitlines():
        name = line.strip()
        if not name or name.startswith("#"):
            continue
        parts = PurePosixPath(name).parts
        place = root.joinpath(*parts)
        if PurePosixPath(name).is_absolute() or ".." in parts or not _below(place, root):
            yield SetAside(
                path=name, reason="leads out of the list's folder", hint="Put the list above its files."
            )
            continue
        for met in files_of([place]):
            yield _renamed(met, str(place), name)


def _below(place: Path, root: Path) -> bool:
    real = os.path.realpath(root)
    return os.path.commonpath((os.path.realpath(place), real)) == real


def _renamed(met: FileMet | SetAside, place: str, name: str) -> FileMet | SetAside:
    """With the name of the list in place of where it lies."""
    if isinstance(met, SetAside):
        return msgspec.structs.replace(met, path=met.path.replace(place, name, 1))
    return met._replace(name=met.name.replace(place, name, 1))


def found(mets: Iterable[FileMet | SetAside]) -> Iterator[FileMet | SetAside]:
    """With places that hold in any working folder. Standard input is of this machine alone, and is set aside."""
    for met in mets:
        if isinstance(met, SetAside):
            yield met
        elif met.path == "-":
            yield SetAside(
                path="-", reason="is standard input, which cannot be shared out", hint="Save it to a file."
            )
        else:
            yield met._replace(path=str(Path(met.path).absolute()))


def to_cut(met: FileMet | SetAside) -> str | None:
    """The key under which an archive that is worth cutting was cut, or is to be; None for anything else.

    It stands for name, size and time of change, as an archive of gigabytes is not read to see that it is the same.
    """
    if isinstance(met, SetAside) or ending(met.path) not in ARCHIVES:
        return None
    try:
        info = Path(met.path).stat()
    except OSError:
        return None
    if info.st_size < 2 * PIECE_BYTES:
        return None
    told = (met.name, met.in_folder, info.st_size, info.st_mtime_ns, PIECE_BYTES)
    return sha256(msgspec.msgpack.encode(told)).hexdigest()[:32]


def cut_archive(met: FileMet, key: str, size: int) -> Cut | SetAside:
    """Cut one archive in pieces of `size` bytes or more; each byte is read twice."""
    try:
        with open_file(met) as source:
            pieces, records = cut(source, size)
            sums = [digest_of(source, piece) for piece in pieces]
    except OSError as error:
        return unreadable(met.name, error)
    return Cut(met.name, key, tuple(pieces), tuple(d for d, _ in sums), tuple(n for _, n in sums), records)


def as_input(met: FileMet | SetAside) -> Input:
    """What a file holds now; one that cannot be opened is set aside."""
    if isinstance(met, SetAside):
        return Input(met)
    try:
        with open_file(met) as source:
            digest, size = digest_of(source, met.piece or Piece())
    except OSError as error:
        return Input(unreadable(met.name, error))
    return Input(met, digest, size)


def digest_of(source: BinaryIO, piece: Piece) -> tuple[str, int]:
    """SHA-256 and size of a stretch of a file."""
    made, size = sha256(), 0
    source.seek(piece.start)
    left = None if piece.end is None else piece.end - piece.start
    while data := source.read(_AT_ONCE if left is None else min(_AT_ONCE, left - size)):
        made.update(data)
        size += len(data)
    return made.hexdigest(), size


def in_shards(inputs: Iterable[Input], rules: str, ocr: bool) -> Iterator[Shard]:
    """Group inputs as they come; a piece of an archive is alone."""
    waiting: list[Input] = []
    size = 0
    for each in inputs:
        alone = isinstance(each.met, FileMet) and each.met.piece is not None
        if waiting and (alone or len(waiting) >= SHARD_FILES or size + each.size > SHARD_BYTES):
            yield _shard(waiting, rules, ocr)
            waiting, size = [], 0
        waiting.append(each)
        size += each.size
        if alone:
            yield _shard(waiting, rules, ocr)
            waiting, size = [], 0
    if waiting:
        yield _shard(waiting, rules, ocr)


def _shard(inputs: Sequence[Input], rules: str, ocr: bool) -> Shard:
    return Shard(name_of([each.key for each in inputs], rules, ocr), tuple(inputs))
