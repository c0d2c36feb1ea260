"""What a person does on the pages: decide, set right, take back, do again. Each act says what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from msgspec.structs import replace
from starlette.datastructures import FormData

from dragoman.model import UNLINKED, Decision
from dragoman.model.lines import Json
from dragoman.model.settable import NAMED
from dragoman.store.questions import by_id, called
from dragoman.telling.bulk import AT_ONCE, in_one_act
from dragoman.telling.calendar import stretch
from dragoman.telling.deciding import BadDecision, now, propose, take_back, understand
from dragoman.telling.interface import interface, to_say
from dragoman.telling.pointing import NotOne
from dragoman.workbench.decide import words_of
from dragoman.workbench.landing import landing
from dragoman.workbench.notes import Note, done
from dragoman.workbench.permission import Back, Ours, decider, undoer
from dragoman.workbench.refusals import CannotBeDone
from dragoman.workbench.safety import local
from dragoman.workbench.setting import DAYS, FIELDS, choices
from dragoman.workbench.suggesting import suggested
from dragoman.workbench.views import View

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.workbench.jobs import Served

router = APIRouter(include_in_schema=False)

Say = Callable[..., str]

SAID = {
    "join": to_say("{what} are one now."),
    "split": to_say("{what} are kept apart now."),
    "reject": to_say("Marked as wrong, and left out from now on: {what}"),
    "accept": to_say("Marked as right: {what}"),
    "rename": to_say("{what} is called {value} now."),
    "set": to_say("Set right: {value}."),
    "remove": to_say("Taken out of the case: {what}"),
    "star": to_say("Marked with a star: {what}"),
    "tag": to_say("Tagged {value}: {what}"),
    "note": to_say("A note is kept on {what}"),
    "add": to_say("Added by hand: {what}"),
    "view": to_say("Kept as a view: {value}"),
    "unview": to_say("The view is taken out: {value}"),
}
"""What is said when a decision of a kind is kept."""

FEW = 3
"""Decisions that are told one by one; of more it is told how many they are."""

NAMES_AT_ONCE = 10
"""Records that one decision of a page is about."""


Why = Annotated[str, Form(max_length=2000)]
Numbers = Annotated[list[int], Form(default_factory=list, max_length=AT_ONCE)]


@router.post("/decide", dependencies=[Ours])
def decide(
    request: Request,
    kind: Annotated[str, Form(max_length=20)],
    about: Annotated[list[Annotated[str, Form(max_length=500)]], Form(max_length=NAMES_AT_ONCE)],
    field: Annotated[str, Form(max_length=40)] = "",
    value: Annotated[str, Form(max_length=2_000)] = "",
    why: Why = "",
    back: Back = "/",
) -> Response:
    """Keep a decision, see that it is linked, and go back to where it was made."""
    about, value = (
        [one.strip() for one in about if one.strip()],
        value if kind == "note" else " ".join(value.split()),
    )
    if kind not in SAID or kind == "add":
        raise CannotBeDone("“{value}” is none of what this can be.", back=back, value=kind)
    decider(request, kind, back=back)
    if kind in ("join", "split") and len(about) < 2:
        raise CannotBeDone("Name the two that are, or are not, one.", back=back)
    if kind in ("join", "split") and len(set(about)) < 2:
        raise CannotBeDone("These are one and the same already.", back=back)
    if kind in ("tag", "note") and not value.strip():
        raise CannotBeDone("Write the tag or the note.", back=back)
    if kind == "rename" and not value:
        raise CannotBeDone("Write the new name.", back=back)
    try:
        decision = _decision(request, kind, about, why, back, field, value)
    except NotOne as error:
        return _which(
            request, error, {"kind": kind, "field": field, "value": value, "why": why, "back": back}, about
        )
    return kept(request, [decision], [about], back)


async def _fields(request: Request) -> FormData:
    return await request.form(max_fields=60)


@router.post("/set", dependencies=[Ours])
def set_right(
    request: Request,
    form: Annotated[FormData, Depends(_fields)],
    about: Annotated[str, Form(max_length=500)],
    why: Why = "",
    back: Back = "/",
    confirmed: Annotated[bool, Form()] = False,
) -> Response:
    """Set fields of a fact right: those of the form that differ from what they were when it was made.

    What is understood otherwise than it was written is shown before it is kept.
    """
    case = request.app.state.case
    say, language = request.app.state.show.words(request)
    with case.asking() as connection:
        record = by_id(connection, [about]).get(about)
        if record is None or record["kind"] not in FIELDS:
            raise CannotBeDone("There is no such fact in this case.", back=back)
        rows: list[Json] = []
        for name in FIELDS[record["kind"]]:
            written = str(form.get(name, ""))
            if name not in form or written == str(form.get(f"was_{name}", "")):
                continue
            rows.append(_row(connection, record["kind"], name, written, language, back))
    if not rows:
        return done(request, local(back), Note(say("Nothing was changed.")))
    if not confirmed and any(row["ask"] for row in rows):
        page: Response = request.app.state.show.page(
            request, "confirm.html", rows=rows, about=about, why=why, back=local(back)
        )
        return page
    try:
        decisions = [d for row in rows for d in _set(request, about, row, why, back)]
    except NotOne as error:
        raise CannotBeDone(sentence_of(error), back=back) from error
    return kept(request, decisions, [[about]], back)


def _set(request: Request, about: str, row: Mapping[str, Any], why: str, back: str) -> Iterator[Decision]:
    """The decisions that a changed field means: a type is set with its mode."""
    kind, _, mode = row["value"].partition("/")
    if row["name"] != "type":
        kind = row["value"]
    first = _decision(request, "set", [about], why, back, row["name"], kind)
    yield first
    if row["name"] == "type":
        yield replace(first, field="mode", value=mode or None)


def _row(connection: Connection, kind: str, name: str, written: str, language: str, back: str) -> Json:
    """A field as it was written and as it is understood; `ask` where a person should look at it first."""
    value = " ".join(written.split())
    if name != "type" or value not in choices(kind, name):
        try:
            value = understand(kind, name, written, language).value
        except BadDecision as error:
            raise CannotBeDone(sentence_of(error), back=back) from error
    unknown = [
        one.strip()
        for one in (value.split(";") if name in NAMED else ())
        if one.strip() and not any(called(connection, side, one.strip()) for side in ("actor", "place"))
    ]
    ask = bool(unknown) or (name in DAYS and value != " ".join(written.split()))
    return {"name": name, "written": written, "value": value, "unknown": unknown, "ask": ask}


@router.post("/undo", dependencies=[Ours])
def undo(
    request: Request, number: Numbers, back: Back = "/history", act: Annotated[bool, Form()] = False
) -> Response:
    """Take back decisions by their numbers, or the last act that stands; with `act`, all that were made in one act
    with them."""
    case = request.app.state.case
    wanted = list(number)
    person = undoer(request, decisions_of(case, wanted), back)
    if not wanted:
        # The last that stands is one's own where several decide.
        wanted = case.file.in_one_act(of=None if person.alone else person.name)
    elif act:
        wanted = [n for one in wanted for n in case.file.in_one_act(one)]
    undoer(request, decisions_of(case, wanted), back)
    gone = take_back(case.file, wanted, person.name)
    if not gone:
        raise CannotBeDone("There is no such decision that stands.", back=back)
    case.settled.clear()
    case.link()
    say, language = request.app.state.show.words(request)
    with case.file.asking() as connection:
        decisions = decisions_of(case, gone)
        text = say("Taken back: {what}", what=_told(connection, say, language, decisions))
        to = landing(connection, decisions[0], local(back))
    return done(request, to, Note(text, again=tuple(gone[:AT_ONCE])))


@router.post("/again", dependencies=[Ours])
def again(request: Request, number: Numbers, back: Back = "/history") -> Response:
    """Make decisions once more that were taken back."""
    found = decisions_of(request.app.state.case, number)
    if not found:
        raise CannotBeDone("There is no such decision that stands.", back=back)
    who = decider(request, *(d.kind for d in found), back=back)
    return kept(request, [replace(d, who=who, when=now(), brought_by="") for d in found], [], back)


def decisions_of(case: Served, numbers: Sequence[int]) -> list[Decision]:
    """Decisions by their numbers, in order; numbers that none has are left out."""
    made = {n: d for n, d, _ in case.file.decisions()}
    return [made[n] for n in sorted({*numbers}) if n in made]


def _decision(
    request: Request, kind: str, about: Sequence[str], why: str, back: str, field: str = "", value: str = ""
) -> Decision:
    """The decision that is meant, checked at the one door for all decisions.

    Raises:
        NotOne: one of the names is nobody's, or several bear it.
    """
    case, (_, language) = request.app.state.case, request.app.state.show.words(request)
    who = decider(request, kind, back=back)
    try:
        made = propose(case, kind, about, field or None, value or None, why.strip(), who, language)
    except BadDecision as error:
        raise CannotBeDone(sentence_of(error), back=back) from error
    return made.decision


def sentence_of(error: Exception | str) -> str:
    said = str(error)
    return said[:1].upper() + said[1:]


def kept(
    request: Request,
    decisions: Sequence[Decision],
    about: Sequence[Sequence[str]],
    back: str,
    besides: str = "",
    stay: bool = False,
) -> Response:
    """Keep decisions of one act, link, and say on the page that one lands on what was done.

    `about`: the records that each question was about. `besides`: what else is to be said. `stay`: land where it was
    done.
    """
    case = request.app.state.case
    say, language = request.app.state.show.words(request)
    decisions = in_one_act(decisions)
    with case.file.asking() as connection:  # before they are linked, as what they are about may be gone then
        text = f"{_told(connection, say, language, decisions)} {besides}".strip()
    try:
        numbers = tuple(case.decide_all(decisions))
    except BadDecision as error:
        raise CannotBeDone(sentence_of(error), back=back) from error
    if decisions[0].kind not in UNLINKED:
        case.settled.update(map(frozenset, about))
    case.link()
    with case.file.asking() as connection:
        to = local(back) if stay else landing(connection, decisions[0], local(back))
    return done(request, to, Note(text, undo=numbers))


def _told(connection: Connection, say: Say, language: str, decisions: Sequence[Decision]) -> str:
    """What decisions say, each by itself where they are few; else how many of each kind there are."""
    if len(decisions) <= FEW:
        return " ".join(_said(connection, say, language, decision) for decision in decisions)
    kinds = dict.fromkeys(d.kind for d in decisions)
    return " ".join(
        say(SAID[kind], what=say("{n} together", n=len(some)), value=_value(say, language, some[0]))
        for kind in kinds
        if (some := [d for d in decisions if d.kind == kind])
    )


def _said(connection: Connection, say: Say, language: str, decision: Decision) -> str:
    """A sentence about a decision, by the names or the words that it is about."""
    articles = by_id(connection, sorted({t.article for t in decision.targets}))
    words = dict.fromkeys(words_of(t, articles) or say(t.kind) for t in decision.targets)
    what = ", ".join(f"“{one}”" for one in list(words)[: 2 if decision.kind in ("join", "split") else 1])
    return str(say(SAID[decision.kind], what=what, value=_value(say, language, decision)))


def _value(say: Say, language: str, decision: Decision) -> str:
    """What a decision says that something is called, or is."""
    value = decision.value or say("unknown")
    if decision.kind in ("rename", "tag", "view", "unview"):
        return f"“{value}”"
    if decision.field in (*DAYS, "published") and decision.value:
        value = stretch(value, interface(language))
    return f"{say(decision.field)}: {say(value)}" if decision.field else value


def _which(request: Request, error: NotOne, form: dict[str, str], about: Sequence[str]) -> Response:
    """Ask who or what is meant by a name that several bear, or nobody."""
    with request.app.state.case.file.asking() as connection:
        view = View(connection)
        names = list(error.several) or suggested(connection, error.wanted)
        records = [r for r in view.fetch(names).values() if r["kind"] in ("actor", "place")]
        page: Response = request.app.state.show.page(
            request,
            "which.html",
            status=400,
            wanted=error.wanted,
            several=bool(error.several),
            found=records,
            form={k: v for k, v in form.items() if v},
            others=[one for one in about if one != error.wanted],
            back=local(form["back"]),
        )
        return page
