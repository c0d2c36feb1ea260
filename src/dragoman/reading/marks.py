"""Names and the entities they stand for, as the later stages ask for them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from dragoman.model import Entity, Mention


@dataclass(frozen=True)
class Names:
    """The entities of one article and where they are mentioned.

    `mentions` are sorted by start and do not overlap.
    """

    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that share at least one code point with `[start, end)`, in order."""
        first = bisect_left(self._starts, start)
        if first and self.mentions[first - 1].end > start:
            first -= 1
        past = bisect_left(self._starts, end)
        return list(self.mentions[first:past])

    def at(self, position: int) -> Mention | None:
        """The mention that holds code point `position`, or None."""
        return next(iter(self.within(position, position + 1)), None)
