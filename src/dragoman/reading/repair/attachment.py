"""Faults of attachment: phrases with a preposition that the parser hung on the wrong word."""

from __future__ import annotations

from itertools import pairwise

from dragoman.reading.repair.mended import NOMINAL, Mended
from dragoman.reading.syntax import Token


def adverbs_as_prepositions(m: Mended) -> None:
    """*lors d'une réunion*, *closer to the coast*, *вместе с министром*: the noun was hung on the adverb before it.

    It belongs to the verb. An adverb that the language's roles know as a preposition becomes the noun's own.
    """
    for noun in m.tokens:
        adverb = m.tokens[noun.head]
        if noun.pos not in NOMINAL or adverb.pos != "ADV" or adverb.dep not in ("advmod", "obl", "xcomp"):
            continue
        case = m.case(noun.i)
        verb = m.tokens[adverb.head]
        if case is None or case.i != adverb.i + 1 or verb.pos != "VERB" or not m.hang(noun.i, verb.i, "obl"):
            continue
        if adverb.lemma.lower() in m.words.roles:
            m.hang(adverb.i, noun.i, "case")
            m.hang(case.i, adverb.i, "fixed")


def interposed_phrases(m: Mended) -> None:
    """*The minister, during a visit to Lima, met*: an occasion told between commas goes with the verb."""
    for i in m.verbs:
        for subject in m.below(i, "nsubj", "nsubj:pass"):
            for noun in m.below(subject.i, "nmod", "obl"):
                begin, end = m.begin(noun.i), m.last(noun.i)
                if begin <= subject.i + 1 or end + 1 >= i or not m.below(noun.i, "case"):
                    continue
                occasion = any(
                    t.lemma.lower() in m.words.event or t.lemma.lower() in m.words.time_words
                    for t in (noun, *m.below(noun.i, "nmod"))
                )
                # "the presence, since May, of a mission": the phrase goes on after it.
                goes_on = any(t.i > end and t.pos != "PUNCT" for t in m.below(subject.i))
                if occasion and not goes_on and m.tokens[begin - 1].text == "," and m.text_at(end + 1) == ",":
                    m.hang(noun.i, i, "obl")


def second_subjects(m: Mended) -> None:
    """*Chile, the last state that he visited, is*: what is said of a name after a comma was taken for a subject too."""
    for i in m.verbs_and_roots():
        for name, noun in pairwise(m.below(i, "nsubj", "nsubj:pass")):
            comma = m.last(name.i) + 1
            described = name.pos == "PROPN" and noun.pos == "NOUN" and noun.i < i
            if described and m.text_at(comma) == "," and m.begin(noun.i) == comma + 1:
                m.hang(noun.i, name.i, "appos")


def places_of_persons(m: Mended) -> None:
    """*a rencontré Novak à Lima*: a person has no place, a meeting has; what was hung on the name goes to the verb."""
    for noun in m.tokens:
        if noun.dep not in ("nmod", "obl") or not m.is_place(noun):
            continue
        case = m.case(noun.i)
        if case is None or case.text.lower() not in m.words.whereabouts:
            continue
        name = m.tokens[noun.head]
        if name.i not in m.persons or name.i > noun.i:
            continue
        if (verb := _verb_above(m, name)) is not None:
            m.hang(noun.i, verb.i, "obl")


def _verb_above(m: Mended, name: Token) -> Token | None:
    """The verb before a name that the name is an argument of, over its title and the names beside it."""
    at = name
    for _ in range(6):
        if at.dep not in (
            "obj",
            "obl",
            "obl:arg",
            "obl:agent",
            "iobj",
            "nsubj",
            "appos",
            "flat",
            "flat:name",
            "conj",
            "nmod",
        ):
            return None
        above = m.tokens[at.head]
        if above.pos == "VERB":
            return above if above.i < name.i else None
        at = above
    return None


def phrases_after_relatives(m: Mended) -> None:
    """*the two states, which fought a war in 2020, in the enclave*: what follows a relative clause goes on from it.

    Only a place after a relative clause that ends in another phrase with a preposition, with nothing but a comma
    between, is taken from the verb far before it.
    """
    for place in m.tokens:
        far = m.tokens[place.head]
        if place.dep not in ("obl", "nmod") or far.i >= place.i or not m.is_place(place):
            continue
        begin = m.begin(place.i)
        if begin < 2 or m.tokens[begin - 1].text != "," or not m.below(place.i, "case"):
            continue
        before = m.tokens[begin - 2]
        for verb in _verbs_above(m, before):
            if verb.dep == "acl:relcl" and far.i < verb.i and m.last(verb.i) == before.i:
                if any(t.i < begin and m.below(t.i, "case") for t in m.below(verb.i, "obl") if t.i > verb.i):
                    m.hang(place.i, verb.i, "obl")
                break


def _verbs_above(m: Mended, token: Token) -> list[Token]:
    found = []
    at = token
    for _ in range(12):
        above = m.tokens[at.head]
        if above.i == at.i:
            break
        if above.pos == "VERB":
            found.append(above)
        at = above
    return found


def complex_prepositions(m: Mended) -> None:
    """*à l'encontre de Kovac*, *в адрес министра*: the noun of a preposition of several words is none of its own."""
    if not m.words.complex:
        return
    for noun in tuple(m.tokens):
        if noun.pos != "NOUN" or noun.head == noun.i:
            continue
        case = next((t for t in m.below(noun.i, "case") if t.i < noun.i), None)
        if case is None or f"{case.lemma.lower()}_{noun.lemma.lower()}" not in m.words.complex:
            continue
        below = [t for t in m.below(noun.i, "nmod") if t.i > noun.i]
        others = [t for t in m.below(noun.i) if t not in below and t.dep not in ("case", "det", "punct")]
        if len(below) != 1 or others:
            continue
        inner = below[0]
        if not m.hang(inner.i, m.tokens[noun.i].head, m.tokens[noun.i].dep):
            continue
        m.hang(case.i, inner.i, "case")
        for t in (*m.below(inner.i, "case"), *m.below(noun.i), noun):
            if t.i != case.i and t.i < inner.i:
                m.hang(t.i, case.i, "fixed" if t.dep != "punct" else "punct")


def phrases_before_conjunctions(m: Mended) -> None:
    """*expelled the envoy on May 3, and in June the council left*: what stands before the *and* goes with the first."""
    for i in m.verbs:
        verb = m.tokens[i]
        first = m.tokens[verb.head]
        if verb.dep != "conj" or first.pos != "VERB" or first.i > i or not m.has_subject(i):
            continue
        before = [t for t in m.below(i, "obl", "obl:tmod", "obl:mod", "advmod") if first.i < t.i < i]
        joint = next((j for j in range(i - 1, first.i, -1) if m.tokens[j].dep == "cc"), None)
        if joint is None or m.tokens[joint].head not in (i, *(t.i for t in before)):
            continue
        m.hang(joint, i, "cc")
        for t in before:
            if m.last(t.i) < joint:
                m.hang(t.i, first.i, t.dep)


def subjects_after_prepositions(m: Mended) -> None:
    """*after colonels led by Novak seized the port*: the subject was taken for a noun with a preposition."""
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.dep not in ("conj", "advcl", "dep") or not m.is_finite(i) or m.has_subject(i):
            continue
        main = m.tokens[verb.head]
        for noun in m.below(main.i, "obl"):
            case = m.case(noun.i)
            described = any(m.is_bare_participle(t.i) for t in m.below(noun.i, "acl"))
            if case is None or case.text.lower() not in m.words.clause_prepositions or not described:
                continue
            if main.i < noun.i < i and m.last(noun.i) == i - 1:
                m.hang(i, main.i, "advcl")
                m.hang(noun.i, i, "nsubj")
                m.hang(case.i, i, "mark")
                break


def phrases_before_inversion(m: Mended) -> None:
    """*agreed on Friday, on a plan, announced the minister*: the phrase belongs to what is announced."""
    for i in m.verbs:
        verb = m.tokens[i]
        told = m.tokens[verb.head]
        if verb.lemma.lower() not in m.words.speech_verbs or verb.dep not in ("advcl", "parataxis", "conj"):
            continue
        subject = next((t for t in m.below(i, "nsubj") if t.i > i), None)
        if subject is None or told.pos != "VERB" or told.i > i:
            continue
        for noun in m.below(i, "obl", "obl:mod", "obl:arg"):
            if told.i < noun.i < i and m.below(noun.i, "case") and m.text_at(m.last(noun.i) + 1) == ",":
                m.hang(noun.i, told.i, noun.dep)


def quantities_of_objects(m: Mended) -> None:
    """*réclament davantage d'aide*: the object hangs on the adverb that measures it."""
    for adverb in tuple(m.tokens):
        verb = m.tokens[adverb.head]
        if adverb.pos != "ADV" or not adverb.dep.startswith("obl") or verb.pos != "VERB" or adverb.i < verb.i:
            continue
        noun = next((t for t in m.below(adverb.i, "obl:arg", "nmod") if t.i > adverb.i), None)
        if noun is None or noun.pos not in ("NOUN", "PROPN") or m.below(verb.i, "obj"):
            continue
        if m.hang(noun.i, verb.i, "obj"):
            m.hang(adverb.i, noun.i, "advmod")
            for case in m.below(noun.i, "case"):
                m.hang(case.i, adverb.i, "fixed")


def subjects_before_colons(m: Mended) -> None:
    """*Беспорядки в тюрьме: ранено шестеро*: of two subjects the one before the colon is a headline's topic."""
    for i in m.verbs:
        subjects = m.below(i, "nsubj", "nsubj:pass")
        if len(subjects) < 2:
            continue
        for subject in subjects[:-1]:
            if any(t.text == ":" for t in m.tokens[subject.i + 1 : min(i, subjects[-1].i)]):
                m.relabel(subject.i, "parataxis")


def places_as_subjects(m: Mended) -> None:
    """*À Lima, des mineurs ont attaqué*: a place with its preposition taken for the subject, which follows it."""
    for i in m.verbs:
        for place in m.below(i, "nsubj", "nsubj:pass"):
            case = m.case(place.i)
            if case is None or case.i > place.i or not m.is_place(place) or place.i > i:
                continue
            inside = [t for t in m.below(place.i, "appos", "conj", "nmod", "dep") if place.i < t.i < i]
            subject = next((t for t in inside if t.pos in NOMINAL and not m.below(t.i, "case")), None)
            if subject is not None and m.tokens[m.begin(subject.i) - 1].text == ",":
                m.hang(subject.i, i, place.dep)
                m.relabel(place.i, "obl")


def phrases_on_days(m: Mended) -> None:
    """*s'est entretenu dimanche avec le ministre*: what follows a bare day goes with the verb."""
    for day in m.tokens:
        verb = m.tokens[day.head]
        if day.lemma.lower() not in m.words.day_words or verb.pos != "VERB" or m.below(day.i, "case"):
            continue
        for noun in m.below(day.i, "nmod", "obl"):
            case = m.case(noun.i)
            if case is not None and noun.i > day.i and case.lemma.lower() not in m.words.of:
                m.hang(noun.i, verb.i, "obl")


def partners_on_means(m: Mended) -> None:
    """*s'est entretenu par téléphone avec le ministre*: whom one speaks with was hung on the telephone."""
    for noun in m.tokens:
        case = m.case(noun.i)
        if noun.dep != "nmod" or case is None or case.lemma.lower() not in m.words.with_:
            continue
        means = m.tokens[noun.head]
        verb = m.tokens[means.head]
        oblique = means.dep.startswith("obl") and verb.pos == "VERB" and verb.i < means.i < noun.i
        if oblique and means.lemma.lower() not in m.words.event:
            m.hang(noun.i, verb.i, "obl")
