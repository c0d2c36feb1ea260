"""A tree under repair: the questions that menders ask of it, and the two edits that they may make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from dragoman.languages import load
from dragoman.model import Language
from dragoman.reading.syntax import Syntax, Token

SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl:subj", "expl")
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language that menders need, by lemma.

    `prepositions`: all that bring in a role, adverbs among them (*ahead*, *lors*); `whereabouts`: those that can
    bring in a place. `idle`: event noun -> prepositions after which it tells of none.
    `transitive`: verbs that do not go without an object; `active_participles`: those whose participle is no passive.
    `bidding`: verbs that have somebody else do what their infinitive says.
    `lemmas`: wrong lemma of a verb -> right one. `endings`: finite ending -> that of the infinitive.
    `conditional`: endings of the conditional after its infinitive. `forms`: form of a verb -> the verb it mostly is.
    `by`: preposition, or case, of who does it in a passive. `states`: participle taken for a noun -> its verb.
    `complex`: prepositions of several words, as `в_отношение`.
    `verb_endings`, `infinitives`: endings of forms that only verbs have -> tense, and those of their lemmas.
    `substantives`: form of a participle or adjective that names people -> its base form.
    """

    time: frozenset[str]
    day: frozenset[str]
    actor: frozenset[str]
    speech: frozenset[str]
    relative: frozenset[str]
    event: frozenset[str]
    postposed: frozenset[str]
    prepositions: frozenset[str]
    whereabouts: frozenset[str]
    place: frozenset[str]
    conjunctions: frozenset[str]
    of: frozenset[str]
    with_: frozenset[str]
    idle: dict[str, list[str]]
    bidding: frozenset[str]
    active_participles: frozenset[str]
    transitive: frozenset[str]
    lemmas: dict[str, str]
    endings: dict[str, str]
    conditional: tuple[str, ...]
    forms: dict[str, str]
    substantives: dict[str, str]
    complex: frozenset[str]
    by: str
    states: dict[str, str]
    verb_endings: dict[str, str]
    infinitives: tuple[str, ...]


@cache
def words(language: Language) -> Words:
    """Read once. Raises `UnknownLanguage` where the language has no `clauses.yaml`."""
    data = load(language, "clauses")
    return Words(
        time=frozenset(data["time_words"]),
        day=frozenset(data["day_words"]),
        actor=frozenset(data["actor_words"]),
        speech=frozenset(data["speech_verbs"]),
        relative=frozenset(data["relative"]),
        event=frozenset(noun for nouns in data["event_nouns"].values() for noun in nouns),
        postposed=frozenset(data["postposed"]),
        prepositions=frozenset(data["roles"]),
        whereabouts=frozenset(case for case, rule in data["roles"].items() if _may_be_place(rule)),
        place=frozenset(data["place_words"]),
        conjunctions=frozenset(data["clause_prepositions"]),
        with_=frozenset(case for case, rule in data["roles"].items() if rule == "with"),
        of=frozenset(case for case, rule in data["noun_roles"].items() if rule == "of"),
        idle=data["idle"],
        active_participles=frozenset(data["active_participles"]),
        transitive=frozenset(data["transitive"]),
        bidding=frozenset(
            verb for verb, how in data["control"].items() if how.get("by", "subject") != "subject"
        ),
        lemmas=data["lemmas"],
        endings=data["finite_endings"],
        conditional=tuple(data["conditional_endings"]),
        forms=data["forms"],
        by=data["by"],
        states=data["states"],
        complex=frozenset(case for case in data["roles"] if "_" in case),
        verb_endings=data["verb_endings"],
        infinitives=tuple(data["infinitives"]),
        substantives=dict(_inflected(data["substantives"], data["adjective_endings"])),
    )


def _inflected(words: list[str], endings: list[str]) -> Iterator[tuple[str, str]]:
    """Form -> base form; the base form ends in two letters that the endings stand for."""
    for word in words:
        for ending in endings:
            yield word[:-2] + ending, word


def _may_be_place(rule: str | dict[str, str]) -> bool:
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
        return token.i in self.named or token.pos == "PRON" or token.lemma.lower() in self.words.actor

    def is_place(self, token: Token) -> bool:
        return token.i in self._places or token.lemma.lower() in self.words.place

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
