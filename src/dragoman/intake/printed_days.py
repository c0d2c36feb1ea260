"""The days that a page prints beside its headline, and those that no calendar has."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import lxml.html
from lxml import etree

from dragoman.intake.date_lines import date_line
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
_TEXT = 400_000
"""Code points of a page's text in which a day is looked for."""


class Vote(NamedTuple):
    """A place that states the day of a page. `weight`: how often such places are right, 0 to 4."""

    day: str
    weight: int
    place: str


def printed_vote(tree: lxml.html.HtmlElement, language: str | None) -> Vote | None:
    """The date line beside the headline: one that says "published" is sure, a bare one is not."""
    code = (language or "und").replace("_", "-").split("-")[0].strip().lower() or "und"
    found = [dated for line in _lines_beside(tree) if (dated := date_line(line, code)) is not None]
    labelled = next((d for d in found if d.kind == "published"), None)
    if labelled is not None:
        return Vote(labelled.day, 3, "the date line beside its headline")
    bare = next((d for d in found if d.kind == ""), None)
    return Vote(bare.day, 2, "the date beside its headline") if bare is not None else None


def _lines_beside(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """Short lines with a digit: after the headline in the page's order, then the few before it."""
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
            yield text
    if headline:
        yield from reversed(before)


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
