"""A place in a text where a name stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.gazetteer.names import Entry
from dragoman.model import EntityType


@dataclass(slots=True)
class Spot:
    """Tokens `[first, past)` are a name.

    Attributes:
        entry: What the gazetteer knows, or None.
        title: Gender that a title before it tells (`m`, `f`, `n`), or None where it has no title.
        titled: The name with its polite title, as written, or None.
    """

    start: int
    end: int
    first: int
    past: int
    type: EntityType
    entry: Entry | None = None
    title: str | None = None
    titled: str | None = None

    @property
    def is_people(self) -> bool:
        return self.entry is not None and self.entry.kind == "people"


def set_of(spots: Iterable[Spot]) -> list[Spot]:
    """Each spot once, by identity, in order of appearance."""
    return list({id(s): s for s in spots}.values())
