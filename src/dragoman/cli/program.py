"""All commands as one program."""

from __future__ import annotations

import logging

from dragoman.cli import (
    asking,
    assisting,
    chronology,
    deciding,
    listing,
    people,
    publishing,
    reading,
    searching,
    viewing,
    watching,
    words,
)
from dragoman.cli.options import Left, app
from dragoman.telling.plain import plain

__all__ = [
    "Left",
    "app",
    "asking",
    "assisting",
    "chronology",
    "deciding",
    "listing",
    "people",
    "publishing",
    "reading",
    "searching",
    "viewing",
    "watching",
    "words",
]


class _Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return plain(f"dragoman: {record.getMessage()}")


_said = logging.StreamHandler()
_said.setFormatter(_Line())
logging.basicConfig(level=logging.WARNING, handlers=[_said])
