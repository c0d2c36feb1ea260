"""Pronouns and possessives: number, gender, type, the clause they stand in, and salience."""

from __future__ import annotations

from dataclasses import replace

from dragoman.languages import traits
from dragoman.languages.schema.names import Pronoun
from dragoman.reading.names.coreference.discourse import SUBJECT_DEPS, Candidate, Discourse
from dragoman.reading.names.drafts import Draft
from dragoman.reading.names.words import forms_of, plain
from dragoman.reading.syntax import Token

MARGIN = 5.0
"""By how much the best candidate must lead, else the reference stays open."""
_PARALLEL = 8.0
_NOT_TOLD = 4.0
_SELDOM = 8.0
"""What is no person is seldom meant by *il* or *она* in the place of a subject."""
_BARE_PLURAL = 14.0
_NOUN = 6.0
_FLOOR = 18.0
_AHEAD, _CONTROLLED = 62.0, 80.0
_OBJECT_IT = 10.0
_BOUND = 14.0


class Pronouns:
    """Resolves pronouns; `meant` remembers for each its drafts, for "its troops" and "his country"."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.words = discourse.words
        self.tokens = discourse.tokens
        self.syntax = discourse.syntax
        self.meant: dict[int, tuple[Draft, ...]] = {}

    def at(self, i: int) -> bool:
        """Resolve token `i` if it is a pronoun that refers; True where it was one."""
        token = self.tokens[i]
        if token.pos not in ("PRON", "DET"):
            return False
        word = next((self.words.pronouns[f] for f in forms_of(token) if f in self.words.pronouns), None)
        if word is None or not self._refers(token, word):
            return False
        poss = word.poss or (word.maybe_poss and token.dep in ("nmod:poss", "det", "nmod", "det:poss"))
        drafts = self._antecedent(token, word, poss)
        self.meant[i] = drafts
        rule = "possessive" if poss else "pronoun"
        if not drafts:
            rule += ", left open"
        self.discourse.add(self.discourse.span(token), i, drafts, "pronoun", rule)
        return True

    def _refers(self, token: Token, word: Pronoun) -> bool:
        if token.dep.startswith("expl"):
            return False
        if token.i + 1 < len(self.tokens) and self.words.has("impersonal", self.tokens[token.i + 1]):
            return False
        if token.pos == "DET" and not (word.poss or word.maybe_poss):
            return False
        if plain(token.text) in self.words.sets["empty_subject"]:
            return not self._is_empty(token)
        return True

    def _is_empty(self, token: Token) -> bool:
        """ "It is clear that", "il faut", "il y a"."""
        verb = self.tokens[token.head]
        if any(f in self.words.empty_verbs for f in forms_of(verb)):
            return True
        if any(c.dep in ("csubj", "expl") for c in self.syntax.children(verb.i)):
            return True
        if self.syntax.child(verb.i, "cop") is not None and verb.pos in ("ADJ", "VERB"):
            return any(
                c.dep in ("ccomp", "xcomp", "advcl", "csubj") and c.i > verb.i
                for c in self.syntax.children(verb.i)
            )
        return plain(verb.lemma) in self.words.sets["have"] and any(
            plain(c.text) == "y" for c in self.syntax.children(verb.i)
        )

    # --- choosing

    def _antecedent(self, token: Token, word: Pronoun, poss: bool) -> tuple[Draft, ...]:
        number, gender = word.number, word.gender
        if number == "a":
            number = "p" if token.morph.get("Number") == "Plur" and not poss else "s"
        if word.own:
            return self._own(token)
        pool = [c for c in self.discourse.candidates(token.i) if self._fits(c, number, gender)]
        if number == "p":
            pool += self._several(token.i)
        ahead = self._ahead(token, number, gender) if poss else None
        if ahead is not None:
            pool.append(ahead)
        pool += [
            Candidate((), c.head, c.score - _NOUN, c.subject) for c in self._nouns(token, number, gender)
        ]
        pool = [c for c in pool if poss or not self._same_clause(c, token)]
        return self._best(pool, token, poss, gender)

    def _own(self, token: Token) -> tuple[Draft, ...]:
        """A reflexive means the subject of its clause."""
        at = token
        for _ in range(12):
            if at.head == at.i:
                break
            at = self.tokens[at.head]
            subject = self.syntax.child(at.i, *SUBJECT_DEPS)
            if subject is not None and subject.i != token.i:
                drafts = [
                    self.discourse.by_head[k].drafts
                    for k in self.syntax.conjuncts(subject.i)
                    if k in self.discourse.by_head
                ]
                return tuple({id(d): d for ds in drafts for d in ds}.values())
        return ()

    def _nouns(self, token: Token, number: str, gender: str) -> list[Candidate]:
        if traits(self.syntax.language).no_gender and gender in ("m", "f"):
            return self._unnamed_persons(token.i)
        told = None if traits(self.syntax.language).no_gender else gender
        return self.discourse.common_nouns(token.i, number == "p", told)

    def _unnamed_persons(self, i: int) -> list[Candidate]:
        """Roles before that no name fills: "a woman", "the analyst"."""
        found = []
        for role in self.discourse.roles_before(i):
            if (
                role.person is None
                and role.head < i
                and self.tokens[i].sent - self.tokens[role.head].sent <= 1
                and not role.plural
            ):
                if role.head in self.discourse.covered:
                    continue
                score, subject = self.discourse.salience(role.head, i)
                found.append(Candidate((), role.head, score, subject))
        return found

    def _fits(self, candidate: Candidate, number: str, gender: str) -> bool:
        drafts = candidate.drafts
        if number == "p":
            many = drafts[0].plural or drafts[0].type in ("organisation", "armed_force")
            return len(drafts) > 1 or many or (drafts[0].type != "person" and self._is_many(candidate.head))
        if len(drafts) > 1:
            return False
        draft = drafts[0]
        if draft.plural and draft.type == "group":
            return False
        if traits(self.syntax.language).no_gender:
            if gender in ("m", "f"):
                return draft.type == "person" and draft.gender in (None, gender)
            return draft.type != "person" and not (
                draft.type == "armed_force" and draft.plural and self._is_many(candidate.head)
            )
        if gender in ("m", "f"):
            return draft.gender in (None, gender)
        return True

    def _is_many(self, head: int) -> bool:
        return self.tokens[head].morph.get("Number") == "Plur"

    def _several(self, i: int) -> list[Candidate]:
        return self.discourse.coordinated(i)

    def _ahead(self, token: Token, number: str, gender: str) -> Candidate | None:
        """ "In his speech, X said": a possessive in a phrase before the subject that it means."""
        at = token
        without_subject = False
        for _ in range(8):
            if at.head == at.i:
                return None
            at = self.tokens[at.head]
            if at.pos not in ("VERB", "AUX") and at.dep != "root":
                continue
            subject = self.syntax.child(at.i, *SUBJECT_DEPS)
            if subject is None and at.head != at.i:
                without_subject = True
                continue
            if subject is None or subject.i <= token.i or subject.i not in self.discourse.by_head:
                return None
            if token.i in self.syntax.subtree(subject.i):
                return None
            mention = self.discourse.by_head[subject.i]
            candidate = Candidate(mention.drafts, subject.i, _CONTROLLED if without_subject else _AHEAD, True)
            return candidate if mention.drafts and self._fits(candidate, number, gender) else None
        return None

    def _same_clause(self, candidate: Candidate, token: Token) -> bool:
        """Two arguments of one verb are two things, unless a reflexive says otherwise."""
        head = self.tokens[candidate.head]
        if candidate.head > token.i:
            return False
        return (
            head.head == token.head
            and head.sent == token.sent
            and head.dep != "root"
            and token.head != token.i
        )

    def _best(self, pool: list[Candidate], token: Token, poss: bool, gender: str) -> tuple[Draft, ...]:
        if not pool:
            return ()
        subject = token.dep in SUBJECT_DEPS
        near = self._nearest_subject(token)
        pool = [
            replace(c, score=c.score + (_BOUND if poss else _PARALLEL)) if c.head == near else c for c in pool
        ]
        scored = sorted(
            ((self._score(c, subject, poss, token, gender), c) for c in pool),
            key=lambda p: (-p[0], p[1].head),
        )
        best_score, best = scored[0]
        if best_score < _FLOOR or not best.drafts:
            return ()
        for score, other in scored[1:]:
            if best_score - score >= MARGIN:
                break
            if {id(d) for d in other.drafts} != {id(d) for d in best.drafts}:
                return ()
        if len(best.drafts) == 1 and best.drafts[0].type == "person" and gender in ("m", "f"):
            best.drafts[0].gender = best.drafts[0].gender or gender
        return best.drafts

    def _score(self, candidate: Candidate, subject: bool, poss: bool, token: Token, gender: str) -> float:
        score = candidate.score
        if subject and candidate.subject:
            score += _PARALLEL
        if poss and candidate.subject and self.tokens[candidate.head].sent == token.sent:
            score += _PARALLEL
        if len(candidate.drafts) == 1:
            draft = candidate.drafts[0]
            if gender in ("m", "f") and draft.gender is None:
                score -= _NOT_TOLD
            if gender in ("m", "f") and subject and draft.type != "person":
                score -= _SELDOM
            if self._wants_many(token) and not draft.plural and not self._is_many(candidate.head):
                score -= _BARE_PLURAL
            if draft.type == "place":
                score -= _NOT_TOLD
            if gender == "n" and not poss and not subject:
                score -= _OBJECT_IT
        return score

    def _nearest_subject(self, token: Token) -> int | None:
        """The subject of the clause that holds the pronoun, or of the next one up."""
        at = token
        for _ in range(12):
            if at.head == at.i:
                return None
            at = self.tokens[at.head]
            subject = self.syntax.child(at.i, *SUBJECT_DEPS)
            if subject is not None and subject.i < token.i:
                return subject.i
        return None

    def _wants_many(self, token: Token) -> bool:
        word = next((self.words.pronouns[f] for f in forms_of(token) if f in self.words.pronouns), None)
        return word is not None and word.number == "p"
