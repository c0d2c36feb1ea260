"""Pages saved with their whole text: headlines of other articles stand above the article's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.intake.date_lines import date_line
from dragoman.intake.limits import HEAD_LINES
from dragoman.intake.lines import Line

_FEWEST = 8
"""Fewest lines above the headline that are taken for a list."""
_PARAGRAPH = 160
"""From this length on, a line is a paragraph."""
_TEXT = 300
"""Fewest code points of an article below its date."""
_STOPPED = 0.1
"""Most of the lines of a list, as a share, that end in a full stop: headlines do not."""
_BODY = 12
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
_SHARED = 2


def teasers_above(lines: Sequence[Line], language: str) -> int:
    """How many lines at the top are headlines of other articles; 0 where there is no such list.

    The article's own headline is known by the line under it that says when the article was published, with
    at most one paragraph between the two. Above it there is no paragraph, below it the text.
    """
    dated = next((i for i, x in enumerate(lines[:HEAD_LINES]) if _says_published(x.text, language)), 0)
    if dated < _FEWEST or sum(len(x.text) for x in lines[dated + 1 :]) < _TEXT:
        return 0
    title = dated - 2 if _has_standfirst(lines, dated) else dated - 1
    above = [x.text for x in lines[:title]]
    stopped = sum(text.endswith(".") for text in above)
    if any(len(text) > _PARAGRAPH for text in above) or stopped > _STOPPED * len(above):
        return 0
    return title


def _says_published(text: str, language: str) -> bool:
    dated = date_line(text, language)
    return dated is not None and dated.kind == "published"


def _has_standfirst(lines: Sequence[Line], dated: int) -> bool:
    """True where a paragraph stands between the headline and its date, or two lines share the article's words."""
    if len(lines[dated - 1].text) > _PARAGRAPH or lines[dated - 1].text.endswith("."):
        return True
    body = _stems(" ".join(x.text for x in lines[dated + 1 : dated + 1 + _BODY]))
    return len(_stems(lines[dated - 2].text) & body) >= _SHARED


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.casefold())}
