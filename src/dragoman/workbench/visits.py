"""Who comes in: by their key, for as long as a visit lasts; and how they leave."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from dragoman.store.errors import CaseError
from dragoman.telling.interface import to_say
from dragoman.workbench.cookies import forget, keep, kept
from dragoman.workbench.permission import Back, Ours
from dragoman.workbench.refusals import refuse
from dragoman.workbench.rights import REFUSED, Person, act_at, may, person_of
from dragoman.workbench.safety import SAFE, Guard, local
from dragoman.workbench.team import Member, Team

router = APIRouter(include_in_schema=False)

IDLE = 12 * 3600
"""Seconds without a request after which a visit ends: a case is kept open all day, and not over night."""

VISITS = 1_000
"""Visits at once; the one that has been silent longest goes first."""

OPEN = ("/login", "/static/")
"""What is answered before it is known who asks: the page that asks for the key, and how it looks."""

NO_SUCH_KEY = to_say("Nobody of this case has this key.")
OTHER_SESSION = to_say("The page was from another session. Give the key again.")

UNREAD = "The people of this case cannot be read, so nobody is let in. Why is written where the workbench was started."

_log = logging.getLogger("dragoman.workbench")


@dataclass(frozen=True, slots=True)
class _Visit:
    name: str
    salt: str
    """That of the key by which they came in: with another key, or another person of the name, the visit ends."""
    seen: float


class Visits:
    """Who is in. `alone`: who asks where no people are named for the case."""

    def __init__(self, guard: Guard, team: Team, alone: Person) -> None:
        self.guard = guard
        self.team = team
        self.alone = alone
        self._held: OrderedDict[str, _Visit] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, request: Request) -> Response | None:
        """The answer to a request that may not pass; None where it may, and `rights.person_of` tells who asks."""
        try:
            named = self.team.is_named()
            person, secret = self._who(request) if named else (self.alone, "")
        except CaseError as error:
            _log.error("%s", error)
            return PlainTextResponse(UNREAD, 503)
        if not named and (kept_out := self.guard.locked(request)):
            return kept_out
        request.scope["dragoman.person"], request.scope["dragoman.visit"] = person, secret
        if person is None:
            return None if request.url.path.startswith(OPEN) else ask_for_key(request)
        act = act_at(request.method, request.url.path)
        return None if may(person, act) else refuse(request, 403, REFUSED[act])

    def begin(self, key: str) -> str | None:
        """Let in whose key this is. Returns what their browser keeps; None where it is nobody's.

        Raises:
            CaseError: the people cannot be read.
        """
        member = self.team.owner_of(key)
        if member is None:
            return None
        secret = secrets.token_urlsafe(24)
        with self._lock:
            self._held[_name_of(secret)] = _Visit(member.name, member.salt, time.monotonic())
            while len(self._held) > VISITS:
                self._held.popitem(last=False)
        return secret

    def end(self, secret: str | None) -> None:
        """End a visit."""
        with self._lock:
            self._held.pop(_name_of(secret or ""), None)

    def _who(self, request: Request) -> tuple[Person | None, str]:
        """Who asks, by the visit that their browser keeps or by a key in a header, as programs send it; and that
        secret."""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and (member := self.team.owner_of(key.strip())):
            return self._person(member), key.strip()
        secret = kept("visit", request)
        member = self._visitor(secret) if secret else None
        return (self._person(member), secret or "") if member else (None, "")

    def _person(self, member: Member) -> Person:
        """The member; a reader to everybody where the case can only be looked at."""
        return Person(member.name, "reader" if self.guard.read_only else member.role)

    def _visitor(self, secret: str) -> Member | None:
        name, now = _name_of(secret), time.monotonic()
        members = self.team.members()
        with self._lock:
            visit = self._held.pop(name, None)
            if visit is None or now - visit.seen > IDLE:
                return None
            member = next((m for m in members if (m.name, m.salt) == (visit.name, visit.salt)), None)
            if member is not None:
                self._held[name] = replace(visit, seen=now)
            return member


def _name_of(secret: str) -> str:
    """What a visit is found by: nothing that is compared letter by letter with what a stranger sends."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def ask_for_key(request: Request, status: int = 401, why: str = "", back: str | None = None) -> Response:
    """The page that asks for a key, or what a program is told in its place."""
    head = {"WWW-Authenticate": 'Bearer realm="dragoman"'} if status == 401 else {}
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": "Give your key in a header: Authorization: Bearer KEY"}, status, head)
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if back is None:
        back = asked if request.method in SAFE and request.url.path != "/login" else "/"
    page: Response = request.app.state.show.page(
        request, "login.html", status=status, why=why, back=local(back)
    )
    page.headers.update(head)
    return page


@router.get("/login")
def login_page(request: Request) -> Response:
    """The page that asks for a key; who is in already goes on."""
    return RedirectResponse("/", 303) if person_of(request) else ask_for_key(request, 200)


@router.post("/login")
def login(
    request: Request,
    key: Annotated[str, Form(max_length=200)] = "",
    token: Annotated[str, Form(max_length=200)] = "",
    back: Back = "/",
) -> Response:
    """Let in who gives a key, and go where they wanted to."""
    visits: Visits = request.app.state.visits
    if person_of(request):
        return RedirectResponse("/", 303)
    if not visits.guard.is_ours(token, request):
        return ask_for_key(request, 403, OTHER_SESSION, back)
    secret = visits.begin(key.strip())
    if secret is None:
        _log.warning("a wrong key was given from %s", request.client.host if request.client else "somewhere")
        return ask_for_key(request, 403, NO_SUCH_KEY, back)
    answer = RedirectResponse(local(back), 303)
    keep(answer, request, "visit", secret, followed=True)
    return answer


@router.post("/logout", dependencies=[Ours])
def logout(request: Request) -> Response:
    """End the visit."""
    request.app.state.visits.end(kept("visit", request))
    answer = RedirectResponse("/login", 303)
    forget(answer, request, "visit")
    forget(answer, request, "note")
    return answer
