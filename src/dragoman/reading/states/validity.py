"""From when to when a state holds, as its clause says."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from itertools import pairwise

from dragoman.model import TimeMention, When
from dragoman.reading.states.rules import Holding, StateWords
from dragoman.reading.syntax import Clause, Syntax

LONG = 27
"""Days from which a stretch that a plain past verb is given is that of a state (*occupied it in the 1990s*)."""


class Validity:
    """Finds the times of clauses among the time expressions of a text."""

    def __init__(
        self,
        syntax: Syntax,
        words: StateWords,
        clause_times: tuple[When | None, ...],
        times: tuple[TimeMention, ...],
    ) -> None:
        self.syntax = syntax
        self.words = words
        self.clause_times = clause_times
        self.times = times
        self._ends = [t.end for t in times]

    def within(self, start: int, end: int) -> list[TimeMention]:
        """Time expressions that share something with the stretch, in order."""
        found = []
        for n in range(bisect_left(self._ends, start + 1), len(self.times)):
            if self.times[n].start >= end:
                break
            found.append(self.times[n])
        return found

    def holds(self, clause: Clause, rule: Holding) -> tuple[bool, When | None]:
        """Whether the clause says that the state is so, and the stretch that it gives (None: it gives none)."""
        since, until, spot, lasting = self._bounds(clause)
        if rule in ("opens", "closes"):
            return self._turning(clause, rule, since or spot)
        if since or until:
            return True, _stretch(since, until)
        if clause.kind == "noun" and (begun := self._put_in(clause)) is not None:
            return True, begun
        happening = self._is_present(clause)
        if rule == "any" and clause.voice == "passive" and spot is not None:
            # "were stationed there in June": that is when they came.
            return True, spot.when(spot.first, None)
        if spot is not None and _days(spot) >= LONG and (not happening or spot.basis == "stated"):
            return True, spot.when(spot.first, spot.last)
        if happening or lasting is not None:
            return True, lasting.when(None, None) if lasting else None
        if rule == "any" and clause.tense == "past":
            return True, spot.when(spot.first, None) if spot else self._opened(clause)
        return False, None

    def _put_in(self, clause: Clause) -> When | None:
        """A beginning put in between a noun and what hangs on it: *the presence, since May, of a mission*."""
        return self.since(clause.end, max((a.start for a in clause.args), default=clause.end))

    def _is_present(self, clause: Clause) -> bool:
        if clause.kind == "noun" or (clause.relation in ("acl", "relcl") and clause.voice == "passive"):
            return True
        if clause.tense == "present":
            return True
        head = self.syntax.tokens[clause.head]
        return clause.tense == "past" and (
            head.morph.get("Tense") == "Imp" or (head.morph.get("Aspect") == "Imp" and head.pos == "VERB")
        )

    def _turning(self, clause: Clause, rule: Holding, spot: TimeMention | None) -> tuple[bool, When | None]:
        if (
            clause.tense not in ("past", "present")
            and not clause.perfect
            and clause.relation not in ("acl", "relcl")
        ):
            return False, None
        if clause.tense == "present" and not clause.perfect and clause.relation not in ("acl", "relcl"):
            return False, None
        if spot is None:
            spot = self._inside(clause)
        if spot is None:
            own = self.clause_times[clause.i] if clause.i < len(self.clause_times) else None
            if own is None:
                return True, None
            start = own.start if rule == "opens" else None
            end = own.end if rule == "closes" else None
            return True, When(start=start, end=end, basis=own.basis, why=own.why, span=own.span)
        if rule == "opens":
            return True, spot.when(spot.first, None)
        return True, spot.when(None, spot.last)

    def _inside(self, clause: Clause) -> TimeMention | None:
        """A date that the parser hung on an argument (*control of the town in June*)."""
        found = (m for a in clause.by_role("patient") for m in self.within(a.start, a.end))
        return next((m for m in found if m.first and m.type == "DATE"), None)

    def _opened(self, clause: Clause) -> When | None:
        own = self.clause_times[clause.i] if clause.i < len(self.clause_times) else None
        return When(start=own.start, end=None, basis=own.basis, why=own.why, span=own.span) if own else None

    def both_ends(self, here: list[TimeMention]) -> tuple[TimeMention, TimeMention] | None:
        """The two times of *from 1993 to 2003*; None where the stretch is not told so."""
        dated = [m for m in here if m.first and m.last]
        for begin, end in pairwise(dated):
            if self._preposition(begin) in self.words.from_ and self._preposition(end) in self.words.to:
                return begin, end
        return None

    def since(self, start: int, end: int) -> When | None:
        """The stretch that the words between two places open (*since 2003*), or give whole."""
        here = self.within(start, end)
        if (ends := self.both_ends(here)) is not None:
            return _stretch(*ends)
        begin = next((m for m in here if m.first and self._preposition(m) in self.words.since), None)
        return _stretch(begin, None) if begin is not None else None

    def opened_in(self, start: int, end: int) -> When | None:
        """From the first date between two places on (*came to power in 2018*)."""
        begin = next((m for m in self.within(start, end) if m.first and m.type == "DATE"), None)
        return _stretch(begin, None) if begin is not None else None

    def _preposition(self, mention: TimeMention) -> str:
        """What brings the time in, inside its expression or before it."""
        head = self.syntax.head_of(mention.start, mention.end)
        case = self.syntax.child(head.i, "case") if head is not None else None
        return case.lemma.lower() if case is not None else ""

    def _bounds(
        self, clause: Clause
    ) -> tuple[TimeMention | None, TimeMention | None, TimeMention | None, TimeMention | None]:
        """The times after *since* and after *until*, any other dated one, and a duration."""
        since = until = spot = lasting = None
        inside = [self.within(arg.start, arg.end) for arg in clause.args]
        if (ends := self.both_ends([m for here in inside for m in here])) is not None:
            return *ends, None, None
        for arg, here in zip(clause.args, inside, strict=True):
            for mention in here:
                case = self._preposition(mention) or arg.case
                if case in self.words.since and mention.first:
                    since = since or mention
                elif case in self.words.until and mention.last:
                    until = until or mention
                elif arg.role != "time":
                    continue
                elif mention.type == "DURATION":
                    lasting = lasting or mention
                elif mention.first:
                    spot = spot or mention
        return since, until, spot, lasting


def _stretch(since: TimeMention | None, until: TimeMention | None) -> When:
    named = since or until
    assert named is not None
    return named.when(since.first if since else None, until.last if until else None)


def _days(mention: TimeMention) -> int:
    if not mention.first or not mention.last:
        return 0
    return (date.fromisoformat(mention.last) - date.fromisoformat(mention.first)).days
