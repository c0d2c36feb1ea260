"""The list of actors: who takes part in most, by kind and by name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.model.lines import Record
from dragoman.store.counts import busiest
from dragoman.store.questions import called
from dragoman.workbench.leaving import Text
from dragoman.workbench.pages import show_page
from dragoman.workbench.suggesting import bearing
from dragoman.workbench.views import View

if TYPE_CHECKING:
    import sqlalchemy as sa

router = APIRouter(include_in_schema=False)

LISTED = 500
"""Actors on the page: those of most facts."""

Row = tuple[Record, int]


@router.get("/actors")
def actors(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    kind: Text = "",
    order: Literal["", "name"] = "",
) -> Response:
    """Actors by how much they take part in, or by name; places are on the map."""
    with request.app.state.case.file.asking() as connection:
        found = _named_so(connection, View(connection), q.strip())
    kinds = Counter(actor["kind"] for actor, _ in found)
    shown = [row for row in found if not kind or row[0]["kind"] == kind]
    if order == "name":
        shown.sort(key=lambda row: row[0]["name"].casefold())
    return show_page(
        request, "actors.html", actors=shown, kinds=dict(kinds.most_common()), kind=kind, q=q, order=order
    )


def _named_so(connection: sa.Connection, view: View, q: str) -> list[Row]:
    """Actors with the words in one of their names, all of them where there are none; those of most facts first."""
    ranked = [
        row for row in view.ranked(busiest(connection, LISTED)) if row[0]["id"] and row[0]["kind"] != "place"
    ]
    if not q:
        return ranked
    within = {*called(connection, "actor", q, within=True), *bearing(connection, "actor", q)}
    told = {actor["id"] for actor, _ in ranked}
    rest = view.named(sorted(within - told)[:LISTED])
    return [row for row in ranked if row[0]["id"] in within] + [(actor, 0) for actor in rest]
