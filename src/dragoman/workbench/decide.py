"""The pages of decisions: what waits for a person, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.model import Decision, Target
from dragoman.store.counts import count
from dragoman.store.questions import Ask, by_id
from dragoman.telling.wording import title_of
from dragoman.workbench.views import PAGE, View
from dragoman.workbench.waiting import LOW, counts, waiting

router = APIRouter(include_in_schema=False)


@router.get("/decide")
def to_decide(request: Request, what: Literal["", "event", "actor", "date", "fact"] = "") -> Response:
    """Pairs that may be one, dates with two readings, facts of low confidence: least sure first in each kind."""
    case = request.app.state.case
    with case.asking() as connection:
        doubtful = count(connection, Ask(sure_below=LOW))
        page: Response = request.app.state.show.page(
            request,
            "decide.html",
            waiting=[
                q for q in waiting(case, View(connection), what) if frozenset(q["about"]) not in case.settled
            ],
            counts=counts(case, doubtful),
            what=what,
            back=f"/decide?what={what}" if what else "/decide",
        )
        return page


@router.get("/history")
def history(request: Request, skip: Annotated[int, Query(ge=0, le=100_000_000)] = 0) -> Response:
    file = request.app.state.case.file
    last = file.decisions(1)
    made = list(reversed(file.decisions(PAGE, skip)))
    with file.asking() as connection:
        articles = by_id(connection, sorted({t.article for _, d, _ in made for t in d.targets}))
    page: Response = request.app.state.show.page(
        request,
        "history.html",
        decisions=[(n, d, stands, [(t, words_of(t, articles)) for t in d.targets]) for n, d, stands in made],
        acts_of=_acts(made),
        total=last[0][0] if last else 0,  # they are numbered from 1, and none is ever taken out
        skip=skip,
        page=PAGE,
    )
    return page


def _acts(made: Sequence[tuple[int, Decision, bool]]) -> dict[int, int]:
    """The first decision of an act on a page -> how many of it stand there, where they are more than one."""
    together: dict[str, list[int]] = {}
    for number, decision, stands in made:
        if decision.act and stands:
            together.setdefault(decision.act, []).append(number)
    return {some[0]: len(some) for some in together.values() if len(some) > 1}


SHOWN = 60
"""Code points of the words that a decision is about."""


def words_of(target: Target, articles: dict[str, dict[str, Any]]) -> str:
    """The name, or the words in an article, by which a person knows again what was decided on."""
    if target.name:
        return target.name
    if target.kind == "article" and target.article in articles:
        return title_of(articles[target.article])
    words = (
        " ".join(articles[target.article]["text"][target.start : target.end].split())
        if target.article in articles
        else ""
    )
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1].rstrip()}…"


def as_row(number: int, decision: Decision, stands: bool) -> dict[str, Any]:
    """A decision as a plain row, for the pages and the JSON interface."""
    return {"number": number, "stands": stands, **msgspec.to_builtins(decision)}
