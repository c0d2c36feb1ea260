"""Faults in phrases: datelines, times, agents and speakers that the parser hung in the wrong place."""

from __future__ import annotations

from dragoman.reading.repair.mended import NOMINAL, Mended
from dragoman.reading.syntax import Token

_CLOSERS = frozenset({",", "»", "”", '"', "''", "’", "—", "–", "-", "--", "?", "!", "'", "“"})
_DASHES = frozenset({"-", "–", "—", "--", "―", ":"})
_DATELINE = 14  # tokens that a dateline has at the most


def datelines(m: Mended) -> None:
    """*LIMA (Reuters) - Police killed*: the place before the dash was taken for a part of the first noun."""
    for sentence in m.syntax.sentences:
        past = _dateline(m, sentence.first, min(sentence.past, sentence.first + _DATELINE))
        if past is None or past >= sentence.past:
            continue
        inside = range(sentence.first, past)
        links = [i for i in inside if m.tokens[i].head not in inside]
        below = [i for i in range(past, sentence.past) if m.tokens[i].head in inside]
        main = next((i for i in range(past, sentence.past) if m.tokens[i].head == i), None)
        if main is None:
            # The dateline itself was made the root: the first thing that hung on it takes its place.
            main = next((i for i in below if m.tokens[i].pos == "VERB"), below[0] if below else None)
            if main is None:
                continue
            m.hang(main, main, "root")
        for i in below:
            if i != main and m.tokens[i].head in inside:
                m.hang(i, main, m.tokens[i].dep if m.tokens[i].dep not in _OF_DATELINE else "dep")
        for i in [*links, *(i for i in inside if m.tokens[i].head == i)]:
            m.hang(i, main, "punct" if m.tokens[i].pos == "PUNCT" else "parataxis")
        if m.tokens[main].pos == "VERB" and not m.has_subject(main):
            after = (t for t in m.below(main, "dep") if past <= t.i < main and t.pos in NOMINAL)
            for noun in list(after)[-1:]:
                m.relabel(noun.i, "nsubj:pass" if m.below(main, "aux:pass") else "nsubj")


def _dateline(m: Mended, first: int, past: int) -> int | None:
    """The token after a dateline, or None where the sentence begins with none.

    Before the dash stand names, numbers and brackets only.
    """
    if past - first < 3:
        return None
    start = m.tokens[first]
    if start.text == "(":
        close = next((i for i in range(first + 1, past) if m.tokens[i].text == ")"), None)
        if close is None or not m.tokens[first + 1].text[:1].isupper() or close - first > 5:
            return None
        after = close + 1
        return after + 1 if after < past and m.tokens[after].text in _DASHES else after
    early = m.tokens[first : min(first + 3, past)]
    capital = start.pos == "PROPN" and any(
        t.text.isupper() and len(t.text) > 2 and t.text.isalpha() for t in early
    )
    named = start.pos == "PROPN" and any(t.text in ("(", ",") for t in early[1:])
    capital = capital or (start.text.isupper() and len(start.text) > 2 and start.text.isalpha())
    if not capital and not named:
        return None
    for i in range(first + 1, past):
        token = m.tokens[i]
        if token.text in _DASHES or token.text.endswith("--") or token.text in ("):", ")-"):
            bracket = any(")" in m.tokens[j].text for j in range(first, i + 1))
            return i + 1 if bracket or token.text != ":" else None
        if token.text[:1].islower() and token.pos not in ("ADP", "PROPN"):
            return None
        if token.pos in ("VERB", "DET") and not token.text.isupper():
            return None
    return None


_OF_DATELINE = ("appos", "conj", "nmod", "parataxis", "dep")


def hung_on_auxiliaries(m: Mended) -> None:
    """*The president will on Tuesday lead*: the subject was hung on the auxiliary."""
    for token in m.tokens:
        auxiliary = m.tokens[token.head]
        if token.dep in ("nsubj", "nsubj:pass", "obl", "advmod", "csubj") and auxiliary.dep in (
            "aux",
            "aux:tense",
        ):
            m.hang(token.i, auxiliary.head, token.dep)


def subjects_as_modifiers(m: Mended) -> None:
    """*The US military trains pilots*: nouns before a finite verb were hung on it as if it were a noun."""
    for i in m.verbs:
        if (
            not m.is_finite(i)
            or m.has_subject(i)
            or m.tokens[i].dep in ("conj", "amod", "compound", "acl:relcl")
        ):
            continue
        before = [t for t in m.below(i, "compound", "amod") if t.i < i and t.pos in ("NOUN", "PROPN")]
        if not before or before[-1].i != i - 1:
            continue
        noun = before[-1]
        m.relabel(noun.i, "nsubj")
        for t in (*before[:-1], *m.below(i, "det", "nmod:poss", "amod")):
            if t.i < noun.i:
                m.hang(t.i, noun.i, t.dep)


def hung_on_punctuation(m: Mended) -> None:
    """*Novak, la reine danoise, a*: the apposition was hung on the comma before it."""
    for token in m.tokens:
        mark = m.tokens[token.head]
        if token.pos == "PUNCT" or mark.pos != "PUNCT" or mark.i == token.i or mark.head == mark.i:
            continue
        before = m.tokens[mark.i - 1] if mark.i > m.first(mark) else mark
        if token.pos == "NOUN" and before.pos == "PROPN" and m.begin(token.i) == mark.i + 1:
            m.hang(token.i, before.i, "appos")
        else:
            m.hang(token.i, mark.head, token.dep)


def bare_times(m: Mended) -> None:
    """*a commencé lundi*: a day without preposition that was taken for an object."""
    for i in m.verbs:
        for token in m.below(i, "obj", "xcomp"):
            lemma = token.lemma.lower()
            if (
                lemma not in m.words.time_words
                or token.pos not in ("NOUN", "PROPN")
                or m.below(token.i, "case")
            ):
                continue
            rival = any(t.i != token.i for t in m.below(i, "obj"))
            if rival or lemma in m.words.day_words:
                m.relabel(token.i, "obl:tmod")


def times_as_subjects(m: Mended) -> None:
    """*since the fall of 2020 completed*: a time taken for the subject of a verb that has another."""
    for i in m.verbs:
        subjects = m.below(i, "nsubj", "nsubj:pass")
        for token in subjects:
            if token.lemma.lower() not in m.words.time_words or (
                len(subjects) < 2 and not m.below(token.i, "case")
            ):
                continue
            m.relabel(token.i, "obl:tmod")
            word = m.tokens[m.begin(token.i) - 1] if m.begin(token.i) else None
            before = m.tokens[word.i - 1] if word is not None and word.i else None
            if word is None or before is None or word.dep != "mark" or word.head != i:
                continue
            # "deployed in the north since the fall": the time goes with the verb before it.
            m.hang(word.i, token.i, "case")
            near = next((j for j in range(before.i, m.first(token), -1) if m.tokens[j].pos == "VERB"), None)
            if near is not None:
                m.hang(token.i, near, "obl")


def lost_agents(m: Mended) -> None:
    """*soutenue de manière secrète par le Chili*: an agent that hangs on an adjective beside the participle."""
    for token in m.tokens:
        if token.dep != "obl:agent" or m.tokens[token.head].pos in ("VERB", "AUX"):
            continue
        at = m.tokens[token.head]
        for _ in range(2):
            at = m.tokens[at.head]
            if at.pos == "VERB":
                if m.below(at.i, "aux:pass") or m.is_bare_participle(at.i):
                    m.hang(token.i, at.i, "obl:agent")
                break


def copulas_of_place(m: Mended) -> None:
    """*est au pouvoir*, *is in power*: one tree for all languages, with the verb as head of *in power*."""
    for verb in m.tokens:
        if verb.dep != "cop" or verb.pos not in ("AUX", "VERB"):
            continue
        noun = m.tokens[verb.head]
        if noun.pos not in NOMINAL or not m.below(noun.i, "case") or not m.take_place_of(verb.i, noun.i):
            continue
        m.hang(noun.i, verb.i, "obl")
        for t in m.below(noun.i):
            if t.dep in _OF_CLAUSE or t.dep.startswith(("aux", "obl")):
                m.hang(t.i, verb.i, t.dep)


_OF_CLAUSE = (
    "nsubj",
    "nsubj:pass",
    "expl:subj",
    "expl",
    "mark",
    "advmod",
    "advcl",
    "conj",
    "cc",
    "punct",
    "parataxis",
    "ccomp",
)


def nouns_with_auxiliaries(m: Mended) -> None:
    """*a annexé Arica*: a participle taken for a noun, though an auxiliary hangs on it."""
    for auxiliary in m.tokens:
        if auxiliary.dep not in ("aux:tense", "aux:pass") or m.tokens[auxiliary.head].pos not in (
            "NOUN",
            "ADJ",
            "PROPN",
        ):
            continue
        noun = m.tokens[auxiliary.head]
        stem = next((s for s in _PARTICIPLES if noun.text.lower().endswith(s)), None)
        if stem is None or auxiliary.i > noun.i:
            continue
        m.retag(noun.i, "VERB", noun.text.lower().removesuffix(stem) + "er", VerbForm="Part", Tense="Past")
        for t in m.below(noun.i, "flat:name", "nmod"):
            if t.i > noun.i and not m.below(t.i, "case") and auxiliary.dep == "aux:tense":
                m.relabel(t.i, "obj")


_PARTICIPLES = ("ées", "és", "ée", "é")


def lemmas_of_verbs(m: Mended) -> None:
    """*ferme* for *fermer*: a finite verb that the lemmatizer did not know and left as it stands."""
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.lemma in m.words.lemmas:
            m.retag(i, "VERB", m.words.lemmas[verb.lemma])
            continue
        if verb.lemma != verb.text.lower() or verb.morph.get("VerbForm") != "Fin":
            continue
        for ending, base in m.words.finite_endings.items():
            if verb.lemma.endswith(ending):
                m.retag(i, "VERB", verb.lemma.removesuffix(ending) + base)
                break


def futures_of_the_past(m: Mended) -> None:
    """*fermerait* tagged as an imperfect: the ending stands on the infinitive, as only conditionals have it."""
    for i in m.verbs:
        verb = m.tokens[i]
        text = verb.text.lower()
        if verb.morph.get("Tense") != "Imp" or verb.morph.get("Mood") != "Ind":
            continue
        stem = next((text.removesuffix(e) for e in m.words.conditional_endings if text.endswith(e)), None)
        if stem in (verb.lemma, verb.lemma.removesuffix("e")):
            m.relabel(i, verb.dep, Mood="Cnd", Tense="Pres")


def nominal_complements(m: Mended) -> None:
    """*arrivé au pouvoir*: a noun with its preposition taken for an infinitive clause."""
    for token in m.tokens:
        if (
            token.dep in ("xcomp", "ccomp", "advcl")
            and token.pos in ("NOUN", "PROPN")
            and not m.below(token.i, "cop")
        ):
            marks = [t for t in m.below(token.i, "mark") if t.pos == "ADP"]
            if marks:
                m.relabel(token.i, "obl")
                for t in marks:
                    m.relabel(t.i, "case")


def purposes(m: Mended) -> None:
    """*in order to negotiate*: the infinitive hangs on the verb and the noun only opens it."""
    for i in m.verbs:
        verb = m.tokens[i]
        noun = m.tokens[verb.head]
        if verb.dep != "acl" or noun.pos != "NOUN" or noun.head == noun.i or m.is_finite(i):
            continue
        cases = m.words.idle.get(noun.lemma.lower(), ())
        below = m.below(noun.i)
        if len(below) == 2 and any(t.dep == "case" and t.lemma.lower() in cases for t in below):
            m.hang(i, noun.head, "advcl")
            m.hang(noun.i, i, "mark")


def appositions_as_conjuncts(m: Mended) -> None:
    """*La Norvège, membre de l'OTAN, a*: a bare noun after a name and a comma, with no *and*, says what it is."""
    for noun in m.tokens:
        if noun.dep != "conj" or noun.pos not in ("NOUN", "VERB") or m.tokens[noun.head].pos != "PROPN":
            continue
        name = m.tokens[noun.head]
        if noun.pos == "VERB" and not m.is_bare_participle(noun.i):
            continue
        joined = (
            any(t.dep == "cc" for i in (name.i, noun.i) for t in m.below(i))
            or len(m.below(name.i, "conj")) > 1
        )
        if not joined and name.i < noun.i and m.tokens[noun.i - 1].text == "," and not m.below(noun.i, "det"):
            m.relabel(noun.i, "appos" if noun.pos == "NOUN" else "acl")


def postposed_participles(m: Mended) -> None:
    """*returned the villages concerned to its neighbour*: what follows belongs to the verb."""
    for i in m.verbs:
        participle = m.tokens[i]
        if participle.dep != "acl" or participle.text.lower() not in m.words.postposed:
            continue
        verb = m.tokens[m.tokens[participle.head].head]
        if verb.pos == "VERB":
            for t in m.below(i, "obl", "iobj", "obl:arg", "obl:mod"):
                m.hang(t.i, verb.i, t.dep)


def speakers_after(m: Mended) -> None:
    """*..., announced the ministry*: the speaker after an inverted verb of speech was taken for its object."""
    for i in m.verbs:
        verb = m.tokens[i]
        if verb.lemma.lower() not in m.words.speech_verbs or m.has_subject(i):
            continue
        if verb.dep in ("acl:relcl", "xcomp", "amod") or verb.morph.get("VerbForm") == "Inf":
            continue
        if verb.dep == "conj" and any(t.dep == "cc" for t in (*m.below(verb.head), *m.below(i)) if t.i < i):
            continue
        after = m.below(i, "obj", "xcomp", "obl:arg", "ccomp", "dep")
        speaker = next((t for t in after if t.i > i and len(t.text.strip("-")) > 1), None)
        if speaker is None or speaker.pos not in NOMINAL or m.below(speaker.i, "case", "mark"):
            continue
        if (m.can_act(speaker) or speaker.pos == "PROPN") and _is_inverted(m, verb):
            m.relabel(speaker.i, "nsubj")
            if verb.dep in ("acl", "conj", "amod", "appos"):
                m.relabel(i, "parataxis")


def _is_inverted(m: Mended, verb: Token) -> bool:
    """True where nothing but auxiliaries stands between the verb and a comma or closing mark before it."""
    i, first = verb.i - 1, m.first(verb)
    while i >= first and (m.tokens[i].pos in ("AUX", "ADV", "PART") or m.tokens[i].dep.startswith("expl")):
        i -= 1
    return i >= first and m.tokens[i].text in _CLOSERS


def stray_roots(m: Mended) -> None:
    """*Morel | , le président, a atterri*: pieces of one sentence that the parser took for several."""
    for sentence in m.syntax.sentences:
        roots = [i for i in range(sentence.first, sentence.past) if m.tokens[i].head == i]
        if len(roots) == 1 and (verb := _set_beside(m, roots[0])) is not None:
            m.hang(verb, verb, "root")
            roots.append(verb)
        if len(roots) < 2:
            continue
        main = next((i for i in roots if m.tokens[i].pos == "VERB" or m.below(i, "cop")), None)
        if main is None:
            continue
        for i in roots:
            if i == main:
                continue
            described = _described_by_subject(m, i, main)
            m.hang(i, main, _relation_to(m, m.tokens[i], main))
            if described is not None:
                m.relabel(i, described.dep)
                m.hang(described.i, i, "appos")


def _set_beside(m: Mended, root: int) -> int | None:
    """*Morel, la reine, a quitté Lima*: the verb that the parser set beside a name, which it took for the sentence."""
    if m.tokens[root].pos != "PROPN" or m.tokens[min(root + 1, len(m.tokens) - 1)].text != ",":
        return None
    beside = (t.i for t in m.below(root, "parataxis") if t.i > root and t.pos == "VERB")
    return next((i for i in beside if m.is_finite(i) and not m.has_subject(i)), None)


def _described_by_subject(m: Mended, stray: int, main: int) -> Token | None:
    """*Morel, le président roulien, a*: the subject after the comma says what the name before it is."""
    if m.tokens[stray].pos != "PROPN" or stray + 1 >= main or m.tokens[stray + 1].text != ",":
        return None
    subject = next(iter(m.below(main, "nsubj", "nsubj:pass")), None)
    if subject is None or subject.pos != "NOUN" or m.begin(subject.i) not in (stray + 1, stray + 2):
        return None
    return subject


def _relation_to(m: Mended, stray: Token, main: int) -> str:
    if stray.pos == "PUNCT":
        return "punct"
    if stray.lemma.lower() in m.words.time_words:
        return "obl:tmod"
    if stray.pos in NOMINAL:
        if m.below(stray.i, "case"):
            return "obl"
        if stray.i < main and stray.pos != "NUM" and m.is_finite(main) and not m.has_subject(main):
            return "nsubj"
    return "parataxis"
