"""Mailboxes in mbox form: one mail after the other, each under a line that begins with `From `."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from dragoman.intake.budget import Budget, PartReader
from dragoman.intake.found import Found
from dragoman.intake.limits import FILE_BYTES, in_mb
from dragoman.model import SetAside

_ESCAPED = re.compile(rb"(?m)^>(>*From )")


def read_mbox(path: str, source: BinaryIO, budget: Budget, read: PartReader) -> Iterator[Found | SetAside]:
    """The mails of a box, numbered from 1. Only one is held at a time."""
    number = 0
    for number, data in enumerate(_mails(source), start=1):
        name = f"{path}#{number}"
        if data is None:
            yield SetAside(path=name, reason=f"is larger than {in_mb(FILE_BYTES)}")
        else:
            yield from read(name, ".eml", _ESCAPED.sub(rb"\1", data), budget)
    if not number:
        yield SetAside(path=path, reason="holds no mail", hint="A mailbox begins with a line `From ...`.")


def _mails(source: BinaryIO) -> Iterator[bytes | None]:
    """The bytes of each mail; None for one that is too large."""
    lines: list[bytes] = []
    size, begun, blank = 0, False, True
    while line := source.readline(FILE_BYTES):
        if blank and line.startswith(b"From "):
            if begun:
                yield b"".join(lines) if size <= FILE_BYTES else None
            lines, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= FILE_BYTES:
                lines.append(line)
        blank = not line.strip()
    if begun:
        yield b"".join(lines) if size <= FILE_BYTES else None
