"""Every frame carries sentences that it must read, and near misses that must not fire; all are run here.

An example is `{en: sentence, who: ..., whom: ..., type: ..., mode: ..., status: ...}`; what is not said is not asked,
save the type and mode of its frame and the status `happened`. `who` and `whom` are words that the span must share.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from dragoman.model import EventReport, StatementReport
from dragoman.model.event_types import MODES, OTHER
from dragoman.reading.clauses import find_clauses
from dragoman.reading.frames import frame_data, frame_index
from dragoman.reading.marks import Names
from dragoman.reading.parse import parse_many
from dragoman.reading.repair import repair
from dragoman.reading.rules import find_by_rules
from dragoman.reading.syntax import Syntax

LANGUAGES = ("en", "fr", "ru")
NO_STATEMENTS: tuple[StatementReport, ...] = ()


def _examples(kind: str) -> Iterator[Any]:
    for name, data in frame_data():
        for concept in data["concepts"]:
            for n, example in enumerate(concept.get(kind, ())):
                language = next(one for one in LANGUAGES if one in example)
                yield pytest.param(
                    language, example, {**data, **concept}, id=f"{name}-{concept['concept']}-{language}{n}"
                )


@cache
def _parses(language: str) -> dict[str, Syntax]:
    """All sentences of a language, parsed in one go, which is several times faster than one by one."""
    kinds = ("examples", "near")
    texts = [
        example[language]
        for _, data in frame_data()
        for concept in data["concepts"]
        for kind in kinds
        for example in concept.get(kind, ())
        if language in example
    ]
    return dict(zip(texts, map(repair, parse_many(texts, language)), strict=True))


def _events(syntax: Syntax) -> tuple[EventReport, ...]:
    clauses = find_clauses(syntax)
    return find_by_rules(syntax, clauses, Names((), ()), (None,) * len(clauses), (), NO_STATEMENTS)


def _shares(text: str, args: Any, words: str) -> bool:
    at = text.find(words)
    assert at >= 0, f"{words!r} is not in {text!r}"
    return any(a.start < at + len(words) and at < a.end for a in args)


@pytest.mark.parametrize(("language", "example", "frame"), _examples("examples"))
def test_example(language: str, example: dict[str, str], frame: dict[str, Any]) -> None:
    text = example[language]
    events = _events(_parses(language)[text])
    wanted = {"type": frame["type"], "status": "happened"}
    if "mode" in frame and "type" not in example:
        wanted["mode"] = frame["mode"]
    wanted |= {k: v for k, v in example.items() if k in ("type", "mode", "status")}
    if wanted["type"] == "OPERATOR":
        pytest.fail("an operator's example must say its type")
    fitting = [
        e
        for e in events
        if all(getattr(e, k) == v for k, v in wanted.items())
        and ("who" not in example or _shares(text, e.who, example["who"]))
        and ("whom" not in example or _shares(text, e.whom, example["whom"]))
    ]
    assert fitting, f"{text}\n wanted {wanted} {example}\n got {[_brief(text, e) for e in events]}"


@pytest.mark.parametrize(("language", "example", "frame"), _examples("near"))
def test_near_miss(language: str, example: dict[str, str], frame: dict[str, Any]) -> None:
    text = example[language]
    events = [e for e in _events(_parses(language)[text]) if e.type == frame["type"]]
    assert not events, [_brief(text, e) for e in events]


def _brief(text: str, e: EventReport) -> str:
    who, whom = ([text[a.start : a.end] for a in side] for side in (e.who, e.whom))
    return f"{e.type}/{e.mode} {e.status} {who} -> {whom} by {e.rule}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_construction_stands_for_two_concepts(language: str) -> None:
    index = frame_index(language)
    for many in (*index.deeds.values(), *index.operators.values()):
        seen: dict[str, str] = {}
        for one in many:
            concept = one.frame.concept
            assert seen.setdefault(" ".join(sorted(one.text.split())), concept) == concept, one.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_frames_reach_every_type(language: str) -> None:
    made = {one.frame.type for many in frame_index(language).deeds.values() for one in many}
    assert made - {OTHER} == set(MODES) - {OTHER}


def test_every_concept_has_words_in_every_language() -> None:
    without = [
        (concept["concept"], language)
        for _, data in frame_data()
        for concept in data["concepts"]
        for language in LANGUAGES
        if not any(concept.get(language, {}).values())
    ]
    assert without == []


def test_concepts_have_names_of_their_own() -> None:
    names = [concept["concept"] for _, data in frame_data() for concept in data["concepts"]]
    assert sorted(names) == sorted(set(names))
