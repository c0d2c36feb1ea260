"""Headers of mails: bounded before they are parsed, decoded word by word, raw bytes in them too."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterable
from email._policybase import Compat32
from email.message import Message

from dragoman.intake.decode import NotTextError, decode
from dragoman.intake.limits import HEADER_CHARS, HEADER_WORDS

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\s]{0,2000})\?=")
_BETWEEN = re.compile(r"\s+(?==\?)")
_FOLDED = re.compile(r"[\r\n]+[ \t]?")


class BoundedHeaders(Compat32):
    """The plain policy of `email`, with each header cut to its bound before anything looks into it."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name[:HEADER_CHARS], value[:HEADER_CHARS]


def header(message: Message, name: str, charset: str | None = None) -> str:
    """A header's text, `""` where there is none. `charset`: in which bytes that are not marked are read."""
    wanted = name.lower()
    raw = next((str(v) for k, v in message.raw_items() if k.lower() == wanted), "")
    raw = _FOLDED.sub(" ", raw[:HEADER_CHARS]).strip()
    if not raw.isascii():
        raw = _text(raw.encode("utf-8", "surrogateescape"), charset)
    return _decoded(raw)


def _decoded(raw: str) -> str:
    """The text with its encoded words read; neighbours in one charset share their characters' bytes."""
    parts: list[str] = []
    pending: tuple[str, bytes] | None = None
    at = 0
    for number, match in enumerate(_WORD.finditer(raw)):
        if number >= HEADER_WORDS:
            break
        between = raw[at : match.start()]
        data = _bytes(match[2], match[3])
        if pending and (between.strip() or pending[0] != match[1].lower()):
            parts.append(_text(pending[1], pending[0]))
            pending = None
        if between.strip() or (not parts and pending is None):
            parts.append(between)
        pending = (match[1].lower(), (pending[1] if pending else b"") + data)
        at = match.end()
    if pending:
        parts.append(_text(pending[1], pending[0]))
    return "".join((*parts, raw[at:]))


def _bytes(kind: str, content: str) -> bytes:
    data = content.encode("ascii", "replace")
    if kind in "qQ":
        return quopri.decodestring(data, header=True)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except (binascii.Error, ValueError):
        return b""


def _text(data: bytes, charset: str | None) -> str:
    try:
        return decode(data, (charset or "").partition("*")[0] or None)
    except NotTextError:
        return data.decode("ascii", "replace")


def any_of(message: Message, names: Iterable[str]) -> bool:
    wanted = {name.lower() for name in names}
    return any(name.lower() in wanted for name, _ in message.raw_items())
