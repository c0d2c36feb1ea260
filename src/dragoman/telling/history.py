"""What was decided in a case, by whom, and who took it back: all of it, or what one person had a hand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.model import Decision
from dragoman.store import CaseFile


@dataclass(frozen=True, slots=True)
class Made:
    """A decision with its number and whether it stands; where it does not, who took it back and when, if known."""

    number: int
    decision: Decision
    stands: bool
    undone_by: str = ""
    undone_when: str = ""

    @property
    def hands(self) -> tuple[str, ...]:
        """Who had a hand in it: who decided, who brought it in from a file, who took it back."""
        some = (self.decision.who, self.decision.brought_by, self.undone_by)
        return tuple(dict.fromkeys(name for name in some if name))


@dataclass(frozen=True, slots=True)
class History:
    """The decisions of a case, oldest first."""

    made: Sequence[Made] = ()
    people: dict[str, int] = field(default_factory=dict)
    """Name -> in how many decisions this person had a hand; those of most come first."""

    def of(self, who: str | None) -> Iterator[Made]:
        """What one person had a hand in; everything where `who` is None."""
        return (one for one in self.made if who is None or who in one.hands)


def history(file: CaseFile) -> History:
    """The history of a case as it is now."""
    undone = file.taken_back()
    made = [Made(n, d, stands, *undone.get(n, ("", ""))) for n, d, stands in file.decisions()]
    people = Counter(name for one in made for name in one.hands)
    return History(made, dict(sorted(people.items(), key=lambda one: (-one[1], one[0]))))
