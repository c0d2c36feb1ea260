"""Reading into a folder of readings: what is to be read is planned, shared out, and counted when it is there.

Each shard is read once whatever happens: one that was under way where a process or a machine went is read again, from
the third time on with each article apart, so that one which kills its reader costs itself alone; one that stands in the
manifest with its file is not read again. Only this process writes the manifest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from dragoman.intake.walk import FileMet
from dragoman.model import SetAside
from dragoman.model.summary import Filled
from dragoman.spreading import shards
from dragoman.spreading.machines import Lost, Machines
from dragoman.spreading.manifest import Filling, ReadingsError
from dragoman.spreading.rules import rules
from dragoman.spreading.shards import Cut, Input, Shard, as_input, cut_archive, found, in_shards, to_cut
from dragoman.spreading.work import DRAGOMAN, Done, Failed, Reader, Task, named, read_shard

APART_FROM, TRIES = 3, 6
"""The try from which on a shard's articles are read in a process of their own, and after how many it is given up."""


Progress = Callable[[Filled], None]


def fill(
    folder: Path,
    mets: Iterable[FileMet | SetAside],
    machines: Machines,
    ocr: bool = False,
    progress: Progress | None = None,
    reader: Reader = DRAGOMAN,
) -> Filled:
    """Read what was met into a folder of readings, without what stands there.

    Raises:
        ReadingsError: the folder cannot be used, or no machine can go on; what was read till then stands.
    """
    folder = folder.absolute()
    filling = Filling(folder, rules(), ocr)
    try:
        cut, inputs = _inputs(filling, list(found(mets)), machines)
        shards = _plan(filling, inputs, cut)
        filled = Filled(shards=len(shards))
        tell = progress or (lambda _: None)
        to_do = [shard for shard in shards if not filling.stands(shard.name)]
        filled.before = len(shards) - len(to_do)
        tell(filled)
        for _ in _run(filling, to_do, machines, filled, reader):
            tell(filled)
        filling.sweep()
        return filled
    finally:
        filling.close()


def _inputs(
    filling: Filling, mets: Sequence[FileMet | SetAside], machines: Machines
) -> tuple[dict[str, str], list[Input]]:
    """What is to be read, in order, each once; and for a piece of an archive the archive's key."""
    keys = [to_cut(met) for met in mets]
    waiting = {
        key: met
        for met, key in zip(mets, keys, strict=True)
        if key is not None and key not in filling.cuts and isinstance(met, FileMet)
    }
    for made in _cuts(waiting, machines):
        filling.note_cut(made)
    archive: dict[str, str] = {}
    inputs: dict[str, Input] = {}
    for met, key in zip(mets, keys, strict=True):
        if key in filling.cuts and isinstance(met, FileMet):
            pieces = filling.cuts[key].inputs(met)
            archive |= {each.key: key for each in pieces}
        else:
            pieces = [as_input(met)]
        inputs |= {each.key: each for each in pieces if each.key not in inputs}
    return archive, list(inputs.values())


def _cuts(waiting: dict[str, FileMet], machines: Machines) -> Iterator[Cut]:
    """Cut archives on the machines. One that cannot be cut, or whose cutting is lost twice, is read in one piece."""
    left = deque((key, 1) for key in waiting)
    under_way = 0
    while left or under_way:
        while left and under_way < machines.width:
            key, tries = left.popleft()
            machines.start((key, tries), _cut, (waiting[key], key, shards.PIECE_BYTES))
            under_way += 1
        for (key, tries), given in machines.ended():
            under_way -= 1
            if isinstance(given, Cut):
                yield given
            elif isinstance(given, Lost) and tries < 2:
                left.append((key, tries + 1))


def _cut(given: tuple[FileMet, str, int]) -> Cut | SetAside:
    return cut_archive(*given)


def _plan(filling: Filling, inputs: Sequence[Input], archive: dict[str, str]) -> list[Shard]:
    """The shards of the inputs, in the order of the manifest: those planned before as they were, then the rest.

    A shard that was planned and not read, and of which something is gone or was changed since, counts for nothing.
    """
    by_key = {each.key: each for each in inputs}
    known = [
        p for p in filling.planned.values() if filling.stands(p.name) or all(key in by_key for key in p.keys)
    ]
    covered = {key for p in known for key in p.keys}
    new = list(
        in_shards(
            [each for key, each in by_key.items() if key not in covered],
            filling.head.rules,
            filling.head.ocr,
        )
    )
    filling.plan((shard, archive.get(shard.inputs[0].key)) for shard in new)
    ours = [p for p in known if any(key in by_key for key in p.keys)]
    return [
        *(Shard(p.name, tuple(by_key[key] for key in p.keys if key in by_key)) for p in ours),
        *new,
    ]


def _run(
    filling: Filling, shards: Sequence[Shard], machines: Machines, filled: Filled, reader: Reader
) -> Iterator[None]:
    left = deque((shard, 1) for shard in shards)
    under_way = 0
    while left or under_way:
        while left and under_way < machines.width:
            shard, tries = left.popleft()
            machines.start((shard, tries), read_shard, _task(filling, shard, tries, reader))
            under_way += 1
        for (shard, tries), given in machines.ended():
            under_way -= 1
            match given:
                case Done():
                    filling.note_done(given)
                    _count(filled, given)
                case Failed(stop=True):
                    raise ReadingsError(
                        f"{given.why}. {filled.before + filled.read} of {filled.shards} shards are done and stand; "
                        "the same command goes on from there."
                    )
                case Failed():
                    filled.failed.append(given.why)
                case Lost() if tries < TRIES:
                    left.append((shard, tries + 1))
                case Lost():
                    filled.failed.append(f"{_named(shard)}: {tries} times lost ({given.why})")
            yield


def _task(filling: Filling, shard: Shard, tries: int, reader: Reader) -> Task:
    return Task(
        shard=shard,
        folder=str(filling.folder),
        head=filling.first,
        rules=filling.head.rules,
        ocr=filling.head.ocr,
        apart=tries >= APART_FROM,
        reader=reader,
    )


def _named(shard: Shard) -> str:
    """The shard as a user knows it."""
    name = named(shard.inputs[0])
    more = len(shard.inputs) - 1
    return f"{name} and {more} more" if more else name


def _count(filled: Filled, done: Done) -> None:
    filled.read += 1
    filled.articles += done.articles
    filled.aside += done.aside
    filled.languages.update(done.languages)
    filled.faults.update(done.faults)
    filled.seconds += done.seconds
