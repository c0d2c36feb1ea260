"""A statement that only the encoder has: the word that reports it says how its speaker stands to it, where it can."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import Span
from dragoman.model.annotation import Annotation
from dragoman.reading.marks import Names
from dragoman.reading.statements.told import tell_statements
from dragoman.reading.syntax import Syntax
from test_events_choice import BARS
from test_statements_joint import quote

ROWS = [
    # language, text, cue, content, what the encoder makes of it, what is told
    ("en", "The mayor pledged new bridges for the town.", "pledged", "new bridges", "demands", "promises"),
    ("en", "The mayor asked for new bridges.", "asked", "new bridges", "demands", "demands"),
    ("fr", "Le maire dément avoir vendu le pont.", "dément", "avoir vendu le pont", "condemns", "denies"),
    ("ru", "Мэр сообщил о новых мостах.", "сообщил", "о новых мостах", "supports", "supports"),
]


def within(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


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
    made = quote(within(text, content), cue=within(text, cue), stance=read)
    annotation = Annotation(made_by="test", triggers=(), quotes=(made,))
    (found,) = tell_statements(annotation, (), parse_in(language, text), Names((), ()), BARS)
    assert found.stance == told


def test_who_is_accused_does_not_say_it(parse_in: Callable[[str, str], Syntax]) -> None:
    text = "Paul Morel est accusé d'avoir vendu le pont."
    made = quote(
        within(text, "avoir vendu le pont"), cue=within(text, "accusé"), speaker=within(text, "Paul Morel")
    )
    annotation = Annotation(made_by="test", triggers=(), quotes=(made,))
    (found,) = tell_statements(annotation, (), parse_in("fr", text), Names((), ()), BARS)
    assert found.speaker is None
