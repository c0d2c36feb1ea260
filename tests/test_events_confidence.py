"""Confidence: a share that its traits explain, higher where the words tell an event plainly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import EventReport
from dragoman.reading.clauses import find_clauses
from dragoman.reading.frames import frame_data
from dragoman.reading.names import find_names
from dragoman.reading.rules import confidence, find_by_rules
from dragoman.reading.syntax import Syntax

Parse = Callable[[str, str], Syntax]


def _only(syntax: Syntax) -> EventReport:
    clauses = find_clauses(syntax)
    (event,) = find_by_rules(syntax, clauses, find_names(syntax), (None,) * len(clauses), (), ())
    return event


SURER = [
    ("Chad condemned Niger on Monday.", "Chad condemned the matter on Monday."),
    ("Chad condemned Niger on Monday.", "The general spoke for an hour, condemning Niger."),
    ("Chad and Sudan accused Niger.", "Chad accused Niger."),
    ("Norway gave aid to Malawi.", "Norway might have given aid."),
]
"""The first of each is told more plainly, or of sides better known, than the second."""


@pytest.mark.parametrize(("plain", "less"), SURER)
def test_what_is_told_more_plainly_is_surer(plain: str, less: str, parse_in: Parse) -> None:
    assert _only(parse_in("en", plain)).confidence > _only(parse_in("en", less)).confidence


@given(st.lists(st.sampled_from(sorted(confidence.weights().traits)), unique=True))
def test_a_share_lies_between_its_bounds(traits: list[str]) -> None:
    assert confidence.LOWEST <= confidence.share_right(traits) <= confidence.HIGHEST


@given(
    st.lists(st.sampled_from(sorted(confidence.weights().traits)), unique=True),
    st.sampled_from(sorted(confidence.weights().traits)),
)
def test_a_trait_that_speaks_for_an_event_never_lowers_its_share(traits: list[str], one: str) -> None:
    without = [t for t in traits if t != one]
    change = confidence.share_right([*without, one]) - confidence.share_right(without)
    assert change * confidence.weights().traits[one] >= 0


def test_what_is_not_known_weighs_nothing() -> None:
    assert confidence.share_right(["frame:no-such-frame"]) == confidence.share_right([])


def test_only_frames_that_there_are_have_a_record() -> None:
    concepts = {concept["concept"] for _, data in frame_data() for concept in data["concepts"]}
    stored = {t.removeprefix("frame:") for t in confidence.weights().traits if t.startswith("frame:")}
    assert stored <= concepts


def test_the_outermost_frame_of_a_rule_counts() -> None:
    assert confidence.frame_of("frame:refuse-to/refuse+frame:meet/meet obj:@actor") == "frame:refuse-to"
