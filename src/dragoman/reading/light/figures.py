"""Figures without a parser: a number with the unit, the currency or the counted noun that stands directly behind it.

Nouns, verbs and what CLDR lacks are data (`common/light_figures.yaml`); units and currencies have CLDR's names. A
number of which nothing says what it measures is no figure, nor is one inside a time expression or a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from babel.numbers import get_currency_name
from babel.units import format_unit

from dragoman.languages import words_of
from dragoman.languages.schema.figures import LightFigures
from dragoman.model import FigureMention, Language, Span, TimeMention
from dragoman.reading.light.numbers import Written, find_written
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Syntax, Token
from dragoman.reading.times.words import time_words

_AHEAD = 48
"""Code points behind a number in which its unit or noun stands."""
_BEFORE = 24
"""Code points before a number in which its bound stands."""
_BETWEEN = 2
"""Words that may stand between a number and the noun counted."""
_VERB_REACH = 8
"""Words to either side of a noun among which a verb says what befell those counted."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Forms in lower case. `unit` matches what stands behind a number; `units` says what it is."""

    unit: re.Pattern[str]
    units: dict[str, tuple[str, str]]
    signs: dict[str, str]
    nouns: dict[str, str]
    persons: frozenset[str]
    verbs: dict[str, str]
    ranges: dict[str, str]
    bounds: tuple[tuple[str, str], ...]


def find_light_figures(
    syntax: Syntax, times: tuple[TimeMention, ...], names: Names
) -> tuple[FigureMention, ...]:
    """All figures of a text, in order; they do not overlap."""
    words = _words(syntax.language)
    ends = [t.end for t in times]
    found: list[FigureMention] = []
    before: Written | None = None
    for number in find_written(syntax.text, syntax.language):
        number, before = _joined(syntax.text, before, number, words), number
        k = bisect_right(ends, number.start)
        if (k < len(times) and times[k].start < number.end) or names.within(number.start, number.end):
            continue
        if found and found[-1].end > number.start:
            continue
        figure = _figure(syntax, number, words)
        if figure is not None:
            found.append(figure)
    return tuple(found)


def _joined(text: str, before: Written | None, number: Written, words: _Words) -> Written:
    """The number with the lower one that a word of a range joins to it (*10 bis 20*, *entre 500 y 700*)."""
    if before is None or number.start - before.end > _AHEAD or before.scale > number.scale:
        return number
    between = text[before.end : number.start].strip().lower()
    if between not in words.ranges:
        return number
    opener = words.ranges[between]
    head = text[max(0, before.start - _BEFORE) : before.start].rstrip().lower()
    low = before.value if before.scale > 1 else before.value * number.scale
    if (opener and not head.endswith(opener)) or low >= number.value:
        return number
    return replace(number, start=before.start, low=low)


def _figure(syntax: Syntax, number: Written, words: _Words) -> FigureMention | None:
    text = syntax.text
    behind = words.unit.match(text, number.end, number.end + _AHEAD)
    if behind is not None:
        measure, unit = words.units[" ".join(behind[1].lower().split())]
        return _made(text, number, behind.end(1), measure, unit, None, "light:unit", words)
    sign = words.signs.get(text[number.start - 1 : number.start])
    if sign is not None:
        return _made(text, number, number.end, "money", sign, None, "light:sign", words)
    noun = _noun(syntax, number, words)
    if noun is None:
        return None
    span = Span(noun.start, noun.end)
    counts = words.nouns.get(noun.lemma) or _befallen(syntax, number, noun, words) or "count"
    people = "people" if noun.lemma in words.persons or counts in _PEOPLE else None
    return _made(text, number, noun.end, counts, people, span, "light:noun", words)


_PEOPLE = frozenset(
    ("fatalities", "wounded", "missing", "arrested", "captured", "hostages",
     "refugees", "displaced", "troops", "police", "protesters")
)  # fmt: skip


def _noun(syntax: Syntax, number: Written, words: _Words) -> Token | None:
    """The counted noun: the first known word behind the number, before any mark."""
    for token in syntax.tokens_in(number.end, number.end + _AHEAD)[: _BETWEEN + 1]:
        if token.lemma in words.nouns or token.lemma in words.persons:
            return token
        if not token.text[0].isalpha():
            return None
    return None


def _befallen(syntax: Syntax, number: Written, noun: Token, words: _Words) -> str | None:
    """What the nearest verb form between the same commas says of the people counted."""
    first = syntax.tokens_in(number.start, number.end)[0].i
    behind = _stretch(syntax, range(noun.i + 1, noun.i + 1 + _VERB_REACH), noun.sent)
    before = _stretch(syntax, range(first - 1, first - 1 - _VERB_REACH, -1), noun.sent)
    ways = [(n, words.verbs[w]) for side in (behind, before) for n, w in enumerate(side) if w in words.verbs]
    return min(ways, default=(0, None))[1] if ways else None


def _stretch(syntax: Syntax, places: range, sentence: int) -> Iterator[str]:
    """Words one by one, and each with its follower, up to a comma or the sentence's end."""
    for token in syntax.up_to_comma(places, sentence):
        after = syntax.tokens[token.i + 1].lemma if token.i + 1 < len(syntax.tokens) else ""
        pair = f"{token.lemma} {after}"
        yield pair if pair in _words(syntax.language).verbs else token.lemma


def _made(
    text: str,
    number: Written,
    end: int,
    measure: str,
    unit: str | None,
    counted: Span | None,
    rule: str,
    words: _Words,
) -> FigureMention:
    start, bound = _bound(text, number, words)
    low: float | None = number.value if number.low is None else number.low
    high: float | None = number.value
    if bound in ("MORE_THAN", "EQUAL_OR_MORE"):
        high = None
    elif bound == "EQUAL_OR_LESS":
        low = None
    return FigureMention(
        start=start,
        end=end,
        measure=measure,
        low=low,
        high=high,
        unit=unit,
        approx=bound in ("APPROX", "LESS_THAN"),
        counted=counted,
        rule=rule,
    )


def _bound(text: str, number: Written, words: _Words) -> tuple[int, str]:
    """Where the figure begins with the words that bound it (*mehr als*), and how they do."""
    window = text[max(0, number.start - _BEFORE) : number.start]
    before = window.lower().rstrip(" €$£₴₽₺¥₪")
    for phrase, kind in words.bounds:
        if before.endswith(phrase) and not before[: -len(phrase)][-1:].isalpha():
            return number.start - len(window) + len(before) - len(phrase), kind
    return number.start, ""


# --- words


@cache
def _words(language: Language) -> _Words:
    data = words_of(LightFigures, "common", "light_figures")
    own = data.languages[language]
    units: dict[str, tuple[str, str]] = {"%": ("percent", "%")}
    units |= {form.lower(): ("percent", "%") for form in own.percent}
    units |= {form.lower(): ("money", code) for code, form in _currencies(language, data.currencies)}
    for code, forms in own.money.items():
        units |= {form.lower(): ("money", code) for form in forms}
    units |= {sign: ("money", code) for sign, code in data.signs.items()}
    for unit, (measure, name) in data.units.items():
        units |= {form.lower(): (measure, unit) for form in _unit_names(language, name)}
    longest_first = sorted(units, key=lambda form: (-len(form), form))
    behind = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
    linked = "|".join(re.escape(word) for word in own.linked)
    between = rf"\s{{0,2}}(?:(?:{linked})\s)?" if linked else r"\s{0,2}"
    return _Words(
        unit=re.compile(rf"{between}({behind})(?!\w)", re.IGNORECASE),
        units=units,
        signs=data.signs,
        nouns=_by_form(own.nouns),
        persons=frozenset(word.lower() for word in own.persons),
        verbs=_by_form(own.verbs),
        ranges={word: str(opener or "") for word, opener in own.ranges.items()},
        bounds=_bounds(language),
    )


def _by_form(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {form.lower(): measure for measure, forms in table.items() for form in forms}


def _bounds(language: Language) -> tuple[tuple[str, str], ...]:
    """(words, kind) of the bounds that `times.yaml` has for counts of time, the longest first."""
    table = time_words(language).words.get("ABOUT", {})
    found = [(str(form).lower(), str(kind)) for kind, forms in table.items() for form in forms]
    return tuple(sorted(found, key=lambda one: (-len(one[0]), one[0])))


def _currencies(language: Language, codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    for code in codes:
        yield code, code
        yield from ((code, get_currency_name(code, count, locale=language)) for count in _COUNTS)


def _unit_names(language: Language, unit: str) -> Iterator[str]:
    """The names of a unit in all numbers of its noun, long and short, as CLDR writes them behind a number."""
    for count in _COUNTS:
        yield from _name_in(format_unit(count, unit, "long", locale=language))
        yield from _name_in(format_unit(count, unit, "short", locale=language))


def _name_in(shown: str) -> Iterator[str]:
    """What stands beside the number, where it is a word."""
    name = "".join(c for c in shown if not c.isdecimal()).strip(" ,.٫")
    if name[:1].isalpha() and len(name) > 1:
        yield name


_COUNTS = (1, 2, 3, 5, 11, 100, 1.5)
"""Numbers that between them ask for every form of a noun that CLDR tells apart."""
