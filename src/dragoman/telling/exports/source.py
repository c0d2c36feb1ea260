"""Where an export takes its records from: a case file, read as it is written out, or records held in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from dragoman.model.lines import Record
from dragoman.store.counts import places, tally
from dragoman.store.questions import ALL, Ask, by_id, every, parties, undated

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.telling.interface import Interface

Records = Mapping[str, Sequence[Record]]

FACTS = ("event", "statement", "figure", "state", "commitment", "dispute")
"""The kinds of fact that exports hold."""


class Source(Protocol):
    """What an export asks. `whole` is False where conditions leave a part of the case out; `sure` is True where what is
    doubtful is left out, for lines of the chronology by who writes them."""

    whole: bool
    sure: bool

    def beyond(self, face: Interface) -> list[str]:
        """What else was left out before the export was asked, in words."""

    def of(self, kind: str) -> Iterator[Record]:
        """Records of a kind, in order."""

    def fetch(self, names: Sequence[str]) -> dict[str, Record]:
        """Whole records by id."""

    def parties(self, names: Sequence[str]) -> dict[str, Record]:
        """Actors and places by id, without their mentions: `kind`, `name`, `type`, `country`, `lat`, `lon`."""

    def count(self, kind: str) -> int: ...

    def of_type(self, kind: str, type_: str) -> int:
        """Records of a kind and type."""

    def undated(self, kind: str, begun: bool = False, types: Sequence[str] = ()) -> int:
        """Records of a kind of which neither the first nor the last day is known; with `begun`, not the first.

        `types`: only those of these types, if any are given.
        """

    def unplaced(self) -> int:
        """Events without a place that has coordinates."""

    def doubtful(self, kind: str) -> int:
        """Records of a kind that are left out because they are doubtful."""


class Held:
    """Records in memory, by kind."""

    whole = sure = True

    def __init__(self, records: Records) -> None:
        self.records = records
        self._by_id = {r["id"]: r for kind in records.values() for r in kind}

    def beyond(self, face: Interface) -> list[str]:
        return []

    def of(self, kind: str) -> Iterator[Record]:
        return iter(self.records.get(kind, ()))

    def fetch(self, names: Sequence[str]) -> dict[str, Record]:
        return {name: self._by_id[name] for name in names if name in self._by_id}

    def parties(self, names: Sequence[str]) -> dict[str, Record]:
        return {n: r for n, r in self.fetch(names).items() if r["kind"] in ("actor", "place")}

    def count(self, kind: str) -> int:
        return len(self.records.get(kind, ()))

    def of_type(self, kind: str, type_: str) -> int:
        return sum(r.get("type") == type_ for r in self.of(kind))

    def undated(self, kind: str, begun: bool = False, types: Sequence[str] = ()) -> int:
        field = {"state": "valid", "commitment": "due"}.get(kind, "when")
        asked = [r for r in self.of(kind) if not types or r["type"] in types]
        known = [(w["start"], w["end"]) for r in asked if (w := r if kind == "entry" else r.get(field))]
        return len(asked) - sum(bool(first or (last and not begun)) for first, last in known)

    def unplaced(self) -> int:
        at = {r["id"] for r in self.of("place") if r["lat"] is not None and r["lon"] is not None}
        return sum(r["place"] not in at for r in self.of("event"))

    def doubtful(self, kind: str) -> int:
        return sum(bool(r["doubtful"]) for r in self.of("entry")) if kind == "entry" else 0


class Stored:
    """The records of a case that meet conditions, in the order of time; without conditions all of them.

    The conditions are on facts; who and where they are about, and the articles, are there whatever they are.
    """

    def __init__(self, connection: Connection, ask: Ask | None = None) -> None:
        self.connection = connection
        self.ask = ask
        asks_all = (
            ask is not None
            and replace(ask, sure=False, kinds=()) == Ask(kinds=())
            and {*FACTS} <= {*ask.kinds}
        )
        self.whole = ask is None or asks_all
        self.sure = ask is None or ask.sure

    def beyond(self, face: Interface) -> list[str]:
        return []

    def _asked(self, kind: str) -> Ask | None:
        if self.ask is None or kind in ("actor", "place", "article"):
            return Ask(kinds=(kind,))
        # The lines of the chronology go with the events that they rest on.
        wanted = kind in self.ask.kinds or (kind == "entry" and "event" in self.ask.kinds)
        return replace(self.ask, kinds=(kind,)) if wanted else None

    def of(self, kind: str) -> Iterator[Record]:
        asked = self._asked(kind)
        return every(self.connection, asked) if asked else iter(())

    def fetch(self, names: Sequence[str]) -> dict[str, Record]:
        return by_id(self.connection, names)

    def parties(self, names: Sequence[str]) -> dict[str, Record]:
        return parties(self.connection, names)

    def count(self, kind: str) -> int:
        asked = self._asked(kind)
        return tally(self.connection, asked, "kind").get(kind, 0) if asked else 0

    def of_type(self, kind: str, type_: str) -> int:
        asked = self._asked(kind)
        return tally(self.connection, asked, "type").get(type_, 0) if asked else 0

    def undated(self, kind: str, begun: bool = False, types: Sequence[str] = ()) -> int:
        asked = self._asked(kind)
        if asked is None:
            return 0
        if types:
            kept = tuple(t for t in types if not asked.types or t in asked.types)
            if not kept:
                return 0
            asked = replace(asked, types=kept)
        return undated(self.connection, asked, begun)

    def unplaced(self) -> int:
        asked = self._asked("event")
        found = places(self.connection, asked, limit=ALL) if asked else []
        known = self.parties([name for name, _ in found])
        placed = sum(n for name, n in found if known.get(name, {}).get("lat") is not None)
        return self.count("event") - placed

    def doubtful(self, kind: str) -> int:
        asked = self._asked(kind)
        if asked is None or not self.sure or (self.ask is None and kind != "entry"):
            return 0
        every, sure = (
            tally(self.connection, replace(asked, sure=s), "kind").get(kind, 0) for s in (False, True)
        )
        return every - sure
