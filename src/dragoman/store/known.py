"""What was known on a day, kept so that it is linked once and read kind by kind; it may be emptied at any time.

An answer is kept under the day and a key, which holds all that it depends on: the articles that were out by then, the
decisions and the code. The version of the case under which the key was last worked out tells without looking at any
article that nothing has changed since.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from dragoman.model import CaseRecord
from dragoman.store import tables as t
from dragoman.store.packing import MOST
from dragoman.store.whole import digest

KEPT = 2
"""Days whose answers are kept, those made last: as many as a comparison takes."""

AT_ONCE = 2_000
"""Records of a kind that are pressed together."""

LEVEL = 3
"""Of zlib; 6 takes twice as long for a tenth less."""

_LIST = "known"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An answer. `day`: ISO, or "" for what is known at all; `kinds`: kind -> how many parts of it there are."""

    day: str
    key: str
    version: str
    kinds: dict[str, int]


_listed = msgspec.json.Decoder(tuple[Kept, ...]).decode


def kept(connection: sa.Connection) -> tuple[Kept, ...]:
    """The answers that are there, the one that was made last at the end."""
    found = connection.execute(sa.select(t.remembered.c.content).where(t.remembered.c.what == _LIST)).scalar()
    return _listed(found) if found else ()


def note(connection: sa.Connection, answer: Kept) -> None:
    """Note an answer as it is there now, as the last; those beyond `KEPT` go."""
    others = [k for k in kept(connection) if k.day != answer.day]
    while len(others) >= KEPT:
        _drop(connection, others.pop(0).day)
    _put(connection, _LIST, "", msgspec.json.encode((*others, answer)))


def keep(connection: sa.Connection, day: str, key: str, version: str, records: Iterable[CaseRecord]) -> Kept:
    """Keep the records of an answer, in their order, those of a kind together, in place of the last of that day."""
    _drop(connection, day)
    kinds: dict[str, int] = {}
    for kind, some in _in_parts(records):
        part = kinds.get(kind, 0)
        content = zlib.compress(msgspec.json.encode(some), LEVEL)
        _put(connection, _name(day, kind, part), key, digest(content) + content)
        kinds[kind] = part + 1
    answer = Kept(day=day, key=key, version=version, kinds=kinds)
    note(connection, answer)
    return answer


def part(connection: sa.Connection, answer: Kept, kind: str, number: int) -> bytes | None:
    """Records of a kind as a JSON list; None where the answer is not there any more, or is not what was written."""
    r = t.remembered.c
    wanted = sa.select(r.content).where(r.what == _name(answer.day, kind, number), r.rules == answer.key)
    found = connection.execute(wanted).scalar()
    if not isinstance(found, bytes) or found[:16] != digest(found[16:]):
        return None
    return zlib.decompressobj().decompress(found[16:], MOST)


def _name(day: str, kind: str, number: int) -> str:
    return f"{_LIST} {day} {kind} {number}"


def _put(connection: sa.Connection, what: str, rules: str, content: bytes) -> None:
    row = {"what": what, "rules": rules, "content": content}
    connection.execute(
        insert(t.remembered).values(row).on_conflict_do_update(index_elements=["what"], set_=row)
    )


def _drop(connection: sa.Connection, day: str) -> None:
    connection.execute(sa.delete(t.remembered).where(t.remembered.c.what.startswith(f"{_LIST} {day} ")))


def _in_parts(records: Iterable[CaseRecord]) -> Iterator[tuple[str, list[CaseRecord]]]:
    of_kind: dict[str, list[CaseRecord]] = {}
    for record in records:
        of_kind.setdefault(str(record.__struct_config__.tag), []).append(record)
    for kind, them in of_kind.items():
        rest = iter(them)
        while some := list(islice(rest, AT_ONCE)):
            yield kind, some
