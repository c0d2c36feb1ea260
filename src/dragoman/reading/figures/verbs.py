"""What befell the people counted, as verbs, participles and event nouns tell it."""

from __future__ import annotations

from dragoman.reading.figures.bounds import Quantity
from dragoman.reading.figures.counted import Counted, measure_state
from dragoman.reading.figures.words import Lexicon, base
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Syntax, Token

_PASSIVE_SUBJECT = ("nsubj:pass",)
_SUBJECT = ("nsubj",)
_OBJECT = ("obj", "iobj")
_LONGEST_CHAIN = 6
LONGEST_SENTENCE = 400
"""Words; in what is longer no tree is asked, so that a text without full stops is read in linear time."""
MASS = 1000
"""So many people who leave, cross or arrive are a movement of people, and not the guests of a feast."""


def by_verb(
    syntax: Syntax,
    words: list[str],
    quantity: Quantity,
    counted: Counted | None,
    head: Token,
    names: Names,
    lexicon: Lexicon,
) -> str | None:
    past = counted.past if counted else quantity.past
    near = _by_next_word(syntax, words, past, lexicon) or _by_previous_word(syntax, quantity, lexicon)
    sentence = syntax.sentences[head.sent]
    if near is not None or sentence.past - sentence.first > LONGEST_SENTENCE:
        return near
    return _by_clause_of(syntax, head, lexicon) or _by_governor(syntax, quantity, head, names, lexicon)


def _by_next_word(syntax: Syntax, words: list[str], past: int, lexicon: Lexicon) -> str | None:
    """`12 people dead`, `12 people were killed`: the word right after, auxiliaries passed over."""
    at = past
    limit = min(len(words), past + 5)
    while at < limit and words[at] in lexicon.auxiliaries:
        at += 1
    if at >= limit:
        return None
    token = syntax.tokens[at]
    if token.pos not in ("VERB", "ADJ", "NOUN", "AUX", "ADV"):
        return None
    passed = at > past
    lemma = base(token)
    states = lexicon.measure.states
    if token.pos in ("VERB", "AUX") and lemma in lexicon.measure.does and token.dep not in ("amod",):
        return lexicon.measure.does[lemma]
    told = states.get(words[at]) or states.get(lemma)
    if told and not (token.dep == "amod" and token.head > at):
        return told if not _has_object(syntax, token) else None
    if token.pos == "VERB" and lemma in lexicon.measure.done_to:
        participle = token.morph.get("VerbForm") == "Part" and token.morph.get("Tense", "Past") != "Pres"
        if participle and token.morph.get("Aspect") != "Prog" and not _has_object(syntax, token):
            return (
                lexicon.measure.done_to[lemma]
                if passed or token.morph.get("Voice", "Pass") != "Act"
                else None
            )
    return None


def _by_previous_word(syntax: Syntax, quantity: Quantity, lexicon: Lexicon) -> str | None:
    """`killing 300 people`, `погибли 11 человек`: the verb right before, whatever the tree made of it."""
    if quantity.left == 0:
        return None
    token = syntax.tokens[quantity.left - 1]
    if token.pos != "VERB":
        return None
    lemma = base(token)
    if lemma in lexicon.measure.moves and (quantity.low or quantity.high or 0) >= MASS:
        return lexicon.measure.moves[lemma]
    return lexicon.measure.done_to.get(lemma) or lexicon.measure.does.get(lemma)


def _has_object(syntax: Syntax, token: Token) -> bool:
    return syntax.child(token.i, "obj") is not None


def _by_clause_of(syntax: Syntax, head: Token, lexicon: Lexicon) -> str | None:
    """`people killed in the raid`, `люди, погибшие при`, `soldiers who died`."""
    for child in syntax.children(head.i, "acl", "acl:relcl", "amod", "xcomp", "advcl"):
        lemma = base(child)
        if child.dep == "acl:relcl":
            if told := _by_relative(syntax, child, lexicon):
                return told
        elif child.dep != "advcl" and child.pos in ("VERB", "ADJ") and child.i > head.i - 4:
            if told := measure_state(child, child.text.lower(), lexicon):
                return told
            if (
                lemma in lexicon.measure.done_to
                and child.morph.get("VerbForm") == "Part"
                and _passive(syntax, child)
            ):
                return lexicon.measure.done_to[lemma]
    return None


def _by_relative(syntax: Syntax, verb: Token, lexicon: Lexicon) -> str | None:
    lemma = base(verb)
    if lemma in lexicon.measure.does and syntax.child(verb.i, "obj") is None:
        return lexicon.measure.does[lemma]
    if syntax.child(verb.i, "aux:pass", "nsubj:pass") is not None:
        return lexicon.measure.done_to.get(lemma)
    return None


def _passive(syntax: Syntax, verb: Token) -> bool:
    return verb.morph.get("Voice") == "Pass" or (
        verb.morph.get("Tense") == "Past"
        and verb.morph.get("Aspect") != "Prog"
        and syntax.child(verb.i, "obj") is None
    )


def _by_governor(
    syntax: Syntax, quantity: Quantity, head: Token, names: Names, lexicon: Lexicon
) -> str | None:
    """The verb, adjective or event noun that the phrase hangs on, through coordinations."""
    token = first_conjunct(syntax, head)
    verb = syntax.tokens[token.head]
    dep = token.dep
    if quantity.left <= verb.i < quantity.first and verb.head != verb.i:
        # "Plus de 80 000": the bound took the noun's place, and with it its role.
        bound, verb = verb, syntax.tokens[verb.head]
        passive = syntax.child(verb.i, "aux:pass") is not None
        dep = bound.dep if bound.dep != "advmod" else _role_by_place(bound, verb, passive)
    if verb.i == token.i:
        return None
    if (
        dep == "obl"
        and verb.pos == "VERB"
        and token.i < verb.i
        and _is_bounded_subject(syntax, quantity, verb)
    ):
        dep = "nsubj:pass" if syntax.child(verb.i, "aux:pass") is not None else "nsubj"
    said = lexicon.measure
    lemma = base(verb)
    if dep in _PASSIVE_SUBJECT:
        return said.done_to.get(lemma) or said.states.get(lemma) or _pair(syntax, verb, said.done_to)
    if dep in _SUBJECT:
        if verb.pos in ("VERB", "AUX"):
            if (deeper := _by_complement(syntax, verb, lexicon)) is not None:
                return deeper
            if (moved := _by_movement(syntax, quantity, verb, names, lexicon)) is not None:
                return moved
            if syntax.child(verb.i, "aux:pass") is not None or _is_short_passive(verb):
                return said.done_to.get(lemma) or said.states.get(lemma)
            return said.does.get(lemma) or _pair(syntax, verb, said.does)
        return said.states.get(verb.text.lower()) or said.states.get(lemma)
    if dep in _OBJECT:
        if verb.pos in ("VERB", "AUX"):
            pair = said.done_to.get(f"{lemma}:{base(token)}")
            return said.done_to.get(lemma) or pair or _of_what(syntax, verb, token, lexicon)
        return said.events.get(lemma)
    if dep in ("nmod", "nmod:poss", "obl", "obl:arg") and verb.pos == "NOUN":
        above = base(syntax.tokens[verb.head])
        told = said.events.get(lemma) or said.done_to.get(f"{above}:{lemma}")
        return told if not _is_agent(syntax, token) else None
    return None


def _is_bounded_subject(syntax: Syntax, quantity: Quantity, verb: Token) -> bool:
    """`Plus de 80 000 habitants ont fui`: the preposition is part of the bound, and nobody else is the subject."""
    alone = syntax.child(verb.i, "nsubj", "nsubj:pass", "expl:subj") is None
    return alone and quantity.left < quantity.first and quantity.high != quantity.low


def _of_what(syntax: Syntax, verb: Token, token: Token, lexicon: Lexicon) -> str | None:
    """`claimed hundreds of lives`: the noun below the number and the verb say it together."""
    for child in syntax.children(token.i, "nmod"):
        if told := lexicon.measure.done_to.get(f"{base(verb)}:{base(child)}"):
            return told
    return None


def _by_complement(syntax: Syntax, verb: Token, lexicon: Lexicon) -> str | None:
    """`could have died`, `могли погибнуть`: the verb that completes the governor."""
    for child in syntax.children(verb.i, "xcomp"):
        lemma = base(child)
        if child.pos == "VERB" and lemma in lexicon.measure.does and syntax.child(child.i, "obj") is None:
            return lexicon.measure.does[lemma]
        if child.pos == "VERB" and syntax.child(child.i, "aux:pass") is not None:
            return lexicon.measure.done_to.get(lemma)
    return None


def _is_agent(syntax: Syntax, token: Token) -> bool:
    case = syntax.child(token.i, "case")
    return case is not None and base(case) in ("by", "par")


def _is_short_passive(verb: Token) -> bool:
    return verb.morph.get("Voice") == "Pass" and verb.morph.get("VerbForm") == "Part"


def _pair(syntax: Syntax, verb: Token, told_by: dict[str, str]) -> str | None:
    """`lost their lives`, `taken to hospital`: verb and noun say it together (`lose:life`)."""
    for child in syntax.children(verb.i, "obj", "obl", "obl:arg", "obl:mod"):
        if told := told_by.get(f"{base(verb)}:{base(child)}"):
            return told
    return None


def _role_by_place(word: Token, verb: Token, passive: bool) -> str:
    """Subject before the verb, object after it."""
    if word.i > verb.i:
        return "obj"
    return "nsubj:pass" if passive else "nsubj"


def _by_movement(
    syntax: Syntax, quantity: Quantity, verb: Token, names: Names, lexicon: Lexicon
) -> str | None:
    """`left the region`, and not `left the meeting`; of a mass of people also `had left`, `arrived in Latvia`."""
    said = lexicon.measure
    lemma = base(verb)
    mass = (quantity.low or quantity.high or 0) >= MASS
    if told := (_pair(syntax, verb, said.moves) if mass else None):
        return told
    to_place = _has_place(syntax, verb, names, lexicon)
    if lemma in said.moves and (to_place or (mass and not _has_object(syntax, verb))):
        return said.moves[lemma]
    return said.reaches.get(lemma) if mass and to_place else None


def _has_place(syntax: Syntax, verb: Token, names: Names, lexicon: Lexicon) -> bool:
    """True where an object or oblique of the verb is a place or a state."""
    for child in syntax.children(verb.i, "obj", "obl", "obl:arg", "obl:mod"):
        if base(child) in lexicon.place_nouns:
            return True
        mention = names.at(child.start)
        if mention is not None and any(
            names.entities[e].type in ("place", "state") for e in mention.entities
        ):
            return True
    return False


def first_conjunct(syntax: Syntax, token: Token) -> Token:
    for _ in range(_LONGEST_CHAIN):
        if token.dep != "conj" or token.head == token.i:
            return token
        before = syntax.tokens[token.head]
        if before.pos in ("VERB", "AUX", "ADJ"):
            return token
        token = before
    return token
