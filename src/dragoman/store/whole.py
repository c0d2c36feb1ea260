"""Whether a row of the truth of a case is what was written: each article and each decision has its digest."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec

from dragoman.model.lines import Record
from dragoman.store.errors import NotWhole
from dragoman.store.packing import RECORDS

T = TypeVar("T")

ARTICLE = ("id", "language", "outlet", "content", "text", "reading", "vector")
DECISION = ("number", "content", "undone")
"""The columns that a digest is made of. They never change, or old digests would not hold."""

TAKEN_BACK = (*DECISION, "undone_by", "undone_when")
"""Those of a decision of which it is known who took it back."""


def signed(decision: Any) -> tuple[str, ...]:
    """The columns that the digest of a decision is made of, by its row as a mapping."""
    return TAKEN_BACK if decision.get("undone_by") is not None else DECISION


Value = str | bytes | int | None
"""What a column holds of which a digest is made."""


def digest(*values: Value) -> bytes:
    """16 bytes made of the values of a row, in order."""
    made = blake2b(digest_size=16)
    for value in values:
        content = (
            b""
            if value is None
            else value
            if isinstance(value, bytes)
            else str(value).encode(errors="replace")
        )
        made.update(f"{type(value).__name__}:{len(content)}:".encode())
        made.update(content)
    return made.digest()


def is_whole(row: Any, columns: tuple[str, ...]) -> bool:
    """True where a row, as a mapping, is what its digest was made of."""
    return bool(row["digest"] == digest(*(row[name] for name in columns)))


def record_digest(content: bytes) -> int:
    """64 bits of a hash of a record's line, as a signed number: two lines with one digest are one line."""
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big", signed=True)


def line_of(row: Any) -> bytes:
    """The line of a row of `record`, unpacked and held against its digest; rows of old cases have none.

    Raises:
        NotWhole: it is not what was written.
    """
    content: bytes = row.content
    if not isinstance(content, bytes):
        raise NotWhole("a record is not what was written")
    line = RECORDS.unpack(content)
    if row.digest and record_digest(line) != row.digest:
        raise NotWhole("a record is not what was written")
    return line


def held(found: Mapping[int, T], number: int) -> T:
    """What was found of a number that an index names.

    Raises:
        NotWhole: the index names a row that is not there.
    """
    if number not in found:
        raise NotWhole("a record is not where its index says")
    return found[number]


def called(line: bytes, kind: str, name: str) -> bytes:
    """The line, where it is that of the record of a kind and id.

    Raises:
        NotWhole: an index gives it another kind or id.
    """
    begins = b'{"kind":%b,"id":%b' % (msgspec.json.encode(kind), msgspec.json.encode(name))
    if not line.startswith(begins):
        raise NotWhole("a record is not called what its index says")
    return line


def record_of(row: Any) -> Record:
    """The record in a row of `record`, see `line_of`."""
    found: Record = msgspec.json.decode(line_of(row))
    return found
