"""Sentences and their figures, a table for each language, and the worked examples of the language data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.languages import SUPPORTED, load
from dragoman.reading.figures import find_figures
from dragoman.reading.names import find_names
from dragoman.reading.repair import repair
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import resolve_times, spot_times
from tables import table

TABLES = [
    (language, text, figures) for language in SUPPORTED for text, figures in table(f"figures_{language}.yaml")
]
EXAMPLES = [(code, one["text"], one["figures"]) for code in SUPPORTED for one in load(code, "figures")["try"]]

Parse = Callable[[str, str], Syntax]


def figures_of(parsed: Syntax) -> list[list[Any]]:
    syntax = repair(parsed)
    times = resolve_times(syntax, spot_times(syntax), None)
    found = find_figures(syntax, times, find_names(syntax))
    return [[f.measure, f.low, f.high, f.unit, *(["about"] if f.approx else [])] for f in found]


@pytest.mark.parametrize(("language", "text", "figures"), TABLES)
def test_figures_of_a_sentence(language: str, text: str, figures: list[Any], parse_in: Parse) -> None:
    assert figures_of(parse_in(language, text)) == figures


@pytest.mark.parametrize(("language", "text", "figures"), EXAMPLES)
def test_worked_examples(language: str, text: str, figures: list[Any], parse_in: Parse) -> None:
    assert [f[:4] for f in figures_of(parse_in(language, text))] == figures


def test_the_tables_are_large_enough() -> None:
    for language in SUPPORTED:
        assert sum(1 for code, *_ in TABLES if code == language) >= 60
