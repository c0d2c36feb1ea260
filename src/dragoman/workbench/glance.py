"""The case at a glance, and what is new since a person last marked it as seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from dragoman.languages import load
from dragoman.model.lines import Record
from dragoman.store.counts import busiest
from dragoman.store.questions import Ask, contents
from dragoman.store.seen import KINDS, Mark, New, can_go_back, last_mark, new_since
from dragoman.telling.deciding import now
from dragoman.telling.interface import to_say
from dragoman.telling.promises import counted_day
from dragoman.telling.wording import days, source_of, title_of
from dragoman.workbench.doubt import shows_doubtful
from dragoman.workbench.notes import Note, done
from dragoman.workbench.pages import Skip, show_page
from dragoman.workbench.permission import Ours
from dragoman.workbench.refusals import CannotBeDone
from dragoman.workbench.safety import local
from dragoman.workbench.summed import count, tally
from dragoman.workbench.views import PAGE, View

if TYPE_CHECKING:
    import sqlalchemy as sa

router = APIRouter(include_in_schema=False)

Kind = Literal[
    "article", "event", "statement", "figure", "state", "commitment", "dispute", "settled", "overdue"
]

ORDER: tuple[Kind, ...] = ("article", "event", "dispute", "settled", "overdue")
"""What comes first on the overview and on the page; the other kinds of fact follow."""


def news(
    request: Request, connection: sa.Connection, sure: bool = False
) -> tuple[Mark | None, New | None, dict[str, int]]:
    """The mark that stands, what is new since, and how many of each kind; kinds with none are left out."""
    mark = last_mark(connection)
    if mark is None:
        return None, None, {}
    # Days are told by articles, and only where none has a day by the calendar.
    what = ("new", mark, sure, date.today())
    found: New = request.app.state.case.counted(what, partial(_since, connection, mark, sure))
    counts: dict[str, int] = {"article": len(found.articles)}
    counts |= {kind: len(_numbers(found, kind)) for kind in (*ORDER[1:], *KINDS)}
    return mark, found, {kind: n for kind, n in counts.items() if n}


def _since(connection: sa.Connection, mark: Mark, sure: bool) -> New:
    return new_since(connection, mark, counted_day(connection), sure)


def _numbers(found: New, kind: str) -> Sequence[int]:
    special = {"dispute": found.disputes, "settled": found.settled, "overdue": found.overdue}
    return special[kind] if kind in special else found.facts.get(kind, ())


def glance(request: Request, connection: sa.Connection, view: View, sure: bool) -> tuple[Record, New | None]:
    """What the front page has beside its lines: how much there is of each kind, who, what is new; and what that is."""
    file = request.app.state.case.file
    mark, found, new = news(request, connection, sure)
    asked = Ask(kinds=("event", "statement", "figure", "state", "commitment", "dispute"), sure=sure)
    counts = {
        **tally(request, connection, asked, "kind"),
        "article": count(request, connection, Ask(kinds=("article",))),
        "actor": count(request, connection, Ask(kinds=("actor",))),
    }
    told: Record = {
        "counts": counts,
        "busy": view.ranked(busiest(connection, 12)),
        "aside": file.set_aside(5),
        "mark": mark,
        "new": new,
        "back": can_go_back(connection),
        "first": load(request.app.state.show.words(request)[1], "help")["first"],
    }
    return told, found


@router.get("/help")
def help_page(request: Request) -> Response:
    """What the workbench is, how to get about in it, and what its words mean."""
    _, language = request.app.state.show.words(request)
    told = load(language, "help")
    ways = [line.removeprefix("[").split("] ", 1) for line in told["ways"]]
    return show_page(request, "help.html", help=told, ways=ways)


@router.get("/new")
def what_is_new(request: Request, kind: Kind | Literal[""] = "", skip: Skip = 0) -> Response:
    """All that is new, a kind at a time."""
    case = request.app.state.case
    with case.asking() as connection:
        mark, found, counts = news(request, connection, not shows_doubtful(request))
        view = View(connection)
        chosen = kind or next((k for k in ORDER if k in counts), "")
        articles: list[tuple[Record, str, str, str]] = []
        facts: list[Record] = []
        if found and chosen == "article":
            records = view.fetch(found.articles[skip : skip + PAGE])
            articles = [(a, days(a["published"]), source_of(a), title_of(a)) for a in records.values()]
        elif found:
            facts = view.shown(contents(connection, _numbers(found, chosen)[skip : skip + PAGE]))
        return show_page(
            request,
            "new.html",
            mark=mark,
            counts=counts,
            more=bool(found and found.more),
            back=can_go_back(connection),
            chosen=chosen,
            articles=articles,
            facts=facts,
            total=counts.get(chosen, 0),
            skip=skip,
            page=PAGE,
        )


@router.post("/seen", dependencies=[Ours])
def mark_seen(
    request: Request,
    what: Annotated[Literal["all", "back"], Form()] = "all",
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Mark all that is there as seen, or let the mark before stand again."""
    file = request.app.state.case.file
    if what == "all":
        request.app.state.case.link()
        file.mark_seen(now())
    elif not file.mark_back():
        raise CannotBeDone("There is no mark before this one.", back=back)
    say, _ = request.app.state.show.words(request)
    everything, before = (
        to_say("All that is here is marked as seen."),
        to_say("The mark before stands again."),
    )
    text = everything if what == "all" else before
    with file.asking() as connection:
        seen = what == "all" and can_go_back(connection)
    return done(request, local(back), Note(say(text), seen=seen))
