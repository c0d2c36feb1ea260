"""When the deed of each clause took place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import When
from dragoman.reading.clauses import find_clauses
from dragoman.reading.event_time import time_clauses
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import resolve_times, spot_times

ParseIn = Callable[[str, str], Syntax]
TODAY = When(start="2024-06-12", end="2024-06-12", basis="stated")


def times_of(
    parse_in: ParseIn, language: str, text: str, published: When | None = TODAY
) -> dict[str, When | None]:
    """Lemma of each clause -> its time."""
    syntax = parse_in(language, text)
    clauses = find_clauses(syntax)
    times = resolve_times(syntax, spot_times(syntax), published)
    whens = time_clauses(syntax, clauses, times, published)
    assert len(whens) == len(clauses)
    return {c.lemma: w for c, w in zip(clauses, whens, strict=True)}


def days(when: When | None) -> tuple[str | None, str | None, str] | None:
    return (when.start, when.end, when.basis) if when else None


CASES = [
    # its own time
    ("en", "The army bombed the port on Monday.", "bomb", ("2024-06-10", "2024-06-10", "relative")),
    (
        "fr",
        "Les rebelles ont attaqué la ville le 3 mai 2021.",
        "attaquer",
        ("2021-05-03", "2021-05-03", "stated"),
    ),
    ("ru", "Армия обстреляла порт в понедельник.", "обстрелять", ("2024-06-10", "2024-06-10", "relative")),
    # a stretch
    ("en", "The two armies fought from 2014 to 2016.", "fight", ("2014-01-01", "2016-12-31", "stated")),
    # open ends
    ("en", "Troops have occupied the valley since May 2021.", "occupy", ("2021-05-01", None, "stated")),
    ("en", "Rebels occupied the valley until 2016.", "occupy", (None, "2016-12-31", "stated")),
    # the participle before the time has it, not the verb behind
    (
        "en",
        "Soldiers deployed there since 2020 left the camp on Monday.",
        "deploy",
        ("2020-01-01", None, "stated"),
    ),
    (
        "en",
        "Soldiers deployed there since 2020 left the camp on Monday.",
        "leave",
        ("2024-06-10", "2024-06-10", "relative"),
    ),
    # nouns take their own modifiers
    (
        "en",
        "The minister praised the November 2020 ceasefire.",
        "ceasefire",
        ("2020-11-01", "2020-11-30", "stated"),
    ),
    # coordinated clauses share
    (
        "en",
        "In May 2021 rebels seized the town and burned the bridge.",
        "burn",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    # participles share
    (
        "en",
        "In May 2021 rebels attacked the town, killing two people.",
        "kill",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    # then, since then
    (
        "en",
        "Rebels seized the town in May 2021. The army then deployed tanks.",
        "deploy",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    (
        "en",
        "Rebels seized the town in May 2021. Since then, traders have fled.",
        "flee",
        ("2021-05-01", "2024-06-12", "inferred"),
    ),
    # told on from a dated clause in the same paragraph
    (
        "en",
        "On May 14 the envoys met in Oslo. They signed a treaty.",
        "sign",
        ("2024-05-14", "2024-05-14", "inferred"),
    ),
    # nothing told: about the article's own day
    ("en", "The army bombed the port.", "bomb", ("2024-06-10", "2024-06-12", "inferred")),
    ("fr", "Les rebelles ont attaqué la ville.", "attaquer", ("2024-06-10", "2024-06-12", "inferred")),
    # what lies ahead is only bounded
    ("en", "The army will bomb the port.", "bomb", ("2024-06-12", None, "bounded")),
    # a relative clause in the present holds now; an answer follows what it answers
    ("en", "The envoy met the king, who rules the island.", "rule", ("2024-06-12", "2024-06-12", "inferred")),
    (
        "en",
        "Rebels seized the town in May 2021. In response, the army bombed the port.",
        "bomb",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    (
        "fr",
        "Les rebelles ont pris la ville en mai 2021.\n\nEn réponse, le roi a fermé la frontière.",
        "fermer",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    # background in the past perfect is not today's
    ("en", "The army had bombed the port.", "bomb", None),
]


@pytest.mark.parametrize(("language", "text", "lemma", "expected"), CASES)
def test_time(
    parse_in: ParseIn,
    language: str,
    text: str,
    lemma: str,
    expected: tuple[str | None, str | None, str] | None,
) -> None:
    assert days(times_of(parse_in, language, text)[lemma]) == expected


def test_a_plan_told_in_passing_dates_neither_the_deed_nor_today(parse_in: ParseIn) -> None:
    text = "The withdrawal of the troops, initially scheduled for November 2025, had been on the agenda for years."
    assert times_of(parse_in, "en", text)["withdrawal"] is None


def test_without_the_articles_day_nothing_is_made_up(parse_in: ParseIn) -> None:
    found = times_of(parse_in, "en", "The army bombed the port on Monday and shelled the town.", None)
    assert set(found.values()) == {None}


def test_every_time_says_why(parse_in: ParseIn) -> None:
    text = "Rebels seized the town in May 2021. The army then deployed tanks. Officials protested on Monday."
    assert all(w.why.endswith(".") for w in times_of(parse_in, "en", text).values() if w is not None)
