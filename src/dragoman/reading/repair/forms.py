"""Words that are taken for others: participles that stand as nouns, forms that two verbs share, unknown nouns."""

from __future__ import annotations

from dragoman.reading.repair.mended import NOMINAL, Mended
from dragoman.reading.syntax import Token

_AS_NOUN = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "appos", "nummod:gov", "root")
_TAGGED = ("VERB", "ADJ", "PROPN", "NOUN")


def misread_forms(m: Mended) -> None:
    """*пришли* is of *прийти* (come) in news, not the order *прислать* (send)."""
    if not m.words.forms:
        return
    for i in m.verbs:
        verb = m.tokens[i]
        base = m.words.forms.get(verb.text.lower())
        if base is not None and base != verb.lemma and verb.morph.get("Mood") != "Imp":
            m.retag(i, "VERB", base)


def unknown_verbs(m: Mended) -> None:
    """*взбунтовались*: a verb that the tagger did not know, by its ending and its lemma."""
    for token in tuple(m.tokens):
        if token.pos not in ("NOUN", "ADJ", "ADV", "PROPN"):
            continue
        word, lemma = token.text.lower(), token.lemma.lower()
        for ending, tense in m.words.verb_endings.items():
            if word.endswith(ending) and lemma.endswith(m.words.infinitives):
                m.retag(token.i, "VERB", lemma, VerbForm="Fin", Tense=tense, Voice="Mid")
                break


def nouns_of_participles(m: Mended) -> None:
    """*протестующие*, *обвиняемого*, *военные*: people, where nothing stands beside them that they describe."""
    if not m.words.substantive_of:
        return
    for token in tuple(m.tokens):
        base = m.words.substantive_of.get(token.text.lower())
        if base is None or token.pos not in _TAGGED or not _stands_as_noun(m, m.tokens[token.i]):
            continue
        if (token.pos, token.lemma) != ("NOUN", base):
            m.retag(token.i, "NOUN", base)
            m.verbs = [i for i in m.verbs if i != token.i]


def _stands_as_noun(m: Mended, token: Token) -> bool:
    if any(t.dep.startswith(("aux", "cop", "obj", "nsubj")) for t in m.below(token.i)):
        return False
    if token.dep == "conj":
        mate = m.tokens[token.head]
        return mate.pos in NOMINAL and mate.dep in _AS_NOUN
    return token.dep in _AS_NOUN


def nouns_as_adjectives(m: Mended) -> None:
    """*демаркация границы*: a noun that the parser did not know, hung as an adjective on its own complement."""
    for token in tuple(m.tokens):
        head = m.tokens[token.head]
        case = token.morph.get("Case")
        if (
            token.dep == "amod"
            and token.pos == "NOUN"
            and head.pos in ("NOUN", "PROPN")
            and head.i == token.i + 1
            and case not in (None, "Gen")
        ):
            before = [t.i for t in m.below(head.i) if t.i < token.i]
            if m.take_place_of(token.i, head.i) and m.hang(head.i, token.i, "nmod"):
                m.relabel(head.i, "nmod", Case="Gen")
                for i in before:
                    m.hang(i, token.i, m.tokens[i].dep)


def adjectives_as_nouns(m: Mended) -> None:
    """*tuer un étudiant*: an adjective with an article of its own, where only a noun can stand."""
    for token in tuple(m.tokens):
        if token.pos == "ADJ" and token.dep in _ARGUMENTS and m.below(token.i, "det"):
            m.retag(token.i, "NOUN", token.lemma)


_ARGUMENTS = ("nsubj", "nsubj:pass", "obj", "iobj", "obl:arg", "obl:agent", "obl:mod", "nmod", "conj")


def nouns_before_days(m: Mended) -> None:
    """*par des rebelles lundi*: a noun before a day, taken for its adjective; *sont morts*: a participle for a noun."""
    for token in tuple(m.tokens):
        day = m.tokens[token.head]
        if (
            token.pos == "ADJ"
            and token.dep == "amod"
            and day.i == token.i + 1
            and day.lemma.lower() in m.words.day_words
            and m.below(token.i, "det")
            and day.head != day.i
        ):
            verb = m.tokens[day.head]
            m.retag(token.i, "NOUN", token.lemma)
            cases = m.below(day.i, "case")
            by = any(t.lemma.lower() == m.words.by for t in cases) and bool(m.below(verb.i, "aux:pass"))
            m.hang(token.i, verb.i, "obl:agent" if by else day.dep)
            for t in cases:
                m.hang(t.i, token.i, "case")
            m.relabel(day.i, "obl:mod")
        base = m.words.states.get(token.text.lower())
        if base is not None and token.pos in ("NOUN", "ADJ") and m.below(token.i, "cop"):
            m.retag(token.i, "VERB", base, VerbForm="Part", Tense="Past")
            for t in m.below(token.i, "cop", "nsubj:pass"):
                m.relabel(t.i, "aux:tense" if t.dep == "cop" else "nsubj")


def bare_objects(m: Mended) -> None:
    """*a rompu la trêve*: a noun without preposition behind its verb, hung as if it had one."""
    if m.syntax.language != "fr":
        return  # other languages have bare nouns of many sorts there
    for i in m.verbs:
        near = next((t for t in m.below(i) if t.i > i and t.pos != "ADV"), None)
        if near is None or near.pos not in ("NOUN", "PROPN") or near.dep not in _MISHUNG:
            continue
        if m.below(near.i, "case", "cop", "nsubj", "cc") or near.lemma.lower() in m.words.time_words:
            continue
        if m.below(i, "obj", "aux:pass", "expl:pass", "expl:comp") or any(
            t.pos == "PUNCT" for t in m.tokens[i + 1 : near.i]
        ):
            continue
        if any(t.lemma.lower() in m.words.time_words for t in m.below(near.i)):
            continue
        m.relabel(near.i, "obj")


_MISHUNG = ("obl:mod", "obl:arg", "nmod", "parataxis", "dep")


def agents_of_passives(m: Mended) -> None:
    """*были переброшены к границе армией*, *instauré à Kano par le maire*: who did it, hung on the place before it."""
    if not m.words.by:
        return
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.morph.get("Voice") != "Pass" or any(_is_agent(m, t) for t in m.below(i)):
            continue
        for place in m.below(i, "obl", "iobj", "obl:mod", "obl:arg"):
            if place.lemma.lower() in m.words.event:
                continue
            agent = next((t for t in m.below(place.i, "nmod") if _is_agent(m, t)), None)
            if agent is not None:
                m.hang(agent.i, i, "obl" if m.words.by == "Ins" else "obl:agent")
                break


def _is_agent(m: Mended, token: Token) -> bool:
    """A noun in the case, or behind the preposition, that brings in who does it."""
    cases = m.below(token.i, "case")
    if m.words.by == "Ins":
        return token.morph.get("Case") == "Ins" and token.pos in NOMINAL and not cases
    return token.pos in NOMINAL and any(t.lemma.lower() == m.words.by for t in cases)
