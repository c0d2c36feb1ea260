"""Who speaks: from a cue verb to the head of the words that name its speaker."""

from __future__ import annotations

from dragoman.reading.statements.context import Context
from dragoman.reading.statements.phrase import NOMINAL, REACH, head_of_phrase_at
from dragoman.reading.syntax import Syntax, Token

_NON_FINITE = frozenset({"Ger", "Part", "Conv", "Inf"})
_STEPS = 6


def speaker_of_verb(c: Context, v: int) -> int | None:
    """Token index of the speaker of verb `v`, looked for above it where it has no subject of its own."""
    speaker = _subject_above(c, v)
    if (
        speaker is None
        or c.syntax.tokens[speaker].text.lower() in c.words.nobody
        or not c.together(speaker, v)
    ):
        return None
    if c.quotation[v] < 0 <= c.quotation[speaker]:
        return None  # a word of what is quoted is not who quotes it
    return speaker


def _subject_above(c: Context, v: int) -> int | None:
    syntax, here = c.syntax, v
    for _ in range(_STEPS):
        quoted = _quoted_by(c, here)
        if quoted is not None:
            return quoted
        if here != v and _tells_instead(c, here, v):
            here = syntax.tokens[here].head
        if is_passive(syntax, here):
            # who is quoted as saying speaks himself
            patient = syntax.child(here, "nsubj:pass") if here != v else None
            return antecedent(syntax, here, patient.i) if patient is not None else _agent(syntax, here)
        subject = subject_of(syntax, here)
        if subject is None and here != v and _is_strong(c, here):
            subject = speaker_after(c, here)
        if subject is None:
            subject = _body_within(c, here)
        if subject is not None:
            return antecedent(syntax, here, subject)
        token = syntax.tokens[here]
        if token.dep == "root" or abs(token.head - v) > REACH:
            return None
        above = syntax.tokens[token.head]
        if token.dep in ("acl", "acl:relcl"):
            if token.dep != "acl" or above.pos not in NOMINAL:
                return None
            bears = c.words.noun_cues.get(above.lemma.lower())
            told_of = not _after_comma(syntax, here) and syntax.child(here, "case", "mark") is None
            if told_of and (bears is None or above.dep != "obj"):
                return above.i
            # "released a statement saying": who released it speaks
            above = _verb_above(syntax, above)
        elif token.dep == "xcomp":
            controlled = _object_in_control(c, above, here)
            if controlled is not None:
                return controlled
        elif not _shares_subject(syntax, token):
            return None
        here = above.i
    return None


def _quoted_by(c: Context, v: int) -> int | None:
    """Whom a verb of quoting quotes: "the agency cited officials as saying", «агентство цитирует посла»."""
    syntax = c.syntax
    if syntax.tokens[v].lemma.lower() not in c.words.quoting or is_passive(syntax, v):
        return None
    found = syntax.child(v, "obj")
    if found is None or found.i < v or found.pos not in ("NOUN", "PROPN"):
        return None
    if found.lemma.lower() in c.words.what_was_said or c.quotation[found.i] >= 0:
        of = syntax.child(found.i, "nmod", "nmod:poss")
        return of.i if of is not None and c.can_speak(of.i) else None
    return found.i if c.can_speak(found.i) or c.is_person(found.start) else None


def _tells_instead(c: Context, told: int, v: int) -> bool:
    """True where the tree hangs "adding that" on what was said before, whose subject cannot speak: who said it does."""
    token = c.syntax.tokens[told]
    if token.dep != "ccomp" or not (_is_strong(c, v) and _is_strong(c, token.head)):
        return False
    subject = c.syntax.child(told, "nsubj", "nsubj:pass")
    return (
        subject is not None
        and subject.pos == "NOUN"
        and not c.can_speak(subject.i)
        and _after_comma(c.syntax, v)
    )


def _after_comma(syntax: Syntax, v: int) -> bool:
    """True for the participle of "the minister left Paris, saying that": it belongs to the subject."""
    i = v - 1
    while i > 0 and syntax.tokens[i].pos == "ADV":
        i -= 1
    return i > 0 and syntax.tokens[i].text == ","


def _verb_above(syntax: Syntax, token: Token) -> Token:
    here = token
    for _ in range(_STEPS):
        if here.pos in ("VERB", "AUX") or here.dep == "root":
            break
        here = syntax.tokens[here.head]
    return here


def subject_of(syntax: Syntax, v: int) -> int | None:
    """Head of the subject; the pointing pronoun of "this shows that" is none.

    Of two, which a tree gives only by mistake, the one after the verb: the other is what is quoted.
    """
    tokens = syntax.tokens
    found = [
        t
        for t in syntax.children(v, "nsubj")
        if not (t.pos == "PRON" and t.morph.get("PronType") == "Dem" and "Gender" not in t.morph)
    ]
    behind = [t.i for t in found if t.i > v] or [t.i for t in found if t.text.startswith("-")]
    if found:
        return _clitic(tokens, behind[0] if behind else found[0].i)
    # French inverted clitics ("ajoute-t-il") hang by no proper relation
    for child in reversed(syntax.children(v, "expl:subj", "dep", "nsubj:caus")):
        if child.pos == "PRON" and child.i > v and child.text.startswith("-"):
            return _clitic(tokens, child.i)
    if syntax.language == "fr":
        expletive = syntax.child(v, "expl:subj")
        if expletive is not None and syntax.child(v, "expl:comp", "expl:pass") is not None:
            return expletive.i
    return None


def _clitic(tokens: list[Token], i: int) -> int:
    """The pronoun of "a-t-il", where the consonant before it was taken for the subject."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or not tokens[i].text.startswith("-") or following.start != tokens[i].end:
        return i
    return i + 1 if following.text.startswith("-") or tokens[i].text == "-" else i


def is_passive(syntax: Syntax, v: int) -> bool:
    """True for a passive with or without its auxiliary ("asked about the vote, he ...")."""
    if syntax.child(v, "nsubj:pass", "aux:pass", "csubj:pass") is not None:
        return True
    token = syntax.tokens[v]
    if token.morph.get("Voice") == "Pass":
        return True
    bare = token.morph.get("VerbForm") == "Part" and token.morph.get("Tense") == "Past"
    return (
        bare
        and token.dep in ("acl", "advcl", "amod")
        and syntax.child(v, "aux", "aux:tense", "nsubj") is None
    )


def _agent(syntax: Syntax, v: int) -> int | None:
    found = syntax.child(v, "obl:agent")
    if found is None and syntax.language == "ru":
        found = next(
            (
                t
                for t in syntax.children(v, "obl")
                if t.morph.get("Case") == "Ins"
                and t.morph.get("Animacy") == "Anim"
                and syntax.child(t.i, "case") is None
            ),
            None,
        )
    return found.i if found is not None else None


def _shares_subject(syntax: Syntax, token: Token) -> bool:
    """True for a verb coordinated with the one above it, or a participle that belongs to it."""
    if token.dep != "advcl":
        return token.dep in ("conj", "advcl:relcl", "aux", "dep")
    return token.morph.get("VerbForm") in _NON_FINITE or syntax.child(token.i, "mark") is None


def _object_in_control(c: Context, above: Token, v: int) -> int | None:
    """In "urged Paris to say", it is Paris that is to say."""
    word = c.words.verb_cues.get(above.lemma.lower())
    if word is None or "appeal" not in word.takes.values():
        return None
    found = c.syntax.child(above.i, "obj", "iobj")
    return found.i if found is not None and found.i < v else None


def antecedent(syntax: Syntax, v: int, subject: int) -> int:
    """For the relative pronoun of "the minister, who said", the minister."""
    token = syntax.tokens[subject]
    relative = token.morph.get("PronType") in ("Rel", "Int") or syntax.tokens[v].dep == "acl:relcl"
    if not (token.pos in ("PRON", "DET", "SCONJ") and relative and token.i < v):
        return subject
    here = v
    for _ in range(_STEPS):
        above = syntax.tokens[here]
        if above.dep == "acl:relcl":
            head = syntax.tokens[above.head]
            return head.i if head.pos in NOMINAL and head.i < subject else subject
        if above.dep not in ("conj", "cop", "aux"):
            break
        here = above.head
    return subject


def is_first_or_second_person(token: Token) -> bool:
    """The speaker of a quotation or the writer himself; what they say of themselves is no report."""
    return token.pos == "PRON" and token.morph.get("Person") in ("1", "2")


def _body_within(c: Context, v: int) -> int | None:
    """The ministry of "в министерстве отметили": a verb in the plural without subject, and a body to say it."""
    syntax = c.syntax
    if not c.words.within or syntax.tokens[v].morph.get("Number") != "Plur":
        return None
    for child in syntax.children(v, "obl"):
        case = syntax.child(child.i, "case")
        if case is None or case.text.lower() not in c.words.within or not c.together(v, child.i):
            continue
        if child.lemma.lower() in c.words.speakers or child.pos == "PROPN":
            return child.i
    return None


def _is_strong(c: Context, v: int) -> bool:
    word = c.words.verb_cues.get(c.syntax.tokens[v].lemma.lower())
    return word is not None and word.strong


def speaker_after(c: Context, v: int, is_sure: bool = False) -> int | None:
    """Head of the noun phrase right after an inverted verb: its subject, or an object that can only be one.

    `is_sure`: the verb is known to be inverted, so that any noun after it speaks.
    """
    syntax, tokens = c.syntax, c.syntax.tokens
    subject = subject_of(syntax, v)
    if subject is not None and v < subject < v + 25 and c.together(v, subject):
        return None if is_first_or_second_person(tokens[subject]) else subject
    for child in syntax.children(
        v, "obj", "xcomp", "obl:arg", "dep", "appos", "obl", "obl:mod", "iobj", "conj"
    ):
        if not v < child.i < v + 12 or child.pos not in NOMINAL or child.pos == "PRON":
            continue
        if child.morph.get("Case", "Nom") != "Nom" or _brought_in(syntax, v, child.i):
            continue
        if syntax.child(child.i, "case") is None and c.together(v, child.i) and c.can_speak(child.i):
            return child.i
    within = _body_within(c, v) if subject is None or subject < v else None
    if within is not None and within > v:
        return within
    alone = subject is None or c.quotation[subject] >= 0 > c.quotation[v]
    if is_sure or (alone and _ends_quotation_before(c, v)):
        return first_bare_noun(c, v)
    return None


def _brought_in(syntax: Syntax, v: int, i: int) -> bool:
    """True where a preposition stands between the verb and the noun's phrase, hang it where it may."""
    return any(t.pos == "ADP" and t.head == i for t in syntax.tokens[v + 1 : i])


def first_bare_noun(c: Context, v: int) -> int | None:
    """Head of the first noun after the verb that no preposition brings in, whatever the tree says."""
    tokens, i = c.syntax.tokens, v + 1
    while i < len(tokens) and i < v + 14 and c.together(v, i) and c.quotation[i] < 0:
        token = tokens[i]
        if token.pos == "PUNCT" or token.pos in ("VERB", "SCONJ"):
            return None
        if token.pos == "ADP":
            i = max(i, head_of_phrase_at(c.syntax, i + 1) if i + 1 < len(tokens) else i) + 1
            continue
        if token.pos in ("DET", "PROPN") or (token.pos == "NOUN" and token.text[0].isupper()):
            head = head_of_phrase_at(c.syntax, i)
            return head if tokens[head].pos in ("NOUN", "PROPN") else None
        i += 1
    return None


def _ends_quotation_before(c: Context, v: int) -> bool:
    i = v - 1
    while i >= 0 and v - i < 6 and c.quotation[i] < 0 and c.together(i, v):
        i -= 1
    return i >= 0 and c.quotation[i] >= 0 and c.together(i, v)
