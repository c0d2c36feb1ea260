"""Clauses -> deeds: what the frames make of a clause alone, and what agreeing, refusing, ending make of a deed."""

from __future__ import annotations

from dataclasses import replace

from dragoman.model import Status
from dragoman.model.event_types import COOPERATION
from dragoman.reading.frames import SAME, Construction, Frame, demand
from dragoman.reading.rules.actors import Actors
from dragoman.reading.rules.deed import Deed
from dragoman.reading.rules.matching import Matcher
from dragoman.reading.rules.moods import Moods
from dragoman.reading.rules.sides import Sides
from dragoman.reading.rules.status import own_status, weaker
from dragoman.reading.syntax import Clause, Token

_COMPLEMENTS = ("xcomp", "ccomp")
_CONTENT = ("patient", "topic", "purpose", "goal")
_SHOWN = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT"})
"""What a demonstration says."""
_UNREAL = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT", "CONCEDE"})
"""Types whose content has not happened yet, if ever."""
_SLOTS = {"patient": "obj", "recipient": "iobj"}


class Deeds:
    """Makes the deeds of one text; a clause is settled once."""

    def __init__(self, matcher: Matcher, actors: Actors, sides: Sides, clauses: tuple[Clause, ...]) -> None:
        self.matcher = matcher
        self.actors = actors
        self.sides = sides
        self.clauses = clauses
        self.moods = Moods(matcher, actors, sides, clauses)
        self.by_head = {c.head: c for c in clauses}
        self._done: dict[int, list[Deed]] = {}
        self.taken: set[int] = set()

    def all(self) -> list[Deed]:
        """All deeds that no other has taken up, in the order of their clauses."""
        for clause in self.clauses:
            self.of(clause)
        return [d for c in self.clauses if c.i not in self.taken for d in self._done[c.i]]

    def of(self, clause: Clause, depth: int = 0) -> list[Deed]:
        """The deeds that a clause tells, with what it says of the deeds below it."""
        if clause.i in self._done:
            return self._done[clause.i]
        self._done[clause.i] = []
        if depth > 12:
            return []
        found = self._made(clause, depth)
        for token, operator in self.matcher.carriers(clause):
            found = [d for one in found for d in self._turn_of(one, operator, clause, token)]
        moods = self.moods
        found = [moods.obliged(moods.to_come(d), clause) for d in found] or moods.bare_obligation(clause)
        found = [self._shown(d, clause) for d in found]
        self._done[clause.i] = found
        return found

    def _made(self, clause: Clause, depth: int) -> list[Deed]:
        deed = self.matcher.deed(clause)
        operator = self.matcher.operator(clause)
        if operator is not None and (deed is None or not _asks_more(deed, operator)):
            inner, heads = self._below(clause, operator, depth)
            others = any(self.clauses[i].kind == "noun" and not self.clauses[i].light for i in heads)
            turned = [t for d in inner if (t := self._turned(d, operator, clause, others=others))]
            if turned:
                self.taken.update(heads)
                return turned
        if deed is not None:
            made = self._own(clause, deed)
            if deed.frame.alleges:
                self._mark_alleged(clause, made, depth)
            if deed.frame.denies:
                self._mark_denied(clause, depth)
            return [self._take_up_content(clause, deed, made)]
        if operator is not None and self._has_content(clause):
            bare = self._bare(clause, operator)
            return [bare] if bare else []
        return []

    # --- a clause alone -------------------------------------------------------------------------

    def _own(self, clause: Clause, construction: Construction) -> Deed:
        frame = construction.frame
        befallen = construction.whom in (("subj",), ("agent",)) and not construction.who
        who = [] if befallen else self.sides.doers(clause, construction, frame.type)
        whom = self.sides.affected(clause, construction, frame.type, who)
        if frame.type == "CONSULT" and not frame.mutual and not who:
            who = self._met_at(clause)
        if frame.moved and not who:
            who = self.sides.owners(clause)
            whom = [t for t in whom if t not in who]
        if frame.moved or frame.mode == "withdraw":
            who = self.sides.named_among(who)
        if frame.mutual:
            who, whom = self._joined(clause, who, whom, frame)
        if frame.swap:
            who, whom = whom, who
        return Deed(
            clause=clause,
            type=frame.type,
            mode=frame.mode,
            frame=frame,
            rule=construction.rule,
            who=tuple(who),
            whom=tuple(whom),
            place=_apart(self.sides.place(clause, frame.type, frame.mode), who),
            status=weaker(own_status(clause, frame.type, self.actors.syntax), frame.status or "happened"),
            contexts=frame.contexts,
            strength=float(len(construction.conditions)),
            gate=construction.gate,
        )

    def _joined(
        self, clause: Clause, who: list[Token], whom: list[Token], frame: Frame
    ) -> tuple[list[Token], list[Token]]:
        """A mutual event: for a meeting every side is `who`; who oversees it is `whom`."""
        over = self.sides.overseers(clause)
        others = [t for t in whom if self.actors.is_actor(t) and all(t.text != w.text for w in who)]
        if frame.type == "ASSAULT" and self._several(who) and not others:
            return who, who  # a war between two: each wages it, each suffers it
        if frame.type != "CONSULT":
            return who, whom or over
        who = who or self._met_at(clause)
        partners = self.sides.partners(clause) or [t for t in whom if self.actors.is_actor(t)]
        if not who and not partners:
            return over, []  # "talks went on under the aegis of the union": only who mediates is told
        return [*who, *(t for t in partners if t not in who)], [t for t in over if t not in partners]

    def _several(self, who: list[Token]) -> bool:
        """Two sides or more, also by one word (*the two countries*)."""
        mentions = [self.actors.mention(t) for t in who]
        return len(who) > 1 or any(m is not None and len(m.entities) > 1 for m in mentions)

    def _met_at(self, clause: Clause) -> list[Token]:
        """Who was at a meeting that only dates or places another deed: *said at a meeting in Oslo*."""
        if clause.kind != "noun" or clause.light or clause.parent is None:
            return []
        above = self.clauses[clause.parent]
        # Also one step further in: "au cours d'une visite".
        heads = (clause.head, self.actors.syntax.tokens[clause.head].head)
        at = any(a.head in heads and a.role in ("time", "place", "other") for a in above.args)
        return self.sides.doers(above) if at and above.kind == "verb" and not above.negated else []

    # --- what stands above ----------------------------------------------------------------------

    def _below(self, clause: Clause, operator: Construction, depth: int) -> tuple[list[Deed], set[int]]:
        """Deeds in the operator's complement, and the clauses that tell them.

        They are infinitives and clauses below; else the nouns of its arguments.
        """
        asked = {s for c in operator.conditions if c.wanted for s in c.slots} & {a.case for a in clause.args}
        found: list[Deed] = []
        heads: set[int] = set()
        for below in self.matcher.below.get(clause.i, ()):
            if below.relation in _COMPLEMENTS or self._specifies(below, clause):
                for one in self._chain(below):
                    found.extend(self.of(one, depth + 1))
                    heads.add(one.i)
        if found:
            return found, heads
        for a in clause.args:
            if (a.case in asked) if asked else a.role in _CONTENT:
                for token in self.actors.sides(a):
                    named = self.by_head.get(token.i)
                    if named is not None and named.i != clause.i and not a.inherited:
                        found.extend(self.of(named, depth + 1))
                        heads.add(named.i)
            if found:
                break
        return found, heads

    def _specifies(self, below: Clause, clause: Clause) -> bool:
        """*the promise to leave*: a clause that hangs on the noun itself and says what it is."""
        return (
            clause.kind == "noun"
            and below.relation == "acl"
            and below.voice == "active"
            and self.actors.syntax.tokens[below.head].head == clause.head
        )

    def _chain(self, clause: Clause) -> list[Clause]:
        """A clause and those coordinated with it."""
        mates = self.matcher.below.get(clause.i, ())
        return [clause, *(b for b in mates if b.relation == "conj" and b.kind == clause.kind)]

    def _turned(self, deed: Deed, operator: Construction, clause: Clause, *, others: bool) -> Deed | None:
        """A deed as the words above it have it; `others`: it is told by a noun, so it may be somebody else's."""
        frame = operator.frame
        made = frame.outcome(deed.type, deed.mode)
        if made is None:
            return None
        type_, mode = made
        if type_ == "THREATEN" and deed.clause.kind == "verb" and self._asks_its_doer(deed, frame, clause):
            type_, mode = (
                frame.outcome(None) or made
            )  # "demanded that Chad stop backing them"; not "called for sanctions"
        if type_ == "THREATEN" and deed.status == "denied":
            type_, mode = "AGREE", None  # "vowed never to shell the town"
        if (
            frame.announces
            and type_ != SAME
            and deed.clause.kind == "verb"
            and deed.status in ("happened", "ongoing")
        ):
            type_ = SAME  # "announced that they had left": it is done
        status = own_status(clause, deed.type if type_ == SAME else type_, self.actors.syntax)
        if frame.ends and status == "denied":
            return replace(
                deed, status="ongoing", rule=f"{operator.rule}+{deed.rule}"
            )  # "did not stop shelling"
        who = self.sides.doers(clause, operator, type_)
        if type_ == SAME:
            return self._same(deed, operator, clause, status, who)
        whom = self._turned_whom(deed, frame, clause, who, others=others)
        return Deed(
            clause=clause,
            type=type_,
            mode=mode,
            frame=frame,
            rule=f"{operator.rule}+{deed.rule}",
            who=tuple(who),
            whom=tuple(whom),
            place=deed.place,
            status=frame.status or ("planned" if frame.announces else status),
            contexts=deed.contexts,
            strength=deed.strength + 1.0,
            gate=operator.gate
            if operator.gate != "public"
            else "public"
            if deed.gate == "open"
            else deed.gate,
        )

    def _same(
        self, deed: Deed, operator: Construction, clause: Clause, status: Status, who: list[Token]
    ) -> Deed:
        """Begun, carried on, planned, tried: the deed itself, by whoever is said to do so."""
        ordered = operator.frame.commands and clause.kind == "noun"
        own: Status = "planned" if ordered else "happened"  # "the decision to leave": it is still to be done
        if deed.clause.kind == "verb" and deed.status == "denied":
            own = "denied"
        status = weaker(weaker(status, own), operator.frame.status or "happened")
        doers = deed.who
        told_of = (
            operator.frame.announces and deed.clause.relation == "ccomp" and deed.clause.voice == "passive"
        )
        unnamed = all(t.pos in ("PRON", "DET") for t in doers) and not (told_of and not doers)
        if who and (operator.frame.commands or unnamed):
            doers = tuple(who)
        whom = deed.whom or tuple(t for t in self.sides.anyone_in(clause, doers) if t not in doers)
        if deed.frame.mutual:
            whom = (*whom, *(t for t in self.sides.overseers(clause) if t not in whom))
        return replace(
            deed,
            clause=clause if deed.clause.kind == "noun" else deed.clause,
            status=status,
            who=doers,
            whom=tuple(t for t in whom if t not in doers),
            place=deed.place or self.sides.place(clause, deed.type, deed.mode),
            rule=f"{operator.rule}+{deed.rule}",
        )

    def _asks_its_doer(self, deed: Deed, frame: Frame, clause: Clause) -> bool:
        """True where a demand goes to the one who is to do it."""
        plain = frame.outcome(None)
        asked = {t.i for a in clause.by_role("patient", "recipient", "topic") for t in self.actors.sides(a)}
        return plain is not None and plain[0] == "REQUEST" and any(t.i in asked for t in deed.who)

    def _turned_whom(
        self, deed: Deed, frame: Frame, clause: Clause, who: list[Token], *, others: bool
    ) -> list[Token]:
        taken = {t.i for t in who}
        sources = frame.whom
        if others:
            # Somebody else's proposal, request, attack: it is turned against whoever does it.
            sources = ("own", "doer", "target") if sources[:1] == ("own",) else ("doer", "target")
        for source in sources:
            if source == "own":
                found = self._own_target(clause, deed, taken)
            else:
                found = list(deed.who if source == "doer" else deed.whom)
            found = [
                t for t in found if t.i not in taken and t.pos not in ("DET",) and t.dep != "nmod:poss"
            ] or []
            if found:
                return found
        return [t for t in (*deed.whom, *deed.who) if t.i not in taken]

    def _own_target(self, clause: Clause, deed: Deed, taken: set[int]) -> list[Token]:
        """An actor that the operator itself is directed at (*urged Britain to leave*)."""
        for a in clause.args:
            if a.role in ("patient", "recipient", "with", "topic") and a.head != deed.clause.head:
                found = [t for t in self.actors.sides(a) if self.actors.is_actor(t) and t.i not in taken]
                if found:
                    return found
        return []

    def _bare(self, clause: Clause, operator: Construction) -> Deed | None:
        """An operator over something that is no known deed: *refused to comment*."""
        frame = operator.frame
        made = frame.outcome(None)
        if made is None or made[0] == SAME:
            return None
        who = self.sides.doers(clause, operator)
        whom = self.sides.anyone_in(clause, who)
        for below in self.matcher.below.get(clause.i, ()):
            if not whom and below.relation in (*_COMPLEMENTS, "acl"):
                inner = [t for t in self.sides.doers(below) if t not in who]
                whom = inner or self.sides.anyone_in(below, who)
        return Deed(
            clause=clause,
            type=made[0],
            mode=made[1],
            frame=frame,
            rule=operator.rule,
            who=tuple(who),
            whom=tuple(whom),
            place=None,
            status=frame.status or own_status(clause, made[0], self.actors.syntax),
            contexts=frame.contexts,
            gate=operator.gate,
        )

    def _has_content(self, clause: Clause) -> bool:
        return clause.kind == "verb" and (
            any(b.relation in _COMPLEMENTS for b in self.matcher.below.get(clause.i, ()))
            or bool(clause.by_role("patient", "topic", "goal"))
        )

    def _turn_of(self, deed: Deed, operator: Construction, clause: Clause, token: Token) -> list[Deed]:
        """A word that gave way to the clause: *is willing to leave*, *failed to agree*."""
        made = operator.frame.outcome(deed.type)
        if made is None:
            return [deed]
        type_, mode = made
        if type_ == SAME:
            return [deed]
        status = "happened" if deed.status in ("planned", "denied") else deed.status
        return [replace(deed, type=type_, mode=mode, status=status, rule=f"{operator.rule}+{deed.rule}")]

    def _shown(self, deed: Deed, clause: Clause) -> Deed:
        """*marched to demand his release*: who marches for it demands it."""
        if deed.status != "planned" or deed.type not in _SHOWN or clause.relation not in ("advcl", "xcomp"):
            return deed
        above = self._done.get(clause.parent, []) if clause.parent is not None else []
        show = next((d for d in above if d.type == "PROTEST"), None)
        return replace(deed, status=show.status) if show is not None else deed

    def _mark_alleged(self, clause: Clause, made: Deed, depth: int) -> None:
        """What somebody is accused of is the accuser's allegation."""
        for below in self.matcher.below.get(clause.i, ()):
            if below.relation in ("advcl", "acl", "xcomp", "ccomp", "nominal"):
                for one in self._chain(below):
                    self._done[one.i] = [
                        replace(d, status="alleged", accuser=made.who) for d in self.of(one, depth + 1)
                    ]

    def _mark_denied(self, clause: Clause, depth: int) -> None:
        """What somebody denies has not happened, by his account. What stands before (*...; Lima denies it*) is told."""
        for below in self.matcher.below.get(clause.i, ()):
            if below.head < clause.head:
                continue
            if below.relation in _COMPLEMENTS or (below.relation == "advcl" and below.tense == "none"):
                self._done[below.i] = [
                    replace(d, status="denied") if d.status in ("happened", "ongoing", "planned") else d
                    for d in self.of(below, depth + 1)
                ]

    def _take_up_content(self, clause: Clause, construction: Construction, made: Deed) -> Deed:
        """A deed that is only asked for, agreed or spoken of is not told beside it: *called for the release of*.

        What is condemned or praised is: it has happened. *Talks on a truce between A and B* are theirs.
        """
        asked = {s for c in construction.conditions if c.wanted and c.words.words for s in c.slots}
        for a in clause.args:
            named = self.by_head.get(a.head)
            if named is None or named.i == clause.i or named.kind != "noun" or named.light or a.inherited:
                continue
            slots = {self.matcher.plain_case(a), a.role, _SLOTS.get(a.role, "")}
            inner = {d.type for d in self.of(named, 1)}
            if made.type in _UNREAL and a.role != "agent" and asked & slots and "COOPERATE" not in inner:
                self.taken.add(named.i)
            elif (
                made.type == "CONSULT" and a.role in ("topic", "patient", "purpose") and inner <= COOPERATION
            ):
                self.taken.add(named.i)
                made = (
                    made if made.who else replace(made, who=tuple(t for d in self.of(named) for t in d.who))
                )
        return made


def _apart(place: Token | None, who: list[Token]) -> Token | None:
    return None if place is not None and any(t.i == place.i for t in who) else place


def _asks_more(deed: Construction, operator: Construction) -> bool:
    """True where the deed's construction is the more particular one by a listed noun."""
    return demand(deed) - demand(operator) >= 1.15
