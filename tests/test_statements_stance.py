"""A statement keeps its verb and its denial; a deed told with a word of speech is none: `statements/stances.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

from dragoman import languages
from dragoman.model import Stance
from dragoman.reading.marks import Names
from dragoman.reading.repair import repair
from dragoman.reading.statements import find_statements
from dragoman.reading.syntax import Syntax
from tables import table

ROWS = [
    (language, row[language], row["said"])
    for row in table("statements/stances.yaml")
    for language in languages.SUPPORTED
    if language in row
]


@pytest.mark.parametrize(("language", "text", "said"), ROWS, ids=[text[:50] for _, text, _ in ROWS])
def test_stance(parse_in: Callable[[str, str], Syntax], language: str, text: str, said: list[str]) -> None:
    found = find_statements(repair(parse_in(language, text)), (), Names((), ()), ())
    told = [
        " | ".join(
            (
                text[s.speaker.start : s.speaker.end] if s.speaker else "-",
                s.stance,
                " ... ".join(text[c.start : c.end] for c in s.content),
            )
        )
        for s in found
    ]
    assert set(said) <= set(told)
    assert bool(told) == bool(said)


@pytest.mark.parametrize("language", languages.SUPPORTED)
def test_every_stance_is_known_and_has_words(language: str) -> None:
    data: dict[str, Any] = languages.load(language, "speech")
    stances = set(get_args(Stance))
    assert set(data["stances"]) == stances - {"says"}
    assert all(words for words in data["stances"].values())
    for by_content in data["stances_by_content"].values():
        assert set(by_content.values()) <= stances
