"""Who may do what with a case: the one place that answers it, for the pages, the JSON interface and the door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Request

from dragoman.telling.deciding import user
from dragoman.telling.interface import to_say
from dragoman.workbench.team import ROLES, Role

Act = Literal["read", "decide", "edit"]
"""`read`: look, search, export. `decide`: judge facts, mark them, add some, take one's own decisions back. `edit`: what
changes the case for everybody: who is one with whom, names, articles, other people's decisions."""

NEEDS: dict[Act, Role] = {"read": "reader", "decide": "analyst", "edit": "editor"}

EDITING = ("join", "split", "rename", "remove")
"""Kinds of decision that change what many facts are about."""

AT: dict[str, Act] = {
    "login": "read",
    "logout": "read",
    "doubtful": "read",
    "decide": "decide",
    "api/decide": "decide",
    "decide-all": "decide",
    "views": "decide",
    "set": "decide",
    "undo": "decide",
    "again": "decide",
    "add-fact": "decide",
    "join-decisions": "edit",
    "add": "edit",
    "seen": "edit",
}
"""What is done by sending a form to an address, whole or by its first part; a form that is not named here is an
editor's. Where more is needed than this, what the form says tells."""

REFUSED: dict[Act, str] = {
    "read": to_say("You are not let in here."),
    "decide": to_say("You may look, search and export here. Ask an analyst or an editor to decide this."),
    "edit": to_say("This changes the case for everybody: ask an editor to do it."),
}

_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. `alone`: the one whose server it is, where no people are named for the case."""

    name: str
    role: Role
    alone: bool = False


def owner(role: Role = "editor") -> Person:
    """Who a server without named people answers to: whoever reaches it, under the name of this computer's user."""
    return Person(user(), role, alone=True)


def may(person: Person | None, act: Act) -> bool:
    """True where this person may do this. Nobody in particular may do nothing."""
    return person is not None and ROLES.index(person.role) >= ROLES.index(NEEDS[act])


def act_of(kind: str) -> Act:
    """What a decision of a kind is."""
    return "edit" if kind in EDITING else "decide"


def refused(person: Person | None, kinds: Iterable[str]) -> Act | None:
    """The first act that decisions of these kinds take and that this person may not do."""
    acts = dict.fromkeys(("decide", *map(act_of, kinds)))
    return next((act for act in acts if not may(person, act)), None)


def act_at(method: str, path: str) -> Act:
    """What a request is, as far as its address tells."""
    if method in _SAFE:
        return "read"
    named = path.removeprefix("/")
    return AT.get(named) or AT.get(named.partition("/")[0], "edit")


def may_undo(person: Person | None, who: str) -> bool:
    """True where this person may take back what `who` decided."""
    own = person is not None and person.name == who
    return may(person, "edit") or (own and may(person, "decide"))


def person_of(request: Request) -> Person | None:
    """Who asks, as the door found out: nothing in a form or an address changes it."""
    found: Any = request.scope.get("dragoman.person")
    return found if isinstance(found, Person) else None
