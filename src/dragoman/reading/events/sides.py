"""Who did it and whom it met: the arguments of a clause as the sides of an event."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.reading.events.actors import Actors
from dragoman.reading.events.status import status_words
from dragoman.reading.frames import Construction
from dragoman.reading.syntax import Argument, Clause, Token

_OBJECTS = {"obj": "patient", "subj": "agent", "iobj": "recipient"}
_ANYWHERE = ("patient", "recipient", "with", "goal", "source", "topic", "other", "purpose")
_LOCATED = frozenset(
    {"RETREAT", "CONCEDE", "AID", "MOBILIZE", "ASSAULT", "COERCE", "SANCTION", "AGREE", "PROTEST"}
)
"""Types whose event in a place concerns those who live there, where nobody else is named (PLOVER's own practice)."""
_THINGS_TOO = frozenset(
    {"ACCUSE", "REJECT", "SUPPORT", "ASSAULT", "COERCE", "PROTEST", "REQUEST", "THREATEN", "CONCEDE"}
)
"""Types whose object stays in `whom` in its own words when no actor is in it (an attack on a bridge)."""
_DOERS_INSIDE = frozenset({"compound", "nmod:poss", "amod", "nmod", "appos"})
_WEAPONS = ("weapon", "attack", "blast", "force")


class Sides:
    """Finds the sides of clauses in one text."""

    def __init__(self, actors: Actors, kinds: dict[str, frozenset[str]]) -> None:
        self.actors = actors
        self.tokens = actors.syntax.tokens
        self.weapons = frozenset().union(*(kinds[k] for k in _WEAPONS))
        self.aegis = status_words(actors.syntax.language).aegis

    # --- who ------------------------------------------------------------------------------------

    def doers(self, clause: Clause, construction: Construction | None = None, type_: str = "") -> list[Token]:
        """Heads of those who act; none where the subject is no actor and holds none."""
        slots = construction.who if construction and construction.who else ("agent",)
        found: list[Token] = []
        for slot in slots:
            for a in self._filling(slot, clause):
                found.extend(self._as_doers(a))
        if not found and clause.kind == "noun" and type_ in ("ASSAULT", "REQUEST", "ACCUSE", "THREATEN"):
            # "attacks from Baku": who is told by where they come from.
            for a in clause.by_role("source"):
                found.extend(t for t in self.actors.sides(a) if self._can_act(t))
        return _distinct(found)

    def _as_doers(self, argument: Argument) -> list[Token]:
        found = []
        for t in self.actors.sides(argument):
            if self._can_act(t):
                found.append(t)
            elif t.lemma.lower() in self.weapons or t.i in self.actors.clause_heads:
                found.extend(self.actors.inside(t, _DOERS_INSIDE) or ([t] if self._is_weapon(t) else []))
        return found

    def _is_weapon(self, token: Token) -> bool:
        return token.lemma.lower() in self.weapons

    def _can_act(self, token: Token) -> bool:
        """An actor, or a place that stands for those who rule it."""
        return self.actors.is_actor(token) or self.actors.is_place(token) or token.pos == "PROPN"

    # --- whom -----------------------------------------------------------------------------------

    def affected(
        self, clause: Clause, construction: Construction, type_: str, but: Iterable[Token]
    ) -> list[Token]:
        """Heads of those whom it meets, by the frame's order of roles."""
        taken = {t.i for t in but}
        own = construction.whom
        slots = own or (*construction.frame.whom, *_ANYWHERE)
        for slot in slots:
            for a in self._filling(slot, clause):
                found = [t for t in self._as_affected(a) if t.i not in taken]
                if found:
                    return _distinct(found)
        if type_ in _THINGS_TOO:
            for a in clause.by_role("patient"):
                found = [t for t in self.actors.sides(a) if t.i not in taken and t.pos != "PRON"]
                if found:
                    return found
        return self._dwellers(clause, taken) if type_ in _LOCATED else []

    def _as_affected(self, argument: Argument) -> list[Token]:
        found: list[Token] = []
        sides = self.actors.sides(argument)
        for t in sides:
            if self.actors.is_actor(t):
                found.append(t)
            else:
                found.extend(self.actors.inside(t) or ([t] if self.actors.is_place(t) else []))
        return found

    def _dwellers(self, clause: Clause, taken: set[int]) -> list[Token]:
        for role in ("place", "goal", "source"):
            for a in clause.by_role(role):
                found = [t for t in self.actors.sides(a) if self.actors.is_proper(t) and t.i not in taken]
                if found:
                    return found
                inner = [t for t in self.actors.inside(self.tokens[a.head]) if t.i not in taken]
                if inner:
                    return inner
        return []

    def anyone_in(self, clause: Clause, but: Iterable[Token]) -> list[Token]:
        """The first actor among the clause's arguments, its doers aside; a place if there is no actor."""
        taken = {t.i for t in but}
        places: list[Token] = []
        for a in clause.args:
            if a.role in ("time", "agent", "means"):
                continue
            found = [t for t in self._as_affected(a) if t.i not in taken]
            if found and any(self.actors.is_actor(t) for t in found):
                return found
            places = places or found
        return places

    def overseers(self, clause: Clause) -> list[Token]:
        """Those under whose auspices it is done."""
        for a in clause.args:
            head = self.tokens[a.head]
            if head.lemma.lower() in self.aegis:
                return self.actors.inside(head)
        return []

    def partners(self, clause: Clause) -> list[Token]:
        """Those with whom it is done."""
        return [t for a in clause.by_role("with") for t in self.actors.sides(a) if self._can_act(t)]

    def place(self, clause: Clause, type_: str, mode: str | None) -> Token | None:
        """Where it happened: a place named as such; for what moves, where from or to."""
        roles = ["place"]
        if (type_, mode) in (("RETREAT", "withdraw"), ("CONSULT", "visit")) or type_ == "MOBILIZE":
            roles += ["source", "goal"]
        if type_ in ("ASSAULT", "COERCE"):
            roles += ["patient", "goal"]
        for role in roles:
            for a in clause.by_role(role):
                token = self.tokens[a.head]
                if self.actors.is_place(token) and (role != "patient" or not self.actors.is_actor(token)):
                    return token
                inner = self._named_in(token)
                if inner is not None and role == "place":
                    return inner
        return None

    def _named_in(self, token: Token) -> Token | None:
        for t in self.actors.syntax.children(token.i, "nmod", "appos", "compound", "flat", "flat:name"):
            if self.actors.is_place(t):
                return t
        return None

    def _filling(self, slot: str, clause: Clause) -> list[Argument]:
        role = _OBJECTS.get(slot, slot)
        return [
            a for a in clause.args if (a.role == role or a.case == slot) and a.role not in ("time", "means")
        ]


def _distinct(tokens: Iterable[Token]) -> list[Token]:
    return list({t.i: t for t in tokens}.values())
