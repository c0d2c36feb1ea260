"""The analyst's own hand on the pages: stars, tags, notes, facts added by their words, two people's work joined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse

from dragoman.model import Decision
from dragoman.model.lines import Json
from dragoman.model.settable import GIVEN
from dragoman.store.questions import by_id
from dragoman.telling.deciding import BadDecision, propose_fact
from dragoman.telling.interface import to_say
from dragoman.telling.joining import Joined, join, read_back, written
from dragoman.telling.pointing import NotOne
from dragoman.workbench.acts import Why, sentence_of
from dragoman.workbench.decide import words_of
from dragoman.workbench.notes import Note, done
from dragoman.workbench.pages import show_page
from dragoman.workbench.permission import Back, Ours, decider
from dragoman.workbench.refusals import CannotBeDone

if TYPE_CHECKING:
    from dragoman.workbench.jobs import Served

router = APIRouter(include_in_schema=False)

MOST = 16 * 2**20
"""Bytes of a file of decisions, at most."""

SHOWN = 200
"""Marks on one page."""

LONGEST = 4_000
"""Code points of marked words."""

Field = Annotated[str, Form(max_length=500)]


@router.get("/marked")
def marked(request: Request, tag: Annotated[str, Query(max_length=60)] = "") -> Response:
    """What people marked with stars, tags and notes, the latest first."""
    case: Served = request.app.state.case
    marks = case.marks
    found = [
        (mark, decision)
        for mark, decision in reversed(marks.standing)
        if not tag or (mark.kind == "tag" and mark.words == tag)
    ]
    with case.file.asking() as connection:
        articles = by_id(connection, sorted({d.targets[0].article for _, d in found[:SHOWN]}))
    rows = [(mark, d.targets[0], words_of(d.targets[0], articles), where(d)) for mark, d in found[:SHOWN]]
    return show_page(
        request, "marked.html", rows=rows, tags=marks.tags(), tag=tag, more=len(found) - len(rows)
    )


def where(decision: Decision) -> str:
    """The page of what a mark is on: an article's, or the words in it."""
    target = decision.targets[0]
    at = f"?at={target.start}-{target.end}#chosen" if target.end else ""
    return f"/articles/{target.article}{at}"


@router.post("/add-fact", dependencies=[Ours])
def add_fact(
    request: Request,
    article: Annotated[str, Form(max_length=100)],
    words: Annotated[str, Form(max_length=LONGEST)] = "",
    near: Annotated[int, Form(ge=0, le=2**40)] = 0,
    type: Field = "",
    status: Field = "",
    who: Field = "",
    whom: Field = "",
    place: Field = "",
    when: Field = "",
    why: Why = "",
    back: Back = "/",
) -> Response:
    """Add an event by the words of an article that tell it."""
    case: Served = request.app.state.case
    say, language = request.app.state.show.words(request)
    typed = {"type": type, "status": status, "who": who, "whom": whom, "place": place, "when": when}
    given = {name: value for name, value in typed.items() if name in GIVEN}
    by = decider(request, "add", back=back)
    try:
        made = propose_fact(case, article, words, given, near, why.strip(), by, language)
        number = case.decide(made.decision)
    except (BadDecision, NotOne) as error:
        raise CannotBeDone(sentence_of(error), back=back) from error
    case.link()
    target = made.decision.targets[0]
    text = say(to_say("Added by hand: {what}"), what=f"“{' '.join(words.split())}”")
    return done(
        request, f"/articles/{article}?at={target.start}-{target.end}#chosen", Note(text, undo=(number,))
    )


@router.get("/decisions.jsonl")
def exported(request: Request) -> Response:
    """The decisions that stand, to be joined with another's."""
    lines: Iterator[str] = (f"{line}\n" for line in written(request.app.state.case.file.decisions()))
    head = {"Content-Disposition": 'attachment; filename="decisions.jsonl"'}
    return StreamingResponse(lines, media_type="application/octet-stream", headers=head)


@router.post("/join-decisions", dependencies=[Ours])
async def joined(
    request: Request,
    file: UploadFile,
    take: Annotated[Literal["", "theirs", "mine"], Form()] = "",
) -> Response:
    """Take another's decisions in: those that contradict none here; the others are shown, for a person to choose."""
    content = await file.read(MOST + 1)
    if len(content) > MOST:
        raise CannotBeDone("The file is longer than any file of decisions.", back="/history")
    try:
        theirs = read_back(content.decode("utf-8"))
    except (BadDecision, UnicodeDecodeError) as error:
        raise CannotBeDone(sentence_of(error), back="/history") from error
    return await run_in_threadpool(_joined, request, theirs, take)


def _joined(request: Request, theirs: list[Decision], take: str) -> Response:
    case: Served = request.app.state.case
    found: Joined = join(case.file.decisions(), theirs)
    taken = found.taken(take, decider(request))
    numbers = tuple(case.decide_all(taken))
    case.link()
    say, _ = request.app.state.show.words(request)
    text = say(
        to_say("{n} decisions taken over, {known} were here already."), n=len(taken), known=found.known
    )
    if not found.conflicts or take:
        return done(request, "/history", Note(text, undo=numbers[-20:]))
    with case.file.asking() as connection:
        told = {t.article for c in found.conflicts for d in (c.theirs, c.mine) for t in d.targets}
        articles = by_id(connection, sorted(told))
    rows: list[Json] = [
        {
            "what": words_of(c.theirs.targets[0], articles) if c.theirs.targets else c.theirs.value,
            "theirs": c.theirs,
            "mine": c.mine,
            "number": c.number,
            "stands": c.stands,
        }
        for c in found.conflicts
    ]
    return show_page(request, "joined.html", rows=rows, text=text)
