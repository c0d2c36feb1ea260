"""Which construction of which frame a clause meets."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.frames import Condition, Construction, FrameIndex, Words, demand
from dragoman.reading.rules.actors import Actors
from dragoman.reading.rules.status import status_words
from dragoman.reading.syntax import Argument, Clause, Syntax, Token

_ROLES = {"obj": "patient", "subj": "agent", "iobj": "recipient"}
_SAID = ("NOUN", "ADJ", "PROPN")
_OF = ("of", "de")
"""The slot of a noun's own complement, whose preposition Russian does without."""


class Matcher:
    """Asks the frames of one language about the clauses of one text."""

    def __init__(
        self, syntax: Syntax, clauses: tuple[Clause, ...], index: FrameIndex, actors: Actors
    ) -> None:
        self.syntax = syntax
        self.index = index
        self.actors = actors
        words = status_words(syntax.language)
        self._contracted = words.contractions
        self._reflexive_endings = words.reflexive_endings
        self._fillers: dict[tuple[int, str, str], list[tuple[str, Token]]] = {}
        self.below: dict[int, list[Clause]] = {}
        for clause in clauses:
            if clause.parent is not None:
                self.below.setdefault(clause.parent, []).append(clause)

    def deed(self, clause: Clause) -> Construction | None:
        """The construction that says what is done here, the most demanding first."""
        return next(self._meeting(clause, self.index.deeds), None)

    def operator(self, clause: Clause) -> Construction | None:
        return next(self._meeting(clause, self.index.operators), None)

    def carriers(self, clause: Clause) -> list[tuple[Token, Construction]]:
        """Words that gave way to the clause (*willing to*, *failed to*) and stand for an operator, nearest first."""
        found = []
        for token in self._passed(clause):
            sort = "adjective" if token.pos == "ADJ" else "verb"
            for one in self.index.operators.get((sort, token.lemma.lower()), ()):
                if not one.conditions:
                    found.append((token, one))
                    break
        return found

    def _passed(self, clause: Clause) -> Iterator[Token]:
        """Tokens between the clause's head and the head of the clause above, upwards by infinitive."""
        heads = self.actors.clause_heads
        token = self.syntax.tokens[clause.head]
        if clause.light and token.dep not in ("xcomp", "ccomp"):
            token = self.syntax.tokens[token.head]
        for _ in range(8):
            if token.dep not in ("xcomp", "ccomp") or token.head == token.i:
                return
            token = self.syntax.tokens[token.head]
            if token.i in heads:
                return
            if token.pos in ("VERB", "AUX", "ADJ"):
                yield token

    def _meeting(
        self, clause: Clause, table: dict[tuple[str, str], tuple[Construction, ...]]
    ) -> Iterator[Construction]:
        """Constructions met, for the clause's own word and, under a light verb, for that verb with its noun."""
        keys = self._keys(clause)
        many = [one for key in keys for one in table.get(key, ())]
        if len(keys) > 1:
            many.sort(key=demand, reverse=True)
        for one in many:
            if all(self._holds(c, clause, one.sort) for c in one.conditions):
                yield one

    def _keys(self, clause: Clause) -> tuple[tuple[str, str], ...]:
        if clause.kind == "noun" and clause.light:
            return (("verb", clause.light), ("noun", clause.lemma))
        if clause.kind == "verb" and clause.voice == "passive":
            for ending in self._reflexive_endings:
                if clause.lemma.endswith(ending):
                    return (("verb", clause.lemma), ("verb", clause.lemma.removesuffix(ending)))
        return ((clause.kind, clause.lemma),)

    def _holds(self, condition: Condition, clause: Clause, sort: str) -> bool:
        return self._present(condition, clause, sort) is condition.wanted

    def _present(self, condition: Condition, clause: Clause, sort: str) -> bool:
        return any(self._fills(slot, condition.words, clause, sort) for slot in condition.slots)

    def _fills(self, slot: str, words: Words, clause: Clause, sort: str) -> bool:
        if slot == "+":
            return any(t.lemma.lower() in words.words for t in self._near(clause))
        if slot == "neg":
            return clause.negated
        if slot == "attr":
            said = self.syntax.children(clause.head, "xcomp")
            return any(words.any or t.lemma.lower() in words.words for t in said if t.pos in _SAID)
        if slot in ("xcomp", "ccomp"):
            return any(
                k.relation == slot and (words.any or self._is_opened(k, words))
                for k in self.below.get(clause.i, ())
            )
        if slot == "obj" and clause.kind == "noun" and sort == "verb":
            return self._is(self.syntax.tokens[clause.head], words)
        if clause.light and sort == "verb" and self._brings_in(slot, clause.head):
            return self._is(self.syntax.tokens[clause.head], words)
        key = (clause.i, slot, sort)
        fillers = self._fillers.get(key)
        if fillers is None:
            fillers = [(a.role, self.syntax.tokens[a.head]) for a in self._filling(slot, clause, sort)]
            self._fillers[key] = fillers
        loose = words.any or words.actor or words.person
        if any(self._is(token, words) for role, token in fillers if not (loose and role == "time")):
            return True
        return clause.kind == "verb" and any(self._is(t, words) for t in self._strayed(slot, clause, loose))

    def _brings_in(self, slot: str, noun: int) -> bool:
        """True where the preposition of a noun is this one, its article aside."""
        case = self.syntax.child(noun, "case")
        return case is not None and slot == self._contracted.get(case.text.lower(), case.lemma.lower())

    def _strayed(self, slot: str, clause: Clause, loose: bool) -> Iterator[Token]:
        """What the parser hung elsewhere: *sent a letter to the mayor* on the letter, *vend de l'eau* by its *de*."""
        objects = clause.by_role("patient")
        if slot == "obj":
            if not objects and not loose and clause.voice == "active":
                for a in clause.args:
                    if a.case in _OF and self.syntax.child(a.head, "det") is not None:
                        yield self.syntax.tokens[a.head]
            return
        if slot in _ROLES or slot in _OF or self.syntax.language == "en":
            return  # where the others hang it, it belongs
        for a in objects:
            yield from (t for t in self.syntax.children(a.head, "nmod") if self._brings_in(slot, t.i))

    def _is_opened(self, clause: Clause, words: Words) -> bool:
        """True where one of the words leads the clause in (*asked whether*)."""
        return any(
            t.i < clause.head and t.lemma.lower() in words.words for t in self.syntax.children(clause.head)
        )

    def _filling(self, slot: str, clause: Clause, sort: str) -> Iterator[Argument]:
        role = _ROLES.get(slot)
        if slot == "subj" and clause.voice == "passive":
            role = "agent"
        for a in clause.args:
            if role is not None:
                if a.role == role:
                    yield a
            elif slot in (a.role, self.plain_case(a)) or (
                sort == "noun" and slot in _OF and (_is_genitive(a) or self.plain_case(a) in _OF)
            ):
                yield a

    def plain_case(self, argument: Argument) -> str:
        """The preposition that brings an argument in, without an article: *au* -> *à*."""
        return self._contracted.get(argument.case, argument.case)

    def _is_place(self, token: Token) -> bool:
        """A named place, no state; of *captured Adi and Arica* also the name that we do not know beside it."""
        if token.pos != "PROPN":
            return False
        mates = (self.syntax.tokens[i] for i in self.syntax.conjuncts(token.i))
        return any(self.actors.is_place(t) and not self.actors.is_actor(t) for t in mates)

    def _near(self, clause: Clause) -> Iterator[Token]:
        """Words that hang on the clause's word, or on such a word as its complement."""
        heads = [clause.head]
        if clause.light:
            heads.append(self.syntax.tokens[clause.head].head)
        for head in heads:
            for t in self.syntax.children(head):
                yield t
                if t.dep in ("xcomp", "obj", "advmod", "obl"):
                    yield from self.syntax.children(t.i)

    def _is(self, token: Token, words: Words) -> bool:
        if words.any:
            return True
        lemma = token.lemma.lower()
        if lemma in words.words:
            return True
        if words.actor and (self.actors.is_actor(token) or token.pos == "PROPN"):
            return True
        placed = (words.person or words.place) and self._is_place(token)
        if (words.place and placed) or (words.person and not placed and self.actors.may_act(token)):
            return True
        if words.pairs:
            below = {t.lemma.lower() for t in self.syntax.children(token.i)}
            if any(head == lemma and other in below for head, other in words.pairs):
                return True
        # A number of somebody: "thousands of refugees", "a group of soldiers", "une partie des troupes".
        return any(t.lemma.lower() in words.words for t in self.actors.counted(token))


def _is_genitive(argument: Argument) -> bool:
    return argument.role in ("agent", "patient") and not argument.case
