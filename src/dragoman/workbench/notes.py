"""What was just done, told once on the page that a person lands on, with the way back beside it."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import RedirectResponse

from dragoman.workbench.cookies import keep

KEPT = 200
"""Notes that wait for their page; the oldest go first."""

SECONDS = 60
"""How long a browser keeps the address of its note."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about what was done, in the reader's language.

    `undo`: numbers of the decisions to take back; `again`: of those to make once more; `seen`: whether what was done
    is the mark of what was seen.
    """

    text: str
    undo: tuple[int, ...] = ()
    again: tuple[int, ...] = ()
    seen: bool = False


class Notes:
    """Notes by the name that their browser was given."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Note] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, note: Note) -> str:
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._held[name] = note
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
        return name

    def take(self, name: str | None) -> Note | None:
        """The note, which is told once; None where there is none of this name."""
        with self._lock:
            return self._held.pop(name, None) if name else None


def done(request: Request, to: str, note: Note) -> RedirectResponse:
    """To the page where something was done, which tells the note."""
    answer = RedirectResponse(to, 303)
    name = request.app.state.notes.put(note)
    keep(answer, request, "note", name, SECONDS)
    return answer
