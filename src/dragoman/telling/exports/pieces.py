"""Pieces that files are made of: JSON written piece by piece, and words made fit for where they go."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator

from dragoman.model.lines import Record


def json_line(record: Record) -> bytes:
    """One record as a line."""
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def json_list(head: Record, name: str, items: Iterable[Record]) -> Iterator[bytes]:
    """An object with the fields of `head` and, last, a list called `name`, whose items are drawn as it is written."""
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f"{opening},\n {json.dumps(name)}: [".encode()
    first = True
    for item in items:
        yield (b"\n" if first else b",\n") + json.dumps(item, ensure_ascii=False).encode()
        first = False
    yield b"\n]}\n"


_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for, not even escaped (its production `Char`)."""

_FORMULA = frozenset("=+-@\u2212")
"""A cell that begins so, also in full width, is run as a formula by spreadsheet programs."""

NAMING = ("title", "name", "outlet", "aggregator", "wire", "byline")
"""Fields that name a thing, each a line in whatever holds it."""


def one_line(text: str) -> str:
    """Words on one line: any white space or control character between them is one blank."""
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join(text.split())


def named_in_a_line(record: Record) -> Record:
    """A record whose names and titles are a line each, so that none can pass for more in what it is written to."""
    changed: Record = {
        field: line
        for field in NAMING
        if isinstance(held := record.get(field), str) and (line := one_line(held)) != held
    }
    if (forms := record.get("forms")) and (lines := [one_line(form) for form in forms]) != list(forms):
        changed["forms"] = lines
    return {**record, **changed} if changed else record


def xml_text(text: str) -> str:
    """The text without the characters that make a file no XML."""
    return _NO_XML.sub("", text)


def harmless(cell: object) -> object:
    """Words of an article that no spreadsheet will take for a formula: an apostrophe stands before them."""
    if not isinstance(cell, str):
        return cell
    begin = next((c for c in cell if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf")), "")
    risky = cell[:1] in ("\t", "\r") or (begin and unicodedata.normalize("NFKC", begin)[0] in _FORMULA)
    return f"'{cell}" if risky else cell
