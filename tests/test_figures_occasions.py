"""What figures are told of: the worked examples of the language data, and whole passages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.languages import SUPPORTED, load
from dragoman.model import FigureMention
from dragoman.reading.figures import find_figures, tell_occasions
from dragoman.reading.names import find_names
from dragoman.reading.repair import repair
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import resolve_times, spot_times

Parse = Callable[[str, str], Syntax]
EXAMPLES = [
    (code, one["text"], one["told_of"]) for code in SUPPORTED for one in load(code, "occasions")["try"]
]


def told(parsed: Syntax) -> tuple[FigureMention, ...]:
    syntax = repair(parsed)
    times = resolve_times(syntax, spot_times(syntax), None)
    names = find_names(syntax)
    return tell_occasions(syntax, times, names, find_figures(syntax, times, names))


@pytest.mark.parametrize(("language", "text", "told_of"), EXAMPLES)
def test_worked_examples(language: str, text: str, told_of: list[str | None], parse_in: Parse) -> None:
    found = [f.occasion and text[f.occasion.start : f.occasion.end] for f in told(parse_in(language, text))]
    assert found == told_of


WHEN: list[tuple[str, str, str | None, float | None]] = [
    ("en", "About 3,100 people died in the 30-day war of spring 2011.", "2011-03", 30.0),
    ("en", "The 2011 war cost more than 3,000 lives.", "2011-01", None),
    ("en", "Officials said on Tuesday that 40 people had been killed in the offensive.", None, None),
    (
        "fr",
        "Le pays a gagné la guerre : trente jours de combats, plus de 3 000 morts, une ville reprise en 2011.",
        "2011-01",
        30.0,
    ),
    ("ru", "30-дневная война 2011 года унесла жизни 3100 человек.", "2011-01", 30.0),
]


@pytest.mark.parametrize(("language", "text", "month", "lasting"), WHEN)
def test_when_it_was_and_how_long_it_lasted(
    language: str, text: str, month: str | None, lasting: float | None, parse_in: Parse
) -> None:
    occasion = next(f.occasion for f in told(parse_in(language, text)) if f.measure == "fatalities")
    assert occasion is not None
    assert (occasion.when.start[:7] if occasion.when and occasion.when.start else None) == month
    assert occasion.lasting == lasting


NOT_TOLD = [
    ("en", "The operation began on Monday. The minister justified it with the deaths of 6 people on mines."),
    ("ru", "Операция началась утром. Министр объяснил её гибелью шести человек на минах."),
]


@pytest.mark.parametrize(("language", "text"), NOT_TOLD)
def test_the_dead_that_are_given_as_a_reason_are_not_those_of_the_deed(
    language: str, text: str, parse_in: Parse
) -> None:
    assert [f.occasion for f in told(parse_in(language, text))] == [None]


PARTS = [("en", "192 soldiers were killed.", [True]), ("en", "At least 200 people were killed.", [False])]
PARTS += [("en", "Ten of the dead were children.", [True])]
PARTS += [("fr", "Douze mineurs ont été tués et 40 personnes blessées.", [True, False])]
PARTS += [("ru", "Погибли 27 человек.", [False])]


@pytest.mark.parametrize(("language", "text", "parts"), PARTS)
def test_who_is_counted_is_a_part_or_all(
    language: str, text: str, parts: list[bool], parse_in: Parse
) -> None:
    assert [f.part for f in told(parse_in(language, text))] == parts


def test_one_that_is_taken_up_again_keeps_its_time(parse_in: Parse) -> Any:
    text = "The offensive of 3 May 2011 hit three towns. Ministers met. Forty people were killed in the offensive."
    occasion = next(f.occasion for f in told(parse_in("en", text)) if f.measure == "fatalities")
    assert occasion is not None
    assert occasion.when is not None
    assert occasion.when.start == "2011-05-03"
