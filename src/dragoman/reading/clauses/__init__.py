"""`Syntax` -> clauses: one language-neutral record for each verb and each noun that says what is done.

Words are data (`languages/<language>/clauses.yaml`), the tree is Universal Dependencies, and the way is the same for
all languages: predicates, their moods, their subjects and arguments, then what governing verbs add.
"""

from __future__ import annotations

from dragoman.reading.clauses.arguments import Arguments
from dragoman.reading.clauses.governing import govern
from dragoman.reading.clauses.grammar import event_nouns, grammar
from dragoman.reading.clauses.predicates import Predicate, find_predicates, is_passive, lemma_of, mood_of
from dragoman.reading.clauses.subjects import Subjects
from dragoman.reading.clauses.tree import Tree
from dragoman.reading.syntax import Clause, Syntax

__all__ = ["event_nouns", "find_clauses"]

_RELATIONS = {
    "ccomp": "ccomp",
    "csubj": "ccomp",
    "csubj:pass": "ccomp",
    "xcomp": "xcomp",
    "acl:relcl": "relcl",
    "acl": "acl",
    "amod": "acl",
    "advcl": "advcl",
    "conj": "conj",
    "parataxis": "parataxis",
    "obl": "advcl",
}


def find_clauses(syntax: Syntax) -> tuple[Clause, ...]:
    """All clauses of a text, in the order of their heads."""
    tree = Tree(syntax, grammar(syntax.language))
    predicates = find_predicates(tree)
    arguments = Arguments(tree, Subjects(tree))
    place = {p.head.i: n for n, p in enumerate(predicates)}
    for n, p in enumerate(predicates):
        for carrier in p.carriers:
            place.setdefault(carrier.i, n)
    drafts = [_clause(tree, arguments, p, n, place) for n, p in enumerate(predicates)]
    return tuple(govern(tree, predicates, drafts))


def _clause(tree: Tree, arguments: Arguments, p: Predicate, n: int, place: dict[int, int]) -> Clause:
    mood = mood_of(tree, p)
    head = p.head
    noun = head.pos == "NOUN"
    start, end = _words(tree, p)
    parent, relation = _parent(tree, p, n, place)
    return Clause(
        i=n,
        head=head.i,
        lemma=head.lemma.lower() if noun else lemma_of(tree, head),
        kind="noun" if noun else "adjective" if head.pos == "ADJ" else "verb",
        voice="passive" if not noun and is_passive(tree, head) else "active",
        tense=mood.tense,
        perfect=mood.perfect,
        progressive=mood.progressive,
        negated=mood.negated,
        modality=mood.modality,
        args=arguments.of(p),
        sent=head.sent,
        start=start,
        end=end,
        light=lemma_of(tree, p.light) if p.light else "",
        parent=parent,
        relation=relation,
    )


def _words(tree: Tree, p: Predicate) -> tuple[int, int]:
    """Span of the predicate's own words: a verb with its auxiliaries and particle, or the noun."""
    head = p.head
    if head.pos == "NOUN":
        return head.start, head.end
    own = [head, *(t for t in tree.kids[head.i] if t.dep.startswith(("aux", "cop", "compound:prt", "expl")))]
    near = [t for t in own if abs(t.i - head.i) <= 6]
    return min(t.start for t in near), max(t.end for t in near)


def _parent(tree: Tree, p: Predicate, n: int, place: dict[int, int]) -> tuple[int | None, str]:
    top = (
        p.light
        if p.light is not None and p.light.dep.startswith("acl") and p.head.i == p.light.head
        else p.top
    )
    at = p.head if top is not p.top else p.top
    noun = p.head.pos == "NOUN" and (p.light is None or top is not p.top)
    relation = "nominal" if noun else _RELATIONS.get(at.dep, "nominal")
    for _ in range(40):
        above = tree.tokens[at.head]
        if above is at:
            return None, ""
        found = place.get(above.i)
        if found is not None and found != n:
            return found, relation
        at = above
    return None, ""
