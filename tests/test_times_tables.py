"""Time expressions in sentences of our own, with values given by hand: `times/<language>.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tables
from dragoman.languages import load
from dragoman.model import TimeMention, When
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import resolve_times, spot_times

ParseIn = Callable[[str, str], Syntax]
TABLES = Path(__file__).parent / "times"
TODAY = "2024-06-12"
LANGUAGES = ("en", "fr", "ru")
EXPRESSIONS = {"en": 150, "fr": 250, "ru": 150}
"""How many expressions each table must hold at the least."""


def table(language: str, part: str) -> list[Any]:
    return tables.table(f"times/{language}.yaml")[part]


def rows(part: str) -> list[Any]:
    return [
        pytest.param(code, row, id=f"{code}: {row[0][:60]}")
        for code in LANGUAGES
        for row in table(code, part)
    ]


def read(parse_in: ParseIn, language: str, text: str, published: str | None) -> tuple[TimeMention, ...]:
    syntax = parse_in(language, text)
    day = When(start=published, end=published, basis="stated") if published else None
    return resolve_times(syntax, spot_times(syntax), day)


def misses(parse_in: ParseIn, language: str, row: list[Any]) -> list[str]:
    """The expressions of a row that were not read as it says, with what they were read as."""
    text, wanted, *rest = row
    found = read(parse_in, language, text, rest[0] if rest else TODAY)
    wrong, at = [], 0
    for words, value in wanted.items():
        start = text.index(words, at)
        at = start + len(words)
        got = [m.value for m in found if m.start < at and start < m.end]
        if value not in got:
            wrong.append(f"{words!r}: {value} wanted, {got} found")
    if not wanted and found:
        wrong.append(f"nothing wanted, {[text[m.start : m.end] for m in found]} found")
    return wrong


@pytest.mark.parametrize(("language", "row"), rows("rows"))
def test_row(parse_in: ParseIn, language: str, row: list[Any]) -> None:
    assert misses(parse_in, language, row) == []


@pytest.mark.parametrize(("language", "row"), rows("known_failures"))
def test_known_failure_still_fails(parse_in: ParseIn, language: str, row: list[Any]) -> None:
    assert misses(parse_in, language, row), "it comes right: move the row up to `rows`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_is_large_and_nearly_all_right(language: str) -> None:
    right = sum(max(1, len(row[1])) for row in table(language, "rows"))
    wrong = sum(len(row[1]) for row in table(language, "known_failures"))
    assert right + wrong >= EXPRESSIONS[language]
    assert right / (right + wrong) >= 0.95


def examples() -> list[Any]:
    return [
        pytest.param(language, example, id=f"{language}: {example['text'][:60]}")
        for language in LANGUAGES
        for form in load(language, "times")["forms"]
        for example in form.get("try", ())
    ]


@pytest.mark.parametrize(("language", "example"), examples())
def test_example_beside_the_words(parse_in: ParseIn, language: str, example: dict[str, Any]) -> None:
    found = read(parse_in, language, example["text"], example.get("published", TODAY))
    assert [m.value for m in found] == example["values"]


STRETCHES = [
    ("en", "The deal was struck in mid-April.", "2024-04-11", "2024-04-20", "MID"),
    ("en", "It rained in early May.", "2024-05-01", "2024-05-10", "START"),
    ("en", "They returned at the end of May.", "2024-05-21", "2024-05-31", "END"),
    ("en", "It was built in early 2022.", "2022-01-01", "2022-04-30", "START"),
    ("en", "It fell in the fall of 2020.", "2020-09-01", "2020-11-30", None),
    ("en", "It began in the winter of 2021.", "2020-12-01", "2021-02-28", None),
    ("en", "It closed in the late 1990s.", "1996-09-01", "1999-12-31", "END"),
    ("en", "Prices fell over the past two weeks.", "2024-05-29", "2024-06-12", None),
    ("fr", "L'accord date de la mi-avril.", "2024-04-11", "2024-04-20", "MID"),
    ("fr", "Le projet a été lancé fin 2020.", "2020-09-01", "2020-12-31", "END"),
    ("fr", "La semaine dernière, il a plu.", "2024-06-03", "2024-06-09", None),
    ("ru", "Соглашение подписано в середине апреля.", "2024-04-11", "2024-04-20", "MID"),
    ("ru", "Дожди шли в конце мая.", "2024-05-21", "2024-05-31", "END"),
    ("ru", "В XX веке тут была шахта.", "1901-01-01", "2000-12-31", None),
]


@pytest.mark.parametrize(("language", "text", "first", "last", "mod"), STRETCHES)
def test_days(parse_in: ParseIn, language: str, text: str, first: str, last: str, mod: str | None) -> None:
    found = read(parse_in, language, text, TODAY)
    assert [(m.first, m.last, m.mod) for m in found] == [(first, last, mod)]


OPEN = [
    ("en", "The minister resigned on Monday.", "XXXX-WXX-1"),
    ("en", "The ship sank on April 9.", "XXXX-04-09"),
    ("en", "Prices fell last month.", "XXXX-XX"),
    ("fr", "Il a plu la semaine dernière.", "XXXX-WXX"),
    ("ru", "Он ушёл в отставку в мае.", "XXXX-05"),
]


@pytest.mark.parametrize(("language", "text", "value"), OPEN)
def test_without_the_articles_day_it_stays_open(
    parse_in: ParseIn, language: str, text: str, value: str
) -> None:
    (mention,) = read(parse_in, language, text, None)
    assert (mention.value, mention.first, mention.last) == (value, None, None)


def test_a_date_that_was_named_anchors_without_the_articles_day(parse_in: ParseIn) -> None:
    text = "The dam burst on June 2, 2019. The next day the town was empty."
    first, second = read(parse_in, "en", text, None)
    assert (second.value, second.basis, second.anchor) == ("2019-06-03", "relative", (first.start, first.end))
    assert "2019-06-02" in second.why
