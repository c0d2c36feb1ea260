"""The board of promises."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.model.standing import STANDINGS, Standing
from dragoman.store.questions import Ask
from dragoman.telling.promises import board, counted_day
from dragoman.telling.wording import days
from dragoman.workbench.leaving import UNKNOWN, Day, Text
from dragoman.workbench.pages import Skip, show_page
from dragoman.workbench.suggesting import bearing
from dragoman.workbench.summed import known
from dragoman.workbench.views import PAGE

router = APIRouter(include_in_schema=False)

COLUMN = 20
"""Promises in a column of the board; a column by itself has a page as other lists do."""

SOON = 30
"""Days within which a promise is due soon."""


@router.get("/promises")
def promises(
    request: Request,
    today: Day = "",
    who: Text = "",
    standing: Standing | Literal[""] = "",
    order: Literal["", "late"] = "",
    skip: Skip = 0,
) -> Response:
    """How promises stand, a column each; with `standing` the whole of one column."""
    with request.app.state.case.file.asking() as connection:
        day = today or request.app.state.case.counted(("day",), partial(counted_day, connection))
        actors = bearing(connection, "actor", who) or [UNKNOWN] if who else []
        found = board(
            connection,
            day,
            Ask(actors=tuple(actors)),
            (standing,) if standing else STANDINGS,
            PAGE if standing else COLUMN,
            skip if standing else 0,
            order == "late",
        )
        return show_page(
            request,
            "promises.html",
            board=found,
            days=days,
            today=day,
            soon=date.fromordinal(
                min(date.fromisoformat(day).toordinal() + SOON, date.max.toordinal())
            ).isoformat(),
            now=date.today().isoformat(),
            chosen=standing,
            known=known(request, connection),
            unknown=who if actors == [UNKNOWN] else "",
            column=COLUMN,
            skip=skip,
            page=PAGE,
        )
