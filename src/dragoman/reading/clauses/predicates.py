"""Which words carry a clause, and what their auxiliaries, moods and light verbs make of it.

A modal verb gives way to its infinitive (*must leave*) and a light verb to its noun (*held talks*). The words that
gave way stay as *carriers*: what hangs on them belongs to the clause.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.languages.schema.grammar import Light, Modal
from dragoman.reading.clauses.grammar import Grammar
from dragoman.reading.clauses.tree import Tree
from dragoman.reading.syntax import Modality, Tense, Token

_INFINITIVES = ("xcomp", "ccomp")
_REFLEXIVE = ("expl:comp", "expl:pass", "expl:pv")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that says what is done.

    Attributes:
        head: The verb, noun or adjective itself.
        carriers: The verbs that gave way to it, from the nearest to the outermost.
        light: The light verb, or None.
        happens: True where it is the subject of its light verb (*the talks began*).
    """

    head: Token
    carriers: tuple[Token, ...] = ()
    light: Token | None = None
    happens: bool = False

    @property
    def top(self) -> Token:
        """The outermost word: its relation upwards is that of the clause."""
        return self.carriers[-1] if self.carriers else self.head

    @property
    def verb(self) -> Token | None:
        """The innermost verb, or None for a noun or adjective that stands alone."""
        if self.head.pos in ("VERB", "AUX"):
            return self.head
        return self.light


def lemma_of(tree: Tree, verb: Token) -> str:
    """Lemma with its particle or reflexive pronoun: `carry_out`, `se_retirer`."""
    particle = reflexive = ""
    for t in tree.kids[verb.i]:
        if t.dep == "compound:prt" and not particle:
            particle = f"_{t.text.lower()}"
        elif t.dep in _REFLEXIVE and verb.pos == "VERB":
            reflexive = "se_"
    return f"{reflexive}{verb.lemma.lower()}{particle}"


def is_passive(tree: Tree, verb: Token) -> bool:
    """True for a passive verb, a past participle that describes a noun included."""
    if verb.lemma.lower() in tree.grammar.active_participles:
        return False
    passive = verb.morph.get("Voice") == "Pass"
    for t in tree.kids[verb.i]:
        if t.dep in _REFLEXIVE and tree.grammar.language == "fr":
            return False
        passive = passive or t.dep in ("aux:pass", "nsubj:pass", "csubj:pass")
    if passive:
        return True
    if verb.morph.get("VerbForm") != "Part" or verb.morph.get("Tense") != "Past":
        return False
    if any(t.dep.startswith("aux") for t in tree.kids[verb.i]):
        return False
    if verb.dep in ("acl", "advcl", "amod"):
        return True
    if verb.dep == "conj":
        mate = tree.tokens[verb.head]
        return mate.pos == "VERB" and mate.morph.get("VerbForm") == "Part" and is_passive(tree, mate)
    return False


def find_predicates(tree: Tree) -> list[Predicate]:
    """All predicates, in the order of their heads in the text."""
    modal_under: dict[int, Token] = {}
    light_of: dict[int, tuple[Token, bool]] = {}
    gone: set[int] = set()
    for token in tree.tokens:
        if token.pos not in ("VERB", "AUX", "ADJ"):
            continue
        infinitive = _gives_way(tree, token)
        if infinitive is not None:
            modal_under[infinitive.i] = token
            gone.add(token.i)
        elif token.pos == "VERB" and (found := _performed(tree, token)):
            nouns, happens = found
            for noun in nouns:
                light_of.setdefault(noun.i, (token, happens))
            gone.add(token.i)
    _share_modals(tree, modal_under)
    found_all = []
    for token in tree.tokens:
        if token.i in gone or not _is_predicate(tree, token):
            continue
        light, happens = light_of.get(token.i, (None, False))
        carriers: list[Token] = [light] if light else []
        at = light or token
        while at.i in modal_under and len(carriers) < 8:
            at = modal_under[at.i]
            carriers.append(at)
        found_all.append(Predicate(token, tuple(carriers), light, happens))
    return found_all


def _is_predicate(tree: Tree, token: Token) -> bool:
    if token.pos == "VERB":
        if token.dep in (
            "amod",
            "compound",
            "case",
            "mark",
            "fixed",
            "flat",
            "nmod",
            "aux",
            "aux:pass",
            "cop",
        ):
            return token.dep == "amod" and any(t.dep.startswith("obl") for t in tree.kids[token.i])
        return True
    if token.pos == "AUX":
        return not token.dep.startswith(("aux", "cop"))
    if token.pos == "NOUN":
        lemma = token.lemma.lower()
        if tree.case(token.i) in tree.grammar.idle.get(lemma, ()):
            return False
        return lemma in tree.grammar.class_of_noun and not _only_qualifies(tree, token)
    if token.pos == "ADJ":
        return any(t.dep in ("cop", "nsubj", "nsubj:pass") for t in tree.kids[token.i])
    return False


def _only_qualifies(tree: Tree, noun: Token) -> bool:
    """*peace talks*, *prisonnier de guerre*, *ministère de la Défense*: no act is told of."""
    if noun.dep in ("compound", "fixed", "flat", "flat:name"):
        return True
    if noun.dep != "nmod" or tree.grammar.language != "fr":
        return False
    head = tree.tokens[noun.head]
    if noun.text[:1].isupper():
        return True
    bare = all(t.dep in ("case", "punct") for t in tree.kids[noun.i])
    modal = head.lemma.lower() in tree.grammar.modality_of
    return bare and not modal and tree.case(noun.i) == "de" and noun.morph.get("Number") != "Plur"


def _gives_way(tree: Tree, token: Token) -> Token | None:
    """The infinitive that a modal word gives way to."""
    modal = tree.grammar.modal.get(token.lemma.lower())
    if modal is None or not _modal_fits(tree, token, modal):
        return None
    for t in tree.kids[token.i]:
        if (
            t.dep in _INFINITIVES
            and t.i > token.i
            and t.morph.get("VerbForm") != "Fin"
            and _is_verbal(tree, t)
        ):
            if any(s.dep in ("nsubj", "nsubj:pass") for s in tree.kids[t.i]):
                continue
            return t
    return None


def _is_verbal(tree: Tree, token: Token) -> bool:
    return token.pos in ("VERB", "AUX") or any(t.dep == "cop" for t in tree.kids[token.i])


def _modal_fits(tree: Tree, token: Token, modal: Modal) -> bool:
    if modal.progressive is not None and (token.morph.get("Aspect") == "Prog") != modal.progressive:
        return False
    return not (modal.passive is not None and is_passive(tree, token) != modal.passive)


def _performed(tree: Tree, verb: Token) -> tuple[list[Token], bool] | None:
    """The event nouns that a light verb performs, and whether it has them as its subject."""
    grammar = tree.grammar
    lemma = lemma_of(tree, verb)
    light = grammar.performing.get(lemma) or grammar.performing.get(lemma.removeprefix("se_"))
    passive = is_passive(tree, verb)
    if light:
        noun = _object_of_light(tree, verb, light, passive)
        if noun and _performs(grammar, light, noun):
            return _coordinated(tree, noun), False
    idiom = grammar.idioms.get(lemma)
    idiomatic = idiom is not None and any(
        t.dep in ("obj", "xcomp", "advmod", "iobj") and t.lemma.lower() == idiom for t in tree.kids[verb.i]
    )
    if idiomatic or (not passive and lemma in grammar.happening):
        subject = tree.child(verb.i, ("nsubj",)) or _described(tree, verb)
        if subject and subject.lemma.lower() in grammar.class_of_noun and subject.pos == "NOUN":
            return _coordinated(tree, subject), True
    return None


def _performs(grammar: Grammar, light: Light, noun: Token) -> bool:
    lemma = noun.lemma.lower()
    return (
        noun.pos == "NOUN"
        and lemma in grammar.class_of_noun
        and (light.nouns == "any" or lemma in light.nouns)
    )


def _object_of_light(tree: Tree, verb: Token, light: Light, passive: bool) -> Token | None:
    if light.prep is not None:
        wanted = light.prep
        return next(
            (
                t
                for t in tree.kids[verb.i]
                if t.dep.startswith(("obl", "iobj", "obj")) and tree.case(t.i) == wanted
            ),
            None,
        )
    if passive:
        own = tree.child(verb.i, ("nsubj:pass",))
        if own is not None and own.lemma.lower() not in tree.grammar.relative:
            return own
        return _described(tree, verb)
    own = tree.child(verb.i, ("obj",))
    if own is not None and own.lemma.lower() in tree.grammar.relative:
        return _described(tree, verb)
    return own or (
        _described(tree, verb) if verb.dep == "acl:relcl" and tree.child(verb.i, ("nsubj",)) else None
    )


def _described(tree: Tree, verb: Token) -> Token | None:
    """The noun that a participle or relative clause describes."""
    return tree.tokens[verb.head] if verb.dep in ("acl", "acl:relcl") and verb.head < verb.i else None


def _coordinated(tree: Tree, noun: Token) -> list[Token]:
    known = tree.grammar.class_of_noun
    mates = [t for t in tree.kids[noun.i] if t.dep == "conj" and t.pos == "NOUN" and t.lemma.lower() in known]
    return [noun, *mates]


def _share_modals(tree: Tree, modal_under: dict[int, Token]) -> None:
    """*can attack and seize*: the modal of the first infinitive is that of the next."""
    for token in tree.tokens:
        if token.dep == "conj" and token.i not in modal_under and token.head in modal_under:
            fits = token.pos == "VERB" and token.morph.get("VerbForm") == tree.tokens[token.head].morph.get(
                "VerbForm"
            )
            if (
                fits
                and token.morph.get("VerbForm") == "Inf"
                and tree.child(token.i, ("nsubj", "nsubj:pass")) is None
                and not any(t.dep.startswith("aux") and t.pos == "AUX" for t in tree.kids[token.i])
            ):
                modal_under[token.i] = modal_under[token.head]


@dataclass(frozen=True, slots=True)
class Mood:
    """Tense and what else is said about how real a clause is."""

    tense: Tense
    perfect: bool
    progressive: bool
    negated: bool
    modality: Modality


def mood_of(tree: Tree, predicate: Predicate) -> Mood:
    """From the words of the predicate alone; what a governing verb adds is added later."""
    words = (predicate.head, *predicate.carriers)
    tense, perfect, progressive = tense_of(tree, predicate)
    modality: Modality = "none"
    negated = False
    for word in words:
        negated ^= _negates(tree, word)
        modal = tree.grammar.modal.get(word.lemma.lower()) if word in predicate.carriers else None
        if modal and word is not predicate.light:
            modality = modal.modality or modality
            tense = modal.tense or tense
            negated ^= modal.negated
        modality = _mood_of_word(tree, word, modality)
    if negated and _is_undone(tree, predicate.head):
        negated = False
    if any(_has_negated_noun(tree, word) for word in words):
        negated = True
    if modality == "none" and predicate.head.pos == "NOUN":
        modality = _adjective_mood(tree, predicate.head)
    if any(_is_hypothetical(tree, word) for word in words):
        modality = "hypothetical"
    return Mood(tense, perfect, progressive, negated, modality)


def tense_of(tree: Tree, predicate: Predicate) -> tuple[Tense, bool, bool]:
    """Tense, perfect, progressive of the outermost verb; `none` where nothing finite says it."""
    top = predicate.top
    if top.pos not in ("VERB", "AUX", "ADJ") and not any(t.dep == "cop" for t in tree.kids[top.i]):
        return "none", False, False
    auxiliaries = [t for t in tree.kids[top.i] if t.dep.startswith("aux") or t.dep == "cop"]
    progressive = top.morph.get("Aspect") == "Prog" and any(a.lemma == "be" for a in auxiliaries)
    finite = next((t for t in (top, *auxiliaries) if t.morph.get("VerbForm") == "Fin"), None)
    has = any(a.lemma in ("have", "avoir") and a.dep in ("aux", "aux:tense") for a in auxiliaries)
    if any(a.lemma.lower() in tree.grammar.aux_future for a in auxiliaries):
        return "future", has, progressive
    if finite is None:
        tense: Tense = (
            "past" if top.morph.get("Tense") == "Past" and top.morph.get("VerbForm") == "Part" else "none"
        )
        return tense, False, False
    tense = _TENSES.get(finite.morph.get("Tense", ""), "none")
    if finite is not top and tree.grammar.language == "fr":
        return _french_compound(top, tense, auxiliaries, tree.grammar)
    if finite is not top and top.morph.get("VerbForm") == "Inf" and finite.lemma == "быть":
        return "future", False, False
    if finite.lemma in tree.grammar.aux_modality and tense == "none":
        tense = "past" if has else "none"
    return tense, has and finite is not top, progressive


_TENSES: dict[str, Tense] = {"Past": "past", "Pres": "present", "Fut": "future", "Imp": "past"}


def _french_compound(
    verb: Token, tense: Tense, auxiliaries: list[Token], grammar: Grammar
) -> tuple[Tense, bool, bool]:
    """*a signé* is past; *avait signé* past perfect; *est signé* present; *a été signé* past."""
    compound = any(a.dep == "aux:tense" for a in auxiliaries)
    if not compound and not (verb.pos == "VERB" and verb.lemma.lower() in grammar.active_participles):
        return tense, False, False
    if tense == "present":
        return "past", False, False
    return tense, True, False


def _mood_of_word(tree: Tree, word: Token, modality: Modality) -> Modality:
    if word.morph.get("Mood") == "Imp":
        return "imperative"
    if word.morph.get("Mood") == "Cnd":
        return "conditional" if modality in ("none", "intended") else modality
    for t in tree.kids[word.i]:
        if t.dep.startswith(("aux", "advmod", "cop")):
            found = tree.grammar.aux_modality.get(t.lemma.lower())
            if found:
                return found
            if t.morph.get("Mood") == "Cnd" and modality == "none":
                return "conditional"
    return modality


def _negates(tree: Tree, word: Token) -> bool:
    grammar = tree.grammar
    found = False
    for t in tree.kids[word.i]:
        lemma = t.lemma.lower()
        if t.dep in ("advmod", "discourse", "cc", "dep") and (
            t.morph.get("Polarity") == "Neg" or lemma in grammar.negators
        ):
            if lemma == "que":
                return False
            found = True
        elif t.dep == "det" and word.pos == "NOUN":
            found = found or lemma in grammar.negating_determiners
        elif t.dep in ("case", "mark"):
            found = found or lemma in grammar.negating_prepositions
        elif t.dep == "advmod" and lemma == "que":
            return False
    return found


def _is_undone(tree: Tree, noun: Token) -> bool:
    """*не обошлось без столкновений*: what is not done without takes place."""
    above = tree.tokens[noun.head]
    return (
        noun.pos == "NOUN"
        and above is not noun
        and tree.case(noun.i) in tree.grammar.negating_prepositions
        and _negates(tree, above)
    )


def _has_negated_noun(tree: Tree, word: Token) -> bool:
    """*No agreement was reported*, *aucun accord n'a été signé*: the determiner negates the clause."""
    grammar = tree.grammar
    for t in tree.kids[word.i]:
        if t.dep in ("nsubj", "nsubj:pass", "obj"):
            for d in tree.kids[t.i]:
                if d.dep == "det" and d.lemma.lower() in grammar.negating_determiners:
                    return True
                if d.dep.startswith(("cc", "advmod")) and d.lemma.lower() in grammar.negating_pairs:
                    return True
    return False


def _adjective_mood(tree: Tree, noun: Token) -> Modality:
    for t in tree.kids[noun.i]:
        if t.dep in ("amod", "acl") and not tree.kids[t.i]:
            found = tree.grammar.modality_of_adjective.get(
                t.lemma.lower()
            ) or tree.grammar.modality_of_adjective.get(t.text.lower())
            if found:
                return found
    return "none"


def _is_hypothetical(tree: Tree, word: Token) -> bool:
    return any(
        t.dep in ("mark", "advmod") and t.lemma.lower() in tree.grammar.hypothetical
        for t in tree.kids[word.i]
    )
