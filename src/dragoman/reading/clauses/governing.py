"""What a clause gets from what it hangs on: *agreed to withdraw* is intended, *refused to* negated."""

from __future__ import annotations

from dataclasses import replace

from dragoman.languages.schema.grammar import Control
from dragoman.reading.clauses.grammar import Grammar
from dragoman.reading.clauses.predicates import Predicate
from dragoman.reading.clauses.tree import Tree
from dragoman.reading.syntax import Clause, Modality, Token

_NONE = Control()


def govern(tree: Tree, predicates: list[Predicate], clauses: list[Clause]) -> list[Clause]:
    """Clauses with the moods that their governors give; a governor is settled before what hangs on it."""
    done: dict[int, Clause] = {}
    for clause in clauses:
        chain = []
        at: Clause | None = clause
        while at is not None and at.i not in done and at not in chain:
            chain.append(at)
            at = clauses[at.parent] if at.parent is not None else None
        for waiting in reversed(chain):
            parent = done.get(waiting.parent) if waiting.parent is not None else None
            done[waiting.i] = _governed(tree, predicates[waiting.i], waiting, parent)
    return [done[c.i] for c in clauses]


def _governed(tree: Tree, predicate: Predicate, clause: Clause, parent: Clause | None) -> Clause:
    clause = _under_modal_noun(tree, predicate, clause)
    clause = _on_condition(tree, predicate, clause)
    if parent is None:
        return clause
    if clause.relation == "ccomp" and _is_seen_from_the_past(clause, parent):
        # "said it would leave": a future, no condition.
        return replace(clause, modality="none", tense="future")
    if clause.relation in ("xcomp", "ccomp") and clause.tense == "none":
        return _under_verb(tree.grammar, clause, parent)
    if clause.relation == "advcl" and clause.tense == "none" and clause.modality == "none":
        if not _is_real(tree, predicate.top):
            return replace(clause, modality="intended")
        return replace(clause, tense=parent.tense)
    if clause.relation == "conj" and parent.modality == "hypothetical" and clause.modality == "none":
        return replace(clause, modality="hypothetical")
    if clause.relation == "conj" and clause.tense == "none" and clause.kind == "verb":
        return replace(clause, tense=parent.tense, modality=_stronger(clause.modality, parent.modality))
    if clause.relation == "acl" and clause.tense == "none" and predicate.top.morph.get("VerbForm") == "Part":
        return replace(clause, tense="present")
    return clause


def _is_seen_from_the_past(clause: Clause, parent: Clause) -> bool:
    return clause.modality == "conditional" and clause.tense != "past" and parent.tense == "past"


def _is_real(tree: Tree, verb: Token) -> bool:
    """False for *aimed at leaving*; True for *by leaving*, *avant de partir*, a participle without a preposition.

    *for Peru to leave* is an infinitive with its own subject, no gerund.
    """
    if any(t.pos == "PART" and t.dep == "aux" for t in tree.kids[verb.i]):
        return False
    words = [t.lemma.lower() for t in tree.kids[verb.i] if t.dep in ("case", "mark")]
    if any(w in tree.grammar.real_gerunds for w in words):
        return True
    return not words and verb.morph.get("VerbForm") != "Inf"


def _under_verb(grammar: Grammar, clause: Clause, parent: Clause) -> Clause:
    control = grammar.control.get(parent.lemma) or grammar.control.get(
        parent.lemma.removeprefix("se_"), _NONE
    )
    negated = clause.negated ^ control.negated
    if control.same:
        return replace(clause, tense=parent.tense, negated=negated ^ parent.negated, modality=parent.modality)
    modality = _stronger(clause.modality, control.gives)
    return replace(clause, negated=negated, modality=_stronger(modality, _spread(parent.modality)))


def _under_modal_noun(tree: Tree, predicate: Predicate, clause: Clause) -> Clause:
    """*its plan to withdraw*, *the possibility of sending*, *a threat of war*."""
    top = predicate.top
    head = tree.tokens[top.head]
    if head is top or top.dep not in ("acl", "nmod", "ccomp", "xcomp", "obl"):
        return clause
    given = tree.grammar.modality_of.get(head.lemma.lower()) if head.pos == "NOUN" else None
    if given is None or clause.tense in ("past", "present"):
        return clause
    if given == "negated":
        return replace(clause, negated=not clause.negated)
    if clause.modality != "none":
        return clause
    modality: Modality = (
        "possible" if given == "possible" else "obliged" if given == "obliged" else "intended"
    )
    return replace(clause, modality=modality)


def _on_condition(tree: Tree, predicate: Predicate, clause: Clause) -> Clause:
    """*will leave if*: what hangs on a condition is not simply to come."""
    if clause.tense != "future" and clause.modality not in ("intended", "obliged"):
        return clause
    conditions = tree.grammar.hypothetical
    for word in (predicate.head, *predicate.carriers):
        for t in tree.kids[word.i]:
            if t.dep == "advcl" and any(
                m.dep == "mark" and m.lemma.lower() in conditions for m in tree.kids[t.i]
            ):
                return replace(clause, modality="conditional")
    return clause


def _stronger(own: Modality, given: Modality) -> Modality:
    return own if own != "none" else given


def _spread(modality: Modality) -> Modality:
    return modality if modality in ("hypothetical", "conditional", "possible", "imperative") else "none"
