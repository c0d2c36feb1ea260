"""The door that every request passes: it is checked, counted and answered, whatever happens behind."""

from __future__ import annotations

import logging

from anyio.to_thread import current_default_thread_limiter
from fastapi import Request
from fastapi.responses import PlainTextResponse
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.workbench.refusals import failed
from dragoman.workbench.rights import person_of
from dragoman.workbench.safety import HEADERS, Guard
from dragoman.workbench.visits import Visits

AT_WORK = 6
"""Requests that are worked on at once, each with one connection to the case; others wait for their turn."""

WITHIN = 150
"""Requests that may be within the server, at work, waiting or being sent; more are told to come back."""

BODY = 300 * 1024 * 1024
"""Bytes of a request, at most."""

_log = logging.getLogger("dragoman.workbench")


STRANGERS = 2**16
"""Bytes of a request of whom it is not known who asks."""


class TooLong(HTTPException):
    """A request of more bytes than are taken."""

    def __init__(self, most: int) -> None:
        said = f"{most // 2**20} MB" if most >= 2**20 else f"{most // 2**10} KB"
        super().__init__(413, f"More than {said} are not taken at once.")


class Door:
    """An ASGI middleware: `Guard` and `Visits` before each request, the headers on each answer, and a bound on how many
    there are.

    A request that fails takes no other down: it is logged and answered with a page. One that fails when a part of
    its answer is out has its connection cut, so that no half of a file passes for a whole one.
    """

    def __init__(self, app: ASGIApp, guard: Guard, visits: Visits) -> None:
        self.app = app
        self.guard = guard
        self.visits = visits
        self.within = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        current_default_thread_limiter().total_tokens = AT_WORK
        only_head = scope["method"] == "HEAD"
        if only_head:
            scope = {**scope, "method": "GET", "dragoman.head": True}
        began = False
        taken = 0

        async def within_bounds() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > (most := BODY if person_of(request) else STRANGERS):
                raise TooLong(most)
            return message

        async def out(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = True
                MutableHeaders(scope=message).update(HEADERS)
            elif only_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        request = Request(scope)
        answer = self.guard.answer(request)
        if answer is None and self.within >= WITHIN:
            busy = "The workbench has too much to do at this moment. Try again in a little while."
            answer = PlainTextResponse(busy, 503, {"Retry-After": "3"})
        if answer is not None:
            await answer(scope, receive, out)
            return
        self.within += 1
        try:
            await (self.visits.answer(request) or self.app)(scope, within_bounds, out)
        except Exception as error:
            # The seam between one request and the server: whatever fails behind it is that request's alone.
            if began:
                raise
            _log.exception("%s %s failed", scope["method"], scope["path"])
            await failed(request, error)(scope, receive, out)
        finally:
            self.within -= 1
