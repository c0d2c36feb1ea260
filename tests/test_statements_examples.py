"""The worked examples in the data of each language are read as they say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman import languages
from dragoman.reading.marks import Names
from dragoman.reading.repair import repair
from dragoman.reading.statements import find_statements
from dragoman.reading.syntax import Syntax

EXAMPLES = [
    (language, example)
    for language in languages.SUPPORTED
    for example in languages.load(language, "speech")["try"]
]


@pytest.mark.parametrize(("language", "example"), EXAMPLES, ids=[e["text"][:40] for _, e in EXAMPLES])
def test_example(parse_in: Callable[[str, str], Syntax], language: str, example: dict[str, str]) -> None:
    found = find_statements(repair(parse_in(language, example["text"])), (), Names((), ()), ())
    text = example["text"]
    said = [
        (
            text[s.speaker.start : s.speaker.end] if s.speaker else "",
            " ".join(text[c.start : c.end] for c in s.content),
        )
        for s in found
    ]
    if not example["content"]:
        assert said == []
    else:
        assert (example["speaker"], example["content"]) in said
