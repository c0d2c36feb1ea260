"""Word of what came into the views that people keep, for the terminal and the desktop."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dragoman.model.lines import Record
from dragoman.telling.kept_views import KeptView, kept_views
from dragoman.telling.name_book import NameBook
from dragoman.telling.plain import plain
from dragoman.telling.view_lists import listed, new_in
from dragoman.telling.wording import brief, refs_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.telling.asked import Asked

SHOWN = 200
"""Code points of the first of what is new."""

PATIENCE = 5
"""Seconds that the desktop has to take a notification."""


def alerts(case: Asked, after: int, doubtful: bool = False) -> Iterator[tuple[KeptView, int, str]]:
    """Each view with something that only articles after the one of a number tell: how much, and the first in a line."""
    with case.asking() as connection:
        for view in kept_views(case.file.decisions()):
            new = new_in(connection, listed(connection, view.address, doubtful), after)
            if new:
                yield view, len(new), said_in_a_line(connection, new[0])[:SHOWN]


def said_in_a_line(connection: Connection, record: Record, language: str = "en") -> str:
    """A record in one line, a line of the chronology by its day and its sentence."""
    from dragoman.store.questions import briefs
    from dragoman.telling.exports.chronicle import sentence
    from dragoman.telling.wording import days, source_of, title_of

    if record["kind"] == "entry":
        return f"{days(record, language)}  {sentence(record)}"
    if record["kind"] == "article":
        return f"{days(record['published'], language)}  {source_of(record)}: {title_of(record)}"
    if record["kind"] in ("actor", "place"):
        return str(record["name"])
    named = briefs(connection, sorted(set(refs_of(record))))
    book = NameBook(({"id": ref, "name": b.name, "type": b.kind} for ref, b in named.items()), language)
    return brief(record, book)


Notify = Callable[[str, str], None]


def desktop() -> Notify | None:
    """What shows a title and a text on this desktop; None where nothing can (there is no `notify-send`)."""
    program = shutil.which("notify-send")
    if program is None:
        return None

    def show(title: str, text: str) -> None:
        # The text is taken for markup; no sign of an article may be any.
        body = plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        said = [program, "--app-name=Dragoman", "--", plain(title), body]
        subprocess.run(said, check=True, capture_output=True, timeout=PATIENCE)

    return show
