"""Numbers in a text: digits with the separators of the language, number words, and both together.

A number is read from its own words alone; bounds, ranges and what is counted come later.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.reading.figures.digits import read_digits
from dragoman.reading.figures.words import Lexicon, NumberWords
from dragoman.reading.syntax import Syntax

Shape = Literal["digits", "words", "round", "open", "fraction", "adjective"]

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
    read = read_digits(text, token.start, lexicon)
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
    read = read_digits(syntax.text, position, lexicon)
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
    if not any(c.isalnum() for c in rest):
        return number
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
        named = len(word) == 1 and text[number.end].isupper()  # "3G", "4G"
        return number if not named and lexicon.unit.after.match(text, number.end) else None
    if rest[0] in "%°€$£₽":
        return number
    if rest[0] in _DASHES and rest[1:] in lexicon.cardinal_endings:
        return replace(number, end=token_end)
    if rest[0] in _DASHES and len(rest) > 1:
        one_word = rest[1].isalpha() and lexicon.unit.adjectives
        return None if one_word else number
    return None


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
        half = said.halves_after.starting(words, at)
        if half and number.scale == 1.0:
            after = at + half[1]
            if after < len(words) and words[after].rstrip(".") in said.scales and number.low is not None:
                plus = number.low + 0.5
                number = replace(number, low=plus, high=plus, mantissa=plus)
                at = after
                word = words[at].rstrip(".")
        scale = said.scales.get(word) or said.about.get(word) or said.dozens.get(word)
        if scale is None:
            break
        if word in said.about or word in said.dozens:
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
    if word in said.articles and i + 1 < len(words) and words[i + 1] in said.points:
        one = _number(syntax, i, i + 1, 1.0, "words")  # « un virgule deux »
        return _scaled(syntax, words, _with_decimals(syntax, words, one, said), said)
    if word in said.articles:
        return _one_of_scale(syntax, words, i, said)
    if word in said.plurals and word not in said.values:
        return _open(syntax, words, i, i, said)
    if word in said.about and word not in said.values:
        return _number(syntax, i, i + 1, said.about[word], "round", approx=True)
    return _composed(syntax, words, i, lexicon)


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
    if first and syntax.tokens[first - 1].pos == "ADJ":
        return None  # "the first half of"
    at += 1
    follows = words[at] if at < len(words) else ""
    hyphened = at - first == 3 and words[at - 2] == "-"
    if hyphened:
        return _number(syntax, first, at, round(100 * part * over / whole, 2), "fraction", approx=True)
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
    pieces = after.split("-")
    if len(pieces) == 2 and pieces[0] in said.halves and pieces[1] in said.scales:
        return _number(syntax, i, i + 2, said.scales[pieces[1]] / 2, "words")
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
    half = said.halves_after.starting(words, number.past)
    if half is None or number.low is None or number.scale == 1.0:
        return number
    value = number.low + number.scale / 2
    past = number.past + half[1]
    return replace(number, low=value, high=value, past=past, end=syntax.tokens[past - 1].end)


def _composed(syntax: Syntax, words: list[str], i: int, lexicon: Lexicon) -> Number | None:
    """`two hundred and fifty-three`, `quatre-vingt-douze`, `двести тысяч`."""
    said = lexicon.numbers
    sum_ = _Sum()
    at = past = i
    while at < len(words):
        is_joint = words[at] == "-" or words[at] in said.glue
        if is_joint and sum_.taken and at + 1 < len(words):
            if words[at] != "-" and not sum_.may_add(_pieces(words[at + 1])[0], said):
                break
            at += 1
            continue
        after = sum_.plus(_pieces(words[at]), said)
        if after is None:
            break
        sum_, at = after, at + 1
        past = at
    if not sum_.taken:
        return None
    number = _number(syntax, i, past, sum_.total + sum_.current, "words")
    if sum_.scale > 1.0:
        number = replace(number, mantissa=sum_.mantissa, scale=sum_.scale)
        return _and_a_half(syntax, words, number, said)
    number = _with_decimals(syntax, words, number, said)
    return _scaled(syntax, words, number, said)


def _with_decimals(syntax: Syntax, words: list[str], number: Number, said: NumberWords) -> Number:
    """`one point two`, `un virgule deux`: the single figures said after the point."""
    at = number.past
    if at >= len(words) or words[at] not in said.points or number.low is None:
        return number
    at += 1
    figures = ""
    while at < len(words) and (value := said.values.get(words[at])) is not None and value < 10:
        figures += str(int(value))
        at += 1
    if not figures:
        return number
    value = float(f"{int(number.low)}.{figures}")
    return replace(number, low=value, high=value, mantissa=value, past=at, end=syntax.tokens[at - 1].end)


@dataclass(frozen=True, slots=True)
class _Sum:
    """Number words added up so far.

    `current` is what stands since the last scale word of a thousand or more; a word is added only where
    it is smaller than `place`: after *forty* less than 10, after *three hundred* less than 100.
    """

    total: float = 0.0
    current: float = 0.0
    place: float = math.inf
    mantissa: float = 0.0
    scale: float = 1.0
    taken: bool = False

    def plus(self, pieces: list[str], said: NumberWords) -> _Sum | None:
        """With the words of one token; None where one of them does not fit."""
        after: _Sum | None = self
        for piece in pieces:
            if after is None:
                return None
            if not (piece in said.glue and after.taken):
                after = after._plus_one(piece, said)
        return after

    def _plus_one(self, piece: str, said: NumberWords) -> _Sum | None:
        factor = said.scales.get(piece, 0.0)
        if self.taken and factor == 100:
            fits = 1 <= self.current <= 99
            return replace(self, current=self.current * 100, place=100.0) if fits else None
        if self.taken and factor > 100:
            by = self.current or 1.0
            total = self.total + by * factor
            return replace(self, total=total, current=0.0, place=factor, mantissa=by, scale=factor)
        value = said.values.get(piece, said.added.get(piece) if self.taken else None)
        if value is None and not self.taken and factor >= 100:
            value = factor
        if value is None:
            return None
        if self.taken and self.current == 4 and value == 20:  # quatre-vingts
            return replace(self, current=80.0, place=20.0)
        if not value < self.place:
            return None
        return replace(self, current=self.current + value, taken=True, place=_place(value))

    def may_add(self, piece: str, said: NumberWords) -> bool:
        value = said.values.get(piece, said.added.get(piece))
        return value is not None and value < self.place and (self.current > 0 or self.place > 1)


def _pieces(word: str) -> list[str]:
    return word.split("-") if "-" in word and len(word) > 1 else [word]


def _place(value: float) -> float:
    """What may still be added: less than 100 after 300, less than 10 after 40, nothing after 7."""
    if value >= 100:
        return 100.0
    if value in (20, 60):
        return 20.0
    return 10.0 if value >= 10 and value % 10 == 0 else 1.0
