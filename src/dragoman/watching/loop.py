"""One look after the other: what appeared in folders and feeds is read into the case."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.intake.limits import FEED_BYTES
from dragoman.model import SetAside
from dragoman.store.errors import CaseError
from dragoman.watching.feeds import addresses_in, is_list, links_of
from dragoman.watching.folders import Folders

if TYPE_CHECKING:
    from dragoman.case import Case, Summary
    from dragoman.watching.fetching import Answer, Fetcher
    from dragoman.watching.keeping import Kept

TRIES = 5
"""Looks in which an address that fails in a way that may pass is tried, before it is set aside."""

AGENT = "Dragoman/{version} (reads news that its user follows; one reader, no crawler)"


@dataclass
class Look:
    """What one look did.

    Attributes:
        fetched: Pages that came.
        faults: (address, why) of what did not come.
        given_up: Those of them that are not tried again; they are set aside in the case.
    """

    read: Summary | None = None
    fetched: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)
    given_up: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.faults and (self.read is None or not (self.read.read or self.read.aside))


class Watch:
    """Folders, files and feeds that are looked at for a case.

    Args:
        case: Open; what appears is read into it, and linked.
        paths: Folders and files; of a list of feeds (`.opml`) the feeds are fetched, if a `fetcher` is given.
        fetcher, kept: None where nothing is to be fetched.
        now: The clock.
    """

    def __init__(
        self,
        case: Case,
        paths: Iterable[Path],
        fetcher: Fetcher | None = None,
        kept: Kept | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        paths = tuple(paths)
        self.case = case
        self.folders = Folders(p for p in paths if not is_list(p))
        self.lists = tuple(p for p in paths if is_list(p))
        self.fetcher = fetcher
        self.kept = kept
        self.now = now

    def look(self, feeds: bool = True) -> Look:
        """Read what appeared since the last look; with `feeds` what they link to as well.

        Raises:
            CaseError: the case could not be written to; what was to be read is read in a later look.
            NoFeeds: a list of feeds cannot be used any more.
        """
        found = Look()
        files = self.folders.look()
        if feeds and self.fetcher is not None and self.kept is not None:
            for address in dict.fromkeys(a for path in self.lists for a in addresses_in(path)):
                self._feed(address, found, self.fetcher, self.kept)
        fetched = self.kept.unread() if self.kept is not None else []
        try:
            if files or fetched:
                found.read = self.case.read([*files, *fetched])
                self.case.link()
            if found.given_up:
                self.case.file.put_aside(SetAside(path=a, reason=why, hint="") for a, why in found.given_up)
        except CaseError:
            self.folders.again(files)
            raise
        if self.kept is not None:
            self.kept.were_read()
        return found

    def _feed(self, address: str, found: Look, fetcher: Fetcher, kept: Kept) -> None:
        """Fetch and keep the pages that a feed links to and that were not seen before."""
        answer = self._fetched(address, None, found, fetcher, kept, kept.seen.feeds.get(address))
        if answer is None or answer.status == 304:
            return
        body = plain(answer)
        links = links_of(body, answer.url) if body is not None else []
        whole = True
        for link in links:
            if link in kept.seen.pages:
                continue
            page = self._fetched(link, address, found, fetcher, kept)
            if page is not None:
                kept.keep(page, self.now())
                kept.seen.pages[link] = self.now().isoformat(timespec="seconds")
                found.fetched += 1
            whole = whole and link in kept.seen.pages
            kept.save()
        # A feed whose pages did not all come is asked for again as a whole.
        kept.seen.feeds[address] = _conditions(answer) if whole else {}
        kept.save()

    def _fetched(
        self,
        url: str,
        home: str | None,
        found: Look,
        fetcher: Fetcher,
        kept: Kept,
        known: dict[str, str] | None = None,
    ) -> Answer | None:
        """An answer, or None with its fault noted; what fails for good, or too often, is not tried again."""
        from dragoman.watching.fetching import NotFetched

        try:
            answer = fetcher.fetch(url, home, known)
        except NotFetched as fault:
            tries = kept.seen.tries[url] = kept.seen.tries.get(url, 0) + 1
            if home is not None and (not fault.later or tries >= TRIES):
                kept.seen.pages[url] = self.now().isoformat(timespec="seconds")
                found.given_up.append((url, str(fault)))
            if tries == 1 or url in kept.seen.pages:
                found.faults.append((url, str(fault)))
            return None
        kept.seen.tries.pop(url, None)
        return answer


def _conditions(answer: Answer) -> dict[str, str]:
    """The headers that ask for a feed only if it has changed; what could not be sent back is left out."""
    asked = {"If-None-Match": answer.header("etag"), "If-Modified-Since": answer.header("last-modified")}
    return {name: value for name, value in asked.items() if value and value.isascii() and value.isprintable()}


def plain(answer: Answer) -> bytes | None:
    """The body without its content coding; None where it is damaged, too large, or coded as was not asked for."""
    coding = (answer.header("content-encoding") or "identity").lower()
    if coding == "identity":
        return answer.body
    if coding not in ("gzip", "x-gzip", "deflate"):
        return None
    try:
        body = zlib.decompressobj(47).decompress(answer.body, FEED_BYTES + 1)
    except zlib.error:
        return None
    return body if len(body) <= FEED_BYTES else None
