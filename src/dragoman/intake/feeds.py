"""RSS and Atom: an article an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException

import feedparser
from msgspec.structs import replace

from dragoman.intake.days import read_stamp
from dragoman.intake.decode import NotTextError, declared_charset, decode, tidy
from dragoman.intake.found import DayFound, Found
from dragoman.intake.limits import FEED_BYTES, in_mb
from dragoman.intake.markup import within_bounds
from dragoman.intake.page_facts import squeeze
from dragoman.intake.pages import fragment_text
from dragoman.model import SetAside

_DECLARATION = re.compile(r"^\s{0,50}<\?xml[^>]{0,200}\?>")


def read_feed(path: str, data: bytes) -> Iterator[Found | SetAside]:
    """The entries of a feed, from 1. An entry that gives a summary only is read as that."""
    if len(data) > FEED_BYTES:
        yield SetAside(path=path, reason=f"is larger than {in_mb(FEED_BYTES)}", hint="Split the feed.")
        return
    feed = parsed(data)
    if isinstance(feed, SetAside):
        yield replace(feed, path=path)
        return
    if not feed.entries:
        fault = feed.get("bozo_exception")
        reason = (
            f"is no feed that could be read ({fault})" if fault else "is no RSS or Atom feed, or has no entry"
        )
        yield SetAside(path=path, reason=reason, hint="XML of other kinds is not read.")
        return
    outlet = squeeze(feed.feed.get("title"))
    language = feed.feed.get("language")
    for number, entry in enumerate(feed.entries, start=1):
        yield _entry(f"{path}#{number}", entry, outlet, language)
    if isinstance(fault := feed.get("bozo_exception"), SAXException):
        yield SetAside(
            path=path, reason=f"breaks after entry {len(feed.entries)}: {fault}", hint="Fetch it again."
        )


def parsed(data: bytes) -> Any:
    """feedparser's finding in a feed, or why there is none. It is decoded here: feedparser guesses wrongly.

    It is given a stream: text or bytes it would take for an address or a file's name first.
    """
    try:
        text = decode(data, declared_charset(data))
    except NotTextError as error:
        return SetAside(path="", reason=str(error))
    if "<!ENTITY" in text:
        return SetAside(
            path="",
            reason="declares entities, which feeds do not need and attacks do",
            hint="Remove the DOCTYPE.",
        )
    source = _DECLARATION.sub("", within_bounds(text)).encode("utf-8", "replace")
    return feedparser.parse(
        io.BytesIO(source),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _entry(path: str, entry: Any, outlet: str | None, language: str | None) -> Found | SetAside:
    contents = [part.get("value") or "" for part in entry.get("content", [])] + [entry.get("summary") or ""]
    text = max((fragment_text(c) for c in contents if c.strip()), key=len, default="")
    if not text:
        return SetAside(path=path, reason="the entry has no text", hint="Read the page that it links to.")
    stamp = entry.get("published") or entry.get("created")
    day = read_stamp(stamp, language)
    source = entry.get("source") or {}
    return Found(
        path=path,
        text=text,
        source="feed",
        title=squeeze(tidy(fragment_text(entry.get("title") or ""))),
        url=squeeze(entry.get("link")),
        outlet=squeeze(source.get("title")) or outlet,
        byline=squeeze(entry.get("author")),
        published=DayFound(day, "the feed's entry states it") if day else None,
        declared_language=language,
    )
