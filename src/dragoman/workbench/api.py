"""The JSON interface under `/api/`: everything that the pages show, described by `/api/openapi.json`."""

from __future__ import annotations

from calendar import monthrange
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from dragoman.model.lines import Json, Record
from dragoman.model.standing import STANDINGS, Standing
from dragoman.store.counts import busiest, company, count, tally
from dragoman.store.questions import Ask, by_id, facts, held_on, names_of
from dragoman.store.rows import Kind
from dragoman.store.seen import ids_of, last_mark, new_since
from dragoman.telling.bulk import AT_ONCE
from dragoman.telling.deciding import BadDecision
from dragoman.telling.history import History
from dragoman.telling.pointing import NotOne
from dragoman.telling.promises import board, counted_day
from dragoman.workbench.decide import as_row
from dragoman.workbench.kept import rows
from dragoman.workbench.leaving import FIRST, LAST
from dragoman.workbench.rights import REFUSED, person_of, refused

router = APIRouter(prefix="/api", tags=["case"])

Text = Annotated[str | None, Query(max_length=200)]
DAY = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"


def _day(text: str | None) -> str | None:
    """The day, or the nearest that there is: 31 February is the last of that month."""
    if not text or not FIRST <= text <= LAST:
        return text and (FIRST if text < FIRST else LAST)
    last = monthrange(int(text[:4]), int(text[5:7]))[1]
    return f"{text[:8]}{min(int(text[8:]), last):02}"


Day = Annotated[str | None, Query(pattern=DAY), AfterValidator(_day)]
Limit = Annotated[int, Query(ge=1, le=1000)]
Skip = Annotated[int, Query(ge=0, le=100_000_000)]


@router.get("/records/{kind}")
def records(
    request: Request,
    kind: Kind,
    actor: Annotated[list[str], Query(default_factory=list, max_length=20)],
    type: Text = None,
    status: Text = None,
    place: Text = None,
    article: Text = None,
    storyline: Text = None,
    language: Text = None,
    outlet: Text = None,
    since: Day = None,
    until: Day = None,
    independent: Annotated[int | None, Query(ge=0, le=1_000_000)] = None,
    limit: Limit = 100,
    skip: Skip = 0,
) -> Json:
    """Records of a kind, by first day; `total` counts all that meet the conditions; where `more`, there are more."""
    ask = Ask(
        kinds=(kind,),
        actors=tuple(actor),
        types=(type,) if type else (),
        statuses=(status,) if status else (),
        place=place,
        article=article,
        storyline=storyline,
        language=language,
        outlet=outlet,
        since=since,
        until=until,
        independent=independent,
    )
    with request.app.state.case.file.asking() as connection:
        total = count(connection, ask, skip)
        return {"total": total, "more": total.more, "records": facts(connection, ask, limit, skip)}


@router.get("/record/{name}", responses={404: {"description": "No record has this id."}})
def record(request: Request, name: str) -> Record:
    """One record by its id."""
    with request.app.state.case.file.asking() as connection:
        found = by_id(connection, [name])
    if name not in found:
        raise HTTPException(404, "No record has this id.")
    return found[name]


@router.get("/tally")
def tallies(
    request: Request,
    by: Literal["type", "status", "year", "kind"] = "type",
    kind: Kind = "event",
    actor: Text = None,
) -> dict[str, int]:
    """Records of a kind counted by one of their fields."""
    with request.app.state.case.file.asking() as connection:
        return tally(connection, Ask(kinds=(kind,), actors=(actor,) if actor else ()), by)


@router.get("/actors")
def actors(request: Request, limit: Limit = 100) -> list[Record]:
    """Actors with the number of facts they take part in, most first."""
    with request.app.state.case.file.asking() as connection:
        found = busiest(connection, limit)
        names = names_of(connection, [a for a, _ in found])
    return [{"id": a, "facts": n, "name": names[a]} for a, n in found if a in names]


@router.get("/actors/{name}/company")
def with_whom(request: Request, name: str, limit: Limit = 20) -> list[Record]:
    """Actors who share events with an actor, most first."""
    with request.app.state.case.file.asking() as connection:
        return [{"id": a, "events": n} for a, n in company(connection, name, limit)]


@router.get("/search")
def search(
    request: Request, q: Annotated[str, Query(max_length=300)], articles: bool = False, limit: Limit = 50
) -> list[Record]:
    """Facts (or articles) that meet a query in words, best first; see `dragoman search --help` for operators.

    Where no fact meets all of it, the facts that meet most.
    """
    from dragoman.telling.search import search as find

    with request.app.state.case.file.asking() as connection:
        found = find(connection, q, limit)
    return found.articles[:limit] if articles else found.facts


@router.get("/asof")
def asof(
    request: Request,
    on: Annotated[str, Query(pattern=DAY), AfterValidator(_day)],
    known: Day = None,
    limit: Limit = 100,
) -> dict[str, list[Record]]:
    """What held on a day, as it was known on a day (default: as it is known now), at most `limit` of a kind."""
    from dragoman.telling.asof import as_of

    case = request.app.state.case
    if known:
        records = case.known_on(known)
    else:
        with case.file.asking() as connection:
            records = held_on(connection, on, limit)
    return {
        kind: [{"holds": sure, **r} for sure, r in found[:limit]]
        for kind, found in as_of(records, on).items()
    }


@router.get("/promises")
def promises(
    request: Request,
    actor: Annotated[list[str], Query(default_factory=list, max_length=20)],
    today: Day = None,
    standing: Standing | None = None,
    limit: Limit = 100,
    skip: Skip = 0,
) -> Record:
    """How promises stand on a day (default: that of the case's latest article): for each way of standing how many, and
    cards with the words of the promise and of what came of it."""
    with request.app.state.case.file.asking() as connection:
        day = counted_day(connection, today)
        only = (standing,) if standing else STANDINGS
        found = board(connection, day, Ask(actors=tuple(actor)), only, limit, skip)
    return {
        "day": day,
        "promises": {name: {"total": int(total), "cards": some} for name, (total, some) in found.items()},
    }


@router.get("/views")
def views(request: Request) -> list[Record]:
    """The lists that people keep under a name: the address of each in the workbench, how much is in it, and how much
    came since who asks marked it as seen (null where they never did)."""
    with request.app.state.case.asking() as connection:
        return [
            {
                "name": row.view.name,
                "address": row.address,
                "total": int(row.n),
                "more": row.n.more,
                "new": row.new,
                "seen": row.look.at if row.look else None,
                "who": row.view.who,
                "when": row.view.when,
            }
            for row in rows(request, connection)
        ]


@router.get("/decisions")
def decisions(request: Request, who: Text = None) -> list[Record]:
    """The history of decisions, oldest first; of one person, what they decided, brought in or took back."""
    told: History = request.app.state.case.history
    return [as_row(act) for act in told.of(who)]


class Act(BaseModel):
    """What to decide on many records at once."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["accept", "reject", "star", "tag", "note", "join", "split"]
    about: Annotated[list[Annotated[str, Field(max_length=500)]], Field(min_length=1, max_length=AT_ONCE)]
    value: Annotated[str, Field(max_length=2_000)] = ""
    why: Annotated[str, Field(max_length=2_000)] = ""


@router.post(
    "/decide",
    responses={
        403: {"description": "Who asks may not decide so, or the case can only be looked at."},
        400: {"description": "None of the records can be decided on so; `detail` says why."},
        415: {"description": "The body is not sent as application/json."},
    },
)
def decide(request: Request, act: Act) -> Record:
    """Decide on records, named or by id, in one act: `numbers` of the decisions that are kept, and what was `refused`.

    A tag or a note has its words as `value`. What cannot be decided on is left as it was; the others are kept.
    """
    # A form of another site can send no such type without being asked first.
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "The body is to be sent as application/json.")
    person = person_of(request)
    if needed := refused(person, (act.kind,)):
        raise HTTPException(403, REFUSED[needed])
    assert person is not None
    case = request.app.state.case
    try:
        proposed = case.propose_all(act.kind, act.about, act.value or None, act.why, person.name)
        numbers = case.decide_all(proposed.decisions)
    except (BadDecision, NotOne) as error:
        raise HTTPException(400, str(error)) from error
    case.link()
    return {"numbers": numbers, "refused": [{"about": r.about, "why": r.why} for r in proposed.refused]}


@router.get("/doubts")
def doubts(
    request: Request, about: Literal["event", "actor", "date"] = "event", limit: Limit = 100
) -> list[Record]:
    """What linking leaves to a person, least sure first: ids that may be one, or a day that can be read in two ways."""
    request.app.state.case.link()
    return [msgspec.to_builtins(one) for one in request.app.state.case.file.doubts(about, limit)]


@router.get("/new")
def new(request: Request) -> Record:
    """What is new since the case was last marked as seen: ids by kind; where `more`, not all are named."""
    with request.app.state.case.asking() as connection:
        mark = last_mark(connection)
        if mark is None:
            return {"since": None, "more": False, "new": {}}
        found = new_since(connection, mark, counted_day(connection))
        numbered = {
            **found.facts,
            "dispute": found.disputes,
            "settled": found.settled,
            "overdue": found.overdue,
        }
        ids = {kind: ids_of(connection, numbers) for kind, numbers in numbered.items()}
        return {"since": mark.at, "more": found.more, "new": {"article": list(found.articles), **ids}}


@router.get("/aside")
def aside(request: Request, limit: Limit = 1000) -> list[dict[str, str]]:
    """What could not be read, and why, by path."""
    found = request.app.state.case.file.set_aside(limit)
    return [{"path": i.path, "reason": i.reason, "hint": i.hint} for i in found]
