"""Who a pronoun, a role or a description refers to, by rule."""

from __future__ import annotations

from dragoman.reading.names.bodies import Body
from dragoman.reading.names.drafts import Roster
from dragoman.reading.names.roles import RoleMention
from dragoman.reading.names.words import Words
from dragoman.reading.syntax import Syntax


def resolve(
    syntax: Syntax, words: Words, roster: Roster, roles: list[RoleMention], bodies: list[Body]
) -> None:
    """Add the mentions that refer back."""
