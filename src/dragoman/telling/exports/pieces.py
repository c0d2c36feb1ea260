"""JSON written piece by piece, and words that may stand in XML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

Record = dict[str, Any]


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


def for_xml(words: str) -> str:
    """Words without what XML has no place for: control characters, half pairs, two that are no characters."""
    return "".join(c for c in words if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
