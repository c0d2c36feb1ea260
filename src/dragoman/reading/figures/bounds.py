"""Numbers -> quantities: ranges joined, bounds and approximations read, what is no quantity left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.reading.figures.numbers import Number, Shape, digits_at
from dragoman.reading.figures.words import Lexicon, base
from dragoman.reading.syntax import Syntax

_DASHES = "-–—‑−"
_MAX_MODIFIERS = 4


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bounds, before it is known what it counts.

    Attributes:
        start, end: Span of all its words, bounds included.
        first, past: Tokens of the number itself, without bounds before it.
        left: First token of the words before it that belong to it.
        low, high: Bounds; None where open.
        unit: Span of a unit that stood between the ends of a range ("3 km to 5 km"), if any.
        sign: Currency of a sign before the number, if any.
    """

    start: int
    end: int
    first: int
    past: int
    left: int
    low: float | None
    high: float | None
    approx: bool
    shape: Shape
    number: Number
    sign: str | None = None
    ranged: bool = False


def quantities(
    syntax: Syntax, words: list[str], numbers: list[Number], lexicon: Lexicon
) -> Iterator[Quantity]:
    """The numbers as quantities, in order; two that make a range are one."""
    k = 0
    while k < len(numbers):
        number = numbers[k]
        if _is_no_quantity(syntax, words, number, lexicon):
            k += 1
            continue
        joined, used = _range(syntax, words, numbers, k, lexicon)
        k += used
        if joined is not None:
            yield _bounded(syntax, words, joined, lexicon)


def _is_no_quantity(syntax: Syntax, words: list[str], number: Number, lexicon: Lexicon) -> bool:
    """True for numbers that name a thing: `№ 5`, `#1`, `1/8`, `6:10`, `article 5`, `Boeing 737`."""
    text = syntax.text
    before = text[number.start - 1] if number.start else " "
    after = text[number.end : number.end + 1]
    dashed = before in _DASHES and text[max(0, number.start - 2)].isdigit()
    slashed = after in "/:\\" and text[number.end + 1 : number.end + 2].isdigit()
    if before in "#№/\\@_:" or dashed or (after and slashed):
        return True
    if number.first == 0 or number.shape != "digits":
        return False
    previous = syntax.tokens[number.first - 1]
    if previous.text in ("№", "#", "n°") or previous.sent != syntax.tokens[number.first].sent:
        return previous.text in ("№", "#", "n°")
    token = syntax.tokens[number.first]
    follows = words[number.past] if number.past < len(words) else ""
    if base(previous) in lexicon.labels or words[number.first - 1] in lexicon.labels:
        return (
            previous.pos in ("NOUN", "PROPN", "X", "SYM", "DET", "ADJ", "INTJ", "ADV")
            and previous.dep != "case"
        )
    return (
        previous.pos == "PROPN"
        and (
            (token.head == previous.i and token.dep in ("nummod", "appos", "flat", "flat:name", "nmod"))
            or follows in ("", ".", ",", ")", ";", ":")
        )
        and follows != ","
        and token.pos in ("NUM", "PROPN", "ADJ")
    )


# --- ranges ----------------------------------------------------------------------------------------


def _range(
    syntax: Syntax, words: list[str], numbers: list[Number], k: int, lexicon: Lexicon
) -> tuple[Quantity | None, int]:
    """The quantity at number `k`, and how many numbers it took."""
    number = numbers[k]
    if (dashed := _dashed(syntax, words, number, lexicon)) is not None:
        other, used = dashed, 1
        while k + used < len(numbers) and numbers[k + used].start < other.end:
            used += 1
        if number.low is None or other.high is None or not _share_scale(number, other) < other.high:
            return None, used
        return _join(syntax, number, other), used
    if k + 1 < len(numbers):
        other = numbers[k + 1]
        if _is_linked(syntax, words, number, other, lexicon):
            return _join(syntax, number, other), 2
    return _alone(number), 1


def _dashed(syntax: Syntax, words: list[str], number: Number, lexicon: Lexicon) -> Number | None:
    """The second number of `30-40`, `30 – 40`; None where none follows."""
    if number.shape != "digits":
        return None
    text, at = syntax.text, number.end
    while at < number.end + 2 and text[at : at + 1] in (" ", "\u00a0", "%"):
        at += 1
    if text[at : at + 1] not in _DASHES or not text[at : at + 1]:
        return None
    at += 1
    if text[at : at + 1] in (" ", "\u00a0", "$", "€", "£"):
        at += 1
    if not text[at : at + 1].isdigit():
        return None
    spaced = text[number.end] == " "
    if spaced and text[at - 1] != " ":
        return None
    return digits_at(syntax, number.past - 1, at, lexicon)


def _share_scale(number: Number, other: Number) -> float:
    """The lower end of a range, with the scale word that its upper end has (`2 to 3 million`)."""
    low = number.low or 0.0
    if other.scale > 1.0 and number.scale == 1.0 and (number.mantissa or low) < other.mantissa:
        return low * other.scale
    return low


def _is_linked(syntax: Syntax, words: list[str], number: Number, other: Number, lexicon: Lexicon) -> bool:
    """True for `30 to 40`, `between 3 and 5`, `three or four`, `от 3 до 5`."""
    if number.high is None or other.high is None or number.shape == "fraction":
        return False
    between = words[number.past : other.first]
    if not 1 <= len(between) <= 4:
        return False
    link = between[-1]
    between = between[:-1]
    while link in lexicon.unit.signs and between:
        link, between = between[-1], between[:-1]
    while between and between[0] in lexicon.unit.named:
        between = between[1:]
    if between and not (len(between) == 1 and between[0] == ","):
        return False
    if other.high <= _share_scale(number, other):
        return False
    left = number.first
    while left and words[left - 1] in lexicon.unit.signs:
        left -= 1
    left = _skip_left(words, left, lexicon)
    opener = words[left - 1] if left else ""
    joins = lexicon.ranges.open.get(opener)
    if joins is not None:
        if link not in joins:
            return False
        return not _changes(syntax, number, left - 1, lexicon) or opener not in lexicon.ranges.start_of_change
    if link in lexicon.ranges.alternative:
        return other.high <= 3 * _share_scale(number, other)
    return link in lexicon.ranges.join and not _changes(syntax, number, left - 1, lexicon)


def _changes(syntax: Syntax, number: Number, at: int, lexicon: Lexicon) -> bool:
    """True where a word of change rules the number: `rose from 3 to 5` tells two values, no range."""
    token = syntax.tokens[number.first]
    for _ in range(4):
        head = syntax.tokens[token.head]
        if base(head) in lexicon.ranges.change or head.text.lower() in lexicon.ranges.change:
            return True
        if head.i == token.i or head.pos in ("VERB", "AUX"):
            break
        token = head
    return at > 0 and base(syntax.tokens[at - 1]) in lexicon.ranges.change


def _alone(number: Number) -> Quantity:
    return Quantity(
        number.start, number.end, number.first, number.past, number.first,
        number.low, number.high, number.approx, number.shape, number,
    )  # fmt: skip


def _join(syntax: Syntax, number: Number, other: Number) -> Quantity:
    return Quantity(
        number.start, other.end, number.first, other.past, number.first,
        _share_scale(number, other), other.high, number.approx or other.approx, other.shape, other,
        ranged=True,
    )  # fmt: skip


# --- bounds ----------------------------------------------------------------------------------------


def _bounded(syntax: Syntax, words: list[str], quantity: Quantity, lexicon: Lexicon) -> Quantity:
    quantity = _signed(syntax, words, quantity, lexicon)
    at = quantity.left
    for _ in range(_MAX_MODIFIERS):
        stop = _skip_left(words, at, lexicon)
        said = None
        for end in (at, stop):
            said = lexicon.before.ending(words, end)
            if said and not _is_preposition(syntax, quantity, end - said[1], said[1], lexicon):
                break
            said = None
        if said is None:
            break
        kind, length = said
        at = end - length
        quantity = _apply(_singular(words, quantity, lexicon), kind)
        quantity = replace(quantity, left=at, start=min(quantity.start, syntax.tokens[at].start))
    if quantity.ranged:
        left = _skip_left(words, quantity.left, lexicon)
        if left and words[left - 1] in lexicon.ranges.open:
            quantity = replace(quantity, left=left - 1, start=syntax.tokens[left - 1].start)
    if said := lexicon.after.starting(words, quantity.past):
        kind, length = said
        past = quantity.past + length
        quantity = replace(_apply(quantity, kind), past=past, end=syntax.tokens[past - 1].end)
    return quantity


def _singular(words: list[str], quantity: Quantity, lexicon: Lexicon) -> Quantity:
    """After a bound a plural may be a genitive singular: `более тысячи` is over one thousand."""
    alone = quantity.shape == "open" and quantity.number.past - quantity.number.first == 1
    value = lexicon.numbers.genitive.get(words[quantity.number.first]) if alone else None
    if value is None:
        return quantity
    return replace(quantity, low=value, high=value, approx=False, shape="words")


def bound_after(words: list[str], past: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """A bound that follows the noun: `50 people or more`."""
    return lexicon.after.starting(words, past)


def apply_bound(quantity: Quantity, kind: str) -> Quantity:
    return _apply(quantity, kind)


def _apply(quantity: Quantity, kind: str) -> Quantity:
    """The quantity with one more bound. A range keeps the end that the bound leaves open."""
    if kind == "about":
        return replace(quantity, approx=True)
    if quantity.shape == "open":
        return quantity
    if kind == "low":
        return replace(quantity, high=None) if quantity.low is not None else quantity
    return replace(quantity, low=None) if quantity.high is not None and not quantity.ranged else quantity


def _signed(syntax: Syntax, words: list[str], quantity: Quantity, lexicon: Lexicon) -> Quantity:
    """With the currency sign before the number: `$3.5`, `US$ 3.5`."""
    text, start = syntax.text, quantity.start
    match = lexicon.unit.sign_before.search(text[max(0, start - 6) : start])
    if match is None:
        return quantity
    start -= len(text[max(0, start - 6) : start]) - match.start()
    left = quantity.left
    while left and syntax.tokens[left - 1].end > start:
        left -= 1
    sign = lexicon.unit.signs[match[1].lower()]
    quantity = replace(quantity, start=start, left=left, sign=sign)
    return _money_scaled(syntax, words, quantity, lexicon)


def _money_scaled(syntax: Syntax, words: list[str], quantity: Quantity, lexicon: Lexicon) -> Quantity:
    """With a short scale glued to money: the `m` of `£125m`."""
    at = quantity.past
    if at >= len(words) or syntax.tokens[at].start != quantity.end:
        return quantity
    suffix = words[at].rstrip(".")
    factor = lexicon.numbers.money_suffixes.get(suffix)
    if factor is None:
        return quantity
    low = None if quantity.low is None else quantity.low * factor
    high = None if quantity.high is None else quantity.high * factor
    return replace(quantity, low=low, high=high, past=at + 1, end=quantity.end + len(suffix))


def _skip_left(words: list[str], at: int, lexicon: Lexicon) -> int:
    low = max(0, at - 2)
    while at > low and words[at - 1] in lexicon.bounds.skip:
        at -= 1
    return at


def _is_preposition(syntax: Syntax, quantity: Quantity, at: int, length: int, lexicon: Lexicon) -> bool:
    """True where a word like `over`, `about`, `до` is a preposition of its own and no bound."""
    if length > 1:
        return False
    token = syntax.tokens[at]
    word = token.text.lower()
    if word in lexicon.bounds.goals:
        return _changes(syntax, quantity.number, at, lexicon) or quantity.ranged
    bare = quantity.first <= token.head < quantity.past
    return word in lexicon.bounds.prepositional and token.dep == "case" and not bare
