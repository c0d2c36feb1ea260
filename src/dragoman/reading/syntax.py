"""The grammar of one text, the same for every language: tokens, their tree, sentences, clauses.

Relations are those of Universal Dependencies (`nsubj`, `nsubj:pass`, `obj`, `iobj`, `obl`,
`obl:agent`, `nmod`, `nmod:poss`, `case`, `acl`, `acl:relcl`, `advcl`, `ccomp`, `xcomp`, `conj`, `cc`,
`appos`, `cop`, `aux`, `aux:pass`, `mark`, `compound`, `flat`, `amod`, `advmod`, `nummod`, `det` ...).
`parse` makes a `Syntax`; every later stage reads it and none changes it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from dragoman.model import EntityType, Language, Span

_COMMAS = frozenset(",;:—–،؛")


@dataclass(slots=True)
class Token:
    """One word of the text.

    Attributes:
        i: Its place in the text, from 0.
        start, end: Its span in code points.
        lemma: Base form, lower case except for names.
        pos: Universal part of speech (`NOUN`, `PROPN`, `VERB`, `AUX`, `ADJ`, `PRON`, `ADP` ...).
        dep: Relation to its head; `root` for the head of a sentence.
        head: Index of the head token; its own index for a root.
        morph: Features (`Number`: `Plur`, `Tense`: `Past`, `Case`: `Gen`, `VerbForm`, `Mood`, `Person`,
            `Gender`, `Voice`, `Aspect`, `Polarity`), where the language's parser gives them.
        sent: Index of its sentence.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    morph: dict[str, str]
    sent: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `[first, past)`; `start`, `end` its span without white space around."""

    first: int
    past: int
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name that a pipeline saw. `voice` says which (`main`, `second`)."""

    start: int
    end: int
    type: EntityType
    voice: Literal["main", "second"] = "main"


Tense = Literal["past", "present", "future", "none"]
Modality = Literal["none", "possible", "intended", "obliged", "conditional", "hypothetical", "imperative"]


@dataclass(frozen=True, slots=True)
class Argument:
    """One participant of a clause.

    Attributes:
        role: `agent`, `patient`, `recipient`, `with`, `topic`, `place`, `time`, `source`, `goal`,
            `purpose`, `cause`, `means`, or `other`.
        head: Token index of its head word.
        start, end: Span of the whole phrase, relative clauses left out.
        case: Lemma of the preposition that brings it in, or "".
        inherited: True where it was taken over from another clause (control, coordination, participle).
    """

    role: str
    head: int
    start: int
    end: int
    case: str = ""
    inherited: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate with what is said of it, whether a verb or a noun such as *withdrawal* says it.

    Attributes:
        i: Its place in the list of clauses.
        head: Token index of the predicate.
        lemma: Its lemma, with particle (`carry_out`) or reflexive pronoun (`se_retirer`); a light verb
            gives way to its noun, a modal verb to its infinitive.
        kind: What sort of word it is.
        light: Lemma of the light verb (`hold` in *held talks*) or of the verb that only says that the noun
            takes place (`begin` in *the talks began*), or "".
        start, end: Span of the predicate's words (verb with auxiliaries and particle, or the noun).
        parent: Index of the clause it hangs on, or None; `relation` how (`ccomp`, `xcomp`, `relcl`,
            `advcl`, `acl`, `conj`, `nominal`, `quote`).
    """

    i: int
    head: int
    lemma: str
    kind: Literal["verb", "noun", "adjective"]
    voice: Literal["active", "passive"]
    tense: Tense
    perfect: bool
    progressive: bool
    negated: bool
    modality: Modality
    args: tuple[Argument, ...]
    sent: int
    start: int
    end: int
    light: str = ""
    parent: int | None = None
    relation: str = ""

    def by_role(self, *roles: str) -> list[Argument]:
        return [a for a in self.args if a.role in roles]


@dataclass
class Syntax:
    """The parsed text of one article. Offsets are those of `text`."""

    text: str
    language: Language
    tokens: list[Token]
    sentences: list[Sentence]
    names: list[NameSpan] = field(default_factory=list)
    light: bool = False
    """True where no parser was asked: words and sentences only; every word is its own head, has no part of speech."""

    @cached_property
    def _children(self) -> list[list[int]]:
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return below

    def children(self, i: int, *deps: str) -> list[Token]:
        """Tokens that hang on token `i`, in order; with `deps`, only by these relations."""
        found = (self.tokens[j] for j in self._children[i])
        return [t for t in found if not deps or t.dep in deps]

    def child(self, i: int, *deps: str) -> Token | None:
        """The first of `children`, or None."""
        return next(iter(self.children(i, *deps)), None)

    def subtree(self, i: int, without: frozenset[str] = frozenset()) -> list[int]:
        """Indices of token `i` and all below it, sorted; branches by a relation in `without` are left out."""
        found, waiting = [], [i]
        seen = set()
        while waiting:
            j = waiting.pop()
            if j in seen:
                continue
            seen.add(j)
            found.append(j)
            waiting.extend(k for k in self._children[j] if self.tokens[k].dep not in without)
        return sorted(found)

    def conjuncts(self, i: int) -> list[int]:
        """Token `i` and all coordinated with it below (`A, B and C`), in order."""
        found, waiting = [i], [i]
        while waiting:
            for t in self.children(waiting.pop(), "conj"):
                if t.i not in found:
                    found.append(t.i)
                    waiting.append(t.i)
        return sorted(found)

    def span(self, indices: list[int]) -> Span:
        """The stretch from the first to the last of these tokens."""
        return Span(min(self.tokens[i].start for i in indices), max(self.tokens[i].end for i in indices))

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """Tokens that share at least one code point with `[start, end)`, found by halving."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].end <= start:
                low = middle + 1
            else:
                high = middle
        found = []
        while low < len(self.tokens) and self.tokens[low].start < end:
            found.append(self.tokens[low])
            low += 1
        return found

    def head_of(self, start: int, end: int) -> Token | None:
        """The token of the stretch whose head lies outside it (the first such), or None where it is empty."""
        inside = self.tokens_in(start, end)
        if not inside:
            return None
        first, last = inside[0].i, inside[-1].i
        return next((t for t in inside if t.head == t.i or not first <= t.head <= last), inside[0])

    def up_to_comma(self, places: range, sentence: int) -> Iterator[Token]:
        """Tokens at these places one by one, as long as they are of this sentence, up to a comma or dash."""
        for i in places:
            if not 0 <= i < len(self.tokens):
                return
            token = self.tokens[i]
            if token.sent != sentence or token.text in _COMMAS:
                return
            yield token

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds code point `position`, or the last that begins before it."""
        n = bisect_right(self._sentence_starts, position)
        return self.sentences[n - 1] if n else None

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)
