"""The value of digits, with the separators of English, French and Russian."""

from __future__ import annotations

import re

from dragoman.reading.figures.words import Lexicon

_MOST_DIGITS = 15
_SPACE = "\u0020\u00a0\u202f\u2009"
_DIGITS = re.compile(
    rf"\d{{1,3}}(?:[{_SPACE}]\d{{3}}(?!\d)){{1,5}}(?:[.,]\d{{1,6}}(?!\d))?"
    r"|\d{1,3}(?:,\d{3}(?!\d)){2,5}(?:\.\d{1,6})?"
    r"|\d{1,3}(?:\.\d{3}(?!\d)){2,5}(?:,\d{1,6})?"
    rf"|\d{{1,{_MOST_DIGITS}}}(?:[.,]\d{{1,9}}(?!\d))?"
)
_PLAIN_SPACED = re.compile(r"\d \d")
_WHOLE = re.compile(r"\d+")


def read_digits(text: str, start: int, lexicon: Lexicon) -> tuple[float, int, bool] | None:
    """Value, end, and whether one separator with three digits left it open; None for no number."""
    if start > 1 and text[start - 1] in ".,:/" and text[start - 2].isdigit():
        return None
    match = _DIGITS.match(text, start)
    if match is None:
        return None
    written, end = match[0], match.end()
    if lexicon.decimal == "." and _PLAIN_SPACED.search(written):
        # English does not group by plain spaces: "in 2 000" is left as two numbers.
        match = _WHOLE.match(text, start)
        written, end = (match[0], match.end()) if match else (written, end)
    follows = text[end : end + 2]
    if follows[:1] and (follows[0] in ":/" or follows[0] in ".,") and follows[1:2].isdigit():
        return None
    if follows[:1].isdigit():
        return None
    value, ambiguous = digits_value(written, lexicon.decimal)
    return value, end, ambiguous


def digits_value(written: str, decimal: str) -> tuple[float, bool]:
    """The value of digits, and whether it was ambiguous.

    `12.7` and `12,7` are decimals in every language, `2,000,000` and `2.000.000` are not. One separator
    before three digits groups in the language that groups so, and is open in one whose decimal mark it
    is: read as thousands, with the flag set, since people are not counted in thousandths.
    """
    plain = re.sub(rf"[{_SPACE}]", "", written)
    marks = [c for c in plain if c in ".,"]
    if not marks:
        return float(plain), False
    if len(marks) > 1:
        last = marks[-1]
        if marks.count(last) > 1:
            return float(plain.replace(",", "").replace(".", "")), False
        other = "," if last == "." else "."
        return float(plain.replace(other, "").replace(last, ".")), False
    mark = marks[0]
    whole, part = plain.split(mark)
    if len(part) == 3 and len(whole) <= 3 and whole != "0" and written == plain:
        return float(whole + part), mark == decimal
    return float(f"{whole}.{part}"), False
