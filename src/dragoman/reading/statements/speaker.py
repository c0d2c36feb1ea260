"""Who speaks: from a cue verb to the head of the words that name its speaker."""

from __future__ import annotations

from dragoman.reading.statements.context import Context
from dragoman.reading.statements.phrase import NOMINAL, REACH
from dragoman.reading.syntax import Syntax, Token

_NON_FINITE = frozenset({"Ger", "Part", "Conv", "Inf"})
_STEPS = 6


def speaker_of_verb(c: Context, v: int) -> int | None:
    """Token index of the speaker of verb `v`, looked for above it where it has no subject of its own."""
    speaker = _subject_above(c, v)
    if speaker is None or not c.together(speaker, v):
        return None
    if c.quotation[v] < 0 <= c.quotation[speaker]:
        return None  # a word of what is quoted is not who quotes it
    return speaker


def _subject_above(c: Context, v: int) -> int | None:
    syntax, here = c.syntax, v
    for _ in range(_STEPS):
        if is_passive(syntax, here):
            return _agent(syntax, here)
        subject = subject_of(syntax, here)
        if subject is not None:
            return antecedent(syntax, here, subject)
        token = syntax.tokens[here]
        if token.dep == "root" or abs(token.head - v) > REACH:
            return None
        above = syntax.tokens[token.head]
        if token.dep in ("acl", "acl:relcl"):
            if token.dep != "acl" or above.pos not in NOMINAL:
                return None
            if not _after_comma(syntax, here):
                return above.i
            above = _verb_above(syntax, above)
        elif token.dep == "xcomp":
            controlled = _object_in_control(c, above, here)
            if controlled is not None:
                return controlled
        elif not _shares_subject(syntax, token):
            return None
        here = above.i
    return None


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
    """Head of the subject; the pointing pronoun of "this shows that" is none."""
    for child in syntax.children(v, "nsubj"):
        if child.pos == "PRON" and child.morph.get("PronType") == "Dem" and "Gender" not in child.morph:
            continue
        return child.i
    # French inverted clitics ("ajoute-t-il") hang by no proper relation
    for child in reversed(syntax.children(v, "expl:subj", "dep", "nsubj:caus")):
        if child.pos == "PRON" and child.i > v and child.text.startswith("-"):
            return child.i
    if syntax.language == "fr":
        found = syntax.child(v, "expl:subj")
        if found is not None and syntax.child(v, "expl:comp", "expl:pass") is not None:
            return found.i
    return None


def is_passive(syntax: Syntax, v: int) -> bool:
    return syntax.child(v, "nsubj:pass", "aux:pass", "csubj:pass") is not None


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
    word = c.words.verbs.get(above.lemma.lower())
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
