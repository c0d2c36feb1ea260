"""Who wrote a text and from where: the agency's credit and the dateline."""

from __future__ import annotations

import re
from functools import cache

from dragoman.intake.wording import fold, label, wire_forms, words_of

_HEAD, _FOOT = 600, 250
_LINES = 4
_PARAGRAPH = 40
_BRACKETED = re.compile(r"^\(([^()\n]{2,40})\)")
_DATED = re.compile(
    r"^(?P<place>[^\W\d_][^\n():;.!?,–—]{1,40}?)(?P<rest>(?:, [^\n()–—]{2,40}?)?\s?\.?)\s?"
    r"(?:\(\s?(?P<wire>[^()\n]{2,40})\)|/(?P<slash>[^/\n]{2,30})/\.?)\s{0,2}[-–—.]{0,3}"
)
_DASHED = re.compile(
    r"^(?P<place>[^\W\d_][^\n():;.!?,–—]{1,40}?)(?P<day>, [^\n()–—-]{2,30}?)?"
    r" (?P<dash>[-–—]{1,2}) ?(?P<wire>[^\n.–—-]{2,30})?"
)


@cache
def _wire_pattern() -> re.Pattern[str]:
    forms = sorted(wire_forms(), key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)(" + "|".join(map(re.escape, forms)) + r")(?!\w)")


def wire_of(text: str, byline: str | None, outlet: str | None = None) -> str | None:
    """The agency that a text is credited to: in its dateline, byline or last line. Being quoted is no credit."""
    if byline and (name := wire_named(byline)):
        return name
    if outlet and (name := wire_named(outlet, whole=True)):
        return name
    head = _first_lines(text)
    for line in head:
        match = _DATED.match(line)
        if match and (name := wire_named(match["wire"] or match["slash"] or "", whole=True)):
            return name
        match = _DASHED.match(line)
        if match and match["wire"] and (name := wire_named(match["wire"], at_start=True)):
            return name
    last = text[-_FOOT:].rsplit("\n", 1)[-1].strip()
    for closing in re.findall(r"\(([^()\n]{2,60})\)\W{0,3}$", last):
        if name := wire_named(closing):
            return name
    for line in (*head[:3], last):
        plain = line.strip(" .()[]–—-©")
        if len(plain) <= 60 and (name := wire_named(label("with_wire").sub("", plain, count=1), whole=True)):
            return name
    return None


def _first_lines(text: str) -> list[str]:
    return [line for line in text[:_HEAD].split("\n") if line][:_LINES]


def wire_named(text: str, *, whole: bool = False, at_start: bool = False) -> str | None:
    """The first agency in a short text; `whole`: and nothing else is there."""
    match = _wire_pattern().search(text)
    if match is None or (whole and match[0] != text.strip(" .()")) or (at_start and match.start() > 1):
        return None
    return wire_forms()[match[0]]


def dateline_of(text: str) -> str | None:
    """The place of a dateline: `(Baku) ...`, `BAKU, June 12 (Reuters) - ...`, `BAKU — ...`."""
    for line in _first_lines(text):
        match = _DATED.match(line)
        if match and wire_named(match["wire"] or match["slash"] or "") and _is_place(match["place"]):
            return match["place"].strip()
    first = next((line for line in _first_lines(text) if len(line) > _PARAGRAPH), "")
    if match := _BRACKETED.match(first):
        place = match[1].split(",")[0].strip()
        return place if wire_named(place) is None and _is_place(place) else None
    match = _DASHED.match(first)
    if match is None or not match["place"].isupper() or not _is_place(match["place"]):
        return None
    # "VIDEO - ..." and "EGYPT - ..." open paragraphs too; a dateline has a long dash or a day
    return match["place"].strip() if match["dash"] != "-" or match["day"] else None


def is_dateline(line: str) -> bool:
    """True for a line that is a dateline and nothing else: `HAVANA (AP) --`."""
    match = _DATED.match(line)
    named = match and wire_named(match["wire"] or match["slash"] or "")
    return match is not None and bool(named) and not any(map(str.isalnum, line[match.end() :]))


def _is_place(text: str) -> bool:
    words = text.split()
    if fold(text) in words_of("no_place"):
        return False
    return 0 < len(words) <= 4 and words[0][0].isupper() and words[-1][0].isupper()
