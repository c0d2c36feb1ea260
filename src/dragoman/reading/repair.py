"""Known faults of the parsers on news, mended in one place. `repair(syntax)` gives a tree that all later stages trust.

Each mender looks for one fault, by its shape and not by its words, and leaves alone what it is not sure of.
What it changes is a relation and a head; tokens, spans and sentences stay. Each fault has its row in
`tests/test_clauses_repair.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from dragoman.languages import load
from dragoman.model import Language
from dragoman.reading.syntax import Syntax, Token

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl:subj")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language that menders need."""

    time: frozenset[str]
    actor: frozenset[str]
    speech: frozenset[str]
    relative: frozenset[str]


@cache
def _words(language: Language) -> Words:
    data = load(language, "clauses")
    return Words(
        time=frozenset(data["time_words"]),
        actor=frozenset(data["actor_words"]),
        speech=frozenset(data["speech_verbs"]),
        relative=frozenset(data["relative"]),
    )


class Mended:
    """The tokens of a text under repair. The given tokens are never changed: an edit makes a new one."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.words = _words(syntax.language)
        self.tokens = list(syntax.tokens)
        self.kids: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                self.kids[token.head].append(token.i)
        self.named = {
            t.i
            for name in syntax.names
            for t in syntax.tokens_in(name.start, name.end)
            if name.type != "place"
        }
        self.touched = False

    def below(self, i: int, *deps: str) -> list[Token]:
        return [self.tokens[j] for j in self.kids[i] if not deps or self.tokens[j].dep in deps]

    def has_subject(self, i: int) -> bool:
        return any(self.tokens[j].dep in _SUBJECTS for j in self.kids[i])

    def hang(self, i: int, head: int, dep: str) -> bool:
        """Hang token `i` on `head`; False, and nothing done, where that would close a circle."""
        at = head
        while True:
            if at == i and head != i:
                return False
            above = self.tokens[at].head
            if above == at:
                break
            at = above
        old = self.tokens[i]
        if old.head != i:
            self.kids[old.head].remove(i)
        self.tokens[i] = replace(old, head=head, dep=dep)
        if head != i:
            self.kids[head] = sorted((*self.kids[head], i))
        self.touched = True
        return True

    def relabel(self, i: int, dep: str) -> None:
        self.tokens[i] = replace(self.tokens[i], dep=dep)
        self.touched = True

    def result(self) -> Syntax:
        if not self.touched:
            return self.syntax
        s = self.syntax
        return Syntax(s.text, s.language, self.tokens, s.sentences, s.names)


def repair(syntax: Syntax) -> Syntax:
    """The same text with a mended tree; the given one where nothing was to mend."""
    mended = Mended(syntax)
    for mend in MENDERS:
        mend(mended)
    return mended.result()


def _bare_times(m: Mended) -> None:
    """*a commencé lundi*: a day or a month without preposition that was taken for an object."""
    for token in m.tokens:
        if (
            token.dep in ("obj", "xcomp")
            and token.lemma.lower() in m.words.time
            and token.pos in ("NOUN", "PROPN")
        ):
            verb = m.tokens[token.head]
            taken = any(t.i != token.i for t in m.below(verb.i, "obj")) or token.lemma.lower() in _days(m)
            if verb.pos == "VERB" and taken and not m.below(token.i, "case"):
                m.relabel(token.i, "obl:tmod")


@cache
def _day_names(language: Language) -> frozenset[str]:
    return frozenset(load(language, "clauses")["day_words"])


def _days(m: Mended) -> frozenset[str]:
    return _day_names(m.syntax.language)


def _speakers_after(m: Mended) -> None:
    """*..., announced the ministry*: the speaker after an inverted verb of speech was taken for its object."""
    for verb in m.tokens:
        if verb.pos != "VERB" or verb.lemma.lower() not in m.words.speech or m.has_subject(verb.i):
            continue
        if verb.dep in ("acl", "acl:relcl", "xcomp", "amod", "conj") or verb.morph.get("VerbForm") == "Inf":
            continue
        speaker = next((t for t in m.below(verb.i, "obj", "xcomp", "obl:arg", "ccomp") if t.i > verb.i), None)
        if speaker is None or speaker.pos not in _NOMINAL or m.below(speaker.i, "case", "mark"):
            continue
        actor = speaker.i in m.named or speaker.lemma.lower() in m.words.actor or speaker.pos == "PROPN"
        if actor and _is_inverted(m, verb):
            m.relabel(speaker.i, "nsubj")


def _is_inverted(m: Mended, verb: Token) -> bool:
    """True where nothing but auxiliaries stands between the verb and a comma or closing mark before it."""
    i = verb.i - 1
    first = m.syntax.sentences[verb.sent].first
    while i >= first and (m.tokens[i].pos in ("AUX", "ADV", "PART") or m.tokens[i].dep.startswith("expl")):
        i -= 1
    return i >= first and m.tokens[i].text in _CLOSERS


_CLOSERS = frozenset({",", "»", "”", '"', "''", "’", "—", "–", "-", "?", "!", "'", "“"})


def _finite_conjuncts(m: Mended) -> None:
    """*agreed to leave and promised*: a finite verb was coordinated with the infinitive before it."""
    for verb in m.tokens:
        if verb.dep != "conj" or verb.pos != "VERB" or not _is_finite(m, verb.i):
            continue
        at = m.tokens[verb.head]
        while (
            at.pos == "VERB"
            and not _is_finite(m, at.i)
            and at.dep in ("xcomp", "ccomp", "advcl", "conj", "acl")
        ):
            above = m.tokens[at.head]
            if above is at or above.pos != "VERB" or (m.has_subject(at.i) and at.dep != "advcl"):
                break
            at = above
        if at.i != verb.head and _is_finite(m, at.i) and at.i < verb.i and not m.has_subject(verb.i):
            m.hang(verb.i, at.i, "conj")


def _is_finite(m: Mended, i: int) -> bool:
    return m.tokens[i].morph.get("VerbForm") == "Fin" or any(
        t.dep.startswith("aux") and t.morph.get("VerbForm") == "Fin" for t in m.below(i)
    )


def _reduced_relatives(m: Mended) -> None:
    """*Soldiers deployed in the north completed their withdrawal*: the participle was taken for the main verb."""
    for participle in m.tokens:
        if (
            participle.pos != "VERB"
            or participle.morph.get("VerbForm") != "Part"
            or participle.dep.startswith("acl")
        ):
            continue
        below = m.below(participle.i)
        if any(t.dep.startswith(("aux", "cop", "mark", "expl")) for t in below):
            continue
        subject = next((t for t in below if t.dep in ("nsubj", "nsubj:pass") and t.i < participle.i), None)
        if subject is None or m.below(participle.i, "obj") or participle.morph.get("Tense") != "Past":
            continue
        main = next((t for t in below if t.i > participle.i and _could_be_main(m, t, participle)), None)
        if main is None:
            continue
        head, dep = participle.head, participle.dep
        is_root = head == participle.i
        m.hang(main.i, main.i if is_root else head, dep)
        m.hang(subject.i, main.i, "nsubj")
        m.hang(participle.i, subject.i, "acl")
        for t in below:
            if t.i > main.i or t.dep == "punct":
                m.hang(t.i, main.i, t.dep)


def _could_be_main(m: Mended, verb: Token, participle: Token) -> bool:
    if verb.pos != "VERB" or verb.dep not in ("advcl", "ccomp", "conj", "parataxis", "dep", "xcomp"):
        return False
    if not _is_finite(m, verb.i) or m.below(verb.i, "mark", "cc"):
        return False
    between = m.tokens[participle.i : verb.i]
    if any(t.dep == "cc" and t.head in (participle.i, verb.i) for t in between):
        return False
    own = [t for t in m.below(verb.i) if t.dep in _SUBJECTS]
    return not own or all(t.lemma.lower() in m.words.time for t in own)


def _times_as_subjects(m: Mended) -> None:
    """*since the fall of 2020 completed*: a time taken for the subject of a verb that has another."""
    for token in m.tokens:
        if token.dep in ("nsubj", "nsubj:pass") and token.lemma.lower() in m.words.time:
            rivals = [t for t in m.below(token.head, "nsubj", "nsubj:pass") if t.i != token.i]
            if rivals or m.below(token.i, "case"):
                m.relabel(token.i, "obl:tmod")


def _stray_roots(m: Mended) -> None:
    """*Poutine | , le président, a atterri*: pieces of one sentence that the parser took for several."""
    for sentence in m.syntax.sentences:
        roots = [i for i in range(sentence.first, sentence.past) if m.tokens[i].head == i]
        if len(roots) < 2:
            continue
        main = next((i for i in roots if _is_verbal(m, i)), None)
        if main is None:
            continue
        for i in roots:
            token = m.tokens[i]
            if i == main:
                continue
            if token.pos == "PUNCT":
                m.hang(i, main, "punct")
            elif token.lemma.lower() in m.words.time:
                m.hang(i, main, "obl:tmod")
            elif i < main and token.pos in _NOMINAL and not m.has_subject(main) and not m.below(i, "case"):
                m.hang(i, main, "nsubj")
            elif token.pos in _NOMINAL and m.below(i, "case"):
                m.hang(i, main, "obl")
            else:
                m.hang(i, main, "parataxis")


def _is_verbal(m: Mended, i: int) -> bool:
    return m.tokens[i].pos == "VERB" or bool(m.below(i, "cop"))


MENDERS: tuple[Callable[[Mended], None], ...] = (
    _reduced_relatives,
    _times_as_subjects,
    _stray_roots,
    _bare_times,
    _finite_conjuncts,
    _speakers_after,
)
