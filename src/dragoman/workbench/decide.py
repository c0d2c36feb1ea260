"""The pages of decisions: what waits for a person, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.model import Target
from dragoman.model.lines import Record
from dragoman.store.counts import count
from dragoman.store.questions import Ask, by_id
from dragoman.telling.history import History, Made
from dragoman.telling.wording import title_of
from dragoman.workbench.rights import Act, act_of, may, person_of
from dragoman.workbench.views import PAGE, View
from dragoman.workbench.waiting import KINDS, LOW, counts, waiting

router = APIRouter(include_in_schema=False)

ANSWERED_BY: dict[str, Act] = {
    "event": act_of("join"),
    "actor": act_of("join"),
    "date": act_of("set"),
    "fact": act_of("accept"),
}
"""What it takes to answer a question of a kind."""


@router.get("/decide")
def to_decide(request: Request, what: Literal["", "event", "actor", "date", "fact"] = "") -> Response:
    """Pairs that may be one, dates with two readings, facts of low confidence: least sure first in each kind.

    Each sees what they may answer.
    """
    case = request.app.state.case
    person = person_of(request)
    mine = [kind for kind in KINDS if may(person, ANSWERED_BY[kind])]
    with case.asking() as connection:
        doubtful = count(connection, Ask(sure_below=LOW))
        page: Response = request.app.state.show.page(
            request,
            "decide.html",
            waiting=[
                q
                for q in waiting(case, View(connection), what, mine)
                if frozenset(q["about"]) not in case.settled
            ],
            counts={kind: n for kind, n in counts(case, doubtful).items() if kind in mine},
            what=what,
            decided=any(stands for _, _, stands in case.file.decisions()),
            back=f"/decide?what={what}" if what else "/decide",
        )
        return page


@router.get("/history")
def history(
    request: Request,
    who: Annotated[str, Query(max_length=200)] = "",
    skip: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
) -> Response:
    """What was decided, the latest first; `who`: what this person decided, brought in or took back."""
    case = request.app.state.case
    told: History = case.history
    found = list(told.of(who or None))[::-1]
    made = found[skip : skip + PAGE]
    with case.file.asking() as connection:
        articles = by_id(connection, sorted({t.article for act in made for t in act.decision.targets}))
    page: Response = request.app.state.show.page(
        request,
        "history.html",
        decisions=[(act, [(t, words_of(t, articles)) for t in act.decision.targets]) for act in made],
        acts_of=_acts(made),
        people=told.people,
        who=who,
        total=len(found),
        skip=skip,
        page=PAGE,
    )
    return page


def _acts(made: Sequence[Made]) -> dict[int, int]:
    """The first decision of an act on a page -> how many of it stand there, where they are more than one."""
    together: dict[str, list[int]] = {}
    for one in made:
        if one.decision.act and one.stands:
            together.setdefault(one.decision.act, []).append(one.number)
    return {some[0]: len(some) for some in together.values() if len(some) > 1}


SHOWN = 60
"""Code points of the words that a decision is about."""


def words_of(target: Target, articles: dict[str, Record]) -> str:
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


def as_row(made: Made) -> Record:
    """A decision as a plain row, for the JSON interface."""
    undone = {"undone_by": made.undone_by, "undone_when": made.undone_when}
    return {"number": made.number, "stands": made.stands, **undone, **msgspec.to_builtins(made.decision)}
