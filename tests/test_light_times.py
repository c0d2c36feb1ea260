"""Time expressions of languages that no parser reads: the worked examples in their data, and what words alone tell."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.languages import LIGHT, load
from dragoman.model import TimeMention, When
from dragoman.reading.dating import date_article
from dragoman.reading.light import light_syntax
from dragoman.reading.times import resolve_times, spot_times
from dragoman.reading.times.calendar import has_calendar

TODAY = "2024-06-12"
IN_FULL = ("de", "es", "uk")
"""Languages with a `times.yaml` of their own; each has this many examples and more."""
LEAST = 60


def examples_of(language: str) -> list[dict[str, Any]]:
    if has_calendar(language):
        return list(load("common", "calendar")["languages"][language]["try"])
    data = load(language, "times")
    return [e for form in data["forms"] for e in form.get("try", ())] + data["examples"]


def read(language: str, text: str, published: str | None = TODAY) -> tuple[TimeMention, ...]:
    syntax = light_syntax(text, language)
    day = When(start=published, end=published, basis="stated") if published else None
    return resolve_times(syntax, spot_times(syntax), day)


EXAMPLES = [
    pytest.param(language, row, id=f"{language}: {row['text'][:60]}")
    for language in LIGHT
    for row in examples_of(language)
]


@pytest.mark.parametrize(("language", "row"), EXAMPLES)
def test_example(language: str, row: dict[str, Any]) -> None:
    found = read(language, row["text"], row.get("published", TODAY))
    assert [m.value for m in found] == row["values"]


@pytest.mark.parametrize("language", IN_FULL)
def test_table_is_large(language: str) -> None:
    assert sum(max(1, len(row["values"])) for row in examples_of(language)) >= LEAST


TO_COME = [
    ("de", "Am Freitag wird der Rat abstimmen.", "2024-06-14"),
    ("de", "Am Freitag stimmte der Rat ab.", "2024-06-07"),
    ("de", "Der Rat, der am Freitag stritt, wird schweigen.", "2024-06-07"),
    ("es", "El viernes votará el consejo.", "2024-06-14"),
    ("es", "El viernes votó el consejo.", "2024-06-07"),
    ("uk", "У п'ятницю рада буде голосувати.", "2024-06-14"),
    ("uk", "У п'ятницю рада голосувала.", "2024-06-07"),
    ("uk", "Засідання призначили на п'ятницю.", "2024-06-14"),
    ("pl", "Rada zbierze się w piątek.", "2024-06-07"),
    ("pl", "W piątek odbędzie się szczyt.", "2024-06-14"),
]


@pytest.mark.parametrize(("language", "text", "day"), TO_COME)
def test_a_weekday_is_the_last_unless_words_between_its_commas_tell_the_future(
    language: str, text: str, day: str
) -> None:
    assert [m.value for m in read(language, text)] == [day]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "Berlin, 4. Juni 2024 (Agentur) - Der Rat tagte.", "2024-06-04"),
        ("es", "LIMA, 4 de junio de 2024 (Agencia) - El consejo habló.", "2024-06-04"),
        ("uk", "Рада засідала\n4 червня 2024 року\nПосланці говорили довго.", "2024-06-04"),
        ("pl", "Rada obradowała\n4 czerwca 2024\nPosłowie mówili długo.", "2024-06-04"),
    ],
)
def test_a_printed_date_dates_the_article(language: str, text: str, day: str) -> None:
    syntax = light_syntax(text, language)
    found = date_article(syntax, spot_times(syntax), None)
    assert found is not None and (found.start, found.end, found.basis) == (day, day, "stated")


@pytest.mark.parametrize("language", LIGHT)
def test_without_a_date_nothing_is_made_up(language: str) -> None:
    for row in examples_of(language):
        for mention in read(language, row["text"], None):
            assert mention.basis in ("stated", "relative", "inferred")
            if mention.value.startswith("X"):
                assert mention.first is None
