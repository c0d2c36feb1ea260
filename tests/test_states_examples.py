"""The examples that stand beside the rules for states, in the data, must read as they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.languages import SUPPORTED, load
from dragoman.model import StateReport
from dragoman.reading.clauses import find_clauses
from dragoman.reading.event_time import time_clauses
from dragoman.reading.names import find_names
from dragoman.reading.repair import repair
from dragoman.reading.states import find_states
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import resolve_times, spot_times

ParseIn = Callable[[str, str], Syntax]


def states_of(parse_in: ParseIn, language: str, text: str) -> tuple[Syntax, tuple[StateReport, ...]]:
    syntax = repair(parse_in(language, text))
    times = resolve_times(syntax, spot_times(syntax), None)
    clauses = find_clauses(syntax)
    found = find_states(
        syntax, clauses, find_names(syntax), time_clauses(syntax, clauses, times, None), times
    )
    return syntax, found


def examples() -> list[tuple[str, dict[str, Any]]]:
    return [
        (language, example)
        for language in SUPPORTED
        for part in ("rules", "relations", "pacts")
        for rule in (load(language, "states")[part] if part != "pacts" else [load(language, "states")[part]])
        for example in rule.get("try", ())
    ]


@pytest.mark.parametrize(
    ("language", "example"), examples(), ids=lambda v: v["text"][:50] if isinstance(v, dict) else v
)
def test_example(parse_in: ParseIn, language: str, example: dict[str, Any]) -> None:
    syntax, found = states_of(parse_in, language, example["text"])
    if example["type"] == "none":
        assert not [s for s in found if s.rule != "state office by title"]
        return
    told = [_as_example(syntax, s) for s in found]
    assert any(
        all(state.get(key) == value for key, value in example.items() if key != "text") for state in told
    ), told


def _as_example(syntax: Syntax, state: StateReport) -> dict[str, Any]:
    row: dict[str, Any] = {"type": state.type}
    for name in ("subject", "object", "place"):
        arg = getattr(state, name)
        row[name] = syntax.text[arg.start : arg.end] if arg else None
    row["start"] = state.valid.start if state.valid else None
    row["end"] = state.valid.end if state.valid else None
    return row


IN_POWER = [
    ("en", "Jan Kovac, in power since 2003, spoke.", "2003-01-01"),
    ("fr", "Jan Kovac, au pouvoir depuis 2003, n'a plus besoin de lui.", "2003-01-01"),
    ("en", "Jan Kovac, in power since 2003, needs nobody.", "2003-01-01"),
    ("fr", "Jan Kovac, arrivé au pouvoir en 2018, ne croit plus en lui.", "2018-01-01"),
]


@pytest.mark.parametrize(("language", "text", "start"), IN_POWER)
def test_power_said_in_passing(parse_in: ParseIn, language: str, text: str, start: str) -> None:
    syntax, found = states_of(parse_in, language, text)
    told = [_as_example(syntax, s) for s in found]
    assert [(s["type"], s["subject"], s["start"], s["end"]) for s in told] == [
        ("office", "Jan Kovac", start, None)
    ]


def test_a_title_alone_makes_nobody_named_elsewhere_hold_it(parse_in: ParseIn) -> None:
    text = "Mia Kovac, who teaches history in Zagreb, spoke. Ivo Novak, an adviser to the Croatian president, agreed."
    _, found = states_of(parse_in, "en", text)
    assert not [s for s in found if s.value == "president"]


VALUES = [
    ("en", "Croatian Prime Minister Jan Kovac spoke.", "prime minister"),
    ("fr", "Le premier ministre croate Jan Kovac a parlé.", "prime minister"),
    ("ru", "Премьер-министр Хорватии Ян Ковач выступил.", "prime minister"),
    ("en", "Jan Kovac, chairman of the Novak Society, spoke.", "head"),
    ("en", "Jan Kovac, a Croatian diplomat, spoke.", None),
    ("en", "In an interview with the Zagreb Times Prime Minister Jan Kovac spoke.", None),
    ("en", "Jan Kovac, one of the most popular presidents of Latin America, spoke.", None),
    ("fr", "Le dirigeant des Croates de Bosnie, Jan Kovac, a signé un décret.", None),
]


@pytest.mark.parametrize(("language", "text", "value"), VALUES)
def test_an_office_has_one_name_in_all_languages(
    parse_in: ParseIn, language: str, text: str, value: str | None
) -> None:
    _, found = states_of(parse_in, language, text)
    assert [s.value for s in found if s.type == "office"] == ([value] if value else [])
