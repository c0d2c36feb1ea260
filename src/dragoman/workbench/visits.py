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
from dragoman.workbench.attempts import Attempts
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
    """Who is in. `alone`: who asks where no people are named for the case; `attempts`: the wrong keys of late."""

    def __init__(self, guard: Guard, team: Team, alone: Person, attempts: Attempts | None = None) -> None:
        self.attempts = attempts or Attempts()
        self.guard = guard
        self.team = team
        self.alone = alone
        self._held: OrderedDict[str, _Visit] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, request: Request) -> Response | None:
        """The answer to a request that may not pass; None where it may, and `rights.person_of` tells who asks."""
        try:
            named = self.team.is_named()
            if named and _key_sent(request) and (wait := self.wait(request)):
                return ask_for_key(request, 429, wait=wait)
            person, secret = self._who(request) if named else (self.alone, "")
        except CaseError as error:
            _log.error("%s", error)
            return PlainTextResponse(UNREAD, 503)
        if not named and (kept_out := self._locked(request)):
            return kept_out
        request.scope["dragoman.person"], request.scope["dragoman.visit"] = person, secret
        if person is None:
            return None if request.url.path.startswith(OPEN) else ask_for_key(request)
        act = act_at(request.method, request.url.path)
        return None if may(person, act) else refuse(request, 403, REFUSED[act])

    def _locked(self, request: Request) -> Response | None:
        """`Guard.locked`, with the wrong keys counted that addresses carry."""
        given = "key" in request.query_params and self.guard.key is not None
        if given and (wait := self.wait(request)):
            told = f"Too many wrong keys. Try again in {wait} seconds."
            return PlainTextResponse(told, 429, {"Retry-After": str(wait)})
        kept_out = self.guard.locked(request)
        if given and kept_out and kept_out.status_code == 403:
            self.attempts.wrong(_address_of(request), self._asked_by(request))
        return kept_out

    def wait(self, request: Request) -> int:
        """Seconds until a key that comes with a request like this is tried; 0 where it is tried at once."""
        return self.attempts.wait(_address_of(request), self._asked_by(request))

    def begin(self, key: str, request: Request) -> str | None:
        """Let in whose key this is. Returns what their browser keeps; None where it is nobody's, which is counted.

        Raises:
            CaseError: the people cannot be read.
        """
        member = self._tried(key, request)
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
        key = _key_sent(request)
        if key and (member := self._tried(key, request)):
            return self._person(member), key
        secret = kept("visit", request)
        member = self._visitor(secret) if secret else None
        return (self._person(member), secret or "") if member else (None, "")

    def _tried(self, key: str, request: Request) -> Member | None:
        """Whose key this is; a wrong one is counted, where it comes from and for the name that was asked."""
        member, address = self.team.owner_of(key), _address_of(request)
        if member:
            self.attempts.right(address)
        else:
            self.attempts.wrong(address, self._asked_by(request))
        return member

    def _asked_by(self, request: Request) -> str:
        """The name that the server is asked by: one of few, since it answers to no others."""
        return request.headers.get("host", "").lower()

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


def _key_sent(request: Request) -> str:
    """The key in a request's header, or ""."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def _address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def _name_of(secret: str) -> str:
    """What a visit is found by: nothing that is compared letter by letter with what a stranger sends."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def ask_for_key(
    request: Request, status: int = 401, why: str = "", back: str | None = None, wait: int = 0
) -> Response:
    """The page that asks for a key, or what a program is told in its place; `wait`: seconds until one is tried."""
    head = {"WWW-Authenticate": 'Bearer realm="dragoman"'} if status == 401 else {}
    if wait:
        head["Retry-After"] = str(wait)
    if wait and request.url.path.startswith("/api/"):
        return JSONResponse({"detail": f"Too many wrong keys. Try again in {wait} seconds."}, status, head)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": "Give your key in a header: Authorization: Bearer KEY"}, status, head)
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if back is None:
        back = asked if request.method in SAFE and request.url.path != "/login" else "/"
    page: Response = request.app.state.show.page(
        request, "login.html", status=status, why=why, back=local(back), wait=wait
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
    if wait := visits.wait(request):
        return ask_for_key(request, 429, back=back, wait=wait)
    secret = visits.begin(key.strip(), request)
    if secret is None:
        _log.warning("a wrong key was given from %s", _address_of(request) or "somewhere")
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
