"""What people decided, as a case file keeps it: each decision has a number, and stands or was taken back."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from dragoman.model import UNLINKED, Decision
from dragoman.store import looked
from dragoman.store import tables as t
from dragoman.store.errors import Damaged
from dragoman.store.open_file import OpenFile
from dragoman.store.whole import digest, is_whole, signed

_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Decision).decode

LAST = 2**63 - 1
"""The greatest number of a row."""


class Decided(OpenFile):
    """The part of a case file that holds decisions, and what people looked at."""

    def decide(self, decision: Decision) -> int:
        """Keep a decision; its number is how it is undone."""
        return self.decide_all([decision])[0]

    def decide_all(self, decisions: Sequence[Decision]) -> list[int]:
        """Keep decisions in one transaction, all or none; their numbers, in order."""
        numbers: list[int] = []
        if not decisions:
            return numbers
        with self._writing() as connection:
            for decision in decisions:
                content = _pack(decision)
                row = sa.insert(t.decision).values(content=content, undone=0).returning(t.decision.c.number)
                number = int(connection.execute(row).scalar_one())
                _sign(connection, number)
                numbers.append(number)
            if any(decision.kind not in UNLINKED for decision in decisions):
                count_on(connection)
        return numbers

    def undo(
        self, number: int | None = None, by: str | None = None, when: str | None = None, of: str | None = None
    ) -> int | None:
        """Take back a decision (the last that stands, by default), which stays in the history as undone.

        `by` and `when` are kept with it. `of`: only one that this person made.
        Returns its number, or None where there is no such decision that stands.
        """
        found = self._standing(number, of)
        return None if found is None else next(iter(self.undo_all([found], by, when)), None)

    def undo_all(self, numbers: Sequence[int], by: str | None = None, when: str | None = None) -> list[int]:
        """Take back decisions in one transaction; the numbers of those that stood, in order. `by` and `when` are kept
        with them."""
        wanted = sorted({n for n in numbers if 0 < n <= LAST})
        taken, linked = [], False
        with self._writing() as connection:
            d = t.decision.c
            for number in wanted:
                standing = sa.select(d.content).where(d.number == number, d.undone == 0)
                content = connection.execute(standing).scalar()
                if content is None:
                    continue
                values = {"undone": 1, "undone_by": by, "undone_when": when}
                connection.execute(sa.update(t.decision).where(d.number == number).values(values))
                _sign(connection, number)
                linked = linked or _unpack(content).kind not in UNLINKED
                taken.append(number)
            if linked:
                count_on(connection)
        return taken

    def taken_back(self) -> dict[int, tuple[str, str]]:
        """Number -> by whom and when, of the decisions that were taken back and of which it is known."""
        d = t.decision.c
        query = sa.select(d.number, d.undone_by, d.undone_when).where(d.undone_by.is_not(None))
        with self.asking() as connection:
            return {r.number: (r.undone_by, r.undone_when or "") for r in connection.execute(query)}

    def in_one_act(self, number: int | None = None, of: str | None = None) -> list[int]:
        """The decisions that stand and were made in one act with this one (the last that stands, by default).

        `of`: only one that this person made. One that was made alone is the only one; none where there is no such
        decision that stands.
        """
        found = self._standing(number, of)
        made = {n: decision for n, decision, stands in self.decisions() if stands}
        if found is None or found not in made:
            return []
        act = made[found].act
        return [n for n, d in made.items() if d.act == act] if act else [found]

    def _standing(self, number: int | None, of: str | None) -> int | None:
        """This decision, or the last, where it stands and was made by `of`."""
        if number is not None and not 0 < number <= LAST:
            return None
        d = t.decision.c
        query = sa.select(d.number, d.content).where(d.undone == 0).order_by(d.number.desc())
        if number is not None:
            query = query.where(d.number == number)
        with self.asking() as connection:
            rows = ((int(row.number), _unpack(row.content)) for row in connection.execute(query))
            return next((n for n, decision in rows if of is None or decision.who == of), None)

    def decisions(self, latest: int | None = None, skip: int = 0) -> list[tuple[int, Decision, bool]]:
        """Decisions with their number, oldest first; the last field is True where it still stands.

        `latest`: only so many of the last ones, but for the `skip` that came after them.
        """
        query = sa.select(t.decision).order_by(t.decision.c.number.desc()).limit(latest).offset(skip)
        with self.asking() as connection:
            rows = connection.execute(query).all()
            for row in rows:
                if not is_whole(row._mapping, signed(row._mapping)):
                    raise Damaged(self.path, f"decision {row.number} is not what was written")
        return [(r.number, _unpack(r.content), not r.undone) for r in reversed(rows)]

    def state_of_decisions(self) -> tuple[int, int]:
        """The number of the last decision and how many were undone: another pair means that something was decided."""
        d = t.decision.c
        query = sa.select(
            sa.func.coalesce(sa.func.max(d.number), 0), sa.func.coalesce(sa.func.sum(d.undone), 0)
        )
        with self.asking() as connection:
            last, undone = connection.execute(query).one()
        return int(last), int(undone)

    def look_at(self, address: str, who: str, at: str, first: bool = False) -> None:
        """Mark what is in the list at an address as seen by a person at an ISO moment; with `first` only where nothing
        was marked yet."""
        with self._writing() as connection:
            if not first or looked.last_look(connection, address, who) is None:
                looked.look(connection, address, who, at)


def _sign(connection: sa.Connection, number: int) -> None:
    mine = t.decision.c.number == number
    row = connection.execute(sa.select(t.decision).where(mine)).one()._mapping
    made = digest(*(row[name] for name in signed(row)))
    connection.execute(sa.update(t.decision).where(mine).values(digest=made))


def note_of(connection: sa.Connection, key: str) -> str | None:
    """One of the small facts about the case itself, see `tables.note`."""
    return connection.execute(sa.select(t.note.c.value).where(t.note.c.key == key)).scalar()


def count_on(connection: sa.Connection) -> None:
    """Count on the version of what linking depends on, within the transaction that changes it."""
    more = sa.cast(sa.cast(t.note.c.value, sa.Integer) + 1, sa.Text)
    connection.execute(
        insert(t.note)
        .values(key="version", value="1")
        .on_conflict_do_update(index_elements=["key"], set_={"value": more})
    )
