"""What all records are made of: frozen structs, names made from content, spans of text, stretches of days."""

from __future__ import annotations

import hashlib
import json
from typing import Literal, NamedTuple

import msgspec

Language = str
"""ISO 639-1 code; `"und"` where it could not be told."""

Basis = Literal["stated", "relative", "inferred", "bounded"]
"""How a stretch of days is known: printed so, counted from another day, concluded, or only limited."""

Status = Literal["happened", "ongoing", "planned", "possible", "denied", "alleged"]

Stance = Literal["says", "denies", "demands", "condemns", "promises", "asks", "doubts", "supports"]
"""How a speaker stands to what he says: holds it, holds that it is not so, wants it, blames it, binds himself to it,
wants to know it, is not sure of it, or praises it."""

EntityType = Literal["person", "state", "organisation", "armed_force", "group", "place"]

Outcome = Literal["open", "kept", "early", "late", "broken", "overdue", "unknown"]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False, gc=False):
    """Base of all records: frozen, built by keyword. Each class says so again, for the type checker's sake.

    No record can hold itself, so the collector of cycles need not know of them.
    """


def name_by_content(prefix: str, *parts: object) -> str:
    """A short name that depends on the parts alone, so that a second run lands on the same record.

    Parts are joined as JSON, which keeps their joints apart: `("a", "bc")` and `("ab", "c")` differ.
    """
    joined = json.dumps(parts, ensure_ascii=False, default=str).encode()
    return f"{prefix}-{hashlib.sha256(joined).hexdigest()[:16]}"


class Span(NamedTuple):
    """`text[start:end]` of an article's clean text."""

    start: int
    end: int

    def meets(self, other: Span) -> bool:
        """True where the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class When(Record, frozen=True, kw_only=True):
    """A stretch of days, both ends included. An end of `None` is unknown on that side.

    `why` is a sentence for the user; `span` the words that say it (None where it was concluded).
    """

    start: str | None
    end: str | None
    basis: Basis
    why: str = ""
    span: Span | None = None

    @property
    def is_day(self) -> bool:
        return self.start is not None and self.start == self.end
