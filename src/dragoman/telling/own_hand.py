"""What people marked with stars, tags and notes, found again by the places in articles that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.model import MARKS, Decision
from dragoman.model.lines import Record
from dragoman.telling.pointing import places


@dataclass(frozen=True, slots=True)
class Mark:
    """A star, a tag or a note: `number` is that of its decision, to take it back by."""

    number: int
    kind: str
    words: str
    who: str
    when: str


class Marks:
    """The marks that stand, by what they are on."""

    def __init__(self, decisions: Iterable[tuple[int, Decision, bool]] = ()) -> None:
        self._at: dict[tuple[str, str, int, int], list[Mark]] = defaultdict(list)
        self._named: dict[tuple[str, str], list[Mark]] = defaultdict(list)
        self.standing: list[tuple[Mark, Decision]] = []
        for number, decision, stands in decisions:
            if not stands or decision.kind not in MARKS:
                continue
            mark = Mark(number, decision.kind, decision.value or "", decision.who, decision.when)
            self.standing.append((mark, decision))
            for target in decision.targets:
                if target.name:
                    self._named[target.kind, target.name.casefold()].append(mark)
                else:
                    self._at[target.kind, target.article, target.start, target.end].append(mark)

    def of(self, record: Record) -> list[Mark]:
        """The marks on a record, oldest first."""
        kind = record["kind"]
        if not self.standing:
            return []
        if kind in ("actor", "place"):
            found = [
                m
                for form in dict.fromkeys(map(str.casefold, record["forms"]))
                for m in self._named.get((kind, form), ())
            ]
        elif kind in ("article", "storyline"):
            ids = [record["id"]] if kind == "article" else record["articles"]
            found = [m for article in ids for m in self._at.get((kind, article, 0, 0), ())]
        else:
            found = [m for place in sorted(places(record)) for m in self._at.get((kind, *place), ())]
        return sorted(dict.fromkeys(found), key=lambda m: m.number)

    def tags(self) -> list[str]:
        """All tags in use, in the order of the alphabet."""
        return sorted({mark.words for mark, _ in self.standing if mark.kind == "tag"}, key=str.casefold)
