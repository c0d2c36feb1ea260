"""What nobody did: the dead and wounded of an accident or a disaster are not attacked.

Of the gold's events with a toll in articles whose head tells of an accident and of no fight, 226 are read as accidents,
disasters or deaths, and 6 as attacks; the encoder, which looks at a window, takes blasts and fires for attacks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dragoman.languages import SUPPORTED
from dragoman.reading.events.choice import Choice
from dragoman.reading.figures.occasions import occasion_words
from dragoman.reading.figures.words import fold
from dragoman.reading.syntax import Syntax

HEAD: Final = 700
"""Code points at the head of an article that say what it tells of."""
MODES: Final = {
    "crash": "accident", "fire": "disaster", "flood": "disaster", "storm": "disaster", "earthquake": "disaster",
}  # fmt: skip
FIGHTS: Final = frozenset(("war", "attack", "unrest"))


def accident_told(syntax: Syntax) -> str | None:
    """The mode of what an article tells of, if its head names an accident or a disaster and no fight."""
    if syntax.language not in SUPPORTED:
        return None
    words = occasion_words(syntax.language)
    kinds = []
    for token in syntax.tokens_in(0, HEAD):
        table = words.verbs if token.pos == "VERB" else words.nouns
        if (kind := table.get(fold(token.lemma))) is not None:
            kinds.append(kind)
    if not FIGHTS.isdisjoint(kinds):
        return None
    return next((MODES[k] for k in kinds if k in MODES), None)


def by_nobody(choice: Choice, mode: str | None) -> Choice:
    """A choice of an attack without an attacker as the accident that its article tells of; others as they are."""
    if mode is None or choice.type != "ASSAULT" or choice.by_role("who"):
        return choice
    return replace(choice, type="OTHER", mode=mode)
