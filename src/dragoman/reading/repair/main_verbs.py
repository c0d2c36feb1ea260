"""Faults about which verb is the main one, and whose subject is whose."""

from __future__ import annotations

from dragoman.reading.repair.mended import NOMINAL, SUBJECTS, Mended
from dragoman.reading.syntax import Token

_DESCRIBING = ("acl", "dep", "appos", "nmod", "fixed", "nummod", "amod")


def participles_as_main_verbs(m: Mended) -> None:
    """*Soldiers deployed in the north completed their withdrawal*: *deployed* was taken for the main verb."""
    for i in m.verbs:
        participle = m.tokens[i]
        if (
            participle.dep.startswith("acl")
            or not m.is_bare_participle(i)
            or participle.morph.get("Tense") != "Past"
        ):
            continue
        below = m.below(i)
        if any(t.dep in ("mark", "expl", "obj") for t in below):
            continue
        subject = next((t for t in below if t.dep in ("nsubj", "nsubj:pass") and t.i < i), None)
        main = next((t for t in below if t.i > i and _could_be_main(m, t, participle)), None)
        if subject is None or main is None:
            continue
        m.take_place_of(main.i, i)
        m.hang(subject.i, main.i, "nsubj")
        m.hang(i, subject.i, "acl")
        for t in below:
            if t.i > main.i or t.dep == "punct":
                m.hang(t.i, main.i, t.dep)


def _could_be_main(m: Mended, verb: Token, participle: Token) -> bool:
    if verb.pos != "VERB" or verb.dep not in ("advcl", "ccomp", "conj", "parataxis", "dep", "xcomp"):
        return False
    if not m.is_finite(verb.i) or m.below(verb.i, "mark", "cc"):
        return False
    if any(t.dep == "cc" for t in m.below(participle.i) if t.i < verb.i):
        return False
    own = m.below(verb.i, *SUBJECTS)
    return all(t.lemma.lower() in m.words.time_words for t in own)


def infinitives_of_nouns(m: Mended) -> None:
    """*о намерении вывести войска*: an infinitive hung on a noun as if it were one."""
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.dep not in ("nmod", "obj", "flat") or verb.morph.get("VerbForm") != "Inf":
            continue
        if m.kids[i] and verb.text[:1].islower() and verb.i > verb.head:
            m.relabel(i, "acl" if m.tokens[verb.head].pos in NOMINAL else "xcomp")


def infinitives_of_the_bidden(m: Mended) -> None:
    """*a appelé les autorités libyennes à protéger*: the infinitive is what is asked of them, and describes nobody."""
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.dep != "acl" or verb.morph.get("VerbForm") != "Inf" or m.has_subject(i):
            continue
        bidden = m.tokens[verb.head]
        above = m.tokens[bidden.head]
        if (
            bidden.dep in ("obj", "iobj", "obl:arg")
            and above.lemma.lower() in m.words.bidding
            and m.can_act(bidden)
        ):
            m.hang(i, above.i, "xcomp")


def passives_of_headings(m: Mended) -> None:
    """*Two leaders arrested*, *Un lycéen blessé au visage*, *Rebel leader killed in raid*: whom it met is the subject.

    A finite form is taken so only of verbs that cannot go without an object, a participle where no stop follows.
    """
    for i in m.verbs:
        verb = m.tokens[i]
        subjects = m.below(i, "nsubj")
        if not subjects or m.below(i, "obj", "iobj", "ccomp", "xcomp", "aux", "aux:tense", "aux:pass", "cop"):
            continue
        if any(t.pos == "VERB" and not m.has_subject(t.i) for t in m.below(i, "conj")):
            continue  # "shot and killed a woman"
        past = verb.morph.get("Tense") == "Past"
        bare = (
            past
            and verb.dep in ("root", "parataxis")
            and m.is_bare_participle(i)
            and not _is_stopped(m, verb)
        )
        finite = past and verb.lemma.lower() in m.words.transitive
        if verb.dep != "conj" and (finite or (bare and verb.lemma.lower() not in m.words.active_participles)):
            for t in subjects:
                m.relabel(t.i, "nsubj:pass")
            m.relabel(i, verb.dep, VerbForm="Part")


def _is_stopped(m: Mended, verb: Token) -> bool:
    """True in a sentence that ends with a stop, as headings do not."""
    end = m.syntax.sentences[verb.sent].end
    return m.syntax.text[end - 1 : end] in (".", "!", "?", "…")


def results(m: Mended) -> None:
    """*left two dead and a third wounded*: the second result is taken for a clause in which the wounded wound."""
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.dep != "conj" or not m.is_bare_participle(i) or m.below(i, "obj"):
            continue
        if m.below(verb.head, "obj") and m.below(verb.head, "xcomp"):
            for t in m.below(i, "nsubj"):
                m.relabel(t.i, "nsubj:pass")


def disagreeing_participles(m: Mended) -> None:
    """*le retrait des forces, prévu*: gender and number say which noun a participle describes."""
    for i in m.verbs:
        participle = m.tokens[i]
        if (
            participle.dep != "acl"
            or participle.morph.get("VerbForm") != "Part"
            or _agree(participle, m.tokens[participle.head])
        ):
            continue
        at = m.tokens[participle.head]
        for _ in range(4):
            if at.dep not in ("nmod", "appos", "conj") or at.head == at.i:
                break
            at = m.tokens[at.head]
            if at.pos in NOMINAL and at.i < i and _agree(participle, at):
                m.hang(i, at.i, "acl")
                break


def _agree(a: Token, b: Token) -> bool:
    """False where both say their number, or their gender, and say it differently."""
    for feature in ("Number", "Gender", "Case"):
        one, other = a.morph.get(feature), b.morph.get(feature)
        if (
            one
            and other
            and one != other
            and not (feature == "Gender" and "Plur" in (a.morph.get("Number"),))
        ):
            return False
    return True


def participles_after_conjunctions(m: Mended) -> None:
    """*after the capture of a town held by rebels*: *held* was taken for the verb of an *after* clause."""
    for i in m.verbs:
        participle = m.tokens[i]
        if (
            participle.dep != "advcl"
            or not m.is_bare_participle(i)
            or participle.morph.get("Tense") != "Past"
        ):
            continue
        marks = m.below(i, "mark") if m.below(i, "obl:agent") else []
        subject = next((t for t in m.below(i, "nsubj", "nsubj:pass") if t.i < i), None)
        if not marks or subject is None or m.tokens[i - 1].pos not in ("NOUN", "PROPN"):
            continue
        if not m.hang(subject.i, participle.head, "obl"):
            continue
        for t in m.below(i):
            if t.i < subject.i and t.dep != "punct":
                m.hang(t.i, subject.i, "case" if t.dep == "mark" else t.dep)
        m.hang(i, i - 1, "acl")


def finite_descriptions(m: Mended) -> None:
    """*La Commission, un organisme influent, surveille*: no finite verb describes a noun without a relative word."""
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.dep not in _DESCRIBING or verb.morph.get("VerbForm") == "Inf" or not m.is_finite(i):
            continue
        if m.is_introduced(i) or m.has_subject(i) or _opened_between(m, verb) or _may_be_participle(m, verb):
            continue
        noun = m.tokens[verb.head]
        if _begins_a_clause(m, noun, verb):
            continue
        subject = _named_first(m, noun)
        if subject is None or subject.i > i:
            continue
        m.take_place_of(i, subject.i)
        if m.tokens[i].dep in ("dep", "fixed"):
            m.relabel(i, "parataxis")
        m.hang(subject.i, i, "nsubj")
        for t in (*m.below(subject.i), *m.below(noun.i)):
            early = t.i < subject.i and t.lemma.lower() in m.words.time_words and m.below(t.i, "case")
            if t.i > i or early:
                m.hang(t.i, i, "obl" if t.dep == "nmod" else t.dep)
        if noun.i != subject.i and noun.dep == "nmod":
            if m.below(noun.i, "case"):
                m.hang(noun.i, i, "obl")
            else:
                m.relabel(noun.i, "appos")


def _named_first(m: Mended, noun: Token) -> Token | None:
    """The noun at the head of the phrase, where it heads its sentence too and so lacks a verb."""
    at = noun
    for _ in range(4):
        if at.dep not in ("appos", "nmod", "flat", "flat:name", "conj"):
            break
        at = m.tokens[at.head]
    if at.pos not in ("NOUN", "PROPN") or m.below(at.i, "case", "cop"):
        return None
    return at if at.dep in ("root", "dep", "fixed", "parataxis", "obl:mod", "xcomp") else None


def _may_be_participle(m: Mended, verb: Token) -> bool:
    """*a book called*: tagged as a past tense, but nothing shows it to be one; an object of its own would."""
    if verb.morph.get("Tense") != "Past" or "Mood" in verb.morph:
        return False
    return not any(t.dep.startswith("aux") or t.dep == "obj" for t in m.below(verb.i))


def _begins_a_clause(m: Mended, noun: Token, verb: Token) -> bool:
    """*si le Chili ferme la frontière, le Pérou protestera*: the subject was coordinated with the object before it."""
    if noun.dep not in ("conj", "appos", "dep") or m.below(noun.i, "cc", "case") or noun.i > verb.i:
        return False
    begin = m.begin(noun.i)
    if begin == 0 or m.tokens[begin - 1].text != ",":
        begin = next((t.i for t in m.below(noun.i) if t.text == ","), -1)
        if begin < 0 or begin > noun.i:
            return False
    above = m.tokens[noun.head]
    for _ in range(4):
        if above.pos == "VERB" or above.head == above.i:
            break
        above = m.tokens[above.head]
    if above.pos != "VERB" or above.i > noun.i:
        return False
    if m.below(above.i, "mark"):
        m.take_place_of(verb.i, above.i)
        m.hang(above.i, verb.i, "advcl")
    else:
        m.hang(verb.i, above.i, "parataxis")
    m.hang(noun.i, verb.i, "nsubj")
    return True


def _opened_between(m: Mended, verb: Token) -> bool:
    """A relative word stands between the noun and the verb, wherever the parser hung it."""
    between = m.tokens[verb.head + 1 : verb.i]
    return any(t.pos in ("PRON", "SCONJ") and t.lemma.lower() in m.words.relative for t in between)


def subjects_between(m: Mended) -> None:
    """*le pays que Novak a visité*: the noun was taken for the subject, and the real one for a part of it."""
    for i in m.verbs:
        verb = m.tokens[i]
        noun = next((t for t in m.below(i, "nsubj") if t.i < i), None)
        if noun is None or not m.is_finite(i):
            continue
        for name in m.below(noun.i, "nmod", "appos", "acl"):
            word = next((t for t in m.below(name.i, "mark") if t.lemma.lower() in m.words.relative), None)
            if word is None or not noun.i < word.i < name.i < i or name.pos not in NOMINAL:
                continue
            m.take_place_of(noun.i, i)
            if verb.dep in ("acl", "acl:relcl"):
                m.relabel(noun.i, "appos")
            m.hang(i, noun.i, "acl:relcl")
            m.hang(name.i, i, "nsubj")
            m.hang(word.i, i, "obj")
            break


def subjects_in_participles(m: Mended) -> None:
    """*Chile, weakened by the war, wants*: the subject of the main verb was given to the participle beside it."""
    for i in m.verbs:
        main = m.tokens[i]
        if m.has_subject(i) or not m.is_finite(i) or main.dep in ("conj", "xcomp", "acl", "acl:relcl"):
            continue
        for participle in m.below(i, "advcl"):
            if participle.i > i or participle.pos != "VERB" or not m.is_bare_participle(participle.i):
                continue
            own = next((t for t in m.below(participle.i, "nsubj", "nsubj:pass") if t.i < participle.i), None)
            if own is not None and not m.is_introduced(participle.i):
                before = [t for t in m.below(participle.i) if t.i < m.begin(own.i)]
                m.hang(own.i, i, "nsubj")
                m.hang(participle.i, own.i, "acl")
                for t in before:
                    m.hang(t.i, i, t.dep)
                break
            agent = next(iter(m.below(participle.i, "obl:agent")), None)
            name = next((t for t in m.below(agent.i, "appos") if t.pos == "PROPN"), None) if agent else None
            if agent is not None and name is not None and m.tokens[name.i - 1].text == ",":
                m.hang(name.i, i, "nsubj")
                for t in m.below(agent.i, "acl:relcl"):
                    m.hang(t.i, name.i, "acl:relcl")
                break


def subjectless_complements(m: Mended) -> None:
    """*their ally, long considered the arbiter, and have since*: a participle taken for a finite complement."""
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.dep not in ("ccomp", "advcl", "dep") or verb.morph.get("VerbForm") not in ("Fin", "Part"):
            continue
        if any(t.dep in (*SUBJECTS, "mark", "obj") or t.dep.startswith(("aux", "expl")) for t in m.below(i)):
            continue
        if verb.morph.get("Tense") != "Past" or m.tokens[verb.head].i > i:
            continue
        j = i - 1
        while j > verb.head and m.tokens[j].pos == "ADV":
            j -= 1
        noun = m.tokens[j - 1]
        if m.tokens[j].text != "," or noun.i <= verb.head or noun.pos not in ("NOUN", "PROPN"):
            continue
        if noun.lemma.lower() in m.words.time_words:
            continue
        if not m.below(i, "xcomp", "obl:agent"):
            continue
        if m.hang(i, j - 1, "acl"):
            m.relabel(i, "acl", VerbForm="Part")


def nominal_conjuncts(m: Mended) -> None:
    """*devaient être signés, et des discussions étaient prévues*: a noun beside a verb is the next subject."""
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.dep not in ("advcl", "acl", "xcomp", "parataxis", "ccomp", "conj", "dep") or m.has_subject(i):
            continue
        if not m.is_finite(i) or m.is_introduced(i):
            continue
        for j in range(i - 1, m.first(verb), -1):
            noun = m.tokens[j]
            if noun.pos in ("VERB", "AUX") and noun.head != i:
                break
            if noun.dep != "conj" or noun.pos not in ("NOUN", "PROPN") or m.tokens[noun.head].pos != "VERB":
                continue
            mate = noun.head
            if m.hang(j, i, "nsubj:pass" if m.below(i, "aux:pass") else "nsubj"):
                m.hang(i, mate, "conj")
            break


def conjuncts_of_infinitives(m: Mended) -> None:
    """*agreed to leave and promised*: a finite verb was coordinated with the infinitive or participle before it."""
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.dep != "conj" or not m.is_finite(i) or m.has_subject(i):
            continue
        at = m.tokens[verb.head]
        if at.pos != "VERB" or not (_is_infinitive(m, at.i) or m.is_bare_participle(at.i)):
            continue
        for _ in range(8):
            if m.is_finite(at.i):
                break
            at = m.tokens[at.head]
        if at.i not in (verb.head, i) and at.i < i and at.pos in ("VERB", "AUX") and m.is_finite(at.i):
            m.hang(i, at.i, "conj")


def _is_infinitive(m: Mended, i: int) -> bool:
    """With its *to* or *de*; English base forms without are often finite ones."""
    return m.tokens[i].morph.get("VerbForm") == "Inf" and bool(
        m.below(i, "mark", "aux") or m.syntax.language == "ru"
    )


def conjuncts_of_relatives(m: Mended) -> None:
    """*by Novak, who rules the country and is feared*: without a comma the second verb goes with the nearer one."""
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.dep != "conj" or m.has_subject(i) or not m.is_finite(i):
            continue
        link = next((t for t in m.below(i, "cc") if t.i < i), None)
        if link is None or m.tokens[link.i - 1].pos == "PUNCT":
            continue
        for j in range(link.i - 1, verb.head, -1):
            near = m.tokens[j]
            if near.pos == "VERB" and near.dep == "acl:relcl" and m.is_finite(j) and m.has_subject(j):
                if m.tokens[near.head].i > verb.head and not _closed(m, j, link.i):
                    m.hang(i, j, "conj")
                break


def _closed(m: Mended, start: int, end: int) -> bool:
    return any(t.text in (",", ";", "»", "”", ")", "—", "–") for t in m.tokens[start:end])


def wrong_heirs(m: Mended) -> None:
    """*had been on the agenda since Chile took the town and expelled*: a withdrawal expels nobody, Chile does."""
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.dep != "conj" or m.has_subject(i) or not m.is_finite(i) or not m.below(i, "obj"):
            continue
        head = m.tokens[verb.head]
        subject = next(iter(m.below(head.i, "nsubj", "nsubj:pass")), None)
        if subject is None or m.can_act(subject) or subject.lemma.lower() not in m.words.event:
            continue
        for near in reversed(m.below(head.i, "advcl", "ccomp")):
            own = next(iter(m.below(near.i, "nsubj")), None)
            if head.i < near.i < i and own is not None and m.can_act(own) and m.is_finite(near.i):
                m.hang(i, near.i, "conj")
                break
