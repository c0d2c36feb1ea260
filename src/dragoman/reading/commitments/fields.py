"""What a clause gives for a commitment: who, to whom, what, by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dragoman.model import Arg, CommitmentReport, EventReport, Span, TimeMention, When
from dragoman.reading.commitments.words import commitment_words
from dragoman.reading.fillers import Fillers
from dragoman.reading.frames import frame_index
from dragoman.reading.marks import Names
from dragoman.reading.rules.actors import Actors
from dragoman.reading.rules.matching import Matcher
from dragoman.reading.syntax import Argument, Clause, Syntax, Token

_NEAR = 16
"""Characters before a time in which its preposition stands."""

_CHAIN = 4
"""Verbs that give way to one another, at most."""

_APART = frozenset({"conj", "cc", "parataxis", "punct", "nsubj", "mark"})


@dataclass
class Fields:
    """Asks the clauses of one text for the fields of a commitment."""

    syntax: Syntax
    clauses: tuple[Clause, ...]
    names: Names
    clause_times: tuple[When | None, ...]
    times: tuple[TimeMention, ...]
    events: tuple[EventReport, ...]

    def __post_init__(self) -> None:
        self.words = commitment_words(self.syntax.language)
        self.fillers = Fillers(self.syntax, self.names)
        self.below: dict[int, list[Clause]] = {}
        for clause in self.clauses:
            if clause.parent is not None:
                self.below.setdefault(clause.parent, []).append(clause)

    @cached_property
    def matcher(self) -> Matcher:
        actors = Actors(self.syntax, self.names, self.clauses)
        return Matcher(self.syntax, self.clauses, frame_index(self.syntax.language), actors)

    def clauses_with(self, head: int) -> Iterator[Clause]:
        """Clauses, apart from relative ones, of which the token heads the patient."""
        sentence = self.syntax.tokens[head].sent
        for clause in self.clauses:
            here = clause.sent == sentence and clause.relation != "relcl" and clause.kind == "verb"
            if here and any(a.head == head and not a.inherited for a in clause.by_role("patient")):
                yield clause

    def is_government(self, speaker: tuple[Arg, ...]) -> bool:
        """A state speaks of what it will do, also where it does not say who will."""
        return any(self.names.entities[e].type == "state" for arg in speaker for e in arg.entities)

    def is_person(self, arg: Argument) -> bool:
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

    def foreseen(self, clause: Clause) -> str:
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

    def is_deed(self, clause: Clause) -> bool:
        return self.matcher.deed(clause) is not None

    def sides(self, clause: Clause, roles: tuple[str, ...], without: int = -1) -> tuple[Arg, ...]:
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

    def time_in(self, arg: Argument) -> When | None:
        for mention in self.times:
            if mention.start >= arg.end:
                break
            if mention.end > arg.start and mention.first and mention.type in ("DATE", "TIME"):
                return mention.when(mention.first, mention.last)
        return None

    def due(self, clause: Clause) -> When | None:
        return self._said_due(clause) or self._completed(clause)

    def _said_due(self, clause: Clause) -> When | None:
        for arg in clause.args:
            if arg.role == "time" or arg.case in self.words.until:
                found = self.time_in(arg)
                if found is not None:
                    return found
        return None

    def _completed(self, clause: Clause) -> When | None:
        """By when what it is about must be there: *to pay for the bridge, which must be finished in 2031*."""
        things = {arg.head for arg in clause.by_role("patient", "purpose")}
        nouns = {clause.i, *(c.i for thing in things for c in self.clauses_at(thing))}
        for below in (c for i in sorted(nouns) for c in self.below.get(i, ())):
            to_be = below.tense == "future" or self.foreseen(below)
            # A parser may hang the relative clause on the verb: nobody else is there to be completed.
            if below.relation == "relcl" and to_be and self._said_of(below) in {*things, clause.head}:
                return self._said_due(below)
        return next((w for a in clause.by_role("patient") if (w := self._limit_in(a))), None)

    def _said_of(self, relative: Clause) -> int:
        """The noun that a relative clause is about, above the verbs that gave way to its own."""
        token = self.syntax.tokens[relative.head]
        for _ in range(_CHAIN):
            if token.dep != "xcomp" or token.head == token.i:
                break
            token = self.syntax.tokens[token.head]
        return token.head

    def is_limit(self, arg: Argument) -> bool:
        """True for a time by which something must be done: *by May 3*."""
        when = self.time_in(arg)
        if when is None or when.span is None:
            return False
        before = self.syntax.tokens_in(max(0, when.span.start - _NEAR), when.span.start)[-3:]
        inside = self.syntax.tokens_in(when.span.start, when.span.end)[:1]
        return arg.case in self.words.until or any(
            t.lemma.lower() in self.words.until for t in (*before, *inside)
        )

    def _limit_in(self, arg: Argument) -> When | None:
        """A last day that the parser hung on what is done (*double the deliveries by 2027*)."""
        limit = self.time_in(arg)
        if limit is None or limit.span is None:
            return None
        before = self.syntax.tokens_in(arg.start, limit.span.start)[-2:]
        return limit if any(t.lemma.lower() in self.words.until for t in before) else None

    def _kind(self, content: Clause) -> tuple[str | None, str | None]:
        met = self.matcher.deed(content)
        return (met.frame.type, met.frame.mode) if met is not None else (None, None)

    def report(
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
            what=self.what(content),
            due=due or self.due(content),
            made=made,
            sentence=self.syntax.sentences[content.sent].span,
            rule=f"commitment {rule}",
            event_type=kind,
            event_mode=mode,
        )

    def noun_report(
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

    def what(self, content: Clause) -> Span:
        """The words of the deed: the verb with what follows it, and for a passive its subject."""
        head = self.syntax.tokens[content.head]
        start, end = content.start, content.end
        if head.morph.get("VerbForm") == "Inf" and content.kind == "verb":
            start = head.start
        for t in self.syntax.children(head.i, "advmod"):
            if t.morph.get("Polarity") == "Neg" and 0 < head.i - t.i <= 3:
                start = min(start, t.start)
        if content.tense == "none" and content.kind == "verb":
            for t in reversed(self.syntax.tokens[max(0, head.i - 3) : head.i]):
                if t.dep != "advmod":
                    break
                start = min(start, t.start)
        if content.kind == "verb":
            last = max((i for i in self.syntax.subtree(head.i, _APART) if i >= head.i), default=head.i)
            end = max(end, self.syntax.tokens[last].end)
        for arg in content.args:
            near = self.syntax.tokens[arg.head].sent == content.sent
            if near and (arg.start > content.start or (content.voice == "passive" and arg.role == "patient")):
                start, end = min(start, arg.start), max(end, arg.end)
        return Span(start, end)
