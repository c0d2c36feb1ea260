"""A tree under repair: the questions that menders ask of it, and the two edits that they may make."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, cached_property

from dragoman.languages import words_of
from dragoman.languages.schema.grammar import Clauses, RoleOf
from dragoman.model import Language
from dragoman.reading.syntax import Syntax, Token

SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl:subj", "expl")
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


class Words(Clauses, frozen=True, kw_only=True, dict=True):
    """The words of a language's clauses, as menders ask for them."""

    @cached_property
    def event(self) -> frozenset[str]:
        return frozenset(noun for nouns in self.event_nouns.values() for noun in nouns)

    @cached_property
    def whereabouts(self) -> frozenset[str]:
        """Prepositions that can bring in a place."""
        return frozenset(case for case, rule in self.roles.items() if _may_be_place(rule))

    @cached_property
    def with_(self) -> frozenset[str]:
        return frozenset(case for case, rule in self.roles.items() if rule == "with")

    @cached_property
    def of(self) -> frozenset[str]:
        return frozenset(case for case, rule in self.noun_roles.items() if rule == "of")

    @cached_property
    def bidding(self) -> frozenset[str]:
        """Verbs that have somebody else do what their infinitive says."""
        return frozenset(verb for verb, how in self.control.items() if how.by != "subject")

    @cached_property
    def complex(self) -> frozenset[str]:
        """Prepositions of several words, as `в_отношение`."""
        return frozenset(case for case in self.roles if "_" in case)

    @cached_property
    def substantive_of(self) -> dict[str, str]:
        """Form of a participle or adjective that names people -> its base form, which ends in two letters that the
        endings stand for."""
        return {w[:-2] + ending: w for w in self.substantives for ending in self.adjective_endings}


@cache
def words(language: Language) -> Words:
    """Read once. Raises `UnknownLanguage` where the language has no `clauses.yaml`."""
    return words_of(Words, language, "clauses")


def _may_be_place(rule: str | RoleOf) -> bool:
    return rule == "place" or (isinstance(rule, dict) and "place" in (rule.get("place"), rule.get("else")))


def _break_circles(tokens: list[Token], syntax: Syntax) -> bool:
    """Make a tree of what a parser that scores arcs one by one left as a circle; True where there was one.

    Of a circle the first word goes to the root of its sentence, or becomes it. Linear: each token is walked once.
    """
    done = [False] * len(tokens)
    found = False
    for token in tokens:
        path: list[int] = []
        at, here = token.i, set()
        while not done[at] and at not in here:
            here.add(at)
            path.append(at)
            at = tokens[at].head
        if not done[at] and tokens[at].head != at:
            first = min(path[path.index(at) :])
            sentence = syntax.sentences[tokens[first].sent]
            root = next((i for i in range(sentence.first, sentence.past) if tokens[i].head == i), first)
            tokens[first] = replace(tokens[first], head=root, dep="root" if root == first else "parataxis")
            found = True
        for i in path:
            done[i] = True
    return found


class Mended:
    """The tokens of a text under repair. The given tokens are never changed: an edit makes a new one.

    `kids[i]`: indices of the tokens that hang on `i`, in order. `named`: tokens of names that can act;
    `persons`: those of people.
    """

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.words = words(syntax.language)
        self.tokens = list(syntax.tokens)
        self.touched = _break_circles(self.tokens, syntax)
        self.kids: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                self.kids[token.head].append(token.i)
        kinds: dict[int, set[str]] = {}
        for name in syntax.names:
            for t in syntax.tokens_in(name.start, name.end):
                kinds.setdefault(t.i, set()).add(name.type)
        self.named = {i for i, types in kinds.items() if types != {"place"}}
        self.persons = {i for i, types in kinds.items() if "person" in types}
        self._places = {i for i, types in kinds.items() if types & {"place", "state"}}
        self.verbs = [t.i for t in self.tokens if t.pos == "VERB"]

    def below(self, i: int, *deps: str) -> list[Token]:
        """Tokens that hang on `i`, in order; with `deps`, only by these relations."""
        return [self.tokens[j] for j in self.kids[i] if not deps or self.tokens[j].dep in deps]

    def verbs_and_roots(self) -> list[int]:
        """What may have a subject: verbs, and the heads of sentences without one."""
        return sorted({*self.verbs, *(t.i for t in self.tokens if t.head == t.i)})

    def case(self, i: int) -> Token | None:
        """The first preposition of token `i`, or None."""
        return next(iter(self.below(i, "case")), None)

    def has_subject(self, i: int) -> bool:
        return any(self.tokens[j].dep in SUBJECTS for j in self.kids[i])

    def is_finite(self, i: int) -> bool:
        return self.tokens[i].morph.get("VerbForm") == "Fin" or any(
            t.dep.startswith(("aux", "cop")) and t.morph.get("VerbForm") == "Fin" for t in self.below(i)
        )

    def is_bare_participle(self, i: int) -> bool:
        """A participle without any auxiliary: it describes a noun and is no main verb."""
        if self.tokens[i].morph.get("VerbForm") != "Part":
            return False
        return not any(t.dep.startswith(("aux", "cop")) for t in self.below(i))

    def is_introduced(self, i: int) -> bool:
        """True where a conjunction or a relative word opens the clause of verb `i`."""
        return any(
            t.dep == "mark" or (t.lemma.lower() in self.words.relative and t.pos in ("PRON", "SCONJ", "ADV"))
            for t in self.below(i)
        )

    def can_act(self, token: Token) -> bool:
        return token.i in self.named or token.pos == "PRON" or token.lemma.lower() in self.words.actor_words

    def is_place(self, token: Token) -> bool:
        return token.i in self._places or token.lemma.lower() in self.words.place_words

    def text_at(self, i: int) -> str:
        """The word at a place of the text; "" past its end."""
        return self.tokens[i].text if i < len(self.tokens) else ""

    def first(self, token: Token) -> int:
        """The first token of its sentence."""
        return self.syntax.sentences[token.sent].first

    def begin(self, i: int) -> int:
        """The leftmost token of the phrase of `i`."""
        return min(self._phrase(i))

    def last(self, i: int) -> int:
        """The rightmost token of the phrase of `i`, closing marks left out."""
        return max(j for j in self._phrase(i) if j == i or self.tokens[j].pos != "PUNCT")

    def _phrase(self, i: int) -> set[int]:
        waiting, seen = [i], {i}
        while waiting:
            for j in self.kids[waiting.pop()]:
                if j not in seen:
                    seen.add(j)
                    waiting.append(j)
        return seen

    def hang(self, i: int, head: int, dep: str) -> bool:
        """Hang token `i` on `head`; False, and nothing done, where that would close a circle."""
        at = head
        while at != i or head == i:
            above = self.tokens[at].head
            if above == at or head == i:
                break
            at = above
        if at == i and head != i:
            return False
        old = self.tokens[i]
        if old.head != i:
            self.kids[old.head].remove(i)
        self.tokens[i] = replace(old, head=head, dep=dep)
        if head != i:
            self.kids[head] = sorted((*self.kids[head], i))
        self.touched = True
        return True

    def relabel(self, i: int, dep: str, **morph: str) -> None:
        """Give token `i` another relation to its head, and with `morph` other features."""
        old = self.tokens[i]
        self.tokens[i] = replace(old, dep=dep, morph={**old.morph, **morph} if morph else old.morph)
        self.touched = True

    def retag(self, i: int, pos: str, lemma: str, **morph: str) -> None:
        """Give token `i` another part of speech and lemma."""
        old = self.tokens[i]
        self.tokens[i] = replace(old, pos=pos, lemma=lemma, morph={**old.morph, **morph})
        if pos == "VERB" and i not in self.verbs:
            self.verbs = sorted((*self.verbs, i))
        self.touched = True

    def take_place_of(self, i: int, other: int) -> bool:
        """Token `i`, which hangs somewhere below `other`, takes its place in the tree; `other` stays to be hung."""
        above, dep = self.tokens[other].head, self.tokens[other].dep
        if above == other:
            return self.hang(i, i, "root")
        return self.hang(i, above, dep)

    def result(self) -> Syntax:
        if not self.touched:
            return self.syntax
        s = self.syntax
        return Syntax(s.text, s.language, self.tokens, s.sentences, s.names)
