"""States that a noun says of another: *Peru, an ally of Chile*; *Peru is a member of the club*."""

from __future__ import annotations

from dragoman.languages.schema.grammar import Relation
from dragoman.model import Arg, StateReport
from dragoman.reading.fillers import Fillers
from dragoman.reading.marks import Names
from dragoman.reading.states.rules import StateWords
from dragoman.reading.states.validity import Validity
from dragoman.reading.syntax import Syntax, Token

IN_POWER = "in power"
"""The value of an office of which only the power is told, in any language."""


_HELD = frozenset({"nmod", "obl", "obl:mod", "obl:arg", "xcomp"})


def find_relations(syntax: Syntax, names: Names, words: StateWords, fillers: Fillers) -> list[StateReport]:
    """One report for each relational noun of which both sides are known entities."""
    found = []
    for token in syntax.tokens:
        relation = words.relation_of.get(token.lemma.lower()) or words.relation_of.get(token.text.lower())
        if relation is None or _is_denied(syntax, token, words):
            continue
        other = _other(syntax, names, fillers, token, relation)
        holder = _holder(syntax, names, fillers, token, words)
        if other is None or holder is None or set(other.entities) & set(holder.entities):
            continue
        if not other.entities or not holder.entities:
            continue
        found.append(
            StateReport(
                type=relation.type,
                subject=holder,
                object=other,
                place=None,
                value=relation.value,
                valid=None,
                sentence=syntax.sentences[token.sent].span,
                rule=f"state {relation.type} by apposition or copula",
            )
        )
    return found


def find_power(
    syntax: Syntax, names: Names, words: StateWords, fillers: Fillers, validity: Validity
) -> list[StateReport]:
    """*Kovac, in power since 2003*: said of a person without a verb, or with one of arriving (*arrivé au pouvoir*)."""
    found = []
    for token in syntax.tokens:
        if token.lemma.lower() not in words.power or token.dep not in _HELD:
            continue
        case = syntax.child(token.i, "case")
        if case is None or case.lemma.lower() not in words.power_at:
            continue
        head = syntax.tokens[token.head]
        holder = syntax.tokens[head.head] if head.dep in ("acl", "amod") else head
        if not fillers.is_kind(holder, "person") or names.at(holder.start) is None:
            before = _before_comma(syntax, names, case)
            if before is None:
                continue
            head = holder = before
        valid = validity.since(token.end, syntax.span(syntax.subtree(token.i, frozenset()))[1])
        if valid is None and head.i != holder.i:
            valid = validity.opened_in(token.end, syntax.span(syntax.subtree(head.i, frozenset()))[1])
        if valid is not None:
            found.append(
                StateReport(
                    type="office",
                    subject=fillers.named(holder),
                    object=None,
                    place=None,
                    value=IN_POWER,
                    valid=valid,
                    sentence=syntax.sentences[token.sent].span,
                    rule="state in power by apposition",
                )
            )
    return found


def _before_comma(syntax: Syntax, names: Names, case: Token) -> Token | None:
    """The person named right before a comma and the words for power: *Kovac, in power since 2003, needs nobody*."""
    if case.i < 2 or syntax.tokens[case.i - 1].text != ",":
        return None
    token = syntax.tokens[case.i - 2]
    mention = names.at(token.start)
    if mention is None or mention.kind != "name" or len(mention.entities) != 1:
        return None
    return token if names.entities[mention.entities[0]].type == "person" else None


def _is_denied(syntax: Syntax, token: Token, words: StateWords) -> bool:
    """*no ally of*, *is not a member*, *a former ally*."""
    for t in syntax.children(token.i):
        if t.morph.get("Polarity") == "Neg" or t.lemma.lower() in words.former:
            return True
        if t.dep == "det" and (t.lemma.lower() in ("no", "aucun") or t.morph.get("PronType") == "Neg"):
            return True
        if t.dep == "advmod" and t.lemma.lower() in ("not", "pas", "plus", "не", "never"):
            return True
    return False


def _other(syntax: Syntax, names: Names, fillers: Fillers, token: Token, relation: Relation) -> Arg | None:
    for t in syntax.children(token.i, "nmod:poss", "nmod", "obl", "obl:arg", "obl:mod", "iobj"):
        case = syntax.child(t.i, "case")
        lemma = case.lemma.lower() if case is not None else ""
        fits = t.dep == "nmod:poss" or lemma in relation.of
        fits = fits or (not lemma and t.morph.get("Case") == "Gen" and "Gen" in relation.of)
        if fits and (names.at(t.start) is not None or fillers.mention(t) is not None):
            return fillers.arg(t) if t.dep != "nmod:poss" else fillers.named(t)
    for t in syntax.children(token.i, "nmod", "acl"):
        # "a supplier of gas to Spain": the other side hangs one step lower.
        for below in syntax.children(t.i, "nmod"):
            case = syntax.child(below.i, "case")
            if case is not None and case.lemma.lower() in relation.of and names.at(below.start) is not None:
                return fillers.arg(below)
    return None


def _holder(syntax: Syntax, names: Names, fillers: Fillers, token: Token, words: StateWords) -> Arg | None:
    head = syntax.tokens[token.head]
    if token.dep in ("appos", "acl") or (
        token.dep == "nmod" and syntax.child(token.i, "case") is None and head.pos == "PROPN"
    ):
        return fillers.arg(head) if names.at(head.start) is not None else None
    if syntax.child(token.i, "cop") is not None:
        subject = syntax.child(token.i, "nsubj")
        return fillers.arg(subject) if subject is not None else None
    if head.lemma.lower() in words.copulas and token.dep in ("obl", "xcomp", "obj", "iobj"):
        subject = syntax.child(head.i, "nsubj")
        return fillers.arg(subject) if subject is not None else None
    for t in syntax.children(token.i, "appos", "flat", "flat:name", "compound"):
        mention = names.at(t.start)
        if mention is not None and mention.entities and t.dep != "compound":
            return fillers.named(t)
    return None
