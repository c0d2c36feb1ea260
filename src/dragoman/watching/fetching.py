"""Fetching one address with due care: robots.txt, conditional requests, time and size bounds, an honest name.

Nothing is fetched unless the user said `--online`. A link of a feed is never followed into this machine or its
network, unless the feed itself is there. That is asked of the name before a request and of the connection after it: a
name may lead elsewhere from one moment to the next.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import getproxies

import httpx
from protego import Protego

from dragoman.intake.limits import FEED_BYTES, in_mb
from dragoman.watching.feeds import is_web, joined

PAGE_BYTES = FEED_BYTES
"""Most bytes of an answer that are taken."""
ROBOTS_BYTES = 512 * 1024
SECONDS = 20.0
"""Seconds that connecting, or any one read, may take."""
IN_ALL = 120.0
"""Seconds that one answer may take in all."""
REDIRECTS = 5
BETWEEN = 2.0
"""Seconds between two requests to one host, unless its robots.txt asks for more, up to `LONGEST_WAIT`."""
LONGEST_WAIT = 60.0
ROBOTS_HOLD = 3600.0
"""Seconds for which a robots.txt is taken to be the same."""


class NotFetched(Exception):
    """Why an address was not fetched, in words for the user; `later`: whether trying again may help."""

    def __init__(self, reason: str, later: bool = False) -> None:
        super().__init__(reason)
        self.later = later


@dataclass(frozen=True, slots=True)
class Answer:
    """What came from an address.

    Attributes:
        url: Where it was found at last, after redirects.
        status: 200, or 304 where nothing changed since the last time.
        reason: The words of the status line.
        headers: In order, as they came.
        body: The bytes as they came, content coding included.
        public: It came from the open net.
    """

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    public: bool = True

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)


class Fetcher:
    """Fetches addresses, one after the other. Close it after use.

    `agent`: how it names itself. `wait`: how to pass the seconds between two requests to one host.
    """

    def __init__(
        self, agent: str, wait: Callable[[float], None] = time.sleep, between: float | None = None
    ) -> None:
        self.agent = agent
        self._wait = wait
        self._between = BETWEEN if between is None else between
        self._robots: dict[str, tuple[float, Protego | None]] = {}
        self._last: dict[str, float] = {}
        self._by_proxy = not getproxies().keys().isdisjoint({"http", "https", "all"})
        """Then the connection tells nothing of where an answer comes from, and the proxy decides what it reaches."""
        self._outside: set[str] = set()
        """Hosts that the user named and that answered from the open net."""
        self._client = httpx.Client(
            headers={"User-Agent": agent, "Accept-Encoding": "identity"},
            timeout=httpx.Timeout(SECONDS),
            follow_redirects=False,
            cookies=None,
        )

    def close(self) -> None:
        self._client.close()

    def fetch(self, url: str, home: str | None = None, known: Mapping[str, str] | None = None) -> Answer:
        """Fetch an address.

        Args:
            url: http or https.
            home: The address that led here; only where it has the same host may `url` lie in a private network.
                None where the user named `url`.
            known: Headers of a conditional request, such as `If-None-Match`.

        Raises:
            NotFetched: with the reason.
        """
        at = url
        for _ in range(REDIRECTS + 1):
            inside = self._check(at, home if home is not None else url)
            self._heed_robots(at, inside)
            answer = self._get(at, known or {}, PAGE_BYTES, inside)
            if home is None and inside and answer.public:
                self._outside.add(urlsplit(at).netloc)
            if answer.status in (301, 302, 303, 307, 308):
                at = joined(at, answer.header("location") or "")
                continue
            if answer.status not in (200, 304):
                later = answer.status in (408, 425, 429) or answer.status >= 500
                raise NotFetched(f"the server answered {answer.status} {answer.reason}".rstrip(), later)
            return answer
        raise NotFetched(f"is redirected more than {REDIRECTS} times")

    def _check(self, url: str, home: str) -> bool:
        """Whether an address may lie in a private network."""
        if not is_web(url):
            raise NotFetched(f"leads to {url[:200]!r}, which is no address of a web page")
        host = urlsplit(url).netloc
        if host == urlsplit(home).netloc and host not in self._outside:
            return True
        if not _is_public(urlsplit(url).hostname or ""):
            raise NotFetched(_PRIVATE)
        return False

    def _heed_robots(self, url: str, inside: bool) -> None:
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        read_at, rules = self._robots.get(root, (-ROBOTS_HOLD, None))
        if time.monotonic() - read_at >= ROBOTS_HOLD:
            rules = self._read_robots(root, inside)
            self._robots[root] = time.monotonic(), rules
        if rules is not None and not rules.can_fetch(url, self.agent):
            raise NotFetched("the site's robots.txt asks programs not to fetch it")

    def _read_robots(self, root: str, inside: bool) -> Protego | None:
        """A site's rules; None where it has none. A site that cannot say them is left alone for now (RFC 9309)."""
        answer = self._get(f"{root}/robots.txt", {}, ROBOTS_BYTES, inside, cut=True)
        if answer.status >= 500:
            raise NotFetched("the site cannot say now what programs may fetch (robots.txt)", later=True)
        if answer.status != 200:
            return None
        return Protego.parse(answer.body.decode("utf-8", "replace"))

    def _get(self, url: str, known: Mapping[str, str], most: int, inside: bool, cut: bool = False) -> Answer:
        self._keep_distance(url)
        began = time.monotonic()
        try:
            with self._client.stream("GET", url, headers=dict(known)) as answer:
                public = self._by_proxy or _is_open(answer)
                if not (public or inside):
                    raise NotFetched(_PRIVATE)
                body = bytearray()
                for piece in answer.iter_raw():
                    body += piece
                    if len(body) > most:
                        if cut:
                            del body[most:]
                            break
                        raise NotFetched(f"is larger than {in_mb(most)}")
                    if time.monotonic() - began > IN_ALL:
                        raise NotFetched(f"did not end within {IN_ALL:.0f} seconds", later=True)
                headers = tuple((key, value) for key, value in answer.headers.multi_items())
                return Answer(url, answer.status_code, answer.reason_phrase, headers, bytes(body), public)
        except httpx.TimeoutException as error:
            raise NotFetched(f"did not answer within {SECONDS:.0f} seconds", later=True) from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise NotFetched(f"could not be reached ({error or type(error).__name__})", later=True) from error

    def _keep_distance(self, url: str) -> None:
        """Wait until the last request to this host is long enough ago."""
        parts = urlsplit(url)
        _, rules = self._robots.get(f"{parts.scheme}://{parts.netloc}", (0.0, None))
        asked = (rules.crawl_delay(self.agent) or 0.0) if rules is not None else 0.0
        due = self._last.get(parts.netloc, -LONGEST_WAIT) + max(
            self._between, min(float(asked), LONGEST_WAIT)
        )
        if (left := due - time.monotonic()) > 0:
            self._wait(left)
        self._last[parts.netloc] = time.monotonic()


_PRIVATE = "leads into a private network, where its feed is not"


def _is_open(answer: httpx.Response) -> bool:
    """True where an answer comes from the open net."""
    stream = answer.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    return peer is not None and _is_global(str(peer[0]))


def _is_global(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_global


def _is_public(host: str) -> bool:
    """True where all addresses of a host are of the open net; a host without one is left to the request."""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        return True
    return all(_is_global(str(where[4][0])) for where in found)
