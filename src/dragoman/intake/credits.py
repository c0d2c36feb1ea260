"""Who wrote a text and from where: the dateline and the agency's credit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from babel import Locale

from dragoman.intake.days import find_days, is_month
from dragoman.intake.wording import fold, label, wire_forms, words_of
from dragoman.languages import SUPPORTED, load

_HEAD, _FOOT = 600, 250
_LINES = 4
_PARAGRAPH = 40
"""Fewest characters of a line that a dateline without an agency may open."""
_PLACE = r"(?P<place>[^\W\d_][^\n():;.!?,–—/]{1,40}?)"
_BRACKETED = re.compile(r"^\(([^()\n]{2,40})\)")
_SIGNED = re.compile(
    rf"^{_PLACE}(?P<between>(?:,\s?[^\n()–—/]{{2,40}}?)?)\s?\.?\s?"
    r"(?:\(\s?(?P<wire>[^()\n]{2,40})\)|/(?P<slash>[^/\n]{2,30})/\.?)\s{0,2}(?P<dash>[-–—_.]{0,3})"
)
_DASHED = re.compile(
    rf"^{_PLACE}(?P<day>,\s[^\n()–—-]{{2,30}}?)?\s(?P<dash>[-–—]{{1,2}})\s?(?P<wire>[^\n.–—-]{{2,30}})?"
)
_DAYED = re.compile(
    rf"^{_PLACE},\s(?:(?P<d1>\d{{1,2}})\s(?P<m1>[^\W\d_]{{3,12}})|(?P<m2>[^\W\d_]{{3,12}})\.?\s(?P<d2>\d{{1,2}}))"
    r"(?:,?\s\d{4})?\s?(?:\.\s|\s?[–—-]{1,2}\s)"
)
_SIGN = re.compile(r"[^()/\n]{2,60}[(/]\s?([^()/\n]{2,40})[)/]")
_INITIALS = re.compile(r"[^\W\d_]{2,6}")


@dataclass(frozen=True, slots=True)
class Dateline:
    """`LISBON, June 12, 2024 (AP) -`: the place, the agency in brackets, the day where it has its year."""

    place: str | None
    wire: str | None = None
    day: str | None = None


def dateline_of(text: str, language: str = "und") -> Dateline | None:
    """The dateline among the first lines of a text, which keeps it: its place and day are facts."""
    lines = _first_lines(text)
    for line in lines:
        if found := _signed(line, language):
            return found
    paragraphs = [line for line in lines if len(line) > _PARAGRAPH]
    return next(
        (
            found
            for line in paragraphs
            if (found := _bracketed(line) or _dated(line) or _dashed(line, language))
        ),
        None,
    )


def _signed(line: str, language: str) -> Dateline | None:
    """With an agency: a known one, or initials in capitals before a dash."""
    match = _SIGNED.match(line)
    if match is None or not _is_place(match["place"]):
        return None
    signed = (match["wire"] or match["slash"] or "").strip()
    initials = bool(_INITIALS.fullmatch(signed)) and signed.isupper() and bool(match["dash"])
    wire = wire_named(signed) or (signed if initials and match["place"].isupper() else None)
    if wire is None:
        return None
    days = find_days(match["between"], language)
    return Dateline(match["place"].strip(), wire, days[0].day if days else None)


def _bracketed(line: str) -> Dateline | None:
    """`(Lisbon) The crews ...`"""
    match = _BRACKETED.match(line)
    place = match[1].split(",")[0].strip() if match else ""
    return Dateline(place) if place and wire_named(place) is None and _is_place(place) else None


def _dated(line: str) -> Dateline | None:
    """`Lisbon, 13 June.`: a place and a day of the month."""
    match = _DAYED.match(line)
    if match is None or not is_month(match["m1"] or match["m2"]) or not _is_place(match["place"]):
        return None
    return Dateline(match["place"].strip())


def _dashed(line: str, language: str) -> Dateline | None:
    """`LISBON - `: a place in capitals. "VIDEO - " and "EGYPT - " open paragraphs too."""
    match = _DASHED.match(line)
    if match is None or not match["place"].isupper() or not _is_place(match["place"]):
        return None
    wire = wire_named(match["wire"] or "", at_start=True)
    if match["dash"] == "-" and not (match["day"] or wire):
        short = language in SUPPORTED and load(language, "cleaning")["dateline_with_hyphen"]
        if not short or _plain(match["place"]) in _countries():
            return None
    return Dateline(match["place"].strip(), wire)


def is_dateline(line: str) -> bool:
    """True for a line that is a dateline and nothing else: `HAVANA (AP) --`."""
    match = _SIGNED.match(line)
    return (
        match is not None
        and _signed(line, "und") is not None
        and not any(map(str.isalnum, line[match.end() :]))
    )


def _is_place(text: str) -> bool:
    words = text.split()
    if fold(text) in words_of("no_place"):
        return False
    return 0 < len(words) <= 4 and words[0][0].isupper() and words[-1][0].isupper()


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalpha())


@cache
def _countries() -> frozenset[str]:
    """Names of states in the languages that are read, from CLDR."""
    return frozenset(_plain(name) for code in SUPPORTED for name in Locale(code).territories.values())


@cache
def _wire_pattern() -> re.Pattern[str]:
    forms = sorted(wire_forms(), key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)(" + "|".join(map(re.escape, forms)) + r")(?!\w)")


def wire_named(text: str, *, whole: bool = False, at_start: bool = False) -> str | None:
    """The first agency in a short text; `whole`: and nothing else is there."""
    match = _wire_pattern().search(text)
    if match is None or (whole and match[0] != text.strip(" .()")) or (at_start and match.start() > 1):
        return None
    return wire_forms()[match[0]]


def wire_of(
    text: str, dateline: Dateline | None, byline: str | None, outlet: str | None = None
) -> str | None:
    """The agency that a text is credited to: in its dateline, byline or last line. Being quoted is no credit."""
    if byline and (name := wire_named(byline)):
        return name
    if outlet and (name := wire_named(outlet, whole=True)):
        return name
    if dateline and dateline.wire:
        return dateline.wire
    for line in _first_lines(text):
        match = _SIGN.match(line)
        if match and (name := wire_named(match[1], whole=True)):
            return name
    last = text[-_FOOT:].rsplit("\n", 1)[-1].strip()
    for closing in re.findall(r"\(([^()\n]{2,60})\)\W{0,3}$", last):
        if name := wire_named(closing):
            return name
    for line in (*_first_lines(text)[:3], last):
        plain = line.strip(" .()[]–—-©")
        if len(plain) <= 60 and (name := wire_named(label("with_wire").sub("", plain, count=1), whole=True)):
            return name
    return None


def _first_lines(text: str) -> list[str]:
    return [line for line in text[:_HEAD].split("\n") if line][:_LINES]
