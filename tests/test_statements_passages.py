"""Passages in three languages with what is said in them, by whom, and whether in quotation marks.

The tables are in `tests/statements/<language>.yaml`. A passage that is not read right yet says why
under `not_yet`; the test tells when it comes right, and the reason can go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from dragoman.model import Span, StatementReport
from dragoman.reading.marks import Names
from dragoman.reading.repair import repair
from dragoman.reading.statements import find_statements
from dragoman.reading.syntax import Syntax
from tables import table

TABLES = Path(__file__).parent / "statements"
LANGUAGES = ("en", "fr", "ru")
FLOORS = {"en": 0.97, "fr": 0.93, "ru": 0.97}
"""F1 of content, speaker and quotation marks together, over all passages of a language."""

Parse = Callable[[str, str], Syntax]


@dataclass(frozen=True)
class Said:
    speaker: str
    content: tuple[Span, ...]
    quote: bool


@dataclass(frozen=True)
class Passage:
    text: str
    statements: tuple[Said, ...]
    not_yet: str


def passages(language: str) -> list[Passage]:
    rows = table(f"statements/{language}.yaml")
    return [
        Passage(
            row["text"],
            tuple(
                Said(s["speaker"], _spans(row["text"], s["content"]), s["quote"]) for s in row["statements"]
            ),
            row.get("not_yet", ""),
        )
        for row in rows
    ]


def _spans(text: str, content: str | list[str]) -> tuple[Span, ...]:
    parts = [content] if isinstance(content, str) else content
    return tuple(Span(text.index(p), text.index(p) + len(p)) for p in parts)


def shared(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Share of the shorter one's code points that both have."""
    both = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    return both / min(sum(s.end - s.start for s in c) for c in (a, b))


def fits(text: str, said: Said, report: StatementReport) -> bool:
    name = text[report.speaker.start : report.speaker.end] if report.speaker else ""
    same_speaker = (
        (said.speaker in name or name in said.speaker) if said.speaker and name else said.speaker == name
    )
    return same_speaker and report.quote == said.quote and shared(said.content, report.content) > 0.5


def read(parse_in: Parse, language: str, text: str) -> tuple[StatementReport, ...]:
    return find_statements(repair(parse_in(language, text)), (), Names((), ()), ())


CASES = [
    pytest.param(
        language,
        passage,
        id=f"{language}-{passage.text[:40]}",
        marks=[pytest.mark.xfail(strict=True, reason=passage.not_yet)] if passage.not_yet else [],
    )
    for language in LANGUAGES
    for passage in passages(language)
]


@pytest.mark.parametrize(("language", "passage"), CASES)
def test_every_statement_is_found(parse_in: Parse, language: str, passage: Passage) -> None:
    found = read(parse_in, language, passage.text)
    for said in passage.statements:
        assert any(fits(passage.text, said, report) for report in found), (said, found)
    if not passage.statements:
        assert found == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_floor(parse_in: Parse, language: str) -> None:
    gold = found = hit_gold = hit_found = 0
    for passage in passages(language):
        reports = read(parse_in, language, passage.text)
        gold += len(passage.statements)
        found += len(reports)
        hit_gold += sum(any(fits(passage.text, s, r) for r in reports) for s in passage.statements)
        hit_found += sum(any(fits(passage.text, s, r) for s in passage.statements) for r in reports)
    precision, recall = hit_found / found, hit_gold / gold
    assert 2 * precision * recall / (precision + recall) >= FLOORS[language]


@pytest.mark.parametrize(("language", "wanted"), [("en", 40), ("fr", 80), ("ru", 60)])
def test_tables_are_as_long_as_promised(language: str, wanted: int) -> None:
    assert len(passages(language)) >= wanted
