"""What telling asks of a case. It knows no more of it, so that what reads and links stays above this room."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from dragoman.model.lines import Record

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.store import CaseFile


class Asked(Protocol):
    """A case as those who tell of it see it; `dragoman.case.Case` is one."""

    file: CaseFile

    def asking(self) -> AbstractContextManager[Connection]:
        """A connection to the case as it is linked now."""

    def records(self, kind: str) -> list[Record]:
        """All records of a kind, as in the export."""

    def known_on(self, day: str | None) -> Mapping[str, list[Record]]:
        """The records by kind, as they were known on a day."""
