"""What a person does on the pages: decide, set right, undo, add articles."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, File, Form, HTTPException, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from dragoman.model import Decision, Target
from dragoman.store.counts import count
from dragoman.store.questions import Ask, by_id
from dragoman.telling.deciding import BadDecision
from dragoman.telling.pointing import NotOne
from dragoman.workbench.views import PAGE, View
from dragoman.workbench.waiting import LOW, counts, waiting

router = APIRouter(include_in_schema=False)

UPLOAD = 32 * 1024 * 1024
"""Bytes of one uploaded file, and of a pasted text."""

FILES = 200
"""Files of one upload."""


def ours(request: Request, token: Annotated[str, Form()] = "") -> None:
    """Refuse a form that does not carry this server's token."""
    if not request.app.state.guard.is_ours(token):
        raise HTTPException(403, "The form is from another session. Load the page again.")


Ours = Depends(ours)


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
        decisions=[(n, d, stands, [(t, _words(t, articles)) for t in d.targets]) for n, d, stands in made],
        total=last[0][0] if last else 0,  # they are numbered from 1, and none is ever taken out
        skip=skip,
        page=PAGE,
    )
    return page


@router.post("/decide", dependencies=[Ours])
def decide(
    request: Request,
    kind: Annotated[str, Form()],
    about: Annotated[list[str], Form()],
    field: Annotated[str, Form(max_length=40)] = "",
    value: Annotated[str, Form(max_length=500)] = "",
    why: Annotated[str, Form(max_length=2000)] = "",
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Keep a decision, see that it is linked, and go back to where it was made."""
    case = request.app.state.case
    named = [one for one in about if one]
    try:
        case.decide(case.propose(kind, named, field or None, value or None, why).decision)
    except (NotOne, BadDecision) as error:
        raise HTTPException(400, str(error)) from error
    case.settled.add(frozenset(about))
    case.link()
    return RedirectResponse(local(back), 303)


@router.post("/undo", dependencies=[Ours])
def undo(
    request: Request, number: Annotated[int | None, Form()] = None, back: Annotated[str, Form()] = "/history"
) -> Response:
    case = request.app.state.case
    if case.file.undo(number) is None:
        raise HTTPException(400, "There is no such decision that stands.")
    case.settled.clear()
    case.link()
    return RedirectResponse(local(back), 303)


@router.get("/add")
def add_page(request: Request) -> Response:
    page: Response = request.app.state.show.page(
        request, "add.html", job=request.app.state.reading, aside=request.app.state.case.file.set_aside(PAGE)
    )
    return page


@router.post("/add", dependencies=[Ours])
async def add(
    request: Request,
    files: Annotated[list[UploadFile], File(default_factory=list)],
    text: Annotated[str, Form(max_length=2_000_000)] = "",
) -> Response:
    """Read dropped files or a pasted text into the case."""
    if len(files) > FILES:
        raise HTTPException(
            413, f"At most {FILES} files at once; put more into a folder for `dragoman read`."
        )
    taken: list[tuple[str, bytes]] = []
    for file in files:
        content = await file.read(UPLOAD + 1)
        if len(content) > UPLOAD:
            raise HTTPException(
                413, f"{file.filename}: larger than {UPLOAD // 2**20} MB; use `dragoman read`."
            )
        if content:
            taken.append((file.filename or "file.txt", content))
    if text.strip():
        taken.append((f"pasted-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt", text.encode()))
    if not request.app.state.reading.start(taken):
        raise HTTPException(409, "A reading is under way, or nothing was given. Wait until it is done.")
    return RedirectResponse("/add", 303)


SHOWN = 60
"""Code points of the words that a decision is about."""


def _words(target: Target, articles: dict[str, dict[str, Any]]) -> str:
    """The name, or the words in an article, by which a person knows again what was decided on."""
    if target.name:
        return target.name
    words = (
        " ".join(articles[target.article]["text"][target.start : target.end].split())
        if target.article in articles
        else ""
    )
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1].rstrip()}…"


def local(address: str) -> str:
    """An address on this server: anything else leads to the front page."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


def as_row(number: int, decision: Decision, stands: bool) -> dict[str, Any]:
    """A decision as a plain row, for the pages and the JSON interface."""
    return {"number": number, "stands": stands, **msgspec.to_builtins(decision)}
