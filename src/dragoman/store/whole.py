"""Whether a row of the truth of a case is what was written: each article and each decision has its digest."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

ARTICLE = ("id", "language", "outlet", "content", "text", "reading", "vector")
DECISION = ("number", "content", "undone")
"""The columns that a digest is made of. They never change, or old digests would not hold."""


def digest(*values: str | bytes | int | None) -> bytes:
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
