"""Lists that a person keeps under a name: with their number, what is new in them, and word of it on every page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import Response

from dragoman.model.lines import Json
from dragoman.model.settable import ADDRESS, TAG
from dragoman.store.counts import Count
from dragoman.store.looked import Look, last_look
from dragoman.telling.deciding import BadDecision, now
from dragoman.telling.interface import to_say
from dragoman.telling.kept_views import KeptView, named, propose_view, propose_without
from dragoman.telling.view_lists import how_many, listed, new_in, page_address, plain_address
from dragoman.telling.wording import days, source_of, title_of
from dragoman.workbench.acts import Why, kept, sentence_of
from dragoman.workbench.doubt import shows_doubtful
from dragoman.workbench.notes import Note, done
from dragoman.workbench.pages import show_page
from dragoman.workbench.permission import Back, Ours, decider
from dragoman.workbench.refusals import CannotBeDone
from dragoman.workbench.rights import person_of
from dragoman.workbench.safety import local
from dragoman.workbench.views import PAGE, View

if TYPE_CHECKING:
    import sqlalchemy as sa

    from dragoman.model import Decision
    from dragoman.workbench.jobs import Served

router = APIRouter(include_in_schema=False)

Name = Annotated[str, Form(max_length=TAG)]

NO_VIEW = to_say("There is no view of this name. Perhaps it was renamed or taken out.")


@dataclass(frozen=True, slots=True)
class Row:
    """A view as lists show it. `new`: how many came since `look`; None where nobody looked yet."""

    view: KeptView
    address: str
    n: Count
    look: Look | None
    new: int | None


def rows(request: Request, connection: sa.Connection) -> list[Row]:
    """The views of a case with what is in them, counted once for each state of the case."""
    case: Served = request.app.state.case
    doubtful = shows_doubtful(request)
    person = person_of(request)
    who = person.name if person else ""
    found = []
    for view in case.kept:
        look = last_look(connection, view.address, who)
        what = (view.address, doubtful, look.articles if look else None)
        n, new = case.counted(what, partial(_counted, connection, view, doubtful, look))
        found.append(Row(view, page_address(connection, view.address), n, look, new))
    return found


def _counted(
    connection: sa.Connection, view: KeptView, doubtful: bool, look: Look | None
) -> tuple[Count, int | None]:
    wanted = listed(connection, view.address, doubtful)
    return how_many(connection, wanted), len(new_in(connection, wanted, look.articles)) if look else None


@router.get("/views")
def views(request: Request) -> Response:
    """All views, to be opened, renamed, taken out."""
    with request.app.state.case.asking() as connection:
        return show_page(request, "views.html", rows=rows(request, connection))


@router.get("/view")
def view(request: Request, name: Annotated[str, Query(max_length=TAG)]) -> Response:
    """What is new in a view since it was last looked at. Looking marks nothing by itself."""
    case: Served = request.app.state.case
    found = _named(case, name)
    with case.asking() as connection:
        row = next(row for row in rows(request, connection) if row.view == found)
        wanted = listed(connection, found.address, shows_doubtful(request))
        new = new_in(connection, wanted, row.look.articles) if row.look else []
        shown = View(connection)
        articles = [a for a in new[:PAGE] if a["kind"] == "article"]
        actors = shown.named([a["id"] for a in new[:PAGE] if a["kind"] in ("actor", "place")])
        return show_page(
            request,
            "view.html",
            row=row,
            articles=[(a, days(a["published"]), source_of(a), title_of(a)) for a in articles],
            named_new=actors,
            facts=shown.shown([r for r in new[:PAGE] if r["kind"] not in ("article", "actor", "place")]),
            more=max(0, len(new) - PAGE),
        )


@router.post("/views", dependencies=[Ours])
def keep(
    request: Request,
    name: Name = "",
    address: Annotated[str, Form(max_length=ADDRESS)] = "",
    why: Why = "",
    back: Back = "/views",
) -> Response:
    """Keep a list, with its conditions, under a name."""
    case: Served = request.app.state.case
    if not name.strip():
        raise CannotBeDone("Write the name.", back=back)
    with case.asking() as connection:
        plain = plain_address(connection, address)
    who = decider(request, "view", back=back)
    decision = _made(back, case.kept, name, plain, why.strip(), who)
    answer = kept(request, [decision], [], back, stay=True)
    case.file.look_at(plain, who, now(), first=True)
    return answer


@router.post("/views/change", dependencies=[Ours])
def change(
    request: Request,
    what: Annotated[str, Form(max_length=20)],
    name: Name,
    new: Name = "",
    why: Why = "",
    back: Back = "/views",
) -> Response:
    """Rename a view, take it out, or mark what is in it as seen."""
    case: Served = request.app.state.case
    found = _named(case, name)
    who = decider(request, "view", back=back)
    if what == "seen":
        case.catch_up()
        case.file.look_at(found.address, who, now())
        say, _ = request.app.state.show.words(request)
        return done(
            request, local(back), Note(say(to_say("Marked as seen: {value}"), value=f"“{found.name}”"))
        )
    if what == "remove":
        return kept(request, [propose_without(found, why.strip(), who)], [], back, stay=True)
    if not new.strip():
        raise CannotBeDone("Write the new name.", back=back)
    decision = _made(back, case.kept, new, found.address, why.strip(), who, found.name)
    return kept(request, [decision], [], back, stay=True)


@router.get("/pulse")
def pulse(request: Request, after: Annotated[int, Query(ge=0, le=2**53)]) -> Json:
    """For a page that stays open: the views that got something new since the article of a number came."""
    case: Served = request.app.state.case
    say, _ = request.app.state.show.words(request)
    at = case.last_linked
    found = []
    if at > after:
        with case.file.asking() as connection:
            for one in case.kept:
                what = ("pulse", one.address, after)
                n = case.counted(what, partial(_came, connection, one, after))
                if n:
                    said = say("{n} new in “{name}”", n=n, name=one.name)
                    address = f"/view?{urlencode({'name': one.name})}"
                    found.append({"name": one.name, "n": n, "said": said, "address": address})
    return {"at": at, "views": found}


def _came(connection: sa.Connection, view: KeptView, after: int) -> int:
    return len(new_in(connection, listed(connection, view.address), after))


def _named(case: Served, name: str) -> KeptView:
    found = named(case.kept, name)
    if found is None:
        raise HTTPException(404, NO_VIEW)
    return found


def _made(back: str, views: list[KeptView], *said: str) -> Decision:
    name, address, why, who, *was = said
    try:
        return propose_view(views, name, address, why, who, was[0] if was else "")
    except BadDecision as error:
        raise CannotBeDone(sentence_of(error), back=back) from error
