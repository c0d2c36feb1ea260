"""Who a pronoun, a role or a description refers to, by rule: `resolve`.

References are taken in the order of the text, so that what one meant helps the next. Each scores the
mentions before it by distance, grammatical role, repetition, number and gender; where the best two are
close, or a common noun fits better than any name, the reference stays open (a mention of no entity).
"""

from __future__ import annotations

from dragoman.reading.names.bodies import Body
from dragoman.reading.names.coreference.descriptions import Descriptions
from dragoman.reading.names.coreference.discourse import Discourse
from dragoman.reading.names.coreference.pronouns import Pronouns
from dragoman.reading.names.drafts import Roster
from dragoman.reading.names.roles import RoleMention
from dragoman.reading.names.words import Words
from dragoman.reading.syntax import Syntax

__all__ = ["resolve"]


def resolve(
    syntax: Syntax, words: Words, roster: Roster, roles: list[RoleMention], bodies: list[Body]
) -> None:
    """Add the mentions that refer back to `roster`."""
    discourse = Discourse(syntax, words, roster, roles)
    pronouns = Pronouns(discourse)
    descriptions = Descriptions(discourse, pronouns, bodies)
    for i in range(len(syntax.tokens)):
        if i in discourse.covered:
            continue
        if pronouns.at(i):
            continue
        descriptions.at(i)
