"""Dragoman reads raw news in several languages and builds a dated, sourced chronology.

The way through the house: `intake` (bytes -> Article), `reading` (Article -> Reading, one article
alone), `linking` (Readings -> Case), `store` (Case <-> SQL), `telling` (Case -> people). The nouns
are in `model`; the words of each language in `languages`; the commands in `cli`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.case import Case

__version__ = "0.2.0"


def open(path: str | Path, create: bool = False) -> Case:
    """Open a case file, or make one: see `dragoman.case`.

    Raises:
        CaseError: the file is no case, is missing, or cannot be written; the message says what to do.
    """
    from dragoman import case

    return case.open(path, create)
