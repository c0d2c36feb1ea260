"""Who did it and whom it met: the arguments of a clause as the sides of an event."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.reading.clauses.grammar import grammar
from dragoman.reading.frames import Construction
from dragoman.reading.rules.actors import Actors
from dragoman.reading.rules.status import status_words
from dragoman.reading.syntax import Argument, Clause, Token

_OBJECTS = {"obj": "patient", "subj": "agent", "iobj": "recipient"}
_ANYWHERE = ("patient", "recipient", "with", "goal", "source", "topic", "other", "purpose", "below")
_LOCATED = frozenset(
    {"RETREAT", "CONCEDE", "AID", "MOBILIZE", "ASSAULT", "COERCE", "SANCTION", "AGREE", "PROTEST"}
)
"""Types whose event in a place concerns those who live there, where nobody else is named (PLOVER's own practice)."""
_THINGS_TOO = frozenset(
    {"ACCUSE", "REJECT", "SUPPORT", "ASSAULT", "COERCE", "PROTEST", "REQUEST", "THREATEN"}
)
"""Types whose object stays in `whom` in its own words when no actor is in it (an attack on a bridge)."""
_BLAMED = frozenset({"ACCUSE"})
_ARMED = frozenset({"ASSAULT", "MOBILIZE"})
"""Types that a weapon may be said to do (*a car bomb killed*)."""
_SAID = frozenset(
    {"PROTEST", "ACCUSE", "REQUEST", "SUPPORT", "AGREE", "COOPERATE", "REJECT", "THREATEN", "CONCEDE"}
)
"""Types for which a town is where it was said or shown, and nobody whom it met, unless it is named as such."""
_PERSONAL = ("recipient", "with", "patient")
"""Roles in which any noun that is no thing is taken for somebody."""
_DOERS_INSIDE = frozenset({"compound", "nmod:poss", "amod", "nmod", "appos"})
_PEOPLE = ("actor", "person", "official", "diplomat", "monitor", "people_moved")
_WEAPONS = ("weapon", "attack", "blast", "force")


class Sides:
    """Finds the sides of clauses in one text."""

    def __init__(self, actors: Actors, clauses: tuple[Clause, ...], kinds: dict[str, frozenset[str]]) -> None:
        self.actors = actors
        self.clauses = clauses
        self.by_head = {c.head: c for c in clauses}
        self.done_to: dict[int, Clause] = {}
        self.below: dict[int, list[Clause]] = {}
        for clause in clauses:
            if clause.parent is not None:
                self.below.setdefault(clause.parent, []).append(clause)
            for a in clause.by_role("patient"):
                self.done_to.setdefault(a.head, clause)
        self.tokens = actors.syntax.tokens
        self.weapons = frozenset().union(*(kinds[k] for k in _WEAPONS))
        self.forces = kinds["force"]
        self.people = frozenset().union(*(kinds[k] for k in _PEOPLE))
        words = status_words(actors.syntax.language)
        self.aegis, self.toward = words.aegis, words.toward
        self.together, self.beside = words.together, words.beside
        self.areas = grammar(actors.syntax.language).place_words

    # --- who ------------------------------------------------------------------------------------

    def doers(self, clause: Clause, construction: Construction | None = None, type_: str = "") -> list[Token]:
        """Heads of those who act; none where the subject is no actor and holds none."""
        slots = construction.who if construction and construction.who else ("agent",)
        found: list[Token] = []
        for slot in slots:
            for a in self._filling(slot, clause):
                found.extend(self._as_doers(a, armed=type_ in _ARMED))
        if found and slots == ("agent",):
            for a in clause.by_role("with"):
                if a.case in self.together:
                    found.extend(t for t in self.actors.sides(a) if self.actors.is_actor(t))
        if not found and clause.kind == "noun" and type_ in ("ASSAULT", "REQUEST", "ACCUSE", "THREATEN"):
            # "attacks from Baku": who is told by where they come from.
            for a in clause.by_role("source"):
                found.extend(t for t in self.actors.sides(a) if self._can_act(t))
        return _distinct(named for t in found for named in self._taken_up(t, clause))

    def _taken_up(self, token: Token, clause: Clause) -> list[Token]:
        """Whom a pronoun takes up in its own sentence: *Chad said it would leave* -> Chad."""
        if not self.actors.takes_up(token):
            return [token]
        if named := self.actors.antecedents(token):
            return named
        mention = self.actors.mention(token)
        if (mention is not None and mention.entities) or clause.relation != "ccomp" or clause.parent is None:
            return [token]
        above = self.clauses[clause.parent]
        speakers = [
            t for a in above.by_role("agent") for t in self.actors.sides(a) if self.actors.is_actor(t)
        ]
        plural = token.morph.get("Number") == "Plur"
        if (
            not speakers
            or any(self.actors.takes_up(t) for t in speakers)
            or (len(speakers) > 1 and not plural)
        ):
            return [token]
        return speakers

    def _as_doers(self, argument: Argument, *, armed: bool) -> list[Token]:
        found = []
        for t in self.actors.sides(argument):
            if self.actors.is_actor(t):
                found.append(t)
            elif self._is_weapon(t) or t.i in self.actors.clause_heads:
                inner = self._owner(t)
                found.extend(inner or ([t] if armed and self._is_weapon(t) else []))
            elif self._can_act(t):
                found.append(t)
            elif argument.inherited and (maker := self.done_to.get(t.i)) is not None:
                # "issued a statement condemning": who made the statement condemns.
                found.extend(
                    m for a in maker.by_role("agent") for m in self.actors.sides(a) if self._can_act(m)
                )
        return found

    def _owner(self, token: Token) -> list[Token]:
        """Whose weapon or deed it is: *the rebels' attack on the town* -> rebels."""
        deed = self.by_head.get(token.i)
        if deed is not None:
            return [t for a in deed.by_role("agent") for t in self.actors.sides(a) if self._can_act(t)]
        return self.actors.inside(token, _DOERS_INSIDE)

    def _is_weapon(self, token: Token) -> bool:
        return token.lemma.lower() in self.weapons

    def _can_act(self, token: Token) -> bool:
        """An actor, or a place that stands for those who rule it."""
        return self.actors.may_act(token) or self.actors.is_place(token)

    # --- whom -----------------------------------------------------------------------------------

    def affected(
        self, clause: Clause, construction: Construction, type_: str, but: Iterable[Token]
    ) -> list[Token]:
        """Heads of those whom it meets, by the frame's order of roles."""
        taken = {t.i for t in but}
        own = construction.whom
        slots = own or (*construction.frame.whom, *_ANYWHERE)
        moved = construction.frame.moved and clause.kind == "verb"
        named = self._named_by(construction, clause)
        for slot in slots:
            if slot == "below":
                found = [t for t in self._of_those_below(clause, type_) if t.i not in taken]
                if found:
                    return _distinct(found)
                continue
            inner = slot == "inner" or (slot == "patient" and (moved or bool(named)))
            for a in self._filling("patient" if inner else slot, clause):
                found = [t for t in self._as_affected(a, inner=inner, type_=type_) if t.i not in taken]
                if moved and inner:
                    # "deployed a force of 300 soldiers": they are what is moved
                    found = [t for t in found if t.lemma.lower() not in self.forces]
                if a.role == "place" and type_ == "PROTEST":
                    found = [t for t in found if not self.actors.is_spot(t)]
                if found:
                    return _distinct(found)
        if type_ in _THINGS_TOO:
            for a in clause.by_role("patient"):
                found = [
                    t
                    for t in self.actors.sides(a)
                    if t.i not in taken and t.i not in named and t.pos != "PRON"
                ]
                if found:
                    return found
        dwellers = self._dwellers(clause, taken)
        return [t for t in dwellers if type_ not in _SAID or not self.actors.is_spot(t)]

    def _named_by(self, construction: Construction, clause: Clause) -> set[int]:
        """Objects that the construction asks for by name (*sanctions* in *impose sanctions*): they are no side."""
        if clause.kind != "verb":
            return set()
        listed = [c for c in construction.conditions if "obj" in c.slots and c.wanted and not c.words.any]
        if not any(not c.words.actor and not c.words.person for c in listed):
            return set()
        heads = {t.i for a in clause.by_role("patient") for t in self.actors.sides(a)}
        return {i for i in heads if not self._is_somebody(self.tokens[i])}

    def _is_somebody(self, token: Token) -> bool:
        return token.lemma.lower() in self.people or self.actors.may_act(token)

    def _of_those_below(self, clause: Clause, type_: str) -> list[Token]:
        """Who is spoken of in the clauses below: whose fault it is found to be, whom the money is to help."""
        for below in self.below.get(clause.i, ()):
            if below.relation in ("ccomp", "xcomp"):
                found = [t for a in below.by_role("agent", "patient") for t in self._as_affected(a)]
                found = [t for t in found if all(t.i != a.head for a in clause.args)]
            elif below.relation in ("advcl", "acl") and below.modality == "intended":
                found = [t for a in below.by_role("patient") for t in self._as_affected(a)]
            elif below.relation == "advcl" and type_ == "ACCUSE":
                found = [t for a in below.by_role("agent") if not a.inherited for t in self._as_affected(a)]
            else:
                continue
            if found:
                return found
        return []

    def _as_affected(self, argument: Argument, *, inner: bool = False, type_: str = "") -> list[Token]:
        """The actors of an argument; with `inner`, those inside it only (*sent doctors to Chad*)."""
        found: list[Token] = []
        sides = self.actors.sides(argument)
        for t in sides:
            if self.actors.is_actor(t) and not inner:
                found.append(t)
            elif type_ in _BLAMED and not inner and t.i in self.by_head:
                # A deed is condemned in those who did it, not in those whom it met.
                found.extend(self._of_deed(t, doers_only=True) or self._of_participle(t))
            else:
                found.extend(self._within(t, argument.role in _PERSONAL and not inner))
        return [t for t in found if not _is_possessive(t)]

    def _within(self, token: Token, personal: bool) -> list[Token]:
        """The actors inside a phrase; else its head, where it may be somebody; else a place.

        A named place is itself what is met: not the country of *захватили Ньялу, второй город страны*.
        """
        if self.actors.is_place(token) and token.pos == "PROPN":
            return [token]
        inside = self.actors.inside(token)
        if any(self.actors.is_actor(t) for t in inside):
            return inside
        if below := self._of_deed(token) or self._of_participle(token):
            return below
        if personal and self.actors.may_act(token):
            return [token]
        for t in self.actors.syntax.children(token.i, "nmod", "obl"):
            case = self.actors.syntax.child(t.i, "case")
            if case is not None and case.text.lower() in self.toward and self.actors.may_act(t):
                return [t]
        return inside or ([token] if self.actors.is_place(token) else [])

    def _of_participle(self, token: Token) -> list[Token]:
        """*restrictions imposed on Chad*, *a request filed by the union* -> Chad, the union."""
        for t in self.actors.syntax.children(token.i, "acl", "amod"):
            clause = self.by_head.get(t.i)
            if clause is None or (clause.voice != "passive" and t.morph.get("Tense") != "Past"):
                continue
            for a in clause.args:
                if a.role in ("agent", "topic", "recipient", "goal", "other") and a.head != token.i:
                    found = [m for m in self.actors.sides(a) if self._can_act(m)]
                    if found:
                        return found
        return []

    def _of_deed(self, token: Token, *, doers_only: bool = False) -> list[Token]:
        """Who is behind a deed named by a noun: *the accusations made by Congo* -> Congo."""
        deed = self.by_head.get(token.i)
        if deed is None:
            return []
        found = deed.by_role("agent") or ([] if doers_only else deed.by_role("patient"))
        return [t for a in found for t in self.actors.sides(a) if self._can_act(t)]

    def _dwellers(self, clause: Clause, taken: set[int]) -> list[Token]:
        """An event in a place concerns those who live there, where nobody else is named (PLOVER's own practice)."""
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
            if a.role in ("time", "agent", "means", "place"):
                continue
            found = [t for t in self._as_affected(a) if t.i not in taken]
            if found and any(self.actors.is_actor(t) for t in found):
                return found
            places = places or found
        return places

    def overseers(self, clause: Clause) -> list[Token]:
        """Those under whose auspices it is done."""
        for a in clause.args:
            # "at the highest level, under the aegis of": also a phrase further in.
            for head in (self.tokens[a.head], *self.actors.syntax.children(a.head, "obl", "nmod")):
                if head.lemma.lower() in self.aegis:
                    return self.actors.inside(head)
        return []

    def owners(self, clause: Clause) -> list[Token]:
        """Whose troops or goods are moved, where nobody else is said to move them (*Russian soldiers were sent*)."""
        for a in clause.by_role("patient", "agent"):
            head = self.tokens[a.head]
            found = self.actors.inside(head, _DOERS_INSIDE) or [
                t for counted in self.actors.counted(head) for t in self.actors.inside(counted, _DOERS_INSIDE)
            ]
            if found:
                return found
            if head.lemma.lower() in self.forces:
                return [head]
        return []

    def named_among(self, who: list[Token]) -> list[Token]:
        """*the withdrawal of personnel and equipment of the Chilean contingent*: the force by its name."""
        if any(self.actors.arg(t).entities for t in who):
            return who
        for t in who:
            for i in self.actors.syntax.conjuncts(t.i):
                found = [m for m in self.actors.inside(self.tokens[i]) if m.lemma.lower() in self.forces]
                if found and any(self.actors.arg(m).entities for m in found):
                    return found
        return who

    def partners(self, clause: Clause) -> list[Token]:
        """Those with whom it is done."""
        return [t for a in clause.by_role("with") for t in self.actors.sides(a) if self._can_act(t)]

    def place(self, clause: Clause, type_: str, mode: str | None) -> Token | None:
        """Where it happened: a place named as such; for what moves, where from or to."""
        roles = ["place"]
        if (type_, mode) == ("RETREAT", "withdraw") or type_ == "MOBILIZE":
            roles += ["source", "goal", "patient"]
        if type_ == "CONSULT":
            roles += (
                ["goal", "source", "patient"]
                if mode == "visit"
                else ["goal"]
                if clause.kind == "noun"
                else []
            )
        if type_ in ("ASSAULT", "COERCE"):
            roles += ["patient", "goal"]
        for role in roles:
            for a in clause.by_role(role):
                token = self.tokens[a.head]
                if self.actors.is_place(token) and (role != "patient" or not self.actors.is_actor(token)):
                    return token
                if role == "place" and (where := self._place_of_deed(token, clause)) is not None:
                    return where  # "killed in an attack on Arica": where the attack was
                inner = self._named_in(token, whole=mode == "visit")
                if inner is not None and (
                    role == "place" or token.lemma.lower() in self.areas or mode == "visit"
                ):
                    return inner
        found = self._dwelling(clause) if type_ in ("ASSAULT", "COERCE") else None
        return found or self._shared_place(clause)

    def _place_of_deed(self, token: Token, clause: Clause) -> Token | None:
        """The place or the target of what a noun names, where that is a place."""
        deed = self.by_head.get(token.i)
        if deed is None or deed.kind != "noun" or deed.i == clause.i:
            return None
        for a in deed.by_role("place", "patient", "goal"):
            head = self.tokens[a.head]
            found = self._placed(head)
            if found is not None and not self.actors.is_actor(found):
                return found
        return None

    def _shared_place(self, clause: Clause) -> Token | None:
        """*met in Lima and signed a treaty*: the place told before holds for the verb coordinated with it."""
        if clause.relation != "conj" or clause.parent is None or clause.kind != "verb":
            return None
        above = self.clauses[clause.parent]
        if not {a.head for a in above.by_role("agent")} & {a.head for a in clause.by_role("agent")}:
            return None
        for a in above.by_role("place"):
            token = self.tokens[a.head]
            if a.end <= clause.start and (named := self._placed(token)):
                return named
        return None

    def _dwelling(self, clause: Clause) -> Token | None:
        """Where those whom it meets are said to be: *killed three soldiers stationed in Arica*."""
        heads = {a.head for a in clause.by_role("patient")}
        for below in self.below.get(clause.i, ()):
            if below.relation in ("acl", "relcl") and self.tokens[below.head].head in heads:
                for a in below.by_role("place"):
                    token = self.tokens[a.head]
                    found = self._placed(token)
                    if found is not None:
                        return found
        return None

    def _placed(self, token: Token) -> Token | None:
        """The place that a word is, or that its phrase names."""
        return token if self.actors.is_place(token) else self._named_in(token)

    def _named_in(self, token: Token, *, whole: bool = False) -> Token | None:
        """*in the northern town of Arica* -> Arica; not Peru of *at the expense of Peru*, but with `whole`."""
        inner = ("appos", "compound", "flat", "flat:name", "amod")
        area = whole or token.lemma.lower() in self.areas
        for t in self.actors.syntax.children(token.i, *inner, *(("nmod",) if area else ())):
            if self.actors.is_place(t) and (area or t.dep != "amod") and not self._is_beyond(t):
                return t
        return None

    def _is_beyond(self, token: Token) -> bool:
        """*near the border with Peru* is not in Peru."""
        case = self.actors.syntax.child(token.i, "case")
        return case is not None and case.text.lower() in self.beside

    def _filling(self, slot: str, clause: Clause) -> list[Argument]:
        role = _OBJECTS.get(slot, slot)
        return [
            a for a in clause.args if (a.role == role or a.case == slot) and a.role not in ("time", "means")
        ]


def _is_possessive(token: Token) -> bool:
    return token.dep in ("nmod:poss", "det") and token.pos in ("PRON", "DET")


def _distinct(tokens: Iterable[Token]) -> list[Token]:
    return list({t.i: t for t in tokens}.values())
