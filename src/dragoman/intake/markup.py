"""Markup made harmless before a parser sees it: parsers compare each attribute of an element with each other."""

from __future__ import annotations

import re

from dragoman.intake.limits import ATTRIBUTES

_TAG = re.compile(r"<([a-zA-Z][^\s/>=]{0,100}+)(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+>?")
"""A tag as parsers see it: `>` within a quoted value does not end it."""
_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+)")
_NAME = re.compile(r"[^\s/]++")
_RAW_ENDS = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title")
}
"""Elements whose content holds no tags."""
_SHORTEST = 2 * ATTRIBUTES
"""A tag of fewer characters cannot hold too many attributes: each takes a sign and a space."""


def within_bounds(markup: str) -> str:
    """The markup with every element kept, and without the attributes of one that has too many."""
    parts: list[str] = []
    kept = at = 0
    while match := _TAG.search(markup, at):
        at = match.end()
        if _is_overfull(match[0]):
            parts += (markup[kept : match.start()], f"<{match[1]}>")
            kept = at
        if (ends := _RAW_ENDS.get(match[1].lower())) and not match[0].endswith("/>"):
            end = ends.search(markup, at)
            if end is None:
                break
            at = end.start()
    return "".join((*parts, markup[kept:])) if parts else markup


def _is_overfull(tag: str) -> bool:
    return len(tag) >= _SHORTEST and len(_NAME.findall(_VALUE.sub(" ", tag))) > ATTRIBUTES
