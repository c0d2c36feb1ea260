"""One act on many rows of a list: those that are ticked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from dragoman.telling.bulk import AT_ONCE, Proposed, Refused, propose_all
from dragoman.telling.deciding import BadDecision
from dragoman.telling.interface import to_say
from dragoman.telling.pointing import NotOne
from dragoman.workbench.acts import Why, kept, sentence_of
from dragoman.workbench.offered import Kind
from dragoman.workbench.permission import Back, Ours, decider
from dragoman.workbench.refusals import CannotBeDone

if TYPE_CHECKING:
    from dragoman.model import Decision

router = APIRouter(include_in_schema=False)

NAMED = 3
"""Reasons why rows were left as they were that are told; the others are counted."""

GONE = to_say("It is no longer in the case.")

Row = Annotated[str, Form(max_length=500)]
Rows = Annotated[list[Row], Form(default_factory=list, max_length=AT_ONCE)]


@router.post("/decide-all", dependencies=[Ours])
def decide_all(
    request: Request,
    kind: Annotated[Kind, Form()],
    about: Rows,
    pair: Rows,
    value: Annotated[str, Form(max_length=60)] = "",
    why: Why = "",
    back: Back = "/",
) -> Response:
    """Decide on all rows that are ticked, in one act. What cannot be decided on is said, and the others are kept.

    `pair`: two ids with | between them, of which a person says that they are one, or two.
    """
    value = " ".join(value.split())
    if not about and not pair:
        raise CannotBeDone("Nothing is chosen. Tick the lines first.", back=back)
    if len(about) + len(pair) > AT_ONCE:
        raise CannotBeDone(to_say("At most {n} can be decided on at once."), back=back, n=str(AT_ONCE))
    if kind == "tag" and not value:
        raise CannotBeDone("Write the tag or the note.", back=back)
    if kind == "join" and len(set(about)) < 2:
        raise CannotBeDone("Name the two that are, or are not, one.", back=back)
    decisions: list[Decision] = []
    refused: list[Refused] = []
    for one in _proposed(request, kind, about, pair, value if kind == "tag" else "", why, back):
        decisions += one.decisions
        refused += one.refused
    if not decisions:
        raise CannotBeDone(refused[0].why, back=back)
    asked = [[one] for one in about] + [one.split("|") for one in pair]
    return kept(request, decisions, asked, back, _left(request, refused), stay=True)


def _proposed(
    request: Request, kind: Kind, about: Sequence[str], pairs: Sequence[str], value: str, why: str, back: str
) -> Iterator[Proposed]:
    """What is to be kept and what cannot be; a pair is a question of its own."""
    case = request.app.state.case
    _, language = request.app.state.show.words(request)
    asked: list[tuple[str, list[str]]] = []
    if about:
        asked.append(({"yes": "accept", "no": "reject"}.get(kind, kind), list(about)))
    asked += [({"yes": "join"}.get(kind, "split"), one.split("|")[:2]) for one in pairs]
    who = decider(request, *(what for what, _ in asked), back=back)
    for what, ids in asked:
        try:
            yield propose_all(case, what, ids, value or None, why.strip(), who, language)
        except NotOne:
            yield Proposed(decisions=(), refused=(Refused(about="|".join(ids), why=GONE, gone=True),))
        except BadDecision as error:
            if len(asked) == 1:
                raise CannotBeDone(sentence_of(error), back=back) from error
            yield Proposed(decisions=(), refused=(Refused(about="|".join(ids), why=str(error)),))


def _left(request: Request, refused: Sequence[Refused]) -> str:
    """How many rows were left as they were, and why."""
    if not refused:
        return ""
    say, _ = request.app.state.show.words(request)
    reasons = list(dict.fromkeys(say(GONE) if one.gone else sentence_of(one.why) for one in refused))
    left = say("Left as they were: {n}.", n=len(refused))
    return " ".join([left, *reasons[:NAMED]])
