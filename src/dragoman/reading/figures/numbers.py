"""Numbers in a text: digits with the separators of the language, number words, and both together.

A number is read from its own words alone; bounds, ranges and what is counted come later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.reading.figures.words import Lexicon, NumberWords
from dragoman.reading.syntax import Syntax

Shape = Literal["digits", "words", "round", "open", "fraction", "adjective"]

_MOST_DIGITS = 15
_SPACE = "\u0020\u00a0\u202f\u2009"
_DIGITS = re.compile(
    rf"\d{{1,3}}(?:[{_SPACE}]\d{{3}}(?!\d))+(?:[.,]\d{{1,6}}(?!\d))?"
    r"|\d{1,3}(?:,\d{3}(?!\d)){2,}(?:\.\d{1,6})?"
    r"|\d{1,3}(?:\.\d{3}(?!\d)){2,}(?:,\d{1,6})?"
    rf"|\d{{1,{_MOST_DIGITS}}}(?:[.,]\d{{1,9}}(?!\d))?"
)
_PLAIN_SPACED = re.compile(r"\d \d")
_LETTERS = re.compile(r"[^\W\d_]+")
_DASHES = "-–—‑−"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written.

    Attributes:
        start, end: Its span in the text.
        first, past: Its tokens; the last may go on after `end` ("44-day" in one token).
        low, high: Its value; `high` is None for an open number ("hundreds").
        mantissa: The value before the last scale word, for ranges that share it ("2 to 3 million").
        scale: That scale, 1 where there is none.
        ambiguous: True for one group of three digits after the other language's separator ("2.000").
    """

    start: int
    end: int
    first: int
    past: int
    low: float | None
    high: float | None
    approx: bool
    shape: Shape
    mantissa: float = 0.0
    scale: float = 1.0
    ambiguous: bool = False


def find_numbers(syntax: Syntax, words: list[str], lexicon: Lexicon) -> list[Number]:
    """All numbers, in order, without overlap. `words` are the tokens in lower case."""
    found: list[Number] = []
    i = 0
    starts = lexicon.numbers.starts
    while i < len(words):
        word = words[i]
        number = None
        if word[0].isdigit():
            number = _from_digits(syntax, words, i, lexicon)
        elif word in starts or ("-" in word and word.split("-", 1)[0] in starts):
            number = _from_words(syntax, words, i, lexicon)
        if number is None:
            i += 1
        else:
            found.append(number)
            i = max(number.past, i + 1)
    return found


# --- digits ----------------------------------------------------------------------------------------


def _from_digits(syntax: Syntax, words: list[str], i: int, lexicon: Lexicon) -> Number | None:
    text, token = syntax.text, syntax.tokens[i]
    read = _read_digits(text, token.start, lexicon)
    if read is None:
        return None
    value, end, ambiguous = read
    past = _past(syntax, i, end)
    last = syntax.tokens[past - 1]
    number = Number(token.start, end, i, past, value, value, False, "digits", value, 1.0, ambiguous)
    if last.end > end:
        return _glued(text, number, last.end, lexicon)
    return _scaled(syntax, words, number, lexicon.numbers)


def digits_at(syntax: Syntax, i: int, position: int, lexicon: Lexicon) -> Number | None:
    """The digits at a place inside token `i` or a later one (the second half of `30-40`)."""
    read = _read_digits(syntax.text, position, lexicon)
    if read is None:
        return None
    value, end, ambiguous = read
    past = _past(syntax, i, end)
    number = Number(position, end, i, past, value, value, False, "digits", value, 1.0, ambiguous)
    last = syntax.tokens[past - 1]
    if last.end > end:
        return _glued(syntax.text, number, last.end, lexicon)
    words = [t.text.lower() for t in syntax.tokens[past : past + 3]]
    return _scaled(syntax, words, number, lexicon.numbers, offset=past)


def _read_digits(text: str, start: int, lexicon: Lexicon) -> tuple[float, int, bool] | None:
    """Value, end, and whether one separator with three digits left it open; None for no number."""
    if (
        start
        and (text[start - 1] in ".,:/" or text[start - 1] in _DASHES)
        and start > 1
        and text[start - 2].isdigit()
    ):
        if text[start - 1] not in "–—-":
            return None
    match = _DIGITS.match(text, start)
    if match is None:
        return None
    written, end = match[0], match.end()
    if lexicon.decimal == "." and _PLAIN_SPACED.search(written):
        # English does not group by plain spaces: "in 2 000" is left as two numbers.
        match = re.compile(r"\d+").match(text, start)
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


def as_decimal(number: Number) -> Number:
    """An ambiguous number read with its separator as the decimal mark ("2,375 millions")."""
    if not number.ambiguous or number.low is None or number.high is None:
        return number
    share = number.scale / 1000 if number.scale > 1 else 0.001
    value = number.mantissa * share
    return replace(number, low=value, high=value, mantissa=number.mantissa / 1000, ambiguous=False)


def _glued(text: str, number: Number, token_end: int, lexicon: Lexicon) -> Number | None:
    """A number that its token goes on after: `3.5bn`, `11million`, `44-day`, `12km`, `1st`."""
    rest = text[number.end : token_end].lower()
    letters = _LETTERS.match(rest)
    if letters:
        word = letters[0]
        if word in lexicon.ordinals:
            return None
        scale = lexicon.numbers.suffixes.get(word) or lexicon.numbers.scales.get(word)
        if scale is None and lexicon.unit.sign_before.search(text[max(0, number.start - 5) : number.start]):
            scale = lexicon.numbers.money_suffixes.get(word)
        if scale is not None and len(word) == len(rest.rstrip(".")):
            return _times(number, scale, number.end + len(word), number.past)
        return number if lexicon.unit.after.match(text, number.end) else None
    if rest[0] in "%°€$£₽":
        return number
    if rest[0] in _DASHES and len(rest) > 1:
        one_word = rest[1].isalpha() and lexicon.unit.adjectives
        return None if one_word else number
    return number if rest[0] in "+'’)]\"»”" else None


def _past(syntax: Syntax, i: int, end: int) -> int:
    past = i + 1
    while past < len(syntax.tokens) and syntax.tokens[past].start < end:
        past += 1
    return past


def _times(number: Number, scale: float, end: int, past: int) -> Number:
    def by(value: float | None) -> float | None:
        return None if value is None else round(value * scale, 6)

    return replace(
        number, low=by(number.low), high=by(number.high), scale=number.scale * scale, end=end, past=past
    )


def _scaled(syntax: Syntax, words: list[str], number: Number, said: NumberWords, offset: int = 0) -> Number:
    """The number with the scale words after it: `3.5 billion`, `2 тыс.`, `2 centaines`."""
    at = number.past - offset
    while at < len(words):
        word = words[at].rstrip(".")
        half = said.half_after.starting(words, at)
        if half and number.scale == 1.0:
            after = at + half[1]
            if after < len(words) and words[after].rstrip(".") in said.scales and number.low is not None:
                plus = number.low + 0.5
                number = replace(number, low=plus, high=plus, mantissa=plus)
                at = after
                word = words[at].rstrip(".")
        scale = said.scales.get(word) or said.about.get(word)
        if scale is None:
            break
        if word in said.about:
            number = replace(number, approx=True)
        end, past = syntax.tokens[offset + at].end, offset + at + 1
        number = _times(as_decimal(number), scale, end, past)
        at += 1
        if (
            at < len(words)
            and words[at] == "."
            and syntax.tokens[offset + at].start == end
            and word in said.suffixes
        ):
            number = replace(number, end=end + 1, past=number.past + 1)
            at += 1
    return number


# --- words -----------------------------------------------------------------------------------------


def _from_words(syntax: Syntax, words: list[str], i: int, lexicon: Lexicon) -> Number | None:
    said = lexicon.numbers
    word = words[i]
    if word in said.vague:
        return _vague(syntax, words, i, said)
    if fraction := _fraction(syntax, words, i, said):
        return fraction
    if word in said.halves:
        return _half_of_scale(syntax, words, i, said)
    if word in said.articles:
        return _one_of_scale(syntax, words, i, said)
    if word in said.plurals and word not in said.values:
        return _open(syntax, words, i, i, said)
    if word in said.about and word not in said.values:
        return _number(syntax, i, i + 1, said.about[word], "round", approx=True)
    return _composed(syntax, words, i, said)


def _number(
    syntax: Syntax,
    first: int,
    past: int,
    value: float,
    shape: Shape,
    *,
    approx: bool = False,
    open_: bool = False,
) -> Number:
    return Number(
        syntax.tokens[first].start,
        syntax.tokens[past - 1].end,
        first,
        past,
        value,
        None if open_ else value,
        approx,
        shape,
        value,
    )


def _vague(syntax: Syntax, words: list[str], i: int, said: NumberWords) -> Number | None:
    """`several hundred`, `a few dozen`, `quelques milliers`: open from twice the scale."""
    at = i + 1
    while at < len(words) and at < i + 3 and words[at] in said.vague_links:
        at += 1
    if at < len(words) and (words[at] in said.plurals or words[at] in said.scales or words[at] in said.about):
        return _open(syntax, words, i, at, said)
    return None


def _open(syntax: Syntax, words: list[str], first: int, at: int, said: NumberWords) -> Number:
    """`hundreds`, `tens of thousands`: at least twice, with no upper bound."""
    value = 2.0
    while True:
        word = words[at]
        value *= said.plurals.get(word) or said.scales.get(word) or said.about[word]
        at += 1
        step = at
        while step < len(words) and step < at + 2 and words[step] in said.links:
            step += 1
        goes_on = step < len(words) and (words[step] in said.plurals or words[step] in said.scales)
        if not goes_on:
            break
        at = step
    return _number(syntax, first, at, value, "open", approx=True, open_=True)


def _fraction(syntax: Syntax, words: list[str], i: int, said: NumberWords) -> Number | None:
    """`two thirds of`, `half the`, `un tiers des`: a share in percent, taken as round."""
    at, part, first = i, 1.0, i
    if words[at] in said.values or words[at] in said.articles:
        part = said.values.get(words[at], 1.0)
        at += 1
        if at < len(words) and words[at] == "-":
            at += 1
    elif words[at] not in said.halves:
        return None
    if at >= len(words) or words[at] not in said.fractions:
        return None
    over, whole = said.fractions[words[at]]
    at += 1
    follows = words[at] if at < len(words) else ""
    if said.fraction_links and follows not in said.fraction_links:
        return None
    if not said.fraction_links and not (at < len(words) and syntax.tokens[at].morph.get("Case") == "Gen"):
        return None
    if at + 1 < len(words) and follows in said.articles and words[at + 1] in said.scales:
        return None
    return _number(syntax, first, at, round(100 * part * over / whole, 2), "fraction", approx=True)


def _half_of_scale(syntax: Syntax, words: list[str], i: int, said: NumberWords) -> Number | None:
    """`half a million`, `un demi-million`."""
    at = i + 1
    while at < len(words) and at < i + 3 and (words[at] in said.articles or words[at] == "-"):
        at += 1
    if at < len(words) and (scale := said.scales.get(words[at])):
        return _number(syntax, i, at + 1, scale / 2, "words")
    return None


def _one_of_scale(syntax: Syntax, words: list[str], i: int, said: NumberWords) -> Number | None:
    """`a million`, `a dozen`, `une centaine`; `un demi-million`."""
    if i + 1 >= len(words):
        return None
    after = words[i + 1]
    if after in said.vague:
        found = _vague(syntax, words, i + 1, said)
        return replace(found, first=i, start=syntax.tokens[i].start) if found else None
    if after in said.halves:
        found = _half_of_scale(syntax, words, i + 1, said)
        return replace(found, first=i, start=syntax.tokens[i].start) if found else None
    if after in said.about:
        number = _number(syntax, i, i + 2, said.about[after], "round", approx=True)
        step = i + 2
        while step < len(words) and step < i + 4 and words[step] in said.links:
            step += 1
        if step < len(words) and (scale := said.scales.get(words[step]) or said.plurals.get(words[step])):
            return _times(number, scale, syntax.tokens[step].end, step + 1)
        return number
    if after in said.scales:
        number = _number(syntax, i, i + 1, 1.0, "words")
        number = _scaled(syntax, words, number, said)
        return _and_a_half(syntax, words, number, said)
    return None


def _and_a_half(syntax: Syntax, words: list[str], number: Number, said: NumberWords) -> Number:
    half = said.half_after.starting(words, number.past)
    if half is None or number.low is None or number.scale == 1.0:
        return number
    value = number.low + number.scale / 2
    past = number.past + half[1]
    return replace(number, low=value, high=value, past=past, end=syntax.tokens[past - 1].end)


def _composed(syntax: Syntax, words: list[str], i: int, said: NumberWords) -> Number | None:
    """`two hundred and fifty-three`, `quatre-vingt-douze`, `двести тысяч`."""
    total, current, place, past = 0.0, 0.0, float("inf"), i
    mantissa, scale = 0.0, 1.0
    at, taken = i, False
    while at < len(words):
        pieces = _pieces(words[at])
        if all(p in said.glue for p in pieces) and taken and at + 1 < len(words):
            if not _may_add(_pieces(words[at + 1])[0], place, current, said):
                break
            at += 1
            continue
        if words[at] == "-" and taken:
            at += 1
            continue
        accepted = False
        for piece in pieces:
            if piece in said.glue and taken:
                continue
            factor = said.scales.get(piece)
            if taken and factor is not None and factor >= 100:
                if factor == 100:
                    if not 1 <= current <= 99:
                        break
                    current, place = current * 100, 100.0
                else:
                    mantissa, scale = current or 1.0, factor
                    total, current, place = total + (current or 1.0) * factor, 0.0, factor
                accepted = True
                continue
            value = said.values.get(piece, said.added.get(piece) if taken else None)
            if value is None and not taken and factor is not None and factor >= 100:
                value = factor
            if value is None:
                break
            if taken and current == 4 and value == 20:
                current, place, accepted = 80.0, 20.0, True
                continue
            if taken and not value < place:
                break
            current, taken, accepted = current + value, True, True
            place = _place(value)
        if not accepted:
            break
        at += 1
        past = at
    if not taken:
        return None
    value = total + current
    number = _number(syntax, i, past, value, "words")
    if scale > 1.0:
        return _and_a_half(syntax, words, replace(number, mantissa=mantissa, scale=scale), said)
    return _scaled(syntax, words, number, said)


def _pieces(word: str) -> list[str]:
    return word.split("-") if "-" in word and len(word) > 1 else [word]


def _may_add(word: str, place: float, current: float, said: NumberWords) -> bool:
    value = said.values.get(word, said.added.get(word))
    return value is not None and value < place and (current > 0 or place > 1)


def _place(value: float) -> float:
    """What may still be added: less than 100 after 300, less than 10 after 40, nothing after 7."""
    if value >= 100:
        return 100.0
    if value in (20, 60):
        return 20.0
    return 10.0 if value >= 20 and value % 10 == 0 else 1.0
