"""Lines that say themselves what they are, at the top of a text: "Title: ...", "Source: ...", "Date: ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from dragoman.intake.cleaning import REASONS
from dragoman.intake.date_lines import date_line
from dragoman.intake.found import DayFound
from dragoman.intake.heading import Heading, known_name, web_address
from dragoman.intake.limits import HEAD_LINES
from dragoman.intake.lines import Cut, Line
from dragoman.intake.wording import byline_name, fold
from dragoman.languages import load

_LABELLED = re.compile(r"([^\W\d_][^:：—–]{0,29}?)\s{0,3}[:：—–]\s{0,9}")
_FEWEST = 2
"""One labelled line may be a paragraph that begins with a word and a colon."""
_TELLING = frozenset({"title", "outlet", "published"})
_CUT = {
    "title": "label of the title",
    "outlet": "outlet's name",
    "published": "date line",
    "byline": REASONS["byline"],
    "address": REASONS["link"],
    "other": "line of the header",
    "body": "label of the text",
}


def labelled(line: str) -> tuple[str, str] | None:
    """The kind of a labelled line (`title`, `outlet` ...: `common/headers.yaml`) and what stands behind its label."""
    match = _LABELLED.match(line)
    kind = _kinds().get(fold(match[1])) if match else None
    return (kind, line[match.end() :]) if match and kind else None


def labelled_header(lines: Sequence[Line], language: str) -> tuple[Heading, int]:
    """What the labelled lines at the top say, and how many lines they are: 0 where they are too few to be a header."""
    found: dict[str, Line] = {}
    cuts: list[Cut] = []
    size = 0
    for line in lines[:HEAD_LINES]:
        told = labelled(line.text)
        if told is None and any(map(str.isalnum, line.text)):
            break
        size += 1
        if told is None:
            continue  # a rule above, between or below them, which cleaning takes out
        kind, value = told
        behind = Line(line.end - len(value), line.end, value, line.blank_before)
        kept = kind in ("title", "body") and bool(value) and kind not in found
        cuts.append(Cut(line.start, behind.start if kept else line.end, _CUT[kind]))
        found.setdefault(kind, behind)
        if kind == "body":
            break
    if len(found) < _FEWEST or not _TELLING & set(found):
        return Heading(), 0
    told_of = {kind: line.text for kind, line in found.items() if line.text}
    dated = date_line(told_of.get("published", ""), language)
    return Heading(
        title=found["title"] if "title" in told_of else None,
        outlet=known_name(told_of.get("outlet")),
        byline=byline_name(told_of["byline"]) if "byline" in told_of else None,
        url=web_address(told_of.get("address", "")),
        published=DayFound(dated.day, "the header above the text says it") if dated else None,
        cuts=tuple(cuts),
    ), size


def joined(above: Heading, below: Heading) -> Heading:
    """What the labelled lines say, and where they say nothing, what stands below them."""
    return replace(
        above,
        title=above.title or below.title,
        outlet=above.outlet or below.outlet,
        aggregator=below.aggregator,
        byline=above.byline or below.byline,
        url=above.url or below.url,
        published=above.published or below.published,
        cuts=(*above.cuts, *below.cuts),
    )


@cache
def _kinds() -> dict[str, str]:
    data = load("common", "headers")
    return {fold(word): kind for kind, words in data.items() if kind != "try" for word in words}
