"""Markdown: the marks are taken out, the words stay where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.intake.days import read_stamp
from dragoman.intake.found import DayFound, Found
from dragoman.intake.lines import Cut

_FRONT = re.compile(r"---\n((?:[^\n]{0,1000}\n){0,60}?)---(?:\n|$)")
_FIELD = re.compile(r"([A-Za-z_-]{2,20})\s?:\s{0,3}([^\n]{1,500})")
_LINE_MARK = re.compile(
    r"(?m)^[ \t]{0,8}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?=\S)|(?:[-*_][ \t]?){3,60}$|`{3}[^\n]{0,40}$)"
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^()\n]{0,1000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,400})\]\([^()\n]{0,1000}\)")
_STRESS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])|(?<=[^\s*])(\*{1,3})(?![\w*])|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|`"
)
_HEADING = re.compile(r"(?m)^# {1,3}([^\n]{1,300}?)\s{0,3}#{0,3}$")


def read_markdown(path: str, text: str) -> Found:
    """The text with its marks cut; front matter and the first heading give the fields."""
    cuts: list[Cut] = []
    fields: dict[str, str] = {}
    start = 0
    if front := _FRONT.match(text):
        fields = {m[1].lower(): m[2].strip().strip("\"'") for m in _FIELD.finditer(front[1])}
        cuts.append(Cut(0, front.end(), "front matter of the file"))
        start = front.end()
    cuts += _marks(text, start)
    heading = _HEADING.search(text, start)
    title = fields.get("title") or (heading[1].strip("*_` ") if heading else None)
    day = read_stamp(fields.get("date") or fields.get("published"))
    return Found(
        path=path,
        text=text,
        source="plain",
        title=title or None,
        url=fields.get("url") or fields.get("link"),
        outlet=fields.get("outlet") or fields.get("source") or fields.get("publication"),
        byline=fields.get("author") or fields.get("byline"),
        published=DayFound(day, "the file's front matter gives it") if day else None,
        declared_language=fields.get("lang") or fields.get("language"),
        cuts=tuple(cuts),
    )


def _marks(text: str, start: int) -> Iterator[Cut]:
    for match in _IMAGE.finditer(text, start):
        yield Cut(*match.span(), "image")
    for match in _LINK.finditer(text, start):
        yield Cut(match.start(), match.start(1))
        yield Cut(match.end(1), match.end())
    for pattern in (_LINE_MARK, _STRESS):
        yield from (Cut(*m.span()) for m in pattern.finditer(text, start))
