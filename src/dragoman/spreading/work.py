"""One shard -> its Parquet file: a function of the shard and the rules, whatever process or machine runs it."""

from __future__ import annotations

import os
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import msgspec
import numpy as np

from dragoman.intake.gather import gather_met
from dragoman.model import Article, Reading, SetAside
from dragoman.reading.pool import BATCH_LETTERS, in_batches, read_apart, read_batch
from dragoman.spreading.rules import rules
from dragoman.spreading.shards import Input, Shard, as_input
from dragoman.spreading.table import Again, Aside, Outcome, Read, Writer


def embed(articles: list[Article]) -> list[np.ndarray]:
    """Vectors of headline and lead, by what is loaded only where something is read."""
    from dragoman.linking.vectors import embed as embed_leads

    return embed_leads(articles)


class Reader(NamedTuple):
    """What reads a batch of articles of one language, and what gives each a vector; tests have lighter ones."""

    read: Callable[[list[Article]], list[Reading | SetAside]] = read_batch
    embed: Callable[[list[Article]], list[np.ndarray]] = embed


DRAGOMAN = Reader()

MANIFEST = "manifest.jsonl"
TOGETHER = 32
"""Articles read and written together, so that memory stays bounded however many a shard has."""

_PIECE = 2**20


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A shard that was read and written.

    Attributes:
        sha256, size: Of its file.
        rows: Rows that a case is made from: articles, those met again, what was set aside.
        languages: Language -> articles in it.
        faults: Stage of reading -> articles that it failed on.
        seconds: Processor time that it took, in the process that read it.
    """

    name: str
    sha256: str
    size: int
    rows: int
    articles: int
    aside: int
    languages: dict[str, int]
    faults: dict[str, int]
    seconds: float


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """Why a shard was not written, in words for the user. With `stop` no other would be, either."""

    why: str
    stop: bool = False


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A shard to read into a folder, under rules that must be those of the process, too.

    `head` is the first line of the folder's manifest, by which a machine knows that it sees the same folder. `apart`:
    read in processes of its own, article by article where one dies, as the shard was lost before.
    """

    shard: Shard
    folder: str
    head: bytes
    rules: str
    ocr: bool = False
    apart: bool = False
    reader: Reader = DRAGOMAN


def file_of(folder: Path, name: str) -> Path:
    """Where a shard's file lies; the name is all of it that anybody else says."""
    return folder / f"shard-{name}.parquet"


def read_shard(task: Task) -> Done | Failed:
    """Read a shard and put its file in place, whole or not at all."""
    began = time.process_time()
    folder = Path(task.folder)
    if refused := _refused(task, folder):
        return refused
    place = file_of(folder, task.shard.name)
    beside = folder / f".{task.shard.name}.{platform.node()[:40]}.{uuid4().hex[:12]}.part"
    counts = Counts()
    try:
        _write(beside, task, counts)
        changed = [each for each in task.shard.inputs if not _as_it_was(each)]
        if changed:
            return Failed(why=f"{named(changed[0])} was changed while it was being read; read again")
        digest, size = _put_in_place(beside, place)
    except CannotWriteError as error:
        return Failed(why=f"{folder}: cannot be written on {platform.node()} ({error})", stop=True)
    except Exception as error:  # noqa: BLE001  a fault in one shard must not keep the others from being read
        return Failed(
            why=f"{named(task.shard.inputs[0])}: reading it failed ({type(error).__name__}: {error})"
        )
    finally:
        with suppress(OSError):  # on a full or lost disk nothing more can be done; the next start clears it
            beside.unlink(missing_ok=True)
    return Done(
        name=task.shard.name,
        sha256=digest,
        size=size,
        rows=counts.rows.total(),
        articles=counts.rows["Read"],
        aside=counts.rows["Aside"],
        languages=dict(sorted(counts.languages.items())),
        faults=dict(sorted(counts.faults.items())),
        seconds=round(time.process_time() - began, 3),
    )


class CannotWriteError(Exception):
    """The folder of readings takes no more; why."""


@dataclass
class Counts:
    """What was met in a shard, by kind of row; its articles by language; stages of reading that failed."""

    rows: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, some: Sequence[Outcome]) -> None:
        for one in some:
            self.rows[type(one).__name__] += 1
            if isinstance(one, Read):
                self.languages[one.article.language] += 1
                self.faults.update({fault.stage for fault in one.reading.faults})


def _write(path: Path, task: Task, counts: Counts) -> None:
    """Write what becomes of a shard's inputs to a file beside its place."""
    with _writing():
        writer = Writer(path, {"rules": task.rules, "shard": task.shard.name})
    try:
        for some in _outcomes(task):
            with _writing():
                writer.write(some)
            counts.add(some)
    except BaseException:
        with suppress(OSError):  # the first fault is the one to tell
            writer.close()
        raise
    with _writing():
        writer.close()


def _put_in_place(beside: Path, place: Path) -> tuple[str, int]:
    """SHA-256 and size of the file, which lies at its place now."""
    with _writing():
        kept = _kept(beside)
        beside.replace(place)
        _keep_name(place.parent)
    return kept


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWriteError(error.strerror or str(error)) from error


def _refused(task: Task, folder: Path) -> Failed | None:
    """Why this process cannot read for that folder."""
    here = platform.node()
    if task.rules != rules() and task.reader == DRAGOMAN:
        return Failed(
            why=f"{here} has another version of Dragoman, of its libraries or of Python: its readings would differ. "
            "Install the same on all machines",
            stop=True,
        )
    try:
        with (folder / MANIFEST).open("rb") as file:
            same = file.readline(len(task.head)) == task.head
    except OSError:
        same = False
    if not same:
        return Failed(
            why=f"{here} does not see {folder} as the machine does that started the reading. Articles and readings "
            "must lie in a folder that all machines share, under one path",
            stop=True,
        )
    return None


def named(one: Input) -> str:
    """An input as the user knows it."""
    return one.met.path if isinstance(one.met, SetAside) else one.met.name


def _as_it_was(each: Input) -> bool:
    return isinstance(each.met, SetAside) or as_input(each.met) == each


def _outcomes(task: Task) -> Iterator[list[Outcome]]:
    """What becomes of each thing met, in order, some at a time."""
    seen: set[str] = set()
    mets = gather_met((each.met for each in task.shard.inputs), task.ocr)
    while some := list(_some(mets)):
        new: dict[str, Article] = {}
        order: list[Article | Again | Aside] = []
        for item in some:
            if isinstance(item, SetAside):
                order.append(Aside(item))
            elif item.id in seen:
                order.append(Again(item.id, item.path))
            else:
                seen.add(item.id)
                new[item.id] = item
                order.append(item)
        read = _read(list(new.values()), task)
        whole = [a for a in new.values() if isinstance(read[a.id], Reading)]
        vectors = dict(zip((a.id for a in whole), task.reader.embed(whole), strict=True))
        yield [_outcome(one, read, vectors) for one in order]


def _some(mets: Iterator[Article | SetAside]) -> Iterator[Article | SetAside]:
    letters = 0
    for item in islice(mets, TOGETHER):
        yield item
        letters += len(item.text) if isinstance(item, Article) else 0
        if letters > 4 * BATCH_LETTERS:
            return


def _read(articles: Sequence[Article], task: Task) -> dict[str, Reading | SetAside]:
    batches = in_batches(articles)
    if task.apart:
        return {a.id: outcome for a, outcome in read_apart(batches, task.reader.read)}
    return {a.id: r for batch in batches for a, r in zip(batch, task.reader.read(batch), strict=True)}


def _outcome(
    one: Article | Again | Aside, read: dict[str, Reading | SetAside], vectors: dict[str, np.ndarray]
) -> Outcome:
    if not isinstance(one, Article):
        return one
    outcome = read[one.id]
    if isinstance(outcome, SetAside):
        return Aside(outcome, one.id)
    return Read(one, outcome, vectors[one.id])


def _kept(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file that is on the disk from now on."""
    made, size = sha256(), 0
    with path.open("r+b") as file:
        while data := file.read(_PIECE):
            made.update(data)
            size += len(data)
        os.fsync(file.fileno())
    return made.hexdigest(), size


def _keep_name(folder: Path) -> None:
    """The name of a new file is on the disk, too, where folders can be told so."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some shared file systems refuse it
            os.fsync(handle)
    finally:
        os.close(handle)
