"""Lists of feeds (OPML) and what a feed links to."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin, urlsplit

from dragoman.intake.limits import FEED_BYTES, in_mb
from dragoman.model import SetAside

MOST_FEEDS = 1_000
MOST_LINKS = 50
"""Entries of one feed that are followed in one look, the first ones: feeds begin with what is new."""


class NoFeeds(ValueError):
    """A list of feeds that cannot be used; the message says why and what to do."""


def is_list(path: Path) -> bool:
    return path.suffix.lower() == ".opml"


def addresses_in(path: Path) -> tuple[str, ...]:
    """The feeds' addresses in an OPML file, in order, each once.

    Raises:
        NoFeeds: it cannot be read, is no OPML, declares entities, or names no feed.
    """
    from lxml import etree

    try:
        if path.stat().st_size > FEED_BYTES:
            raise NoFeeds(f"{path} is larger than {in_mb(FEED_BYTES)}; split it.")
        data = path.read_bytes()
    except OSError as error:
        raise NoFeeds(f"{path} cannot be read ({error.strerror}).") from error
    if b"<!ENTITY" in data:
        raise NoFeeds(f"{path} declares entities, which lists of feeds do not need; remove its DOCTYPE.")
    try:
        root = etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        )
    except etree.XMLSyntaxError as error:
        raise NoFeeds(f"{path} is no OPML ({error}); export the list again from your feed reader.") from error
    found = dict.fromkeys(
        address
        for outline in root.iter("outline")
        if (address := (outline.get("xmlUrl") or "").strip()) and is_web(address)
    )
    if not found:
        raise NoFeeds(f'{path} names no feed: an <outline> with xmlUrl="https://..." is one.')
    return tuple(found)[:MOST_FEEDS]


def is_web(address: str) -> bool:
    """True for an address that may be fetched: http or https, with a host, without a name and password."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:  # such as a bracket that opens no IPv6 address
        return False


def links_of(feed: bytes, address: str) -> list[str]:
    """Addresses of the pages that a feed's entries link to, in order, each once, at most `MOST_LINKS`."""
    from dragoman.intake.feeds import parsed

    found = parsed(feed)
    if isinstance(found, SetAside):
        return []
    links = (joined(address, (entry.get("link") or "").strip()) for entry in found.entries)
    return list(dict.fromkeys(link.partition("#")[0] for link in links if is_web(link)))[:MOST_LINKS]


def joined(base: str, address: str) -> str:
    """An address as it is meant on a page; what is none stays as it is written."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address
