"""What was promised or scheduled, by whom, and for when.

Words are data (`languages/<language>/commitments.yaml`). What came of a commitment is the business of linking.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from dragoman.languages import load
from dragoman.model import Arg, CommitmentReport, EventReport, Language, Span, TimeMention, When
from dragoman.reading.events.actors import Actors
from dragoman.reading.events.matching import Matcher
from dragoman.reading.fillers import Fillers
from dragoman.reading.frames import frame_index
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Argument, Clause, Syntax, Token
from dragoman.reading.terms import find_terms

_COMPLEMENTS = ("xcomp", "ccomp", "advcl", "acl")
_DOERS = frozenset({"agent", "with"})
_APART = frozenset({"conj", "cc", "parataxis", "punct", "nsubj", "mark"})
_REAL = ("none", "intended", "obliged")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, as its data file explains them."""

    promise: frozenset[str]
    weak: frozenset[str]
    report: frozenset[str]
    schedule: frozenset[str]
    foreseen: frozenset[str]
    oblige: frozenset[str]
    nouns: frozenset[str]
    goals: frozenset[str]
    awaited: frozenset[str]
    deadline: frozenset[str]
    until: frozenset[str]
    middle: tuple[str, ...]


@cache
def _words(language: Language) -> Words:
    data = load(language, "commitments")
    sets = {name: frozenset(data[name]) for name in Words.__slots__ if name != "middle"}
    return Words(**sets, middle=tuple(data["middle"]) or ("\0",))


def find_commitments(
    syntax: Syntax,
    clauses: tuple[Clause, ...],
    names: Names,
    clause_times: tuple[When | None, ...],
    times: tuple[TimeMention, ...],
    events: tuple[EventReport, ...],
) -> tuple[CommitmentReport, ...]:
    """All commitments, in the order of the text. `clause_times` holds one entry for each clause."""
    finder = _Finder(syntax, clauses, names, clause_times, times, events)
    found = [report for clause in clauses for report in finder.read(clause)]
    found += find_terms(syntax, clauses, names, times)
    return tuple(_distinct(sorted(found, key=lambda c: (c.what.start, -c.what.end))))


@dataclass
class _Finder:
    """Asks each clause of one text whether it promises or schedules."""

    syntax: Syntax
    clauses: tuple[Clause, ...]
    names: Names
    clause_times: tuple[When | None, ...]
    times: tuple[TimeMention, ...]
    events: tuple[EventReport, ...]

    def __post_init__(self) -> None:
        self.words = _words(self.syntax.language)
        self.fillers = Fillers(self.syntax, self.names)
        self.below: dict[int, list[Clause]] = {}
        for clause in self.clauses:
            if clause.parent is not None:
                self.below.setdefault(clause.parent, []).append(clause)

    @cached_property
    def matcher(self) -> Matcher:
        actors = Actors(self.syntax, self.names, self.clauses)
        return Matcher(self.syntax, self.clauses, frame_index(self.syntax.language), actors)

    def read(self, clause: Clause) -> Iterator[CommitmentReport]:
        if clause.modality in ("hypothetical", "conditional", "possible"):
            return
        lemma = clause.lemma.removeprefix("se_")
        if lemma in self.words.promise and clause.voice == "active" and not clause.negated:
            yield from self._promised(clause)
        if lemma in self.words.report and not clause.negated:
            yield from self._reported(clause)
        if lemma in self.words.schedule and not clause.negated:
            yield from self._scheduled(clause)
        if lemma in self.words.deadline and not clause.negated:
            yield from self._given_until(clause)
        yield from self._by_noun(clause)
        yield from self._aimed_at(clause)
        yield from self._to_come(clause)
        if lemma in self.words.awaited and clause.voice == "passive" and not clause.negated:
            yield from self._awaited(clause)

    # --- kinds of commitment --------------------------------------------------------------------

    def _promised(self, clause: Clause) -> Iterator[CommitmentReport]:
        """*agreed to withdraw*, *promised that it would*."""
        for content in self.below.get(clause.i, ()):
            if (
                content.relation in ("xcomp", "ccomp")
                and content.modality in _REAL
                and content.tense in ("none", "future")
            ):
                by = (
                    self._sides(clause, ("agent",))
                    or self._sides(content, ("agent",))
                    or self._parties(clause)
                )
                if content.kind == "noun" and not self._is_deed(content):
                    continue
                sure = clause.lemma.removeprefix("se_") not in self.words.weak
                if by and (sure or self._is_deed(content) or self._due(content) is not None):
                    yield self._report(
                        by, self._sides(clause, ("recipient", "patient")), content, clause, "promise"
                    )

    def _parties(self, clause: Clause) -> tuple[Arg, ...]:
        """Who made the agreement that provides for something: *signed with Peru a treaty that provides for*."""
        for pact in clause.by_role("agent"):
            if self.fillers.is_kind(self.syntax.tokens[pact.head], "pact"):
                for made in self.clauses_with(pact.head):
                    return self._sides(made, ("agent", "with", "recipient"))
        return ()

    def clauses_with(self, head: int) -> Iterator[Clause]:
        """Clauses, apart from relative ones, of which the token heads the patient."""
        sentence = self.syntax.tokens[head].sent
        for clause in self.clauses:
            here = clause.sent == sentence and clause.relation != "relcl" and clause.kind == "verb"
            if here and any(a.head == head and not a.inherited for a in clause.by_role("patient")):
                yield clause

    def _reported(self, clause: Clause) -> Iterator[CommitmentReport]:
        """*said it would close its embassy*: the speaker speaks of its own doing."""
        speaker = self._sides(clause, ("agent",))
        own = {e for arg in speaker for e in arg.entities}
        for content in self.below.get(clause.i, ()):
            if (
                content.relation != "ccomp"
                or content.tense != "future"
                or content.modality not in ("none", "intended")
            ):
                continue
            doers = {e for arg in self._sides(content, ("agent",)) for e in arg.entities}
            if content.voice == "passive" and not doers and self._is_government(speaker):
                doers = own  # "said the troops would be withdrawn": who but the speaker
            if own and doers & own and self._is_deed(content):
                yield self._report(
                    speaker, self._sides(clause, ("recipient",)), content, clause, "said it would"
                )

    def _is_government(self, speaker: tuple[Arg, ...]) -> bool:
        """A state speaks of what it will do, also where it does not say who will."""
        return any(self.names.entities[e].type == "state" for arg in speaker for e in arg.entities)

    def _scheduled(self, clause: Clause) -> Iterator[CommitmentReport]:
        """*a meeting is expected on June 1*, *the withdrawal, scheduled for November*."""
        if clause.voice != "passive" and not clause.lemma.endswith(self.words.middle):
            return
        if clause.relation == "advcl":
            return  # "ended as scheduled"
        for arg in clause.by_role("patient", "agent"):
            content = next((c for c in self.clauses_at(arg.head)), None)
            if content is None or content.kind != "noun":
                continue
            due = self._due(clause) or self._due(content)
            if due is None and not self._is_deed(content):
                continue
            by = self._sides(content, ("agent", "with")) + self._sides(
                clause, ("agent", "with"), without=arg.head
            )
            yield self._noun_report(by, content, due, "schedule")

    def _awaited(self, clause: Clause) -> Iterator[CommitmentReport]:
        """*Kovac is expected in Lima on May 3*: a visit."""
        due = self._due(clause)
        guests = [a for a in clause.by_role("patient") if self._is_person(a)]
        if due is None or not guests or not clause.by_role("place", "goal") or self.below_verbs(clause):
            return
        guest = guests[0]
        made = self.fillers.of_argument(guest)
        yield CommitmentReport(
            by=(made,),
            to=(),
            what=self._what(clause),
            due=due,
            made=None,
            sentence=self.syntax.sentences[clause.sent].span,
            rule="commitment awaited",
            event_type="CONSULT",
            event_mode="visit",
        )

    def _is_person(self, arg: Argument) -> bool:
        return self.fillers.is_kind(self.syntax.tokens[arg.head], "person")

    def below_verbs(self, clause: Clause) -> bool:
        return any(c.relation == "xcomp" and c.kind == "verb" for c in self.below.get(clause.i, ()))

    def clauses_at(self, head: int) -> list[Clause]:
        return self._by_head.get(head, [])

    @cached_property
    def _by_head(self) -> dict[int, list[Clause]]:
        found: dict[int, list[Clause]] = {}
        for clause in self.clauses:
            found.setdefault(clause.head, []).append(clause)
        return found

    def _given_until(self, clause: Clause) -> Iterator[CommitmentReport]:
        """*gave them until Friday to leave*."""
        limit = next((a for a in clause.args if a.case in self.words.until and self._time_in(a)), None)
        bound = self._sides(clause, ("recipient", "patient"))
        if limit is None or not bound:
            return
        for content in self.below.get(clause.i, ()):
            if content.relation in _COMPLEMENTS and content.tense == "none" and content.kind == "verb":
                due = self._time_in(limit)
                yield self._report(bound, self._sides(clause, ("agent",)), content, clause, "deadline", due)

    def _by_noun(self, content: Clause) -> Iterator[CommitmentReport]:
        """*announced its intention to withdraw*, *its plan to withdraw*."""
        if content.relation not in ("acl", "nominal", "ccomp", "xcomp") or content.kind != "verb":
            return
        token = self.syntax.tokens[content.head]
        noun = self.syntax.tokens[token.head]
        if token.dep not in ("acl", "ccomp", "xcomp") or noun.pos != "NOUN":
            return
        if noun.lemma.lower() not in self.words.nouns or content.tense in ("past", "present"):
            return
        if noun.dep.startswith("nsubj") and self._due(content) is None:
            return  # "its decision to leave angered": told as done, not promised
        above = self._announcing(content)
        if above is not None and (above.negated or above.modality not in ("none", "intended")):
            return
        by = [a for a in self._sides(content, ("agent",)) if a.entities]
        announcers = self._sides(above, ("agent",)) if above is not None and above.kind == "verb" else ()
        if announcers and {e for a in announcers for e in a.entities} == {e for a in by for e in a.entities}:
            by = list(announcers)
        if by:
            yield self._report(by, (), content, above or content, "intention")

    def _announcing(self, content: Clause) -> Clause | None:
        """The verb above the noun that the content hangs on (*announced* its intention to)."""
        at = content
        for _ in range(3):
            if at.parent is None:
                return None
            at = self.clauses[at.parent]
            if at.kind == "verb":
                return at
        return None

    def _aimed_at(self, content: Clause) -> Iterator[CommitmentReport]:
        """*the aim is for Chile to double its exports by 2027*."""
        if content.parent is None or content.kind != "verb" or content.tense != "none":
            return
        above = self.clauses[content.parent]
        goal = next(iter(above.by_role("agent")), None)
        if goal is None or above.kind != "verb" or content.relation not in ("advcl", "xcomp", "ccomp"):
            return
        if self.syntax.tokens[goal.head].lemma.lower() not in self.words.goals:
            return
        by = [a for a in self._sides(content, ("agent",)) if a.entities]
        if by and content.args and self._due(content) is not None:
            yield self._report(by, (), content, above, "goal")

    def _to_come(self, clause: Clause) -> Iterator[CommitmentReport]:
        """*will visit Peru on May 3*, *is due to release them in May*, *plusieurs documents doivent être signés*."""
        foreseen = self._foreseen(clause)
        if (
            clause.negated
            or not (clause.tense == "future" or foreseen)
            or clause.relation in ("xcomp", "acl", "advcl")
        ):
            return
        if clause.modality not in ("none", "intended", "obliged") or clause.perfect:
            return
        if clause.parent is not None and self._is_taken(clause):
            return
        due = self._due(clause)
        deed = self._is_deed(clause)
        by = [a for a in self._sides(clause, ("agent",)) if a.entities or (deed and due is not None)]
        if foreseen == "oblige" and due is None and clause.tense != "past":
            return  # "must": what somebody demands
        if clause.voice == "passive":
            above = self.clauses[clause.parent] if clause.parent is not None else None
            if not by and above is not None and above.lemma in self.words.report:
                speaker = self._sides(above, ("agent",))
                by = list(speaker) if self._is_government(speaker) else []
            if foreseen and deed:
                yield self._report(by, (), clause, clause, "foreseen")
        elif by and deed and (due is not None or foreseen):
            yield self._report(by, (), clause, clause, "foreseen" if foreseen else "future")

    def _foreseen(self, clause: Clause) -> str:
        """Which sort of word gave way to the clause: *is due to*, *devrait*; "" where none did."""
        token = self.syntax.tokens[clause.head]
        for _ in range(4):
            if token.dep not in ("xcomp", "ccomp") or token.head == token.i:
                return ""
            token = self.syntax.tokens[token.head]
            if self.clauses_at(token.i):
                return ""
            if token.lemma.lower() in self.words.oblige:
                return "oblige"
            if token.lemma.lower() in self.words.foreseen:
                return "foreseen"
        return ""

    def _is_taken(self, clause: Clause) -> bool:
        """What hangs on a verb of promise is read there; what hangs on a denial is no commitment."""
        above = self.clauses[clause.parent] if clause.parent is not None else None
        if above is None:
            return False
        lemma = above.lemma.removeprefix("se_")
        return (lemma in self.words.promise and clause.relation in ("xcomp", "ccomp")) or above.negated

    # --- fields ---------------------------------------------------------------------------------

    def _is_deed(self, clause: Clause) -> bool:
        return self.matcher.deed(clause) is not None

    def _sides(self, clause: Clause, roles: tuple[str, ...], without: int = -1) -> tuple[Arg, ...]:
        """Those in a role who can act, each of a coordinated phrase apart."""
        found: list[Arg] = []
        for arg in clause.by_role(*roles):
            if arg.head == without:
                continue
            for i in self.syntax.conjuncts(arg.head):
                token = self.syntax.tokens[i]
                if self.fillers.is_kind(token, "actor"):
                    found.append(self._side(token, arg))
        return tuple(found)

    def _side(self, token: Token, arg: Argument) -> Arg:
        made = self.fillers.arg(token)
        if token.i != arg.head or len(self.syntax.conjuncts(arg.head)) > 1:
            mention = self.fillers.mention(token)
            return (
                Arg(start=made.start, end=made.end, entities=mention.entities if mention else ())
                if (token.i != arg.head)
                else self._first_of(token, mention.entities if mention else ())
            )
        return Arg(start=arg.start, end=arg.end, entities=made.entities)

    def _first_of(self, token: Token, entities: tuple[int, ...]) -> Arg:
        inside = self.syntax.subtree(
            token.i, frozenset({"conj", "cc", "acl", "acl:relcl", "appos", "punct", "case"})
        )
        start, end = self.syntax.span(inside)
        return Arg(start=start, end=end, entities=entities)

    def _time_in(self, arg: Argument) -> When | None:
        for mention in self.times:
            if mention.start >= arg.end:
                break
            if mention.end > arg.start and mention.first and mention.type in ("DATE", "TIME"):
                return When(
                    start=mention.first,
                    end=mention.last,
                    basis=mention.basis,
                    why=mention.why,
                    span=Span(mention.start, mention.end),
                )
        return None

    def _due(self, clause: Clause) -> When | None:
        for arg in clause.args:
            if arg.role == "time" or arg.case in self.words.until:
                found = self._time_in(arg)
                if found is not None:
                    return found
        return self._completed(clause)

    def _completed(self, clause: Clause) -> When | None:
        """By when what it is about must be there: *to pay for the bridge, which must be finished in 2031*."""
        things = {arg.head for arg in clause.by_role("patient")}
        for noun in (c for thing in things for c in self.clauses_at(thing)):
            for below in self.below.get(noun.i, ()):
                if below.relation == "relcl" and below.voice == "passive" and self._foreseen(below):
                    return self._due(below)
        return next((w for a in clause.by_role("patient") if (w := self._limit_in(a))), None)

    def _limit_in(self, arg: Argument) -> When | None:
        """A last day that the parser hung on what is done (*double the deliveries by 2027*)."""
        limit = self._time_in(arg)
        if limit is None or limit.span is None:
            return None
        before = self.syntax.tokens_in(arg.start, limit.span.start)[-2:]
        return limit if any(t.lemma.lower() in self.words.until for t in before) else None

    def _kind(self, content: Clause) -> tuple[str | None, str | None]:
        met = self.matcher.deed(content)
        return (met.frame.type, met.frame.mode) if met is not None else (None, None)

    def _report(
        self,
        by: tuple[Arg, ...] | list[Arg],
        to: tuple[Arg, ...],
        content: Clause,
        above: Clause,
        rule: str,
        due: When | None = None,
    ) -> CommitmentReport:
        kind, mode = self._kind(content)
        made = (
            self.clause_times[above.i] if above.i != content.i and above.i < len(self.clause_times) else None
        )
        return CommitmentReport(
            by=tuple(by),
            to=to,
            what=self._what(content),
            due=due or self._due(content),
            made=made,
            sentence=self.syntax.sentences[content.sent].span,
            rule=f"commitment {rule}",
            event_type=kind,
            event_mode=mode,
        )

    def _noun_report(
        self, by: tuple[Arg, ...], content: Clause, due: When | None, rule: str
    ) -> CommitmentReport:
        kind, mode = self._kind(content)
        phrase = self.fillers.arg(self.syntax.tokens[content.head])
        return CommitmentReport(
            by=by,
            to=(),
            what=phrase.span,
            due=due,
            made=None,
            sentence=self.syntax.sentences[content.sent].span,
            rule=f"commitment {rule}",
            event_type=kind,
            event_mode=mode,
        )

    def _what(self, content: Clause) -> Span:
        """The words of the deed: the verb with what follows it, and for a passive its subject."""
        head = self.syntax.tokens[content.head]
        start, end = content.start, content.end
        if head.morph.get("VerbForm") == "Inf" and content.kind == "verb":
            start = head.start
        for t in self.syntax.children(head.i, "advmod"):
            if t.morph.get("Polarity") == "Neg" and 0 < head.i - t.i <= 3:
                start = min(start, t.start)
        if content.kind == "verb":
            last = max((i for i in self.syntax.subtree(head.i, _APART) if i >= head.i), default=head.i)
            end = max(end, self.syntax.tokens[last].end)
        for arg in content.args:
            near = self.syntax.tokens[arg.head].sent == content.sent
            if near and (arg.start > content.start or (content.voice == "passive" and arg.role == "patient")):
                start, end = min(start, arg.start), max(end, arg.end)
        return Span(start, end)


def _distinct(found: list[CommitmentReport]) -> Iterator[CommitmentReport]:
    """Of reports whose words overlap in one sentence, the first (the widest)."""
    last: CommitmentReport | None = None
    for report in found:
        if last is not None and last.what.meets(report.what) and last.sentence == report.sentence:
            continue
        last = report
        yield report
