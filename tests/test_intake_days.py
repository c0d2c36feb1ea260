"""Printed days and machines' stamps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.intake.date_lines import date_line
from dragoman.intake.days import find_days, month_names, read_stamp

STAMPS = [
    ("2024-06-12T23:30:00-04:00", "2024-06-12"),
    ("2024-06-12T08:00Z", "2024-06-12"),
    ("2024-06-12", "2024-06-12"),
    ("20240612", "2024-06-12"),
    ("2024-06-12 14:02:09 +01:00", "2024-06-12"),
    ("Wed, 12 Jun 2024 01:30:00 +0400", "2024-06-12"),
    ("1718150400", "2024-06-12"),
    ("1718150400000", "2024-06-12"),
    ("2024-02-30", None),
    ("0001-01-01T00:00:00Z", None),
    ("soon", None),
    ("", None),
    (None, None),
    (20240612, "2024-06-12"),
    ({"a": 1}, None),
]


@pytest.mark.parametrize(("stamp", "day"), STAMPS, ids=[str(s) for s, _ in STAMPS])
def test_stamps(stamp: object, day: str | None) -> None:
    assert read_stamp(stamp) == day


PRINTED = [
    ("24 Apr 2024", "en", ["2024-04-24"]),
    ("Jun 5, 2025  |", "en", ["2025-06-05"]),
    ("June 5th, 2025", "en", ["2025-06-05"]),
    ("5th of June 2025", "en", ["2025-06-05"]),
    ("le 1er juin 2023", "fr", ["2023-06-01"]),
    ("3 août 2023 à 10h30", "fr", ["2023-08-03"]),
    ("12 июня 2024 г.", "ru", ["2024-06-12"]),
    ("12.06.2024, 10:30", "ru", ["2024-06-12"]),
    ("12/06/2024", "fr", ["2024-06-12"]),
    ("12/06/2024", "en", []),
    ("06/06/2024", "en", ["2024-06-06"]),
    ("06/13/2024", "en", ["2024-06-13"]),
    ("2024-04-23 00:11", "fr", ["2024-04-23"]),
    ("27. Januar 2026", "de", ["2026-01-27"]),
    ("20 de abril de 2024", "es", ["2024-04-20"]),
    ("2024年4月24日", "zh", ["2024-04-24"]),
    ("Sept 20, 2023", "en", ["2023-09-20"]),
    ("12-Jun-2024", "en", ["2024-06-12"]),
    ("26 / 11 / 2024 1: 26 PM", "en", ["2024-11-26"]),
    ("4 / 11 / 2024", "en", []),
    ("2024 - 05 - 06", "en", ["2024-05-06"]),
    ("31 June 2024", "en", []),
    ("Room 12, May 2024", "en", []),
    ("call 12-34-5678 now", "en", []),
    ("version 2024.13.45", "en", []),
    ("Published 1 May 2024, updated 2 May 2024", "en", ["2024-05-01", "2024-05-02"]),
]


@pytest.mark.parametrize(("text", "language", "days"), PRINTED, ids=[f"{t} {lang}" for t, lang, _ in PRINTED])
def test_printed_days(text: str, language: str, days: list[str]) -> None:
    assert [d.day for d in find_days(text, language)] == days


LINES = [
    ("Published: June 12, 2024 10:30 GMT", "en", ("2024-06-12", "published")),
    ("Last updated on Thursday 13 June 2024 at 9:15 am", "en", ("2024-06-13", "updated")),
    ("Publié le 12 juin 2024 à 10h30", "fr", ("2024-06-12", "published")),
    ("Mis à jour le 13/06/2024", "fr", ("2024-06-13", "updated")),
    ("Опубликовано 12 июня 2024, 10:30", "ru", ("2024-06-12", "published")),
    ("Stand: 12.06.2024, 06:00 Uhr", "de", ("2024-06-12", "published")),
    ("2024-04-23 00:11", "fr", ("2024-04-23", "")),
    ("On 12 June 2024 the crews stopped work in all three harbours.", "en", None),
    ("Wednesday", "en", None),
    ("PUBLISHED: MONDAY, JUNE 10, 2024, 1: 32 PM", "en", ("2024-06-10", "published")),
    ("By Ann Lee and Tom Marsh Posted on 3 May 2024 at 10:30", "en", ("2024-05-03", "published")),
    ("Publié le 2 mai 2024 à 14h06 - Mis à jour le 9 mai 2024 à 14h09", "fr", ("2024-05-02", "published")),
    ("Mis à jour le 9 mai 2024 à 14h09 - Publié le 2 mai 2024", "fr", ("2024-05-02", "published")),
    (
        "Le Rivage avec AFP Publié le 2 mai 2024 à 9h - Mis à jour le 9 mai 2024",
        "fr",
        ("2024-05-02", "published"),
    ),
    ("Publié le 2 mai 2024 à 14h06   Temps de lecture 4 min.", "fr", ("2024-05-02", "published")),
    ("Mis à jour le 9/05/2024 | 10:45publié le 2/05/2024 | 10:44", "fr", ("2024-05-02", "published")),
    ("le 2.05.2024 à 20h15, mis à jour le 9.05.2024 à 8h15", "fr", ("2024-05-02", "published")),
    ("— 10 novembre 2024 — Temps de lecture : 2 min", "fr", None),
    ("The order was published on 3 May 2024", "en", None),
]


@pytest.mark.parametrize(("text", "language", "expected"), LINES, ids=[t for t, _, _ in LINES])
def test_lines_that_are_a_date(text: str, language: str, expected: tuple[str, str] | None) -> None:
    found = date_line(text, language)
    assert (found and (found.day, found.kind)) == expected


def test_whoever_is_named_before_the_date_is_kept() -> None:
    found = date_line("Par Anne Morel Publié le 2 mai 2024 à 9h", "fr")
    assert found and found.before == "Par Anne Morel"


def test_months_are_those_of_cldr() -> None:
    assert month_names("fr")["août"] == 8
    assert month_names("ru")["июня"] == month_names("ru")["июнь"] == 6
    assert month_names("xx")["june"] == 6


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_read_back(day: object) -> None:
    assert read_stamp(day) == str(day)
    assert [d.day for d in find_days(f"on {day} at noon")] == [str(day)]
