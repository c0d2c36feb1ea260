"""Who speaks: from a cue verb or noun to the head of the words that name its speaker."""

from __future__ import annotations

from dragoman.reading.statements.phrase import REACH
from dragoman.reading.statements.words import SpeechWords
from dragoman.reading.syntax import Syntax, Token

_PARTICIPLES = frozenset({"Ger", "Part", "Conv", "Inf"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "DET", "SYM"})
_STEPS = 6


def speaker_of_verb(syntax: Syntax, v: int, words: SpeechWords) -> int | None:
    """Token index of the speaker of verb `v`, looked for above it where it has no subject of its own."""
    here = v
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
            return above.i if token.dep == "acl" and above.pos in _NOMINAL else None
        if token.dep == "xcomp":
            controlled = _object_in_control(syntax, above, here, words)
            if controlled is not None:
                return controlled
        elif token.dep not in ("conj", "advcl", "advcl:relcl", "aux", "dep") or (
            token.dep == "advcl" and not _takes_subject_over(syntax, token)
        ):
            return None
        here = above.i
    return None


def subject_of(syntax: Syntax, v: int) -> int | None:
    """Head of the subject: a person, thing or pronoun, no mere `it` or `there` of weather and clauses."""
    for child in syntax.children(v, "nsubj"):
        if child.morph.get("PronType") == "Dem" and child.pos == "PRON" and "Gender" not in child.morph:
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
                and syntax.child(t.i, "case") is None
                and t.morph.get("Animacy") == "Anim"
            ),
            None,
        )
    return found.i if found is not None else None


def _takes_subject_over(syntax: Syntax, token: Token) -> bool:
    return token.morph.get("VerbForm") in _PARTICIPLES or syntax.child(token.i, "mark") is None


def _object_in_control(syntax: Syntax, above: Token, v: int, words: SpeechWords) -> int | None:
    """In "urged Paris to say", it is Paris that is to say."""
    word = words.verbs.get(above.lemma.lower())
    if word is None or "appeal" not in word.takes.values():
        return None
    found = syntax.child(above.i, "obj", "iobj")
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
            return head.i if head.pos in _NOMINAL and head.i < subject else subject
        if above.dep not in ("conj", "cop", "aux"):
            break
        here = above.head
    return subject


def is_first_or_second_person(token: Token) -> bool:
    """The speaker of a quotation or the writer himself; what they say of themselves is no report."""
    return token.pos == "PRON" and token.morph.get("Person") in ("1", "2")
