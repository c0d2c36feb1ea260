"""Words that fill a role -> the entities they stand for, where one can tell."""

from __future__ import annotations

from dragoman.model import Arg, Mention, Span
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Syntax

_EMPTY = frozenset({"PRON", "DET", "ADP", "PART", "PUNCT", "CCONJ", "SCONJ", "ADV", "AUX", "SPACE"})
MOST = 0.6
"""A mention over at least so much of the words is what they name."""


class Participants:
    """Asked of one article's names."""

    def __init__(self, syntax: Syntax, names: Names) -> None:
        self.syntax = syntax
        self.names = names

    def side(self, span: Span) -> Arg | None:
        """An actor's words; None for a pronoun that stands for nobody known."""
        entities = self._entities(span)
        if not entities and self.is_pronoun(span):
            return None
        return Arg(start=span.start, end=span.end, entities=entities)

    def place(self, span: Span) -> Arg | None:
        """A place's words, with the one place or state that they name; None for words that name nothing."""
        if self.is_pronoun(span):
            return None
        named = [m for m in self._inside(span) if m.entities and m.kind in ("name", "nominal")]
        areas = [m for m in named if self.names.entities[m.entities[0]].type in ("place", "state")]
        return Arg(start=span.start, end=span.end, entities=areas[0].entities if areas else ())

    def is_pronoun(self, span: Span) -> bool:
        """True where no word of it is a name, a noun, a number or a word like them."""
        words = self.syntax.tokens_in(span.start, span.end)
        return bool(words) and all(w.pos in _EMPTY for w in words)

    def names_a_person(self, span: Span) -> bool:
        """True where a person's name is among the words."""
        return any(m.kind == "name" and m.entities and self._type(m) == "person" for m in self._inside(span))

    def _inside(self, span: Span) -> list[Mention]:
        found = self.names.within(span.start, span.end)
        return [m for m in found if m.start >= span.start - 1 or m.end <= span.end + 1]

    def _entities(self, span: Span) -> tuple[int, ...]:
        """The mention that the words are, else the person, body or force named in them; a mere state or place beside
        other words ("residents of the region") is not the one who acts."""
        found = [m for m in self._inside(span) if m.entities]
        if not found:
            return ()
        size = span.end - span.start
        for m in found:
            if (min(m.end, span.end) - max(m.start, span.start)) >= MOST * size:
                return m.entities
        roles = [m for m in found if m.kind in ("role", "nominal", "pronoun")]
        people = [m for m in found if m.kind == "name" and self._type(m) == "person"]
        bodies = [
            m for m in found if m.kind == "name" and self._type(m) in ("organisation", "armed_force", "group")
        ]
        for some in (people, roles, bodies):
            if some:
                return some[0].entities
        return ()

    def _type(self, m: Mention) -> str:
        return self.names.entities[m.entities[0]].type
