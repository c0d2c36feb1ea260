"""What keeps a case safe while its pages are served: who may ask, from where, and what a page may do.

The server answers on localhost to requests that name localhost as their host, so no page of another site
reaches it under a name of its own (DNS rebinding). A request that changes something must come from a page
of the workbench: its origin is checked, and it carries the token that only those pages hold. Pages may
run no script and load nothing that the workbench does not serve itself.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

SAFE = {"GET", "HEAD", "OPTIONS"}
LOCAL = {"localhost", "127.0.0.1", "[::1]", "::1", "testserver.localhost"}

Next = Callable[[Request], Awaitable[Response]]


class Guard:
    """Checks every request, and puts the headers on every answer.

    Attributes:
        forms: The token that forms of this server carry; new at each start.
        key: What a user on another machine must give once as `?key=`, or None on localhost.
    """

    def __init__(self, hosts: frozenset[str] = frozenset(LOCAL), key: str | None = None) -> None:
        self.hosts = hosts
        self.key = key
        self.forms = secrets.token_urlsafe(24)

    async def __call__(self, request: Request, call_next: Next) -> Response:
        refusal = self.refusal(request)
        response = refusal or await call_next(request)
        response.headers.update(HEADERS)
        given = request.query_params.get("key")
        if self.key and given and hmac.compare_digest(given, self.key):
            response.set_cookie("key", self.key, httponly=True, samesite="strict")
        return response

    def refusal(self, request: Request) -> Response | None:
        """The answer to a request that may not pass, or None."""
        host = request.headers.get("host", "")
        if _name(host) not in self.hosts:
            return PlainTextResponse(f"This workbench does not answer to the name {host[:80]!r}.", 421)
        if self.key and not self._has_key(request):
            return PlainTextResponse("Open the address with its key, as `dragoman serve` printed it.", 403)
        if request.method in SAFE:
            return None
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return PlainTextResponse("Changes are taken only from the pages of this workbench.", 403)
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return PlainTextResponse("Changes are taken only from the pages of this workbench.", 403)
        return None

    def _has_key(self, request: Request) -> bool:
        given = request.query_params.get("key") or request.cookies.get("key") or ""
        return hmac.compare_digest(given, self.key or "")

    def is_ours(self, token: str | None) -> bool:
        """True where a form carries this server's token."""
        return hmac.compare_digest(token or "", self.forms)


def _name(host: str) -> str:
    if host.startswith("["):
        return host.split("]")[0] + "]"
    return host.rsplit(":", 1)[0] if ":" in host else host
