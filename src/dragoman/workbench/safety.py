"""What keeps a case safe while its pages are served: who may ask, from where, and what a page may do.

The server answers on localhost to requests that name localhost as their host, so no page of another site
reaches it under a name of its own (DNS rebinding). A request that changes something must come from a page
of the workbench: its origin is checked, and it carries the token that only those pages hold. What another
site's page asks for by itself is refused; a link that a person follows is not. Pages may run no script and
load nothing that the workbench does not serve itself.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from dragoman.telling.interface import interface, language_for, to_say
from dragoman.workbench.cookies import keep, kept

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
ANY = {"0.0.0.0", "::", "[::]", ""}
"""What `--host` says where the server listens on every address of this machine."""

HEAVY = ("/export/", "/api/", "/copy", "/feed.atom")
"""What even a link on another site may not ask for: it is long work, or a file that lands on the disk."""


STILL_TAKEN = frozenset({"/doubtful", "/login", "/logout"})
"""What a read-only workbench takes all the same: it changes no case, only who asks and what their browser keeps."""

ONLY_LOOKING = to_say("This case can only be looked at here: nothing can be added, decided or taken back.")

FED = ("/feed.atom",)
"""What programs fetch that keep no cookie: its address may hold the key each time."""


class Guard:
    """Checks every request.

    Attributes:
        read_only: Whether every act that would change something is refused.
        hosts: The names answered to; with one of `ANY` among them also the address that a request came in by.
        forms: What the tokens are made of that forms of this server carry; new at each start.
        key: What a user on another machine must give once as `?key=`, or None on localhost.
    """

    def __init__(
        self, hosts: frozenset[str] = frozenset(LOCAL), key: str | None = None, read_only: bool = False
    ) -> None:
        self.read_only = read_only
        self.hosts = frozenset(host.lower() for host in hosts)
        self.key = key
        self.forms = secrets.token_urlsafe(24)

    def answer(self, request: Request) -> Response | None:
        """The answer to a request that comes from where none may; None where it may go on to `visits`."""
        host = request.headers.get("host", "")
        if not self._is_ours(_name(host), request):
            return PlainTextResponse(f"This workbench does not answer to the name {host[:80]!r}.", 421)
        if _from_elsewhere(request):
            return PlainTextResponse("Another site's page may not ask this workbench for that.", 403)
        if request.method in SAFE:
            return None
        if self.read_only and request.url.path not in STILL_TAKEN:
            accepted = request.headers.get("accept-language", "")
            return PlainTextResponse(interface(language_for(accepted)).say(ONLY_LOOKING), 403)
        origin = dict(request.scope["headers"]).get(b"origin")
        ours = {f"{scheme}://{host}".encode() for scheme in ("http", "https")}
        site = request.headers.get("sec-fetch-site", "same-origin")
        if (origin is not None and origin not in ours) or site not in ("same-origin", "none"):
            return PlainTextResponse("Changes are taken only from the pages of this workbench.", 403)
        return None

    def _is_ours(self, name: str, request: Request) -> bool:
        if name in self.hosts:
            return True
        if self.hosts.isdisjoint(ANY):
            return False
        # The address at which this machine was reached is its own; a name of another site is no address.
        reached = (request.scope.get("server") or ("", None))[0]
        return _address(name) is not None and _address(name) == _address(reached)

    def locked(self, request: Request) -> Response | None:
        """With a key: what lets in, or keeps out. A right cookie beats a wrong key in the address."""
        if not self.key:
            return None
        given = request.query_params.get("key")
        right = given is not None and same(given, self.key)
        if not right and not same(kept("key", request), self.key):
            return PlainTextResponse("Open the address with its key, as `dragoman serve` printed it.", 403)
        if given is None or request.method not in SAFE or request.url.path in FED:
            return None
        asked = [(k, v) for k, v in request.query_params.multi_items() if k != "key"]
        path = "/" + request.url.path.lstrip("/\\")  # never an address of another machine
        answer = RedirectResponse(path + (f"?{urlencode(asked)}" if asked else ""), 303)
        if right:
            keep(answer, request, "key", str(self.key), followed=True)
        return answer

    def token(self, request: Request) -> str:
        """What a form must carry: that of the server, and of a named person's visit where there is one."""
        visit = request.scope.get("dragoman.visit")
        return hmac.new(self.forms.encode(), visit.encode(), "sha256").hexdigest() if visit else self.forms

    def is_ours(self, token: str | None, request: Request) -> bool:
        """True where a form carries its token."""
        return same(token, self.token(request))


def same(given: str | None, wanted: str | None) -> bool:
    """Compare secrets in a time that tells nothing. Bytes are compared: a given text may hold any letters."""
    return hmac.compare_digest((given or "").encode("utf-8", "replace"), (wanted or "").encode())


def _from_elsewhere(request: Request) -> bool:
    """True for what another site's page asks for by itself: pictures, scripts, frames, fetches, and heavy links."""
    headers = request.headers
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none") or request.method not in SAFE:
        return False
    followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return not followed or request.url.path.startswith(HEAVY)


def _name(host: str) -> str:
    host = host.lower()
    if host.startswith("["):
        return host.split("]")[0] + "]"
    return host.rsplit(":", 1)[0] if ":" in host else host


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(name.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def local(address: str) -> str:
    """An address on this server: anything else leads to the front page."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"
