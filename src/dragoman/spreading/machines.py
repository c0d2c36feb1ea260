"""Where shards are read: processes of this machine, or (`on_ray`) those of many."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Protocol

from dragoman.reading.pool import end_pool, make_pool

Work = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Lost:
    """What was under way when a process or a machine went; it is not known whose fault it was."""

    why: str


class Machines(Protocol):
    """What runs functions of the package on values that can be sent."""

    @property
    def width(self) -> int:
        """How many may be under way so that none of the processes waits."""

    def start(self, tag: Any, work: Work, given: Any) -> None:
        """Begin `work(given)`; what it gives comes with the tag."""

    def ended(self) -> list[tuple[Any, Any]]:
        """Wait until something ends; tags with what was given, or with `Lost`."""

    def close(self) -> None:
        """End what is still under way."""


class Here:
    """This process, one after the other."""

    width = 1

    def __init__(self) -> None:
        self._next: list[tuple[Any, Work, Any]] = []

    def start(self, tag: Any, work: Work, given: Any) -> None:
        self._next.append((tag, work, given))

    def ended(self) -> list[tuple[Any, Any]]:
        tag, work, given = self._next.pop(0)
        return [(tag, work(given))]

    def close(self) -> None:
        self._next.clear()


class Processes:
    """Processes of this machine. Where one dies, all that was under way is lost, and new ones begin."""

    def __init__(self, count: int) -> None:
        self.width = 2 * count
        self._count = count
        self._pool = make_pool(count)
        self._under_way: dict[Future[Any], Any] = {}

    def start(self, tag: Any, work: Work, given: Any) -> None:
        try:
            self._under_way[self._pool.submit(work, given)] = tag
        except BrokenProcessPool as error:  # it died since; the future says so as others do
            broken: Future[Any] = Future()
            broken.set_exception(error)
            self._under_way[broken] = tag

    def ended(self) -> list[tuple[Any, Any]]:
        done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
        found: list[tuple[Any, Any]] = []
        broken = False
        for future in done:
            tag = self._under_way.pop(future)
            try:
                found.append((tag, future.result()))
            except BrokenProcessPool:
                broken = True
                found.append((tag, Lost("a process of this machine died")))
        if broken:
            found += [(tag, Lost("a process of this machine died")) for tag in self._under_way.values()]
            self._under_way.clear()
            end_pool(self._pool)
            self._pool = make_pool(self._count)
        return found

    def close(self) -> None:
        end_pool(self._pool)
