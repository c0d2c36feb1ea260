"""Whether the name of a capital or a state means who acts or where it is: "Baku announced", "in Baku".

Decided from the preposition, the relation and the word that governs the name.
"""

from __future__ import annotations

from typing import Literal

from dragoman.languages import traits
from dragoman.reading.names.spot import Spot
from dragoman.reading.names.words import Words, plain
from dragoman.reading.syntax import Syntax, Token

Side = Literal["actor", "place"]

_SUBJECT = frozenset({"nsubj", "nsubj:pass", "obl:agent", "csubj"})
_LEAVES = frozenset("—–-:")


def head_token(syntax: Syntax, spot: Spot) -> Token:
    """The token of the spot whose head lies outside it."""
    for i in range(spot.first, spot.past):
        token = syntax.tokens[i]
        if token.head == i or not spot.first <= token.head < spot.past:
            return token
    return syntax.tokens[spot.first]


def preposition(syntax: Syntax, first: int, head: Token) -> Token | None:
    """The preposition that brings in the phrase: by the tree, or right before it (an article may stand between)."""
    for child in syntax.children(head.i, "case"):
        if child.i < first:
            return child
    for i in range(first - 1, max(-1, first - 3), -1):
        token = syntax.tokens[i]
        if token.sent != head.sent:
            return None
        if token.pos == "ADP":
            return token
        if token.pos not in ("DET", "ADJ"):
            return None
    return None


def capital_side(syntax: Syntax, words: Words, spot: Spot) -> Side:
    """What the name of a capital means here."""
    head = head_token(syntax, spot)
    if _is_dateline(syntax, spot) or _names_its_country(syntax, spot):
        return "place"
    if (
        spot.past < len(syntax.tokens)
        and syntax.tokens[spot.past].text in ("-", "–")
        and _touches(syntax, spot)
    ):
        return "actor"
    case = preposition(syntax, spot.first, head)
    governor = syntax.tokens[head.head] if head.head != head.i else None
    if case is not None:
        return _by_preposition(syntax, words, head, case, governor)
    if head.dep in _SUBJECT:
        return "place" if governor is not None and _is_located(syntax, words, governor) else "actor"
    if head.dep in ("nmod:poss", "nmod") and governor is not None:
        return "place" if words.has("city_heads", governor) else "actor"
    if head.dep in ("compound", "amod", "flat", "flat:name", "appos") and governor is not None:
        return _modifier(syntax, words, spot, governor)
    if head.dep in ("obj", "iobj"):
        return "place" if governor is not None and words.has("visited", governor) else "actor"
    if head.dep == "conj" and governor is not None:
        return _of_partner(syntax, words, governor)
    if _is_missed_subject(syntax, head, governor):
        return "actor"
    after = syntax.tokens[spot.past] if spot.past < len(syntax.tokens) else None
    return "actor" if after is not None and after.pos in ("VERB", "AUX") else "place"


def _is_missed_subject(syntax: Syntax, head: Token, governor: Token | None) -> bool:
    """A name without a preposition before a verb that has no subject: *Paris, on the other hand, leans on Rome*."""
    if governor is None or governor.pos != "VERB" or head.i > governor.i or not head.dep.startswith("obl"):
        return False
    return not traits(syntax.language).free_order and syntax.child(governor.i, "nsubj", "nsubj:pass") is None


def country_side(syntax: Syntax, words: Words, spot: Spot) -> Side:
    """What the name of a state means here: the state, but for "in Moldova" and the like."""
    head = head_token(syntax, spot)
    case = preposition(syntax, spot.first, head)
    if case is None:
        if head.dep == "conj" and head.head != head.i:
            partner = syntax.tokens[head.head]
            before = preposition(syntax, partner.i, partner)
            if before is not None and partner.pos == "PROPN":
                case = before
        if case is None:
            return "place" if _in_brackets(syntax, spot) else "actor"
    low = plain(case.text)
    if low not in words.sets["country_locative"] and plain(case.lemma) not in words.sets["country_locative"]:
        return "actor"
    if traits(syntax.language).declines and head.morph.get("Case") not in (None, "Loc"):
        return "actor"
    if _is_addressed(syntax, words, head, low):
        return "actor"
    return "place"


def _by_preposition(syntax: Syntax, words: Words, head: Token, case: Token, governor: Token | None) -> Side:
    low, lemma = plain(case.text), plain(case.lemma)
    if low in words.sets["locative"] or lemma in words.sets["locative"]:
        if traits(syntax.language).declines and head.morph.get("Case") not in (None, "Loc", "Acc", "Gen"):
            return "actor"
        return "actor" if _is_addressed(syntax, words, head, low) else "place"
    moves = governor is not None and words.has("motion", governor)
    before = syntax.tokens[case.i - 1] if case.i else None
    if before is not None and before.pos in ("ADV", "NOUN", "ADP") and words.has("beside", before):
        return "place"
    if low in words.sets["motion_prepositions"] or lemma in words.sets["motion_prepositions"]:
        if moves:
            return "place"
        if traits(syntax.language).declines:
            return "place"
        if governor is not None and words.has("city_heads", governor):
            return "place"
        return "actor"
    if governor is not None and words.has("city_heads", governor):
        return "place"
    return "actor"


def _is_addressed(syntax: Syntax, words: Words, head: Token, preposition_text: str) -> bool:
    """French "demander à Moscou": who is spoken to, not where."""
    if preposition_text not in words.sets["addressed_by"] or head.head == head.i:
        return False
    return words.has("addressed", syntax.tokens[head.head])


def _is_located(syntax: Syntax, words: Words, governor: Token) -> bool:
    """ "Baku is the capital", "Baku lies on the Caspian"."""
    copula = syntax.child(governor.i, "cop") is not None
    return words.has("place_verbs", governor) or (copula and words.has("city_heads", governor))


def _modifier(syntax: Syntax, words: Words, spot: Spot, governor: Token) -> Side:
    if governor.i < spot.first and words.has("city_heads", governor):
        return "place"
    return "actor" if any(governor.lemma.lower() == g for g in words.governments) else "place"


def _touches(syntax: Syntax, spot: Spot) -> bool:
    """ "Moscow-dominated": the hyphen stands right after the name."""
    return syntax.tokens[spot.past].start == spot.end


def _of_partner(syntax: Syntax, words: Words, partner: Token) -> Side:
    """The second of "A and B" means what the first means."""
    case = preposition(syntax, partner.i, partner)
    governor = syntax.tokens[partner.head] if partner.head != partner.i else None
    if case is not None:
        return _by_preposition(syntax, words, partner, case, governor)
    if partner.dep in ("obj", "iobj"):
        return "place" if governor is not None and words.has("visited", governor) else "actor"
    return "actor"


def _is_dateline(syntax: Syntax, spot: Spot) -> bool:
    """ "(Baku)", "BAKU (Reuters) -", "Moscow, 5 May -" at the start of a paragraph."""
    text = syntax.text
    line = text.rfind("\n", 0, spot.start) + 1
    before = text[line : spot.start].strip()
    if before not in ("", "(", "["):
        return False
    after = text[spot.end : spot.end + 40].split("\n", 1)[0].lstrip()
    if before and after.startswith((")", "]")):
        return True
    if after[:1] in _LEAVES:
        return True
    closing = after.find(")")
    return after.startswith("(") and 0 < closing < 25 and after[closing + 1 :].lstrip()[:1] in _LEAVES


def _in_brackets(syntax: Syntax, spot: Spot) -> bool:
    text = syntax.text
    return (
        text[max(0, spot.start - 4) : spot.start].rstrip()[-1:] == "("
        and text[spot.end : spot.end + 3].lstrip()[:1] == ")"
        and spot.start > 3
    )


def _names_its_country(syntax: Syntax, spot: Spot) -> bool:
    """ "Baku, Azerbaijan": a place and the larger one that holds it."""
    tokens = syntax.tokens
    i = spot.past
    if i + 1 >= len(tokens) or tokens[i].text not in (",", "("):
        return False
    after = tokens[i + 1]
    if tokens[i].text == "(":
        return after.pos == "PROPN" and i + 2 < len(tokens) and tokens[i + 2].text == ")"
    return (
        after.pos == "ADP"
        and i + 2 < len(tokens)
        and tokens[i + 2].pos == "PROPN"
        and traits(syntax.language).country_in_phrase
    )
