"""What linking need not work out again, because what it depends on is as it was. It never changes a result."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from dragoman.model import Decision
from dragoman.naming.same import same

T = TypeVar("T")

MOST = 1_000_000
"""Pairs of names whose scores are kept, about 50 bytes each in the file and 150 in memory."""


class Memory:
    """Scores of pairs of names, which a case file keeps from one process to the next; and whole steps of the last
    link, which are kept in the process alone.

    A step is kept by a key that holds all that it depends on. A memory is of one case: there the id of an article
    stands for its reading and its vector too.
    """

    def __init__(self, kept: bytes | None = None, steps: bool = False) -> None:
        """`kept`: what `content` gave, under the same `rules`; `steps`: keep whole steps too."""
        self._scores: dict[str, float] = msgspec.msgpack.decode(kept, type=dict[str, float]) if kept else {}
        self._keeps = steps
        self._steps: dict[str, tuple[Hashable, Any]] = {}
        self.grown = False

    def score(self, a: str, b: str) -> float:
        """How surely two names of persons are one, see `naming.same`."""
        key = f"{a}\n{b}" if a <= b else f"{b}\n{a}"
        found = self._scores.get(key)
        if found is None:
            if len(self._scores) >= MOST:
                self._scores.clear()
            found = self._scores[key] = same(a, b).score
            self.grown = True
        return found

    def step(self, name: str, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, or what it gave last time if the key was the same."""
        if not self._keeps:
            return make()
        held = self._steps.pop(name, None)
        if held is None or held[0] != key:
            del held  # what is let go makes room for what is made
            held = (key, make())
        self._steps[name] = held
        made: T = held[1]
        return made

    def content(self) -> bytes:
        """The scores as bytes."""
        self.grown = False
        return msgspec.msgpack.encode(self._scores)


@cache
def rules() -> str:
    """A digest of the code and the data that scores depend on."""
    folders = ("naming", "languages/scripts")
    return _digest(f for folder in folders for f in sorted((_package() / folder).iterdir()))


@cache
def made_by() -> str:
    """A digest of the code and the data that the records of a link depend on, beside articles and decisions."""
    rooms = ("linking", "naming", "gazetteer", "model", "languages")
    return _digest(f for room in rooms for f in sorted((_package() / room).rglob("*")))


def _package() -> Path:
    return Path(str(files("dragoman")))


def _digest(found: Iterable[Path]) -> str:
    made = blake2b(digest_size=8)
    for file in found:
        if file.suffix in (".py", ".yaml"):
            made.update(file.read_bytes())
    return made.hexdigest()


def about(decisions: Sequence[Decision], *kinds: str) -> tuple[Decision, ...]:
    """The decisions on records of these kinds, on which a step may depend."""
    return tuple(d for d in decisions if any(t.kind in kinds for t in d.targets))
