"""The days that a page prints beside its headline, and those that no calendar has."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import lxml.html
from lxml import etree

from dragoman.intake.date_lines import DateLine, date_line
from dragoman.intake.days import find_days, iso
from dragoman.intake.page_facts import squeeze

_BLOCKS = (
    "p",
    "div",
    "span",
    "li",
    "time",
    "small",
    "em",
    "i",
    "b",
    "strong",
    "h2",
    "h3",
    "h4",
    "td",
    "section",
    "address",
    "header",
)
_INNER = 8
"""Most elements inside one that is taken for a line."""
_LINE = 160
_AFTER = 40
"""Lines after the headline among which its date is looked for."""
_BEFORE = 10
_IMPOSSIBLE = re.compile(
    r"(?<![\d./-])(?:(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<c>(?:19|20)\d{2}))(?!\d)"
)
_PARTED = re.compile(r"\s[-–—|•·]\s")
_NAMES = 40
"""Most code points of a name before a date."""
_TEXT = 400_000
"""Code points of a page's text in which a day is looked for."""


class Vote(NamedTuple):
    """A place that states the day of a page. `weight`: how often such places are right, 0 to 4."""

    day: str
    weight: int
    place: str


def printed_votes(tree: lxml.html.HtmlElement, language: str | None) -> list[Vote]:
    """The date lines beside the headline, the best first: one that says "published" is sure, a bare one is not."""
    code = (language or "und").replace("_", "-").split("-")[0].strip().lower() or "und"
    found = [
        (dated, below) for line, below in _lines_beside(tree) if (dated := _dated(line, code)) is not None
    ]
    labelled = next((d for d, _ in found if d.kind == "published"), None)
    if labelled is not None:
        return [Vote(labelled.day, 3, "the date line beside its headline")]
    # above the headline stands the day on which the page was saved as often as the article's
    bare = [(d.day, 2 if below else 1) for d, below in found if d.kind == ""]
    return [Vote(day, weight, "the date beside its headline") for day, weight in bare]


def _dated(line: str, language: str) -> DateLine | None:
    """A date line, or one behind the names of who wrote it: `By Ann Lee - Harbour Agency - May 3, 2024`."""
    if (dated := date_line(line, language)) is not None:
        return dated
    *names, last = _PARTED.split(line)
    return date_line(last, language) if names and max(map(len, names)) <= _NAMES else None


def _lines_beside(tree: lxml.html.HtmlElement) -> Iterator[tuple[str, bool]]:
    """Short lines with a digit: after the headline in the page's order, then the few before it; which of these."""
    before: list[str] = []
    after = 0
    headline = False
    for element in tree.iter("h1", *_BLOCKS):
        if element.tag == "h1":
            headline = True
            continue
        if sum(1 for _ in islice(element.iter(), _INNER)) >= _INNER:
            continue
        text = squeeze(element.text_content())
        if text is None or len(text) > _LINE:
            continue
        if not headline:
            before = [*before, text][-_BEFORE:] if any(map(str.isdigit, text)) else before
            continue
        after += 1
        if after > _AFTER:
            break
        if any(map(str.isdigit, text)):
            yield text, True
    if headline:
        yield from ((text, False) for text in reversed(before))


def prints(tree: lxml.html.HtmlElement, language: str | None, day: str) -> bool:
    """True where the page has a whole date of that day, in a stamp or in words."""
    source = etree.tostring(tree, encoding="unicode")[: 4 * _TEXT]
    if day in source or day.replace("-", "/") in source:
        return True
    code = (language or "und").replace("_", "-").split("-")[0].strip().lower() or "und"
    return any(found.day == day for found in find_days(tree.text_content()[:_TEXT], code))


def without_impossible_days(tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """A copy of the page where days that no calendar has are blank, in its text and in its attributes."""
    copied = copy.deepcopy(tree)
    for element in copied.iter(etree.Element):
        for name in ("content", "datetime", "title", "data-date"):
            if value := element.get(name):
                element.set(name, _IMPOSSIBLE.sub(_blank, value))
        if element.text:
            element.text = _IMPOSSIBLE.sub(_blank, element.text)
        if element.tail:
            element.tail = _IMPOSSIBLE.sub(_blank, element.tail)
    return copied


def _blank(match: re.Match[str]) -> str:
    if match["y"]:
        possible = iso(int(match["y"]), int(match["m"]), int(match["d"]))
    else:
        first, second = int(match["a"]), int(match["b"])
        possible = iso(int(match["c"]), second, first) or iso(int(match["c"]), first, second)
    return match[0] if possible else " "
