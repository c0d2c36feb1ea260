"""What is measured: the noun counted, the verb it stands under, the word that has the number for its value."""

from __future__ import annotations

from dragoman.reading.figures.bounds import Quantity
from dragoman.reading.figures.counted import Counted, measure_state
from dragoman.reading.figures.verbs import LONGEST_SENTENCE, MASS, by_verb, first_conjunct
from dragoman.reading.figures.words import Kind, Lexicon, base
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Syntax, Token

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


def measure(
    syntax: Syntax,
    words: list[str],
    quantity: Quantity,
    counted: Counted | None,
    names: Names,
    lexicon: Lexicon,
) -> tuple[Kind, str] | None:
    """The measure and unit of a quantity without a unit of its own, and the rule; None where nothing says it."""
    kind = _kind(syntax, counted, lexicon)
    stranger = (
        counted is not None and kind is None and base(syntax.tokens[counted.head]) not in lexicon.animals
    )
    people = counted is None or stranger or (kind is not None and _are_people(kind))
    if counted and counted.state and people:
        return _people(counted.state, lexicon, kind), "state"
    head = _head(syntax, quantity, counted)
    if people and (kind is None or kind.person or _may_suffer(kind)):
        told = by_verb(syntax, words, quantity, counted, head, names, lexicon)
        if (
            told is not None
            and _fits(told, kind, lexicon)
            and (not stranger or told in lexicon.measure.mortal)
            and (told != "population" or _is_mass(quantity))
        ):
            return _people(told, lexicon, kind), "verb"
    if kind is None and (told := _number_of(syntax, head, lexicon)):
        return Kind(told, lexicon.measure.units.get(told) or "people"), "toll"
    if told := _toll_before(words, quantity, lexicon):
        return Kind(told, lexicon.measure.units.get(told)), "toll"
    if kind is not None and not kind.person:
        return kind, "noun"
    if told := _by_toll(syntax, words, quantity, counted, head, lexicon):
        return Kind(told, lexicon.measure.units.get(told)), "toll"
    anyone = kind is not None and kind.person and kind.unit == "people"
    if anyone and _is_mass(quantity) and _live_there(syntax, head, names, lexicon):
        return Kind("population", "people"), "place"
    if kind is not None:
        return kind, "people"
    if counted is not None:
        lemma = base(syntax.tokens[counted.head])
        return Kind("count", lemma), "count"
    return None


def _kind(syntax: Syntax, counted: Counted | None, lexicon: Lexicon) -> Kind | None:
    """What the noun says; inhabitants are a population only where a place has them, else people."""
    kind = counted.kind if counted else None
    if counted is None or kind is None or kind.measure != "population":
        return kind
    noun = syntax.tokens[counted.head]
    governor = syntax.tokens[noun.head]
    if base(governor) in lexicon.populous or base(governor) in lexicon.place_nouns:
        return kind
    return Kind("count", "people", person=True)


def _is_mass(quantity: Quantity) -> bool:
    return (quantity.low or quantity.high or 0) >= MASS


def _live_there(syntax: Syntax, head: Token, names: Names, lexicon: Lexicon) -> bool:
    """`a city with 2 million people`, `the city, which has 2 million people`: whom a place has lives there."""
    governor = syntax.tokens[head.head]
    case = syntax.child(head.i, "case")
    before = syntax.tokens[case.i - 1] if case is not None and case.i and case.i < head.i else governor
    if base(governor) in lexicon.place_nouns or base(before) in lexicon.place_nouns:
        return head.i > governor.i
    if base(governor) not in lexicon.populous or governor.pos not in ("VERB", "AUX") or head.i < governor.i:
        return False
    holder = syntax.child(governor.i, "nsubj")
    holder = syntax.tokens[governor.head] if governor.dep in ("acl:relcl", "acl") else holder
    if holder is None:
        return False
    mention = names.at(holder.start)
    is_place = mention is not None and any(
        names.entities[e].type in ("place", "state") for e in mention.entities
    )
    of = syntax.tokens[holder.head] if holder.dep in ("nmod", "appos", "flat") else holder
    return is_place or base(holder) in lexicon.place_nouns or base(of) in lexicon.place_nouns


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
    sentence = syntax.sentences[head.sent]
    if sentence.past - sentence.first > LONGEST_SENTENCE:
        return None
    token = first_conjunct(syntax, head)
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


def _number_of(syntax: Syntax, head: Token, lexicon: Lexicon) -> str | None:
    """`the number of soldiers killed has risen to six`: what befell those whose number it is, not their trade."""
    verb = syntax.tokens[first_conjunct(syntax, head).head]
    subject = syntax.child(verb.i, "nsubj", "nsubj:pass") if verb.pos in ("VERB", "AUX") else None
    if subject is None or base(subject) not in lexicon.carriers or subject.i > head.i:
        return None
    for noun in syntax.children(subject.i, "nmod"):
        for told in syntax.children(noun.i, "acl", "amod"):
            if state := measure_state(told, told.text.lower(), lexicon):
                return state
            done = lexicon.measure.done_to.get(base(told))
            if done is not None and told.dep == "acl":
                return done
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
