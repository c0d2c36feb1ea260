"""Words that fill a role, and the entities they stand for."""

from __future__ import annotations

import pytest

from dragoman.model import Entity, Mention, Span
from dragoman.reading.events.participants import Participants
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Sentence, Syntax, Token

TEXT = "He and Russian peacekeepers met Foreign Minister Anna Novak of Albania in Tirana with residents of Albania"
POS = {"He": "PRON", "and": "CCONJ", "met": "VERB", "of": "ADP", "in": "ADP", "with": "ADP"}
ENTITIES = (
    Entity(name="Russian peacekeepers", type="armed_force", forms=()),
    Entity(name="Anna Novak", type="person", forms=()),
    Entity(name="Albania", type="state", forms=()),
    Entity(name="Tirana", type="place", forms=()),
)
MENTIONS = (
    ("Russian peacekeepers", 0, "nominal"),
    ("Anna Novak", 1, "name"),
    ("Albania", 2, "name"),
    ("Tirana", 3, "name"),
)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def participants() -> Participants:
    tokens, start = [], 0
    for i, word in enumerate(TEXT.split()):
        start = TEXT.index(word, start)
        tokens.append(Token(i, start, start + len(word), word, word, POS.get(word, "PROPN"), "dep", i, {}, 0))
        start += len(word)
    syntax = Syntax(TEXT, "en", tokens, [Sentence(0, len(tokens), 0, len(TEXT))])
    mentions = tuple(
        Mention(start=at(words).start, end=at(words).end, text=words, entities=(n,), kind=kind)  # type: ignore[arg-type]
        for words, n, kind in MENTIONS
    )
    return Participants(syntax, Names(ENTITIES, mentions))


SIDES = {
    "the mention itself": ("Russian peacekeepers", (0,)),
    "a person behind a role and before a state": ("Foreign Minister Anna Novak of Albania", (1,)),
    "a state beside other words does not act": ("residents of Albania", ()),
}


@pytest.mark.parametrize("name", SIDES)
def test_a_side(participants: Participants, name: str) -> None:
    words, entities = SIDES[name]
    found = participants.side(at(words))
    assert found is not None
    assert found.entities == entities


def test_a_pronoun_that_stands_for_nobody_known_is_no_side(participants: Participants) -> None:
    assert participants.side(at("He")) is None


def test_a_place_is_what_it_names(participants: Participants) -> None:
    found = participants.place(at("in Tirana"))
    assert found is not None
    assert found.entities == (3,)
    assert participants.place(at("and")) is None
