"""What the mood of a verb makes of a deed: *will meet*, *will strike*, *will not leave*, *must leave*."""

from __future__ import annotations

from dataclasses import replace

from dragoman.model.event_types import COOPERATION
from dragoman.reading.rules.actors import Actors
from dragoman.reading.rules.deed import Deed
from dragoman.reading.rules.matching import Matcher
from dragoman.reading.rules.sides import Sides
from dragoman.reading.syntax import Clause, Token

_COMING = frozenset({"CONSULT", "AID", "COOPERATE", "RETREAT", "CONCEDE", "SUPPORT"})
_HARM = frozenset({"SANCTION", "COERCE", "ASSAULT", "PROTEST", "MOBILIZE"})


class Moods:
    """Turns the deeds of one text by the future and by obligation."""

    def __init__(self, matcher: Matcher, actors: Actors, sides: Sides, clauses: tuple[Clause, ...]) -> None:
        self.matcher = matcher
        self.actors = actors
        self.sides = sides
        self.clauses = clauses

    def to_come(self, deed: Deed) -> Deed:
        """*will meet* is a promise by PLOVER's rule, *will strike* a threat; *will not* is a refusal."""
        clause = deed.clause
        if clause.kind == "noun" and not clause.light:
            return deed
        if not self._is_to_come(clause) or clause.voice == "passive" or not deed.who:
            return deed
        if clause.tense == "future" and clause.modality in ("conditional", "hypothetical", "possible"):
            return deed
        if clause.negated:
            refusal = self.matcher.index.refusal
            made = refusal.outcome(deed.type, deed.mode) if refusal and deed.type in COOPERATION else None
            return replace(deed, type=made[0], mode=made[1], status="happened") if made else deed
        if deed.type in _COMING:
            return replace(deed, type="AGREE", mode=None, status="planned")
        if deed.type in _HARM:
            threat = self.matcher.index.threat
            made = threat.outcome(deed.type, deed.mode) if threat else None
            return replace(deed, type=made[0], mode=made[1], status="planned") if made else deed
        return deed

    def _is_to_come(self, clause: Clause) -> bool:
        """Future, or what is future seen from a past saying (*said it would leave*)."""
        if clause.tense == "future":
            return True
        if clause.modality != "conditional" or clause.relation != "ccomp" or clause.parent is None:
            return False
        return self.clauses[clause.parent].tense == "past" and not clause.perfect

    def obliged(self, deed: Deed, clause: Clause) -> Deed:
        """*said that they must leave*: asked for by the speaker."""
        speaker = self._who_obliges(clause)
        frame = self.matcher.index.obligation
        if not speaker or frame is None or deed.type in ("THREATEN", "REQUEST"):
            return deed
        type_, mode = frame.outcome(deed.type) or (deed.type, deed.mode)
        whom = deed.who or deed.whom
        return replace(deed, type=type_, mode=mode, status="happened", who=speaker, whom=whom, frame=frame)

    def bare_obligation(self, clause: Clause) -> list[Deed]:
        """*said that they must act*, where no frame knows what is to be done: a request of the speaker."""
        speaker = self._who_obliges(clause)
        frame = self.matcher.index.obligation
        made = frame.outcome(None) if frame else None
        if not speaker or frame is None or made is None:
            return []
        whom = [t for t in self.sides.doers(clause) if self.actors.is_actor(t)]
        if clause.voice == "passive":
            whom = whom or self.sides.anyone_in(clause, speaker)
        if not whom:
            return []
        rule = f"frame:{frame.concept}/must"
        return [Deed(clause, made[0], made[1], frame, rule, speaker, tuple(whom), None, "happened")]

    def _who_obliges(self, clause: Clause) -> tuple[Token, ...]:
        """The speaker in whose words the clause is an obligation of others."""
        if (
            clause.modality != "obliged"
            or clause.tense == "past"
            or clause.relation != "ccomp"
            or clause.parent is None
            or clause.negated
        ):
            return ()
        above = self.clauses[clause.parent]
        speaker = self.sides.doers(above) if self.matcher.operator(above) is None else []
        own = {t.i for t in self.sides.doers(clause)}
        return tuple(t for t in speaker if t.i not in own)
