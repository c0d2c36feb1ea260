"""What a page shows, or the whole case, as a file for other programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import AfterValidator

from dragoman.store.questions import Ask, called
from dragoman.telling.exports import ENDINGS, UnknownFormat
from dragoman.telling.exports.table import FACTS
from dragoman.telling.interface import language_for

router = APIRouter(include_in_schema=False)

Kind = Literal["event", "statement", "figure", "state", "commitment", "dispute"]
Many = Annotated[list[str], Query(default_factory=list)]


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat() if text else ""


Day = Annotated[str, AfterValidator(_day)]
"""An ISO day or nothing; anything else is refused (422)."""


UNKNOWN = "-"
"""The id of what a name stands for that nobody bears: no record has it."""


def asked(
    request: Request,
    actor: Many,
    type: Many,
    status: Many,
    place: str = "",
    who: Annotated[str, Query(max_length=200)] = "",
    where: Annotated[str, Query(max_length=200)] = "",
    story: str = "",
    language: str = "",
    outlet: str = "",
    since: Day = "",
    until: Day = "",
    sources: Annotated[int, Query(ge=0, le=1000)] = 0,
) -> Ask:
    """The conditions on events in a page's address; `who` and `where` are names, which nobody may bear."""
    actors = list(actor)
    if who or where:
        with request.app.state.case.file.asking() as connection:
            actors += (called(connection, "actor", who) or [UNKNOWN]) if who else []
            place = next(iter(called(connection, "place", where)), UNKNOWN) if where else place
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
    )


Asked = Annotated[Ask, Depends(asked)]


@router.get("/export/{name}")
def export(
    request: Request,
    name: str,
    conditions: Asked,
    both: Many,
    kind: Annotated[list[Kind], Query(default_factory=list)],
    article: str = "",
) -> Response:
    """The facts that meet the conditions of the address as a file; without any, the whole case."""
    from dataclasses import replace

    part = replace(conditions, kinds=tuple(kind) or FACTS, all_actors=tuple(both), article=article or None)
    case = request.app.state.case
    case.catch_up()
    try:
        language = language_for(request.headers.get("accept-language", ""))
        pieces = case.export(name, None if part == Ask(kinds=FACTS) else part, language)
    except UnknownFormat as error:
        raise HTTPException(404, str(error)) from error
    headers = {"Content-Disposition": f'attachment; filename="dragoman.{ENDINGS.get(name, name)}"'}
    return StreamingResponse(pieces, media_type="application/octet-stream", headers=headers)
