"""The bottom of a text, and the edges of a page's body: dates, outlets' names, lists, readers' comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.intake.cleaning import REASONS
from dragoman.intake.date_lines import DateLine, best_date, date_line, why
from dragoman.intake.found import DayFound
from dragoman.intake.lines import Cut, Line
from dragoman.intake.wording import (
    byline_name,
    comment_openers,
    ends_sentence,
    fold,
    label,
    line_matcher,
    outlet_names,
    page_end_openers,
)

_RUN = 80
"""Most lines below the last sentence that are looked at."""
_LIST = 3
"""Fewest lines in a row without a sentence that are taken for a list below the article."""
_LINE = 160
_ABOVE = 0.5
"""Share of a text that stands above its readers' comments."""
_EDGE = 5
_OPENERS = ("@", "#", "«", "“")
_DATUM = re.compile(r":\s{0,3}\d[\d., ]{0,12}$")
"""A figure after its name ("Injured: 74"), as against an hour."""


@dataclass(frozen=True, slots=True)
class Foot:
    """What the lines below the last sentence say."""

    published: DayFound | None = None
    outlet: str | None = None
    byline: str | None = None
    cuts: tuple[Cut, ...] = ()


def read_foot(lines: Sequence[Line], language: str) -> Foot:
    """The lines below the last sentence. A bare date there is when the text was put up; a run of short
    lines is a list of other articles, and a date among them is theirs.
    """
    comments = _page_end(lines) or _comments(lines)
    lines = [x for x in lines if not comments or x.start < comments[0].start]
    dates: list[DateLine] = []
    cuts: list[Cut] = []
    unexplained: list[Line] = []
    outlet: str | None = None
    byline: str | None = None
    for line in list(reversed(lines[1:]))[:_RUN]:
        dated = date_line(line.text, language)
        named = _outlet(line.text)
        if dated is not None:
            dates.append(dated)
            cuts.append(Cut(line.start, line.end, "date line"))
        elif named is not None:
            outlet = outlet or named
            cuts.append(Cut(line.start, line.end, "outlet's name"))
        elif (reason := line_matcher().reason(line.text)) is not None:
            if reason == "byline":
                byline = byline_name(line.text)
                cuts.append(Cut(line.start, line.end, REASONS["byline"]))
        elif not _runs_on(line.text):
            unexplained.append(line)
        else:
            break
    listed = len(unexplained) >= _LIST
    if listed:
        cuts += [Cut(x.start, x.end, "list below the article") for x in unexplained]
    elif unexplained:
        # a date or name above a line of the article is not at the foot
        last = unexplained[0].start
        cuts = [c for c in cuts if c.start > last]
        dates = dates[: sum(c.reason == "date line" for c in cuts)]
    day = None if listed else best_date(dates)
    return Foot(
        published=DayFound(day.day, why(day, "below")) if day else None,
        outlet=outlet,
        byline=byline,
        cuts=(*cuts, *comments),
    )


def _runs_on(text: str) -> bool:
    """True for a line of the article: a sentence, the words before a quotation, a post, a figure with its name."""
    if len(text) > _LINE or ends_sentence(text):
        return True
    return text.endswith(":") or text.startswith(_OPENERS) or bool(_DATUM.search(text))


def _outlet(text: str) -> str | None:
    """The name on a line that gives the source ("Source: ...") or is an outlet's name and nothing else."""
    folded = fold(text)
    if folded in outlet_names():
        return outlet_names()[folded]
    match = label("origin").match(text)
    if match is None or ":" not in text[: match.end()]:
        return None
    name = text[match.end() :].strip()
    if not name or ends_sentence(name) or len(name.split()) > 6:
        return None
    return outlet_names().get(fold(name), name)


def _page_end(lines: Sequence[Line]) -> list[Cut]:
    """What a page prints under every article: all below a line that opens it, with a paragraph above."""
    paragraph = False
    for index, line in enumerate(lines):
        if paragraph and len(line.text) <= _LINE and page_end_openers().reason(line.text):
            return [Cut(x.start, x.end, "foot of the page") for x in lines[index:]]
        paragraph = paragraph or len(line.text) > _LINE
    return []


def _comments(lines: Sequence[Line]) -> list[Cut]:
    """The readers' comments: all below a line that opens them, in the lower half of a text."""
    size = sum(len(line.text) for line in lines)
    above = 0
    for index, line in enumerate(lines):
        opener = above > _ABOVE * size and index + 2 < len(lines) and comment_openers().reason(line.text)
        if opener and len(line.text) <= 40:
            return [Cut(x.start, x.end, "readers' comment") for x in lines[index:]]
        above += len(line.text)
    return []


def page_edges(lines: Sequence[Line], byline: str | None, language: str) -> list[Cut]:
    """Date lines and bylines among the first and last lines of a page's body; its metadata hold them."""
    cuts: list[Cut] = []
    names = {fold(name) for name in (byline or "").split(",") if name.strip()} | {fold(byline or "")}
    for line in {*lines[:_EDGE], *lines[-_EDGE:]}:
        if date_line(line.text, language) is not None:
            cuts.append(Cut(line.start, line.end, "date line"))
        elif fold(line.text) in names or line_matcher().reason(line.text) == "byline":
            cuts.append(Cut(line.start, line.end, REASONS["byline"]))
    return cuts
