"""One article as event time looks at it: which clause a token, a sentence and a paragraph belong to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache

from dragoman.languages import words_of
from dragoman.languages.schema.grammar import Speech
from dragoman.model import Language
from dragoman.reading.syntax import Argument, Clause, Syntax, Token
from dragoman.reading.times.words import time_words

STEPS = 40
"""Steps up a tree before giving up; no sane sentence is deeper."""
_SUBORDINATE = ("acl", "advcl", "ccomp", "xcomp")


class Scene:
    """The clauses of a text with quick ways to them. `owner` maps tokens to clauses: heads and light verbs."""

    def __init__(self, syntax: Syntax, clauses: tuple[Clause, ...]) -> None:
        self.syntax = syntax
        self.clauses = clauses
        self._breaks = [n for n, c in enumerate(syntax.text) if c == "\n"]
        self.owner, self._carriers = _owners(syntax, clauses)
        self._in_sentence: dict[int, list[Clause]] = {}
        for clause in clauses:
            self._in_sentence.setdefault(clause.sent, []).append(clause)
        self._below: dict[int, list[int]] = {}
        for clause in clauses:
            if clause.parent is not None:
                self._below.setdefault(clause.parent, []).append(clause.i)

    def paragraph(self, position: int) -> int:
        """Number of the line that holds code point `position`."""
        return bisect_left(self._breaks, position)

    def in_sentence(self, position: int) -> list[Clause]:
        """The clauses of the sentence that holds code point `position`."""
        inside = self.syntax.tokens_in(position, position + 1)
        return self._in_sentence.get(inside[0].sent, []) if inside else []

    def parent(self, clause: Clause) -> Clause | None:
        """The clause above, if it stands in the same paragraph; trees that join headings to text are cut."""
        if clause.parent is None:
            return None
        parent = self.clauses[clause.parent]
        return parent if self.paragraph(parent.start) == self.paragraph(clause.start) else None

    def below(self, clause: Clause) -> list[int]:
        """The clauses that hang directly on one, in order."""
        return self._below.get(clause.i, [])

    def is_main(self, clause: Clause) -> bool:
        """True for a main clause and those coordinated with one."""
        for _ in range(STEPS):
            if clause.kind == "noun" and not clause.light:
                return False
            parent = self.parent(clause)
            if parent is None:
                break
            if clause.relation not in ("conj", "parataxis"):
                return False
            clause = parent
        tokens = self._carriers.get(clause.i) or [self._governor(clause)]
        return clause.parent is not None or any(not t.dep.startswith(_SUBORDINATE) for t in tokens)

    def _governor(self, clause: Clause) -> Token:
        """The predicate, or the verb that it only completes and that has no clause of its own (*begin to leave*)."""
        token = self.syntax.tokens[clause.head]
        for _ in range(STEPS):
            if token.dep != "xcomp":
                break
            token = self.syntax.tokens[token.head]
        return token

    def above(self, token: Token | None) -> int | None:
        """The nearest clause at or above a token, or None."""
        for _ in range(STEPS):
            if token is None:
                return None
            if token.i in self.owner:
                return self.owner[token.i]
            if token.head == token.i:
                return None
            token = self.syntax.tokens[token.head]
        return None

    def hangs_on(self, clause: Clause) -> set[int]:
        """The tokens that a participle or relative clause is told of."""
        words = [self.syntax.tokens[clause.head], *self._carriers.get(clause.i, ())]
        return {t.head for t in words} | ({clause.head} if clause.light else set())

    def noun_of(self, argument: Argument) -> Clause | None:
        """The clause of an event noun that fills a role, or None."""
        inner = self.owner.get(argument.head)
        return self.clauses[inner] if inner is not None else None

    def points_back(self, clause: Clause) -> bool:
        """True for *this war*, *cette guerre*, *эта война*."""
        return any(
            t.morph.get("PronType") == "Dem" or t.lemma.lower() in ("this", "that", "ce", "этот", "тот")
            for t in self.syntax.children(clause.head, "det")
        )

    def adds(self, clause: Clause) -> bool:
        """True for a present participle set off by a comma, telling on from its clause (*..., killing two*)."""
        head = self.syntax.tokens[clause.head]
        if head.morph.get("VerbForm") != "Part" or head.morph.get("Tense") != "Pres":
            return False
        return self.syntax.text[max(0, head.start - 2) : head.start].rstrip().endswith(",")

    def is_pluperfect(self, clause: Clause) -> bool:
        """True for *had left*, *avait quitté*: before what is told around it."""
        head = self.syntax.tokens[clause.head]
        if head.morph.get("VerbForm") != "Part":
            return False
        return any(
            t.morph.get("Tense") in ("Imp", "Past") and t.morph.get("VerbForm") == "Fin"
            for t in self.syntax.children(head.i, "aux", "aux:tense")
            if t.lemma.lower() in time_words(self.syntax.language).tense.have
        )

    def is_imperfect(self, clause: Clause) -> bool:
        """True for the imperfect of French, which sets a scene and tells no news."""
        head = self.syntax.tokens[clause.head]
        forms = [head, *(t for t in self.syntax.children(head.i) if t.dep.startswith(("aux", "cop")))]
        return any(t.morph.get("Tense") == "Imp" for t in forms)


def _owners(syntax: Syntax, clauses: tuple[Clause, ...]) -> tuple[dict[int, int], dict[int, list[Token]]]:
    """Token -> clause, for the words of predicates; and the light verbs that carry a noun, by clause."""
    found = {c.head: c.i for c in clauses}
    carriers: dict[int, list[Token]] = {}
    starts = [t.start for t in syntax.tokens]
    for clause in clauses:
        for i in range(bisect_left(starts, clause.start), bisect_right(starts, clause.end - 1)):
            found.setdefault(i, clause.i)
        if not clause.light:
            continue
        verb = syntax.tokens[clause.head]
        for _ in range(STEPS):
            if verb.head == verb.i:
                break
            verb = syntax.tokens[verb.head]
            if verb.pos in ("VERB", "AUX"):
                found.setdefault(verb.i, clause.i)
                carriers.setdefault(clause.i, []).append(verb)
                break
    return found, carriers


@cache
def speech_verbs(language: Language) -> frozenset[str]:
    """Lemmas of verbs whose clause tells words, not a deed."""
    return frozenset(word for group in words_of(Speech, language, "speech").verbs for word in group.words)
