"""Figures: numbers with what they measure, their bounds and their unit.

The way: `numbers` reads digits and number words, `bounds` joins ranges and reads bounds, `counted` finds
the unit or the noun counted, `measures` asks noun, verb and toll word what is measured. A number of which
nothing says what it measures is no figure. Times are none either, except durations that measure a thing.

Bounds: "more than 50" is 50 or more, "up to 50" is 50 or less; "nearly 50", "some 50" are 50, approximate.
So much for each stretch of time has it in its unit (`EUR/hour`, `people/year`).
"dozens", "hundreds", "thousands" are open from twice their value, with "dozens" taken loosely as tens:
20, 200, 2,000 or more, approximate; `in_words` says that nobody wrote these bounds.
A fraction of a whole is a percentage, approximate.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from dragoman.model import FigureMention, Span, TimeMention
from dragoman.reading.figures.adjectives import adjective_figures
from dragoman.reading.figures.bounds import Quantity, apply_bound, bound_after, quantities
from dragoman.reading.figures.counted import Counted, UnitAfter, noun_of, owner_of, unit_of
from dragoman.reading.figures.durations import age_of, in_days, is_measured
from dragoman.reading.figures.measures import measure
from dragoman.reading.figures.numbers import Number, as_decimal, find_numbers
from dragoman.reading.figures.occasions import occasion_words, tell_occasions
from dragoman.reading.figures.rates import rate_after, rate_of_price
from dragoman.reading.figures.taken_up import taken_up
from dragoman.reading.figures.words import Lexicon, base, fold, lexicon
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Syntax

_PAIR = 2
"""A plain count up to this is left out: two of them are nearly always the two already spoken of."""

_CALIBRE = 4
"""Words to either side of millimetres among which one says that they are a calibre."""
_NO_RATE = frozenset({"percent", "speed", "age", "temperature", "magnitude"})

__all__ = ["find_figures", "tell_occasions"]


def find_figures(syntax: Syntax, times: tuple[TimeMention, ...], names: Names) -> tuple[FigureMention, ...]:
    """All figures of a text, in order, without overlap."""
    said = lexicon(syntax.language)
    words = [_word(t.text) for t in syntax.tokens]
    calendar = _Calendar(times)
    numbers = [n for n in find_numbers(syntax, words, said) if not _is_named(n, names)]
    found: list[FigureMention] = []
    bare: list[Quantity] = []
    for quantity in quantities(syntax, words, numbers, said):
        figure = _figure(syntax, words, quantity, calendar, names, said)
        if figure is not None and quantity.shape == "open":
            figure = msgspec.structs.replace(figure, in_words=True)
        if figure is not None and not (found and found[-1].end > figure.start):
            found.append(figure)
        elif figure is None and calendar.at(quantity.number.start, quantity.number.end) is None:
            bare.append(quantity)
    found += taken_up(syntax, bare, found, said)
    found.sort(key=lambda f: f.start)
    found = _told_together(syntax, words, found, said)
    found += adjective_figures(syntax, words, names, said)
    return tuple(sorted(_without_overlap(found), key=lambda f: f.start))


def _told_together(
    syntax: Syntax, words: list[str], figures: list[FigureMention], said: Lexicon
) -> list[FigureMention]:
    """`Six men and one woman died`: people counted right before others share what befell them."""
    told = list(figures)
    for k in range(len(told) - 2, -1, -1):
        here, after = told[k], told[k + 1]
        if here.rule != "figure:people" or after.rule != "figure:verb":
            continue
        between = syntax.tokens_in(here.end, after.start)
        if len(between) == 1 and words[between[0].i] in said.numbers.glue:
            told[k] = msgspec.structs.replace(here, measure=after.measure, unit=after.unit, rule=after.rule)
    return told


def _word(text: str) -> str:
    """A token as word lists have it, without a comma stuck to its digits (`17,`)."""
    word = fold(text)
    return word.rstrip(",") or word if word[0].isdigit() else word


def _without_overlap(figures: list[FigureMention]) -> list[FigureMention]:
    kept: list[FigureMention] = []
    for figure in sorted(figures, key=lambda f: (f.start, -f.end)):
        if not kept or figure.start >= kept[-1].end:
            kept.append(figure)
    return kept


class _Calendar:
    """Where the text speaks of time."""

    def __init__(self, times: tuple[TimeMention, ...]) -> None:
        self.times = sorted(times, key=lambda t: t.start)
        self.starts = [t.start for t in self.times]

    def at(self, start: int, end: int) -> TimeMention | None:
        k = bisect_right(self.starts, start)
        for time in self.times[max(0, k - 1) : k + 1]:
            if time.start < end and start < time.end:
                return time
        return None


def _is_named(number: Number, names: Names) -> bool:
    """True for a number inside a name (`Boeing 737`, `G7`), where the name has letters before it."""
    mention = names.at(number.start)
    return mention is not None and mention.kind == "name" and mention.start < number.start


def _figure(
    syntax: Syntax, words: list[str], quantity: Quantity, calendar: _Calendar, names: Names, said: Lexicon
) -> FigureMention | None:
    unit = unit_of(syntax, quantity, said)
    age_end = age_of(syntax, words, quantity, unit, names, said)
    if age_end is not None:
        return _made(quantity, age_end, "age", "years", "age")
    if _names_a_thing(syntax, words, quantity, unit, said):
        return None
    time = calendar.at(quantity.number.start, quantity.number.end)
    if unit is not None and unit.measure == "duration":
        if (time is None or time.type == "DURATION") and is_measured(syntax, words, quantity, unit, said):
            low, high, name = in_days(quantity.low, quantity.high, unit.unit)
            return FigureMention(
                start=quantity.start, end=unit.end, measure="duration", low=low, high=high, unit=name,
                approx=quantity.approx, rule="figure:duration",
            )  # fmt: skip
        return None
    if time is not None:
        return None
    if quantity.shape == "fraction":
        return _share(syntax, words, quantity, names, said)
    if unit is not None:
        return _with_unit(syntax, quantity, unit, said)
    counted = noun_of(syntax, words, quantity, names, said)
    if _is_lone_one(words, quantity, counted, said):
        return None
    told = measure(syntax, words, quantity, counted, names, said)
    if told is None:
        return None
    kind, rule = told
    if _is_idle(quantity, kind.measure):
        return None
    return _counted(syntax, words, quantity, counted, kind.measure, kind.unit, rule, names, said)


def _is_idle(quantity: Quantity, measured: str) -> bool:
    """True for a count of none, of one, of a pair (`the two leaders`), or of a part (`2.6 points a game`)."""
    value = quantity.low if quantity.low is not None else quantity.high or 0.0
    if measured == "count" and quantity.low == quantity.high and value <= _PAIR:
        return True
    return measured != "magnitude" and (value == 0 or value != int(value))


def _is_lone_one(words: list[str], quantity: Quantity, counted: Counted | None, said: Lexicon) -> bool:
    """True for `one` that counts nothing that matters: `one day`, `one of the`, `one thing`."""
    if quantity.low != 1 or quantity.high != 1 or quantity.shape != "words":
        return False
    if quantity.past < len(words) and words[quantity.past] in said.numbers.links:
        return True
    return counted is None or not any(w in said.lone_one for w in words[counted.head : counted.past])


def _made(quantity: Quantity, end: int, measure: str, unit: str | None, rule: str) -> FigureMention:
    return FigureMention(
        start=quantity.start,
        end=max(end, quantity.end),
        measure=measure,
        low=quantity.low,
        high=quantity.high,
        unit=unit,
        approx=quantity.approx,
        rule=f"figure:{rule}",
    )


def _names_a_thing(
    syntax: Syntax, words: list[str], quantity: Quantity, unit: UnitAfter | None, said: Lexicon
) -> bool:
    """True for a number that is a name: `3G`, `the 3400 block`, `a 357 magnum`, `the 9-11 attacks`, `a 9 mm pistol`."""
    past = quantity.past
    if "".join(syntax.text[quantity.start : quantity.end].split()) in said.fixed:
        return True
    if unit is not None and unit.unit == "mm":
        near = words[max(0, quantity.first - _CALIBRE) : quantity.first]
        near += words[unit.token + 1 : unit.token + _CALIBRE]
        return any(word in said.calibres for word in near)
    if quantity.shape != "digits" or past >= len(words):
        return False
    follows = syntax.tokens[past]
    letter = follows.start == quantity.end and len(follows.text) == 1 and follows.text.isupper()
    return letter or words[past] in said.numbered


def _with_unit(syntax: Syntax, quantity: Quantity, unit: UnitAfter, said: Lexicon) -> FigureMention:
    low, high = quantity.low, quantity.high
    if quantity.number.ambiguous:
        decimal = as_decimal(quantity.number).low
        low, high = (decimal if low is not None else None), (decimal if high is not None else None)
    end, name = max(unit.end, quantity.end), unit.unit
    if unit.measure not in _NO_RATE:
        name, end = _for_each(syntax, name, end, said) or (name, end)
    if unit.measure == "money" and (each := rate_of_price(syntax, quantity.first, said)):
        name = f"{unit.unit}/{each}"
    return FigureMention(
        start=quantity.start, end=end, measure=unit.measure, low=low, high=high,
        unit=name, approx=quantity.approx, rule="figure:unit",
    )  # fmt: skip


def _for_each(syntax: Syntax, unit: str, end: int, said: Lexicon) -> tuple[str, int] | None:
    each = rate_after(syntax, end, said)
    return (f"{unit}/{each[0]}", each[1]) if each else None


def _share(
    syntax: Syntax, words: list[str], quantity: Quantity, names: Names, said: Lexicon
) -> FigureMention:
    counted = noun_of(syntax, words, quantity, names, said)
    span = _span(syntax, counted) if counted else None
    return FigureMention(
        start=quantity.start, end=quantity.end, measure="percent", low=quantity.low, high=quantity.high, unit="%",
        approx=True, counted=span, rule="figure:fraction",
    )  # fmt: skip


def _counted(
    syntax: Syntax,
    words: list[str],
    quantity: Quantity,
    counted: Counted | None,
    measured: str,
    unit: str | None,
    rule: str,
    names: Names,
    said: Lexicon,
) -> FigureMention:
    end, span, owner = quantity.end, None, None
    if counted is not None:
        span = _span(syntax, counted)
        if after := bound_after(words, counted.past, said):
            quantity = apply_bound(quantity, after[0])
        owner = owner_of(syntax, names, quantity.start, span.end, counted.head)
        end = max(end, span.end)
    if unit is not None:
        unit, end = _for_each(syntax, unit, end, said) or (unit, end)
    return FigureMention(
        start=quantity.start,
        end=end,
        measure=measured,
        low=quantity.low,
        high=quantity.high,
        unit=unit,
        approx=quantity.approx,
        counted=span,
        of=owner,
        rule=f"figure:{rule}",
        part=counted is not None and _is_part(syntax, quantity, counted, measured),
    )


def _is_part(syntax: Syntax, quantity: Quantity, counted: Counted, measured: str) -> bool:
    """True for *soldiers* and *miners* among the dead and for *of the dead*, not for *people* or *dead*."""
    words = occasion_words(syntax.language)
    between = fold(syntax.text[quantity.end : syntax.tokens[counted.head].start]).split()
    if any(between[: len(phrase.split())] == phrase.split() for phrase in words.out_of):
        return True
    if counted.kind is not None and counted.kind.measure == measured:
        return False
    return not any(base(t) in words.anyone for t in syntax.tokens[counted.head : counted.past])


def _span(syntax: Syntax, counted: Counted) -> Span:
    first = syntax.tokens[counted.head]
    return (
        Span(first.start, syntax.tokens[counted.past - 1].end)
        if counted.past - 1 >= counted.head
        else Span(first.start, first.end)
    )
