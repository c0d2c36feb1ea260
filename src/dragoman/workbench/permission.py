"""What a form is asked before anything is done: whether it is of these pages, and whether its sender may do this."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import Depends, Form, Request

from dragoman.model import Decision
from dragoman.telling.interface import to_say
from dragoman.workbench.refusals import CannotBeDone
from dragoman.workbench.rights import REFUSED, Person, may_undo, person_of, refused

ANOTHERS = to_say("This was decided by another: an editor can take it back, or who decided it.")


def ours(request: Request, token: Annotated[str, Form(max_length=200)] = "") -> None:
    """Refuse a form that does not carry the token of its sender's visit."""
    if not request.app.state.guard.is_ours(token, request):
        raise CannotBeDone("The form is from another session. Load the page again.", 403)


Ours = Depends(ours)
Back = Annotated[str, Form(max_length=2000)]


def decider(request: Request, *kinds: str, back: str = "/") -> str:
    """The name under which decisions of these kinds are kept: that of who asks, whatever a form says.

    Raises:
        CannotBeDone: who asks may not decide so.
    """
    person = person_of(request)
    if act := refused(person, kinds):
        raise CannotBeDone(REFUSED[act], 403, back)
    assert person is not None
    return person.name


def undoer(request: Request, decisions: Iterable[Decision], back: str) -> Person:
    """Who asks, where they may take back all of these decisions.

    Raises:
        CannotBeDone: one of them is another's, and not theirs to take back.
    """
    person = person_of(request)
    if person is None or not all(may_undo(person, decision.who) for decision in decisions):
        raise CannotBeDone(ANOTHERS, 403, back)
    return person
