"""Whether a person wants to see what is doubtful: a choice that their browser keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from dragoman.store.counts import Count, count
from dragoman.store.questions import Ask
from dragoman.workbench.choices import shows_doubtful
from dragoman.workbench.cookies import keep
from dragoman.workbench.permission import Ours
from dragoman.workbench.safety import local

if TYPE_CHECKING:
    import sqlalchemy as sa

__all__ = ["doubtful_of", "shows_doubtful"]

router = APIRouter(include_in_schema=False)

YEAR = 365 * 24 * 3600


def doubtful_of(connection: sa.Connection, ask: Ask) -> Count:
    """How many of the facts that meet the conditions are doubtful, whether they are shown or not."""
    every, sure = (count(connection, replace(ask, sure=sure)) for sure in (False, True))
    return Count(int(every) - int(sure), every.more)


@router.post("/doubtful", dependencies=[Ours])
def choose(
    request: Request,
    show: Annotated[Literal["0", "1"], Form()],
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Show what is doubtful from now on, or leave it out."""
    answer = RedirectResponse(local(back), 303)
    keep(answer, request, "doubtful", show, YEAR)
    return answer
