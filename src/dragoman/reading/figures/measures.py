"""What is measured: the noun counted, the verb it stands under, the word that has the number for its value."""

from __future__ import annotations

from dragoman.reading.figures.bounds import Quantity
from dragoman.reading.figures.counted import Counted, measure_state
from dragoman.reading.figures.words import Kind, Lexicon, base
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Syntax, Token

_PASSIVE_SUBJECT = ("nsubj:pass",)
_SUBJECT = ("nsubj",)
_OBJECT = ("obj", "iobj")
_OBLIQUE = (
    "obl",
    "obl:arg",
    "obl:mod",
    "nmod",
    "obj",
    "xcomp",
    "advcl",
    "obl:npmod",
    "nsubj",
    "attr",
    "appos",
    "nummod",
)
_LONGEST_CHAIN = 6


def measure(
    syntax: Syntax,
    words: list[str],
    quantity: Quantity,
    counted: Counted | None,
    names: Names,
    lexicon: Lexicon,
) -> tuple[Kind, str] | None:
    """The measure and unit of a quantity without a unit of its own, and the rule; None where nothing says it."""
    kind = counted.kind if counted else None
    people = counted is None or (kind is not None and _are_people(kind))
    if counted and counted.state and people:
        return _people(counted.state, lexicon, kind), "state"
    head = _head(syntax, quantity, counted)
    if people and (kind is None or kind.person or _may_suffer(kind)):
        told = _by_verb(syntax, words, quantity, counted, head, names, lexicon)
        if told is not None and (_fits(told, kind, lexicon)):
            return _people(told, lexicon, kind), "verb"
    if told := _toll_before(words, quantity, lexicon):
        return Kind(told, lexicon.measure.units.get(told)), "toll"
    if kind is not None and not kind.person:
        return kind, "noun"
    if told := _by_toll(syntax, words, quantity, counted, head, lexicon):
        return Kind(told, lexicon.measure.units.get(told)), "toll"
    if kind is not None:
        return kind, "people"
    if counted is not None:
        lemma = base(syntax.tokens[counted.head])
        return Kind("count", lemma), "count"
    return None


def _fits(told: str, kind: Kind | None, lexicon: Lexicon) -> bool:
    """False for what befalls civilians only, told of soldiers: troops that leave are not displaced."""
    if kind is None or kind.measure not in lexicon.measure.uniformed:
        return True
    return told not in lexicon.measure.civil


def _people(told: str, lexicon: Lexicon, kind: Kind | None) -> Kind:
    if kind is not None and kind.person and kind.unit != "people":
        return Kind(told, kind.unit)
    return Kind(told, lexicon.measure.units.get(told) or "people")


def _are_people(kind: Kind) -> bool:
    return kind.person or kind.unit == "people"


def _may_suffer(kind: Kind) -> bool:
    """True for people by trade or plight, whose verb says more than their noun: soldiers *killed*."""
    return kind.measure not in ("fatalities", "wounded", "missing", "arrested", "casualties")


def _head(syntax: Syntax, quantity: Quantity, counted: Counted | None) -> Token:
    """The word of the whole phrase that hangs on something outside it."""
    past = counted.past if counted else quantity.number.past
    first = quantity.first
    inside = range(first, past)
    outer = [
        syntax.tokens[i]
        for i in inside
        if not first <= syntax.tokens[i].head < past or syntax.tokens[i].head == i
    ]
    if counted and any(t.i == counted.head for t in outer):
        return syntax.tokens[counted.head]
    return outer[-1] if outer else syntax.tokens[first]


# --- by the verb -------------------------------------------------------------------------------------


def _by_verb(
    syntax: Syntax,
    words: list[str],
    quantity: Quantity,
    counted: Counted | None,
    head: Token,
    names: Names,
    lexicon: Lexicon,
) -> str | None:
    past = counted.past if counted else quantity.past
    return (
        _by_next_word(syntax, words, past, lexicon)
        or _by_previous_word(syntax, quantity, lexicon)
        or _by_clause_of(syntax, head, lexicon)
        or _by_governor(syntax, head, names, lexicon)
    )


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


def _by_governor(syntax: Syntax, head: Token, names: Names, lexicon: Lexicon) -> str | None:
    """The verb, adjective or event noun that the phrase hangs on, through coordinations."""
    token = _first_conjunct(syntax, head)
    verb = syntax.tokens[token.head]
    if verb.i == token.i:
        return None
    said = lexicon.measure
    lemma = base(verb)
    if token.dep in _PASSIVE_SUBJECT:
        return said.done_to.get(lemma) or said.states.get(lemma) or _pair(syntax, verb, said.done_to)
    if token.dep in _SUBJECT:
        if verb.pos in ("VERB", "AUX"):
            if (deeper := _by_complement(syntax, verb, lexicon)) is not None:
                return deeper
            if lemma in said.moves and _moves_from_place(syntax, verb, token, names, lexicon):
                return said.moves[lemma]
            if syntax.child(verb.i, "aux:pass") is not None or _is_short_passive(verb):
                return said.done_to.get(lemma) or said.states.get(lemma)
            return said.does.get(lemma) or _pair(syntax, verb, said.does)
        return said.states.get(verb.text.lower()) or said.states.get(lemma)
    if token.dep in _OBJECT:
        if verb.pos in ("VERB", "AUX"):
            pair = said.done_to.get(f"{lemma}:{base(token)}")
            return said.done_to.get(lemma) or pair or _of_what(syntax, verb, token, lexicon)
        return said.events.get(lemma)
    if token.dep in ("nmod", "nmod:poss", "obl", "obl:arg") and verb.pos == "NOUN":
        above = base(syntax.tokens[verb.head])
        told = said.events.get(lemma) or said.done_to.get(f"{above}:{lemma}")
        return told if not _is_agent(syntax, token) else None
    return None


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


def _moves_from_place(syntax: Syntax, verb: Token, subject: Token, names: Names, lexicon: Lexicon) -> bool:
    """True where the verb has a place for its object: `left the region`, and not `left the meeting`."""
    for child in syntax.children(verb.i, "obj", "obl", "obl:arg", "obl:mod"):
        if base(child) in lexicon.place_nouns:
            return True
        mention = names.at(child.start)
        if mention is not None and any(
            names.entities[e].type in ("place", "state") for e in mention.entities if e < len(names.entities)
        ):
            return True
    return False


def _first_conjunct(syntax: Syntax, token: Token) -> Token:
    for _ in range(_LONGEST_CHAIN):
        if token.dep != "conj" or token.head == token.i:
            return token
        before = syntax.tokens[token.head]
        if before.pos in ("VERB", "AUX", "ADJ"):
            return token
        token = before
    return token


# --- by the word whose value the number is -----------------------------------------------------------


def _by_toll(
    syntax: Syntax,
    words: list[str],
    quantity: Quantity,
    counted: Counted | None,
    head: Token,
    lexicon: Lexicon,
) -> str | None:
    """`the death toll rose to 6`, `a population of 3 million`, `число погибших выросло до 12`."""
    token = _first_conjunct(syntax, head)
    governor = syntax.tokens[token.head]
    if governor.i == token.i:
        # "The death toll is 6": the number is the head, the toll its subject.
        subject = syntax.child(token.i, "nsubj", "nsubj:pass")
        return _toll(syntax, subject, lexicon) if subject else None
    if governor.pos in ("VERB", "AUX") and token.dep in _OBLIQUE:
        subject = syntax.child(governor.i, "nsubj", "nsubj:pass")
        if subject is not None and subject.i < token.i and subject.i != token.i:
            return _toll(syntax, subject, lexicon)
        return None
    if (
        governor.pos in ("NOUN", "PROPN")
        and token.dep in ("nmod", "appos", "nummod", "obl", "compound")
        and governor.i < token.i
    ):
        return _toll(syntax, governor, lexicon)
    return None


def _toll_before(words: list[str], quantity: Quantity, lexicon: Lexicon) -> str | None:
    """`a magnitude 6.2 earthquake`: the noun right before, which has no other number."""
    if quantity.left == 0 or quantity.shape != "digits":
        return None
    return lexicon.measure.before.get(words[quantity.left - 1])


def _toll(syntax: Syntax, noun: Token, lexicon: Lexicon) -> str | None:
    """The measure of a toll noun, alone or with what it is a number of."""
    tolls = lexicon.measure.tolls
    lemma = base(noun)
    for child in syntax.children(noun.i, "compound", "nmod", "amod", "acl", "nmod:poss"):
        below = base(child)
        form = child.text.lower()
        for name in (f"{below} {lemma}", f"{form} {lemma}", f"{lemma} {below}", f"{lemma} {form}"):
            if name in tolls:
                return tolls[name]
        if lemma in lexicon.carriers:
            kind = lexicon.measure.nouns.get(below) or lexicon.measure.nouns.get(form)
            if kind is not None and not kind.person:
                return kind.measure
            if told := measure_state(child, form, lexicon):
                return told
    return tolls.get(lemma)
