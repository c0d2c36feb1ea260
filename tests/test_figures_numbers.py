"""Numbers as written, and properties of the finder that hold for any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.languages import SUPPORTED
from dragoman.reading.figures import find_figures
from dragoman.reading.figures.digits import digits_value
from dragoman.reading.figures.numbers import find_numbers
from dragoman.reading.figures.words import fold, lexicon
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Sentence, Syntax, Token

DIGITS = [
    ("2,000", ".", 2000, False),
    ("2,000,000", ".", 2_000_000, False),
    ("2.5", ".", 2.5, False),
    ("12,7", ".", 12.7, False),
    ("2.000", ".", 2000, True),
    ("2 000", ",", 2000, False),
    ("2\u202f000\u202f000", ",", 2_000_000, False),
    ("12,7", ",", 12.7, False),
    ("12.7", ",", 12.7, False),
    ("1.500", ",", 1500, False),
    ("1.500.000", ",", 1_500_000, False),
    ("1,234.5", ".", 1234.5, False),
    ("1.234,5", ",", 1234.5, False),
    ("0.125", ".", 0.125, False),
]


@pytest.mark.parametrize(("written", "decimal", "value", "ambiguous"), DIGITS)
def test_digits(written: str, decimal: str, value: float, ambiguous: bool) -> None:
    assert digits_value(written, decimal) == (value, ambiguous)


WORDS = [
    ("en", "two hundred and fifty-three", 253, 253),
    ("en", "three million", 3_000_000, 3_000_000),
    ("en", "a million and a half", 1_500_000, 1_500_000),
    ("en", "two and a half million", 2_500_000, 2_500_000),
    ("en", "half a million", 500_000, 500_000),
    ("en", "two dozen", 24, 24),
    ("en", "tens of thousands", 20_000, None),
    ("en", "a few hundred", 200, None),
    ("fr", "quatre-vingt-dix-sept", 97, 97),
    ("fr", "deux cent cinquante mille", 250_000, 250_000),
    ("fr", "vingt et un", 21, 21),
    ("fr", "deux millions et demi", 2_500_000, 2_500_000),
    ("fr", "une quinzaine", 15, 15),
    ("fr", "des centaines de milliers", 200_000, None),
    ("ru", "двести пятьдесят три", 253, 253),
    ("ru", "полтора миллиона", 1_500_000, 1_500_000),
    ("ru", "две с половиной тысячи", 2500, 2500),
    ("ru", "сто двадцать тысяч", 120_000, 120_000),
    ("ru", "несколько десятков тысяч", 20_000, None),
    ("ru", "сотни тысяч", 200_000, None),
]


def bare_syntax(text: str, language: str) -> Syntax:
    """A text as tokens that all hang on the first: for what needs no tree."""
    tokens = [
        Token(i, m.start(), m.end(), m[0], m[0].lower(), "X", "root" if i == 0 else "dep", 0, {}, 0)
        for i, m in enumerate(re.finditer(r"\w+(?:-\w+)*'?|[^\w\s]", text))
    ]
    sentences = [Sentence(0, len(tokens), tokens[0].start, tokens[-1].end)] if tokens else []
    return Syntax(text, language, tokens, sentences)


@pytest.mark.parametrize(("language", "text", "low", "high"), WORDS)
def test_number_words(language: str, text: str, low: float, high: float | None) -> None:
    syntax = bare_syntax(text, language)
    found = find_numbers(syntax, [fold(t.text) for t in syntax.tokens], lexicon(language))
    assert [(n.low, n.high) for n in found] == [(low, high)]


WORDS_OF_ANY_TEXT = """
2 30 1,000 2.5 - – , . $ € % two hundred and million between to or more than at least dozens of people died half
deux cents mille entre et plus de morts un demi сто тысяч от до более человек погибли 44-дневная km 2024 trois-quarts
"""
PIECES = st.sampled_from([*WORDS_OF_ANY_TEXT.split(), "\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40), st.sampled_from(SUPPORTED))
def test_any_text_yields_ordered_figures_inside_it(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    figures = find_figures(bare_syntax(text, language), (), Names((), ()))
    past = 0
    for figure in figures:
        assert past <= figure.start < figure.end <= len(text)
        assert figure.low is not None or figure.high is not None
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        past = figure.end


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 999_999_999), st.sampled_from(SUPPORTED))
def test_grouped_digits_read_back(value: int, language: str) -> None:
    separator = {"en": ",", "fr": "\u202f", "ru": "\u00a0"}[language]
    written = f"{value:,}".replace(",", separator)
    syntax = bare_syntax(written, language)
    found = find_numbers(syntax, [fold(t.text) for t in syntax.tokens], lexicon(language))
    assert [n.low for n in found] == [value]
