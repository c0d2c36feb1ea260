"""Alliances that an agreement makes: *Chile and Peru signed a treaty of mutual defence in May 2020*."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import Arg, StateReport, When
from dragoman.reading.states.finder import StateFinder
from dragoman.reading.states.rules import StateWords
from dragoman.reading.syntax import Clause, Syntax, Token

_FARTHEST = 12
"""Tokens behind the verb of signing in which the agreement is named."""


def find_pacts(
    syntax: Syntax, clauses: tuple[Clause, ...], words: StateWords, finder: StateFinder
) -> list[StateReport]:
    """One report for each clause that tells of the signing by two known parties."""
    found = []
    for clause in clauses:
        if not {clause.lemma, clause.light} & words.pacts.verbs or clause.tense != "past" or clause.negated:
            continue
        pact = _pact(syntax, clause, words, finder)
        parties = list(_parties(syntax, clauses, clause, finder)) if pact is not None else []
        if len(parties) == 2:
            found.append(
                StateReport(
                    type="alliance",
                    subject=parties[0],
                    object=parties[1],
                    place=None,
                    value="ally",
                    valid=_from(finder.validity.clause_times[clause.i]),
                    sentence=syntax.sentences[clause.sent].span,
                    rule="state alliance by pact",
                )
            )
    return found


def _from(when: When | None) -> When | None:
    """It holds from the day of signing on."""
    return When(start=when.start, end=None, basis=when.basis, why=when.why, span=when.span) if when else None


def _pact(syntax: Syntax, clause: Clause, words: StateWords, finder: StateFinder) -> Token | None:
    """The agreement, if it is one of mutual help. A parser may hang it on the place of signing."""
    past = min(syntax.sentences[clause.sent].past, clause.head + _FARTHEST)
    for token in syntax.tokens[syntax.sentences[clause.sent].first : past]:
        if token.pos == "NOUN" and finder.fillers.is_kind(token, "pact"):
            said = {syntax.tokens[i].lemma.lower() for i in syntax.subtree(token.i)}
            said |= {syntax.tokens[i].text.lower() for i in syntax.subtree(token.i)}
            if any(mutual <= said for mutual in words.pacts.mutual):
                return token
    return None


def _parties(
    syntax: Syntax, clauses: tuple[Clause, ...], clause: Clause, finder: StateFinder
) -> Iterator[Arg]:
    """The states and bodies that sign, each once."""
    seen: set[int] = set()
    below = [c for c in clauses if c.parent == clause.i and c.kind == "noun"]
    args = [*clause.by_role("agent", "with"), *(a for c in below for a in c.by_role("with"))]
    for arg in args:
        for i in syntax.conjuncts(arg.head):
            token = syntax.tokens[i]
            mention = finder.fillers.mention(token)
            entities = mention.entities if mention is not None else ()
            for e in entities:
                if e not in seen and finder.fillers.names.entities[e].type in ("state", "organisation"):
                    seen.add(e)
                    alone = len(entities) == 1
                    span = finder.fillers.named(token).span if alone else arg.span
                    yield Arg(start=span.start, end=span.end, entities=(e,))
