"""The examples that stand beside the words for commitments, in the data, must read as they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.languages import SUPPORTED, load
from dragoman.model import CommitmentReport
from dragoman.reading.clauses import find_clauses
from dragoman.reading.commitments import find_commitments
from dragoman.reading.event_time import time_clauses
from dragoman.reading.names import find_names
from dragoman.reading.repair import repair
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import resolve_times, spot_times

ParseIn = Callable[[str, str], Syntax]


def commitments_of(parse_in: ParseIn, language: str, text: str) -> tuple[CommitmentReport, ...]:
    syntax = repair(parse_in(language, text))
    times = resolve_times(syntax, spot_times(syntax), None)
    clauses = find_clauses(syntax)
    clause_times = time_clauses(syntax, clauses, times, None)
    return find_commitments(syntax, clauses, find_names(syntax), clause_times, times, ())


def examples() -> list[tuple[str, dict[str, Any]]]:
    return [(language, row) for language in SUPPORTED for row in load(language, "commitments")["try"]]


@pytest.mark.parametrize(("language", "example"), examples(), ids=[row["text"] for _, row in examples()])
def test_example(parse_in: ParseIn, language: str, example: dict[str, Any]) -> None:
    text = example["text"]
    found = commitments_of(parse_in, language, text)
    if example.get("none"):
        assert not found
        return
    told = [
        {
            "by": [text[a.start : a.end] for a in c.by],
            "to": [text[a.start : a.end] for a in c.to],
            "what": text[c.what.start : c.what.end],
            "due": [c.due.start, c.due.end] if c.due else None,
        }
        for c in found
    ]
    assert any(all(one[k] == v for k, v in example.items() if k != "text") for one in told), told


def test_a_promise_names_the_event_that_would_keep_it(parse_in: ParseIn) -> None:
    (one,) = commitments_of(parse_in, "en", "Chile agreed to withdraw its soldiers from Haiti.")
    assert (one.event_type, one.event_mode) == ("RETREAT", "withdraw")


def test_the_term_of_nameless_soldiers_is_that_of_the_force_spoken_of(parse_in: ParseIn) -> None:
    text = (
        "Russia pulled its peacekeepers out of Haiti. Some 900 soldiers were sent there in 2026. "
        "Their mission was planned to last until May 2031."
    )
    found = [c for c in commitments_of(parse_in, "en", text) if c.rule == "commitment term"]
    assert [(text[a.start : a.end], c.event_mode) for c in found for a in c.by] == [
        ("peacekeepers", "withdraw")
    ]
