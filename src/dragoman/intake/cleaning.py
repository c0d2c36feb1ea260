"""What is taken out of a text, line by line, and why: `raw -> cuts`, with what the cut lines told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.intake.lines import Cut, Line
from dragoman.intake.wording import ends_sentence, fold, line_matcher, stubs

REASONS = {
    "sponsor": "advertisement or sponsor line",
    "menu": "menu or button",
    "related": "link to another article",
    "credit": "image credit",
    "prompt": "prompt to subscribe, follow or comment",
    "rights": "rights notice",
    "byline": "byline",
    "paywall": "paywall stub",
    "headline": "headline printed twice",
    "repeat": "printed twice",
    "link": "bare web address",
    "count": "bare number or sign",
}
"""What the user reads beside each stretch that was taken out."""

_LONG_REPEAT = 60
_HEADLINE_LENGTH = 160
_LISTED_AFTER = 12
_BARE_LINK = re.compile(r"(?:https?://|www\.)\S{3,2000}$")


def furniture(lines: Sequence[Line]) -> Iterator[Cut]:
    """Whole lines that are no part of the article: by their words, or for standing there twice."""
    matcher = line_matcher()
    seen: set[str] = set()
    listed = 0
    for index, line in enumerate(lines):
        reason = matcher.reason(line.text)
        if (
            index == 0
            and reason == "related"
            and not matcher.is_heading_of(line.text, reason)
            and len(lines) > 1
        ):
            # a headline may read like a link ("Watch: ..."); nothing stands above this one
            reason = None
        if reason is None and listed and not ends_sentence(line.text) and len(line.text) <= _HEADLINE_LENGTH:
            listed -= 1
            reason = "related"
        elif reason == "related" and matcher.is_heading_of(line.text, reason):
            listed = _links_after(lines, index + 1)
        elif reason is None:
            listed = 0
        if reason is None:
            reason = _shape(line, seen)
        if reason is not None and reason != "byline":
            yield Cut(line.start, line.end, REASONS[reason])


def _links_after(lines: Sequence[Line], index: int) -> int:
    """How many lines after a heading of links are links: one, or all to the end where none is a sentence."""
    rest = lines[index : index + _LISTED_AFTER + 1]
    if len(rest) <= _LISTED_AFTER and not any(ends_sentence(x.text) for x in rest):
        return _LISTED_AFTER
    return 1 if len(rest) > 1 and ends_sentence(rest[1].text) else 0


def _shape(line: Line, seen: set[str]) -> str | None:
    """Reasons that need no words."""
    if _BARE_LINK.match(line.text):
        return "link"
    if not any(map(str.isalnum, line.text)):
        return "count"
    if len(line.text) >= _LONG_REPEAT:
        key = fold(line.text)
        if key in seen:
            return "repeat"
        seen.add(key)
    return None


@dataclass(frozen=True, slots=True)
class Missing:
    """`share` of the article that is not there, 0 to 1; None where a stub says only that something is."""

    share: float | None
    cuts: tuple[Cut, ...]


def paywall(raw: str) -> Missing:
    """The paywall's sentences, wherever they stand in a line, and the share of the article behind it."""
    share: float | None = None
    cuts: list[Cut] = []
    low = raw.lower()
    for stub in stubs():
        if stub.word not in low:
            continue
        for match in stub.pattern.finditer(raw):
            cuts.append(Cut(match.start(), match.end(), REASONS["paywall"]))
            if stub.kind and share is None:
                share = _share(stub.kind, match[1], match.start())
    return Missing(share, tuple(cuts))


def _share(kind: str, number: str, before: int) -> float | None:
    value = float(number.replace(",", "."))
    if kind == "chars":
        return round(value / (value + before), 4) if value + before else None
    if not 0 <= value <= 100:
        return None
    return round((value if kind == "share" else 100 - value) / 100, 6)
