"""Numbers as a language writes them: CLDR's marks for thousands and decimals, and words where `times.yaml` has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale

from dragoman.languages import words_of
from dragoman.languages.schema.figures import LightFigures
from dragoman.model import Language
from dragoman.reading.times.words import time_words

MOST_DIGITS = 15
_SPACES = " \u00a0\u202f\u2009"


@dataclass(frozen=True, slots=True)
class Written:
    """`text[start:end]` writes `value`, with its word for a large number (*2,5 Millionen*): `scale` times the figures.

    `low` is the lower end where two numbers make a range.
    """

    start: int
    end: int
    value: float
    scale: float = 1
    low: float | None = None


def find_written(text: str, language: Language) -> Iterator[Written]:
    """The numbers of a text in order, in figures or in one word, with the scale behind them."""
    shape = _shape(language)
    for match in shape.pattern.finditer(text):
        digits = match["digits"]
        value = _value(digits, shape) if digits else shape.words[match["word"].lower()]
        if value is None:
            continue
        end, times = match.end(), 1.0
        for _ in range(2):  # *3 mil millones*
            scale = shape.scale.match(text, end)
            if scale is None:
                break
            times *= shape.scales[" ".join(scale[1].lower().split())]
            end = scale.end()
        yield Written(match.start(), end, value * times, times)


@dataclass(frozen=True, slots=True)
class _Shape:
    pattern: re.Pattern[str]
    scale: re.Pattern[str]
    scales: dict[str, float]
    words: dict[str, float]
    group: str
    decimal: str


@cache
def _shape(language: Language) -> _Shape:
    decimal, group = _marks(language)
    own = words_of(LightFigures, "common", "light_figures").languages[language]
    scales = {word.lower(): float(value) for word, value in own.scales.items()}
    words = {w: float(v) for w, v in _number_words(language) if w not in scales}
    marks = re.escape("".join(sorted(set(group + _SPACES))))
    point = re.escape(decimal) + ("" if "." in group else r"\.")
    grouped = rf"\d{{1,3}}(?:[{marks}]\d{{3}})+(?!\d)(?:[{re.escape(decimal)}]\d{{1,3}})?"
    digits = rf"{grouped}|\d+(?:[{point}.]\d{{1,2}})?(?![\d]|[.,:]\d)"
    spoken = rf"|\b(?P<word>{_any(words)})\b" if words else r"|(?P<word>(?!))"
    return _Shape(
        pattern=re.compile(rf"(?<![\w.,:/-])(?P<digits>{digits})(?!\w){spoken}", re.IGNORECASE),
        scale=re.compile(rf"[\s-]{{1,2}}({_any(scales)})(?!\w)\.?", re.IGNORECASE),
        scales=scales,
        words=words,
        group=group,
        decimal=decimal,
    )


def _value(digits: str, shape: _Shape) -> float | None:
    """The number that figures write; None for one that is too long to be any."""
    if len(digits) > MOST_DIGITS:
        return None
    plain = "".join(c for c in digits if c not in _SPACES)
    for mark in shape.group:
        whole = re.split(re.escape(shape.decimal), plain)[0]
        if mark in whole and all(len(part) == 3 for part in whole.split(mark)[1:]):
            plain = plain.replace(mark, "")
    return float(plain.replace(shape.decimal, "."))


def _marks(language: Language) -> tuple[str, str]:
    """Decimal mark, and marks of thousands (a space is always one)."""
    symbols: dict[str, object] = dict(Locale(language).number_symbols)["latn"]
    decimal, group = str(symbols["decimal"]), str(symbols["group"])
    return decimal, "".join(c for c in group if not c.isspace())


def _number_words(language: Language) -> Iterator[tuple[str, float]]:
    """Cardinals that are one word, from two on: *one* is an article in most languages."""
    for value, forms in time_words(language).numbers.cardinals.items():
        yield from ((str(f).lower(), value) for f in forms if value > 1 and str(f).isalpha())


def _any(words: dict[str, float]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
