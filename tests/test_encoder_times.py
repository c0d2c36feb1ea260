"""The days an event could have, from its window's time expressions and the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.encoder.times import candidates_of, distance_of, grain_of

TEXT = "Guards left on Monday and return in June"
WORDS = [(0, 6), (7, 11), (12, 14), (15, 21), (22, 25), (26, 32), (33, 35), (36, 40)]
MONDAY = {"start": 15, "end": 21, "first": "2024-05-13", "last": "2024-05-13"}
JUNE = {"start": 36, "end": 40, "first": "2024-06-01", "last": "2024-06-30"}


def told(published: str | None, *times: dict[str, object]) -> set[tuple[str | None, str | None]]:
    found = candidates_of(times, WORDS, published)
    return {(c.first and c.first.isoformat(), c.last and c.last.isoformat()) for c in found if c.possible}


def test_without_a_publication_day_only_expressions_are_left() -> None:
    assert told(None) == {(None, None)}
    assert told(None, MONDAY) == {
        (None, None),
        ("2024-05-13", "2024-05-13"),
        ("2024-05-13", None),
        (None, "2024-05-13"),
    }


def test_news_is_of_the_day_or_the_day_before() -> None:
    assert ("2024-05-14", "2024-05-15") in told("2024-05-15")
    assert ("2024-05-15", None) in told("2024-05-15")


def test_expressions_outside_the_window_or_without_days_are_no_choice() -> None:
    beyond = {"start": 500, "end": 505, "first": "2024-05-13", "last": "2024-05-13"}
    undated = {"start": 36, "end": 40, "first": None, "last": None}
    assert told(None, beyond, undated) == {(None, None)}


def test_each_choice_names_its_expression() -> None:
    found = candidates_of([MONDAY, JUNE], WORDS, "2024-05-15")
    assert {c.expression for c in found if c.words} == {0, 1}
    assert {c.words for c in found if c.expression == 1} == {(7, 8)}


GRAINS = [
    ("2024-05-13", "2024-05-13", 0),
    ("2024-05-13", "2024-05-19", 1),
    ("2024-06-01", "2024-06-30", 2),
    ("2024-01-01", "2024-03-31", 3),
    ("2024-01-01", "2024-12-31", 4),
    ("2020-01-01", "2024-12-31", 5),
]


@pytest.mark.parametrize(("first", "last", "grain"), GRAINS)
def test_grain(first: str, last: str, grain: int) -> None:
    assert grain_of(date.fromisoformat(first), date.fromisoformat(last)) == grain


DISTANCES = [("2024-05-15", 7), ("2024-05-14", 6), ("2024-05-10", 5), ("2024-04-20", 4), ("2024-02-10", 3),
             ("2023-08-01", 2), ("2020-01-01", 1), ("2024-05-18", 8), ("2025-01-01", 9)]  # fmt: skip


@pytest.mark.parametrize(("day", "step"), DISTANCES)
def test_distance(day: str, step: int) -> None:
    assert distance_of(date.fromisoformat(day), date(2024, 5, 15)) == step


def test_distance_is_unknown_without_publication() -> None:
    assert distance_of(date(2024, 5, 15), None) == 0
