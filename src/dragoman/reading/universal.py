"""English trees in spaCy's own labels -> the Universal Dependencies that French and Russian come in.

spaCy hangs a noun on its preposition (`met -prep-> with -pobj-> him`) and makes *be* the head of its
complement. Here the noun hangs on what the preposition hung on (`met -obl-> him -case-> with`), and
the complement takes the place of *be* (`cop`). Labels: ClearNLP guidelines; universaldependencies.org.
"""

from __future__ import annotations

from dragoman.reading.syntax import Token

_RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "dobj": "obj",
    "dative": "iobj",
    "auxpass": "aux:pass",
    "relcl": "acl:relcl",
    "poss": "nmod:poss",
    "prt": "compound:prt",
    "neg": "advmod",
    "nmod": "compound",
    "npadvmod": "obl:npmod",
    "oprd": "xcomp",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "intj": "discourse",
    "meta": "dep",
    "quantmod": "advmod",
    "nmod:new": "nmod",
    "ROOT": "root",
}

_PREPOSITIONAL = {"prep", "agent", "dative"}
_NMOD = "nmod:new"  # until spaCy's own `nmod`, which is a compound, has been renamed
_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "SYM"}


def to_universal(tokens: list[Token]) -> None:
    """Relabel and rehang the tokens of English text in place."""
    _lift_objects_of_prepositions(tokens)
    _demote_copulas(tokens)
    for token in tokens:
        if token.dep == "neg":
            token.morph = {**token.morph, "Polarity": "Neg"}
        token.dep = _RENAMED.get(token.dep, token.dep)


def _lift_objects_of_prepositions(tokens: list[Token]) -> None:
    by_head: dict[int, list[Token]] = {}
    for token in tokens:
        if token.head != token.i:
            by_head.setdefault(token.head, []).append(token)
    # From the right, so that in "according to him" the inner preposition gives up its noun first.
    for prep in reversed(tokens):
        if prep.dep not in _PREPOSITIONAL:
            continue
        below = [t for t in by_head.get(prep.i, ()) if t.head == prep.i]
        objects = [t for t in below if t.dep == "pobj"] or [
            t for t in below if t.dep in ("pcomp", "obl", _NMOD)
        ]
        if not objects:
            continue
        noun, mother = objects[0], tokens[prep.head]
        if prep.head == prep.i:
            noun.dep, noun.head = "root", noun.i
        else:
            if noun.dep == "pcomp":
                noun.dep = "advcl" if mother.pos in ("VERB", "AUX") else "acl"
            elif prep.dep in ("agent", "dative"):
                noun.dep = {"agent": "obl:agent", "dative": "iobj"}[prep.dep]
            else:
                noun.dep = _NMOD if mother.pos in _NOMINAL and prep.dep != "conj" else "obl"
            noun.head = prep.head
            by_head.setdefault(prep.head, []).append(noun)
        prep.dep, prep.head = "case", noun.i
        for other in below:
            if other is not noun:
                other.head = noun.i
                if other.dep == "pobj":
                    other.dep = "conj"
                elif other.dep == "case":
                    other.dep = "fixed"
                by_head.setdefault(noun.i, []).append(other)


def _demote_copulas(tokens: list[Token]) -> None:
    for verb in tokens:
        if verb.lemma != "be" or verb.pos not in ("AUX", "VERB") or verb.dep in ("aux", "auxpass"):
            continue
        below = [t for t in tokens[max(0, verb.i - 60) : verb.i + 60] if t.head == verb.i and t is not verb]
        complement = next((t for t in below if t.dep in ("attr", "acomp")), None)
        if complement is None:
            continue
        complement.dep = verb.dep
        complement.head = complement.i if verb.dep == "ROOT" or verb.head == verb.i else verb.head
        if verb.head == verb.i:
            complement.dep = "ROOT"
        verb.dep, verb.head = "cop", complement.i
        for other in below:
            if other is not complement:
                other.head = complement.i
