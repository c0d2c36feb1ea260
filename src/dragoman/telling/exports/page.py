"""html: the chronology as one page that needs nothing else, for a reader's screen and for paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from dragoman.telling.exports.chronicle import chapters, footnote
from dragoman.telling.exports.table import Facts
from dragoman.telling.interface import interface

if TYPE_CHECKING:
    from jinja2 import Template


def as_html(facts: Facts, remark: str) -> Iterator[bytes]:
    """The page, UTF-8. Its own policy lets nothing in but its one style; what articles say is escaped."""
    from markupsafe import Markup

    face = interface(facts.language)
    style = _asset("chronicle.css")
    told = []
    number = 0
    for chapter in chapters(facts):
        lines = []
        for line in chapter.lines:
            number += 1
            lines.append((number, line, footnote(line, face)))
        told.append((chapter, lines))
    yield from (
        piece.encode()
        for piece in _template().generate(
            language=face.language,
            say=face.say,
            style=Markup(style),
            style_hash="sha256-" + b64encode(sha256(style.encode()).digest()).decode(),
            chapters=told,
            remark=remark,
        )
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string(_asset("chronicle.html"))


def _asset(name: str) -> str:
    return files("dragoman.telling").joinpath("templates", name).read_text(encoding="utf-8")
