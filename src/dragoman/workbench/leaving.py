"""What a page shows, or the whole case, as a file for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response
from pydantic import AfterValidator

from dragoman.store import CaseFile
from dragoman.store.questions import Ask
from dragoman.telling.exports import ENDINGS, FOR_PEOPLE, UnknownFormat, check
from dragoman.telling.exports.table import FACTS
from dragoman.telling.interface import language_for
from dragoman.workbench.doubt import shows_doubtful
from dragoman.workbench.outbox import PIECE, Full, Sent
from dragoman.workbench.suggesting import bearing

router = APIRouter(include_in_schema=False)

Kind = Literal["event", "statement", "figure", "state", "commitment", "dispute"]

MOST = 50
"""Values of one name in an address, at most."""

Text = Annotated[str, Query(max_length=200)]
Many = Annotated[list[Text], Query(default_factory=list, max_length=MOST)]

FIRST, LAST = "1000-01-01", "2999-12-31"
"""Days that pages count with; what lies before or after is taken for these."""


def clamped(text: str) -> str:
    """An ISO day within what pages count with, or ""; raises ValueError where it is none."""
    if not text:
        return ""
    try:
        return min(max(date.fromisoformat(text).isoformat(), FIRST), LAST)
    except ValueError:
        raise ValueError("a day is written as 2024-06-12") from None


Day = Annotated[str, Query(max_length=40), AfterValidator(clamped)]
"""An ISO day or nothing; anything else is refused (422)."""


UNKNOWN = "-"
"""The id of what a name stands for that nobody bears: no record has it."""


def asked(
    request: Request,
    actor: Many,
    type: Many,
    status: Many,
    place: Text = "",
    who: Text = "",
    where: Text = "",
    story: Text = "",
    language: Text = "",
    outlet: Text = "",
    since: Day = "",
    until: Day = "",
    sources: Annotated[int, Query(ge=0, le=1000)] = 0,
) -> Ask:
    """The conditions on events in a page's address; `who` and `where` are names, which nobody may bear."""
    actors = list(actor)
    if who or where:
        with request.app.state.case.file.asking() as connection:
            actors += (bearing(connection, "actor", who) or [UNKNOWN]) if who else []
            place = next(iter(bearing(connection, "place", where)), UNKNOWN) if where else place
    return Ask(
        actors=tuple(actors),
        types=tuple(t for t in type if t),
        statuses=tuple(s for s in status if s),
        place=place or None,
        storyline=story or None,
        language=language or None,
        outlet=outlet or None,
        since=since or None,
        until=until or None,
        independent=sources or None,
        sure=not shows_doubtful(request),
    )


Asked = Annotated[Ask, Depends(asked)]


@router.get("/export/{name}")
async def export(
    request: Request,
    name: str,
    conditions: Asked,
    both: Many,
    kind: Annotated[list[Kind], Query(default_factory=list, max_length=MOST)],
    article: Text = "",
) -> Response:
    """The facts that meet the conditions of the address as a file; without any, the whole case."""
    part = replace(conditions, kinds=tuple(kind) or FACTS, all_actors=tuple(both), article=article or None)
    part = replace(part, sure=part.sure and name in FOR_PEOPLE)
    ask = None if part == Ask(kinds=FACTS) else part
    case = request.app.state.case
    if name != "jsonl":
        try:
            check(name)
        except UnknownFormat as error:
            raise HTTPException(404, str(error)) from error

    language = language_for(request.headers.get("accept-language", ""))

    def pieces() -> Iterator[bytes]:
        case.catch_up()
        yield from case.export(name, ask, language)

    return await _sent(request, f"dragoman.{ENDINGS.get(name, name)}", pieces)


@router.get("/copy")
async def copy(request: Request) -> Response:
    """The whole case as one file, as it is at this moment, also while it is in use."""
    case = request.app.state.case
    return await _sent(request, case.file.path.name, lambda: copied(case.file))


async def _sent(request: Request, name: str, pieces: Callable[[], Iterator[bytes]]) -> Response:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in name)
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    }
    if request.scope.get("dragoman.head"):
        return Response(media_type="application/octet-stream", headers=headers)
    try:
        parcel = request.app.state.outbox.send(pieces)
    except Full as error:
        raise HTTPException(503, "Many files are being sent already. Try again in a little while.") from error
    await parcel.begun()
    return Sent(parcel, headers)


def copied(file: CaseFile) -> Iterator[bytes]:
    """A copy of a case in use, as it is now: one file, with nothing beside it."""
    with TemporaryDirectory(prefix="dragoman-") as folder:
        to = Path(folder) / "copy.case"
        file.copy_to(to)
        with to.open("rb") as whole:
            while piece := whole.read(PIECE):
                yield piece
