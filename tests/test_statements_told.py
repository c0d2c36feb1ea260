"""A statement that only the encoder has: the word that reports it says how its speaker stands to it, where it can."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import Span
from dragoman.model.annotation import Annotation, Quote
from dragoman.reading.marks import Names
from dragoman.reading.statements.told import tell_statements
from dragoman.reading.syntax import Syntax
from test_events_choice import BARS

ROWS = [
    # language, text, cue, content, what the encoder makes of it, what is told
    ("en", "The mayor pledged new bridges for the town.", "pledged", "new bridges", "demands", "promises"),
    ("en", "The mayor asked for new bridges.", "asked", "new bridges", "demands", "demands"),
    ("fr", "Le maire dément avoir vendu le pont.", "dément", "avoir vendu le pont", "condemns", "denies"),
    ("ru", "Мэр сообщил о новых мостах.", "сообщил", "о новых мостах", "supports", "supports"),
]


@pytest.mark.parametrize(
    ("language", "text", "cue", "content", "read", "told"), ROWS, ids=[r[1] for r in ROWS]
)
def test_stance_of_the_cue(
    parse_in: Callable[[str, str], Syntax],
    language: str,
    text: str,
    cue: str,
    content: str,
    read: str,
    told: str,
) -> None:
    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    quote = Quote(
        content=(span(content),),
        cue=span(cue),
        speaker=None,
        stance=read,  # type: ignore[arg-type]
        score=0.9,
        content_score=0.9,
        speaker_score=0.0,
        stance_score=0.9,
    )
    annotation = Annotation(made_by="test", triggers=(), quotes=(quote,))
    (found,) = tell_statements(annotation, (), parse_in(language, text), Names((), ()), BARS)
    assert found.stance == told


def quoted(text: str, content: str, cue: str, speaker: str, **changes: object) -> Quote:
    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    fields: dict[str, object] = {
        "content": (span(content),), "cue": span(cue), "speaker": span(speaker), "stance": "says",
        "score": 0.9, "content_score": 0.9, "speaker_score": 0.9, "stance_score": 0.9,
    }  # fmt: skip
    return Quote(**(fields | changes))  # type: ignore[arg-type]


def test_who_is_accused_does_not_say_it(parse_in: Callable[[str, str], Syntax]) -> None:
    text = "Paul Morel est accusé d'avoir vendu le pont."
    quote = quoted(text, "avoir vendu le pont", "accusé", "Paul Morel")
    annotation = Annotation(made_by="test", triggers=(), quotes=(quote,))
    (found,) = tell_statements(annotation, (), parse_in("fr", text), Names((), ()), BARS)
    assert found.speaker is None
