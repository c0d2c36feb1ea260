"""What can go wrong with a case, said as the user's next step."""

from __future__ import annotations

import sqlite3
from pathlib import Path

FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises on a damaged file; the second where its own message holds bytes of the file that are no text."""


class CaseError(Exception):
    """The case cannot be opened, read or written; the message names the file and what to do."""


class NotWhole(Exception):
    """A row is not what was written; the message names it."""


class Damaged(CaseError):
    """The file is not what was written; what is whole of it can be saved by `store.salvage`."""

    def __init__(self, path: Path, what: str = "its content is not what Dragoman wrote") -> None:
        super().__init__(
            f"{path} is damaged: {what}. Put a copy in its place, or save what is whole with: "
            f"dragoman copy {path} NEW.case"
        )


class Gone(CaseError):
    """The file was taken away or replaced while it was open."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was moved, deleted or replaced while it was open; this change was not kept. "
            "Put the file back where it was, or open the one that is there now."
        )
