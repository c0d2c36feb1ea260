"""What was known on a day: the case linked from the articles that were out by then, once for each day that is asked.

The first asking links them, at some 30 ms of processor time an article; the next reads what was kept, kind by kind.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from dragoman.linking import Case, Source, link
from dragoman.linking.memory import Memory, made_by, rules
from dragoman.linking.shared import Shared
from dragoman.model import UNLINKED
from dragoman.model.lines import Record
from dragoman.model.settable import problem
from dragoman.store import KINDS, CaseFile
from dragoman.store.collector import without_collector
from dragoman.telling.asof import by_kind, out_by
from dragoman.telling.deciding import mended

if TYPE_CHECKING:
    from dragoman.model import Decision
    from dragoman.store.known import Kept

log = logging.getLogger(__name__)


class Known(Mapping[str, list[Record]]):
    """The records of a day's knowledge by kind, as in the export; a kind is read when it is first asked for."""

    def __init__(self, file: CaseFile, day: str | None, answer: Kept) -> None:
        self._file, self._day, self._answer = file, day, answer
        self._read: dict[str, list[Record]] = {}

    def __getitem__(self, kind: str) -> list[Record]:
        if kind not in self._answer.kinds:
            raise KeyError(kind)
        if kind not in self._read:
            parts = self._file.known_part(self._answer, kind)
            if parts is None:  # another asked for other days meanwhile, and what was kept is gone
                self._read = {**linked_on(self._file, self._day), **self._read}
            else:
                with without_collector():
                    self._read[kind] = [r for part in parts for r in msgspec.json.decode(part)]
        return self._read.get(kind, [])

    def __contains__(self, kind: object) -> bool:
        return kind in self._answer.kinds

    def __iter__(self) -> Iterator[str]:
        return iter(kind for kind in KINDS if kind in self._answer.kinds)

    def __len__(self) -> int:
        return len(self._answer.kinds)


def known_on(file: CaseFile, day: str | None) -> Mapping[str, list[Record]]:
    """The records of a case by kind, from the articles that were out on an ISO day (None: all of them).

    What is kept holds as long as no article that was out by then and no decision comes or goes.
    """
    version, made = file.state_of_reading(), made_by()
    found = file.known(day or "", f"{version} {made}", lambda: _key(file, day, made))
    if found is not None:
        return Known(file, day, found)
    if file.only_looking:
        return linked_on(file, day)
    key = _key(file, day, made)
    answer = file.keep_known(day or "", key, f"{version} {made}", _linked(file, day).records())
    return Known(file, day, answer)


def linked_on(file: CaseFile, day: str | None) -> dict[str, list[Record]]:
    """The same, linked anew."""
    made: dict[str, list[Record]] = msgspec.json.decode(
        msgspec.json.encode(by_kind(_linked(file, day).records()))
    )
    return made


def sources_of(file: CaseFile, day: str | None = None) -> Iterator[Source]:
    """What linking needs of the articles that were out on a day (None: all), one after the other, equal values once."""
    shared = Shared()
    for s in file.stored(raw=False):
        if day is None or out_by(s.reading.published or s.article.published, day):
            yield Source(s.article, shared.reading(s.reading), s.vector)


def _linked(file: CaseFile, day: str | None) -> Case:
    memory = Memory(file.remembered("names", rules()))
    return link(sources_of(file, day), standing(file), today=day, memory=memory)


def _linked_by(file: CaseFile) -> Iterator[tuple[int, Decision]]:
    """Number and decision, as it was written, of those that stand and that linking asks for."""
    for number, decision, stands in file.decisions():
        if stands and decision.kind not in UNLINKED:
            yield number, decision


def standing(file: CaseFile) -> list[Decision]:
    """The decisions that linking goes by, as older versions' are understood now; what cannot be applied is named."""
    found = []
    for number, decision in _linked_by(file):
        made = mended(decision)
        if made is None:
            log.warning(
                "decision %s is not applied: %s Take it back with: dragoman undo %s %s",
                *(number, problem(decision), file.path, number),
            )
        else:
            found.append(made)
    return found


def _key(file: CaseFile, day: str | None, made: str) -> str:
    """A digest of the articles that were out by then, where they were found, the decisions that stand, and the code."""
    digest = blake2b(made.encode(), digest_size=16)
    for name, path, published in file.published():
        if day is None or out_by(published, day):
            digest.update(msgspec.json.encode((name, path)))
    digest.update(msgspec.json.encode([decision for _, decision in _linked_by(file)]))
    return digest.hexdigest()
