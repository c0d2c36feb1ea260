"""Lines that are a date and nothing else: above a text, below it, or beside its headline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.intake.days import find_days, find_month
from dragoman.intake.wording import ends_sentence, fold, label, line_matcher, outlet_names

_TIME = re.compile(
    r"\d{1,2}\s?[:hH.]\s?\d{2}(?:\s?:\s?\d{2})?(?:\.\d{1,6})?(?:\s?[ap]\.?\s?m\.?)?", re.IGNORECASE
)
_ZONE = re.compile(r"\b(?:[A-Z]{2,5}|UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?(?![a-z])")
_BARS = re.compile(r"\s?[·•|]\s?")
_GAPS = re.compile(r"\s[-–—]\s(?=[^\W\d])|\s{3,9}")
"""What parts "Published ... - Updated ...". A line without such a label is no date line: lists of articles
give day and reading time so."""
_NEXT_PHRASE = re.compile(r"(?<=[\w.)] )[^\W\d_]")
_WORD_START = re.compile(r"(?<!\w)\w")
_STUCK = re.compile(r"(?<=:\d\d)(?=[^\W\d_]{4})")
"""Between an hour and the label that a lost line break glued to it."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST = 160
_PARTS = (",", "·", "|", "-", "–", "—", ":")
"""What stands between an outlet's name and the month it published in."""
_NAME_WORDS = 6
_WORDS_LEFT, _LETTERS_LEFT = 3, 24
"""What may stand beside the date: a weekday, "at", "updated". More is a sentence."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """`kind`: how the line is labelled (`published`, `updated`, `crawled`), `""` where it is bare, `month` where
    it has a month only; then `day` is that: `"1998-12"`.

    `before`: who is named before the label, as in "By Ann Lee Published 3 May 2024"; `""` for nobody.
    `outlet`: the name before a month, as in "The Harbour Post, May 2024".
    """

    day: str
    kind: str
    before: str = ""
    outlet: str = ""


def month_line(text: str, language: str) -> DateLine | None:
    """The month of a line that is nothing but a month and its year, with the name of who published then.

    Such a name has a capital on each of its longer words, or is an outlet's that is known.
    """
    if len(text) > _LONGEST // 2 or ends_sentence(text):
        return None
    found = find_month(text, language)
    if found is None or any(map(str.isalnum, text[found.end :])):
        return None
    before = text[: found.start]
    for name in ("published", "updated", "crawled"):
        if (match := label(name).match(before)) and match.end() == len(before):
            return DateLine(found.month, "month") if name == "published" else None
    name = before.strip(" ,·|-–—()[]№:")
    words = name.split()
    if not words:
        return DateLine(found.month, "month")
    parted = before.rstrip()[-1:] in _PARTS
    # Russian names of outlets have a capital at their start alone
    capitals = words[:1] if language == "ru" else [word for word in words if len(word) > 3]
    named = words[0][0].isupper() and all(word[0].isupper() for word in capitals)
    if fold(name) in outlet_names() or (parted and named and len(words) <= _NAME_WORDS):
        return DateLine(found.month, "month", outlet=outlet_names().get(fold(name), name))
    return None


def date_line(text: str, language: str) -> DateLine | None:
    """The day of a line that is only a date, with its label, weekday, hour and zone if any.

    A line with two, as "published ... updated ...", gives the day of publication, wherever it stands.
    """
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    kind, rest = "", text
    for name in ("published", "updated", "crawled"):
        if match := label(name).match(text):
            kind, rest = name, text[match.end() :]
            break
    days = find_days(rest, language)
    if not days:
        return None
    if _BARS.search(text):
        return _of_pieces([piece for piece in _BARS.split(text) if piece.strip()], language)
    if _GAPS.search(text):
        parted = _of_pieces([piece for piece in _GAPS.split(text) if piece.strip()], language)
        if parted and parted.kind:
            return parted
    if not kind and (credited := _after_credit(text, language)):
        return credited
    left = rest
    for found in reversed(days):
        left = left[: found.start] + " " + left[found.end :]
    left = _without_labels(left)
    words = _LETTERS.findall(_ZONE.sub(" ", _TIME.sub(" ", left)))
    if len(words) > _WORDS_LEFT or sum(map(len, words)) > _LETTERS_LEFT:
        return _after_credit(text, language)
    return DateLine(days[0].day, kind)


def _without_labels(text: str) -> str:
    """The text without its second label: the "updated on" of "12.06.2024, updated on 13.06.2024"."""
    for match in _WORD_START.finditer(text):
        if found := label("updated").match(text, match.start()):
            return text[: match.start()] + text[found.end() :]
    return text


def _after_credit(text: str, language: str) -> DateLine | None:
    """A date line behind a byline or an agency's name: "By Ann Lee Published 3 May 2024 at 10:30"."""
    for match in _NEXT_PHRASE.finditer(text):
        at = match.start()
        if match[0].isupper() and any(label(name).match(text, at) for name in ("published", "updated")):
            dated = date_line(text[at:], language)
            return DateLine(dated.day, dated.kind, text[:at].strip()) if dated else None
    return None


def _of_pieces(pieces: list[str], language: str) -> DateLine | None:
    """Of a line in parts ("Published ... · 4 min read"): each is a date, an hour, furniture, or a few words."""
    pieces = [part.strip() for piece in pieces for part in _STUCK.split(piece)]
    dates = [date_line(piece, language) for piece in pieces]
    for piece, dated in zip(pieces, dates, strict=True):
        words = _LETTERS.findall(_ZONE.sub(" ", _TIME.sub(" ", piece)))
        if dated is None and line_matcher().reason(piece) is None and len(words) > _WORDS_LEFT:
            return None
    return best_date([dated for dated in dates if dated is not None])


def best_date(lines: list[DateLine]) -> DateLine | None:
    """Of several date lines the one that is labelled as the publication's, else a bare one, else an update's."""
    for kind in ("published", "", "updated", "month"):
        if found := next((d for d in lines if d.kind == kind), None):
            return found
    return None


def why(dated: DateLine, where: str) -> str:
    if dated.kind == "updated":
        return f"a line {where} the text gives it as the day of the last change; no other is printed"
    return f"a date line {where} the text says it"
