"""Figures in one adjective, as Russian makes them: `44-дневная`, `двухлетний`, `50-километровый`."""

from __future__ import annotations

import re

from dragoman.model import FigureMention
from dragoman.reading.figures.digits import digits_value
from dragoman.reading.figures.durations import in_days
from dragoman.reading.figures.words import Lexicon, base
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Syntax, Token

_DIGITS_FIRST = re.compile(r"(\d{1,9}(?:[.,]\d{1,3})?)(?:[-–—](\d{1,9}))?[-–—]?(?=[^\W\d])")
_OLDEST = 125.0


def adjective_figures(
    syntax: Syntax, words: list[str], names: Names, lexicon: Lexicon
) -> list[FigureMention]:
    """Figures whose number and unit are one word; none in languages that have no such words."""
    if not lexicon.unit.adjectives:
        return []
    found = []
    for token, word in zip(syntax.tokens, words, strict=True):
        if len(word) < 6 or not (word[0].isdigit() or token.pos in ("ADJ", "NUM", "NOUN")):
            continue
        read = _read(word, lexicon)
        if read is not None and (figure := _figure(syntax, token, *read, lexicon)) is not None:
            found.append(figure)
    return found


def _read(word: str, lexicon: Lexicon) -> tuple[float, float, str] | None:
    """Low, high and the stem of the unit: `44-дневная` is (44, 44, `дневн`)."""
    if word[0].isdigit():
        match = _DIGITS_FIRST.match(word)
        if match is None:
            return None
        low, _ = digits_value(match[1], lexicon.decimal)
        high = float(match[2]) if match[2] else low
        rest = word[match.end() :]
    else:
        low, rest = _prefixed(word, lexicon)
        if not low:
            return None
        high = low
    stem = next((s for s in lexicon.unit.adjectives if rest.startswith(s)), None)
    return (low, high, stem) if stem is not None and len(rest) <= len(stem) + 3 else None


def _prefixed(word: str, lexicon: Lexicon) -> tuple[float, str]:
    """The number that a word begins with, and what is left: `двадцатипятилетний` is 25, `летний`."""
    total, prefixes = 0.0, lexicon.numbers.adjectives
    for _ in range(3):
        taken = next((word[:n] for n in range(min(12, len(word)), 1, -1) if word[:n] in prefixes), None)
        if taken is None:
            break
        total, word = total + prefixes[taken], word[len(taken) :].removeprefix("-")
    return total, word


def _figure(
    syntax: Syntax, token: Token, low: float, high: float, stem: str, lexicon: Lexicon
) -> FigureMention | None:
    measure, unit = lexicon.unit.adjectives[stem]
    if measure == "duration":
        head = syntax.tokens[token.head]
        kind = lexicon.measure.nouns.get(base(head))
        person = (
            head.pos == "PROPN"
            or token.pos == "NOUN"
            or (kind is not None and kind.unit == "people")
            or head.morph.get("Animacy") == "Anim"
        )
        lemma = base(head)
        if person or lemma in lexicon.age.nouns or lemma.endswith(lexicon.age.endings or ("\0",)):
            if unit != "years" or high > _OLDEST:
                return None
            measure = "age"
        elif head.pos != "NOUN" or head.i == token.i:
            return None
        else:
            first, last, unit = in_days(low, high, unit)
            low, high = first or low, last or high
    return FigureMention(
        start=token.start,
        end=token.end,
        measure=measure,
        low=low,
        high=high,
        unit=unit,
        rule="figure:adjective",
    )
