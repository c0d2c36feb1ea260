"""JSON Lines: an article a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from dragoman.intake.days import read_stamp
from dragoman.intake.decode import mended, tidy
from dragoman.intake.found import DayFound, Found
from dragoman.intake.limits import FILE_BYTES, in_mb
from dragoman.intake.pages import fragment_text, read_page
from dragoman.model import SetAside
from dragoman.model.lines import Json

FIELDS = (
    "text",
    "html",
    "title",
    "url",
    "published",
    "date",
    "outlet",
    "source",
    "byline",
    "author",
    "language",
)
"""Fields that are read: `text` or `html` must be there, the others may; all are strings."""

_MARKUP = re.compile(r"</(?:p|div|li|ul|a|b|i|em|strong|span|h[1-6])>|<(?:br|p)\s?/?>", re.IGNORECASE)
_HINT = 'A line is an object such as {"text": "...", "title": "...", "published": "2024-06-12"}.'


def read_json_lines(path: str, source: BinaryIO) -> Iterator[Found | SetAside]:
    """One article or one named fault for each line that is not blank."""
    number = 0
    while line := source.readline(FILE_BYTES + 1):
        number += 1
        name = f"{path}#{number}"
        if len(line) > FILE_BYTES:
            yield SetAside(path=name, reason=f"the line is longer than {in_mb(FILE_BYTES)}")
            while line and not line.endswith(b"\n"):
                line = source.readline(FILE_BYTES)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield _article(name, line)
    if not number:
        yield SetAside(path=path, reason="is empty")


def _article(path: str, line: bytes) -> Found | SetAside:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return SetAside(path=path, reason=f"the line is no JSON: {error}", hint=_HINT)
    if not isinstance(row, dict):
        return SetAside(path=path, reason=f"the line is {_kind(row)}, not an object", hint=_HINT)
    wrong = next((f for f in FIELDS if row.get(f) is not None and not isinstance(row[f], str)), None)
    if wrong is not None:
        return SetAside(path=path, reason=f"its {wrong!r} is {_kind(row[wrong])}, not a string", hint=_HINT)
    given = {f: row.get(f) or None for f in FIELDS}
    if not (given["text"] or given["html"]):
        return SetAside(path=path, reason="has neither 'text' nor 'html', or an empty one", hint=_HINT)
    stamp = given["published"] or given["date"]
    day = read_stamp(stamp)
    if stamp and day is None:
        return SetAside(
            path=path,
            reason=f"its date {stamp[:40]!r} is no day",
            hint="Write days as 2024-06-12, or leave them out.",
        )
    return _found(path, given, day)


def _found(path: str, given: Json, day: str | None) -> Found | SetAside:
    published = DayFound(day, "the data give it") if day else None
    page: Found | None = None
    if not given["text"]:
        read = read_page(path, tidy(given["html"]), given["url"])
        if isinstance(read, SetAside):
            return read
        page = read
    return Found(
        path=path,
        text=page.text if page else _plain(given["text"]),
        source="page" if page else "data",
        title=given["title"] or (page.title if page else None),
        url=given["url"] or (page.url if page else None),
        outlet=given["outlet"] or given["source"] or (page.outlet if page else None),
        byline=given["byline"] or given["author"] or (page.byline if page else None),
        published=published or (page.published if page else None),
        declared_language=given["language"] or (page.declared_language if page else None),
    )


def _plain(text: str) -> str:
    """A text without the markup that some interfaces leave in it."""
    text = mended(text)
    return fragment_text(text) if _MARKUP.search(text) else tidy(text)


def _kind(value: object) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }
    return "null" if value is None else names.get(type(value), "something else")
