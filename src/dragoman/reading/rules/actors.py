"""Which words of a text can act, and the spans and entities that they stand for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from dragoman.model import Arg, Mention
from dragoman.reading.clauses.grammar import grammar
from dragoman.reading.frames import kinds
from dragoman.reading.marks import Names
from dragoman.reading.rules.status import status_words
from dragoman.reading.syntax import Argument, Clause, Syntax, Token

_LEFT_OUT = frozenset(
    {"acl:relcl", "acl", "advcl", "conj", "cc", "appos", "punct", "parataxis", "dep", "mark"}
)
_CLAUSES = frozenset({"acl:relcl", "acl", "advcl", "appos", "parataxis", "dep", "mark"})
_PEOPLE = (
    "actor",
    "person",
    "force",
    "official",
    "diplomat",
    "monitor",
    "people_moved",
    "team",
    "thing_endings",
    "private",
    "authority",
    "show",
    "arming",
    "mishap",
    "pejorative",
)
_MOVEMENTS = frozenset({"group", "organisation", "armed_force"})
_NAME_PARTS = ("flat", "flat:name", "appos", "compound", "flat:foreign")
_INSIDE = frozenset(
    {
        "compound",
        "nmod",
        "nmod:poss",
        "amod",
        "obl",
        "appos",
        "flat",
        "flat:name",
        "conj",
        "obl:arg",
        "iobj",
        "obl:agent",
    }
)


class Actors:
    """Answers, for one text, whether a word is an actor, and makes `Arg`s of it."""

    def __init__(self, syntax: Syntax, names: Names, clauses: tuple[Clause, ...]) -> None:
        self.syntax = syntax
        self.names = names
        self.clause_heads = frozenset(c.head for c in clauses)
        words = status_words(syntax.language)
        self._nouns = kinds(syntax.language)["actor"]
        self._pronouns = words.pronouns
        self._third = words.third
        self._crowds = words.crowds
        self._ranks = words.ranks
        self._areas = grammar(syntax.language).place_words
        self._officials = kinds(syntax.language)["official"]
        self._things = kinds(syntax.language)["thing"]
        others = kinds(syntax.language)
        self._objects = frozenset().union(*(others[k] for k in others if k not in _PEOPLE)) - self._nouns
        self._rulers = kinds(syntax.language)["authority"]
        self._thing_endings = tuple(kinds(syntax.language)["thing_endings"])
        self._named: dict[int, str] = {}
        for span in syntax.names:
            if syntax.text[span.start : span.end].islower():
                continue  # no name is written so
            for token in syntax.tokens_in(span.start, span.end):
                self._named.setdefault(token.i, span.type)

    # --- words ----------------------------------------------------------------------------------

    def mention(self, token: Token) -> Mention | None:
        return self.names.at(token.start)

    def is_actor(self, token: Token) -> bool:
        """A named actor, a noun of people or bodies, or a pronoun for one. A city or region is none."""
        mention = self.mention(token)
        if mention is not None and mention.entities:
            return any(self.names.entities[e].type != "place" for e in mention.entities)
        if token.pos == "PRON" or token.dep == "nmod:poss":
            return token.lemma.lower() in self._pronouns or token.text.lower() in self._pronouns
        lemma = token.lemma.lower()
        if lemma in self._nouns:
            return token.pos != "ADJ"
        named = self._named.get(token.i)
        if named is not None:
            return named != "place" and token.pos in ("PROPN", "NOUN", "ADJ", "X")
        if token.pos == "ADJ":
            return token.text[:1].isupper() and self.syntax.language == "en" and token.i > 0
        return any(self.is_actor(t) for t in self.counted(token))

    def is_pronoun(self, token: Token) -> bool:
        """A pronoun, or a determiner that stands for one, by the word itself and not by its tag alone."""
        word = token.text.lower()
        return token.pos in ("PRON", "DET") and (token.text == word or word in self._pronouns)

    def takes_up(self, token: Token) -> bool:
        """A pronoun of the third person, which stands for somebody named before."""
        return token.lemma.lower() in self._third or token.text.lower() in self._third

    def antecedents(self, token: Token) -> list[Token]:
        """The words of the same sentence that name what a pronoun stands for, by the names' own chain."""
        mention = self.mention(token)
        if mention is None or not mention.entities:
            return []
        sentence = self.syntax.sentences[token.sent]
        found: dict[int, Token] = {}
        for other in self.names.within(sentence.start, token.start):
            if other.kind != "pronoun":
                for entity in set(mention.entities) & set(other.entities):
                    if (head := self.syntax.head_of(other.start, other.end)) is not None:
                        found[entity] = head
        return list(found.values()) if len(found) == len(set(mention.entities)) else []

    def may_act(self, token: Token) -> bool:
        """An actor, or a noun that is no thing as far as we know: weaker than `is_actor`, for subjects of deeds."""
        if self.is_actor(token):
            return True
        lemma = token.lemma.lower()
        if token.dep == "nmod:poss" and lemma in self._nouns:
            return True  # "the government's decision"
        if lemma in self._things or lemma in self._objects:
            return False
        if token.pos == "PROPN":
            return True
        if token.pos != "NOUN" or token.i in self.clause_heads:
            return False
        if self.is_named(token):
            return False
        return not lemma.endswith(self._thing_endings)

    def is_named(self, token: Token) -> bool:
        return token.i in self._named or self.mention(token) is not None

    def is_place(self, token: Token) -> bool:
        """A named city, region or country."""
        mention = self.mention(token)
        if mention is not None and mention.entities:
            return any(self.names.entities[e].type in ("place", "state") for e in mention.entities)
        return self._named.get(token.i) in ("place", "state")

    def is_spot(self, token: Token) -> bool:
        """A named town, square, building: a place that is no country, territory or region."""
        mention = self.mention(token)
        if mention is None or not mention.entities:
            return False
        places = [self.names.entities[e] for e in mention.entities]
        return all(e.type == "place" and (e.key is None or e.key.startswith("city:")) for e in places)

    def is_region(self, token: Token) -> bool:
        """A named place that neither rules nor bears arms."""
        nobody = token.pos == "PROPN" or token.lemma.lower() in self._areas
        return nobody and self.is_place(token) and not self.is_actor(token)

    def is_proper(self, token: Token) -> bool:
        return token.pos == "PROPN" or token.i in self._named or self.mention(token) is not None

    def counted(self, token: Token) -> Iterator[Token]:
        """What a word of number or part counts: *dozens of miners* -> miners."""
        if token.pos in ("NUM", "DET", "PRON") or token.lemma.lower() in self._crowds:
            for t in self.syntax.children(token.i, "nmod", "obl", "conj"):
                if t.dep != "conj" and t.pos not in ("VERB", "AUX") and not self._is_gerund(t):
                    yield t

    def _is_gerund(self, token: Token) -> bool:
        """*groups of massacring civilians*: what they are accused of, not who they are."""
        before = self.syntax.tokens[token.i - 1] if token.i else token
        return before.pos == "VERB" and before.head == token.i and before.morph.get("VerbForm") == "Part"

    # --- arguments ------------------------------------------------------------------------------

    def sides(self, argument: Argument) -> list[Token]:
        """The argument's head and what is coordinated with it.

        In *Smith, the premier, and Jones* the tree hangs Jones on *premier*: a name cannot be one with an office.
        In *le président Novak et le ministre Kovac* it hangs the minister on the name of the president.
        """
        tokens = self.syntax.tokens
        found = [named for i in self.syntax.conjuncts(argument.head) for named in self._members(tokens[i])]
        for head in tuple(found):
            for t in self.syntax.children(head.i, "appos"):
                if t.lemma.lower() in self._officials:
                    mates = (tokens[i] for i in self.syntax.conjuncts(t.i) if i != t.i)
                    found.extend(
                        m for m in mates if m.pos == "PROPN" and m.lemma.lower() not in self._officials
                    )
                elif t.pos == "PROPN" and head.lemma.lower() in self._officials:
                    found.extend(tokens[i] for i in self.syntax.conjuncts(t.i) if i != t.i)
        return found

    def _members(self, token: Token) -> list[Token]:
        """*members of the two governments* -> those governments, where they are known and *members* is not."""
        mention = self.mention(token)
        if mention is not None and mention.entities:
            return [token]
        for t in self.counted(token):
            mates = [self.syntax.tokens[i] for i in self.syntax.conjuncts(t.i)]
            if all((m := self.mention(mate)) is not None and m.entities for mate in mates):
                return mates
        return [token]

    def arg(self, token: Token) -> Arg:
        """The words around a head, and the entities that they stand for."""
        start, end = self._phrase(token)
        return Arg(start=start, end=end, entities=self._entities(token))

    def _entities(self, token: Token) -> tuple[int, ...]:
        nations = self._of_nations(token)
        if len(nations) > 1:
            return nations
        mention = self.mention(token)
        if mention is not None and mention.entities:
            return self._ranks_of(token, mention) or mention.entities
        for t in self.syntax.children(token.i, *_NAME_PARTS):
            other = self.mention(t)
            if other is not None and other.entities and t.dep != "compound":
                return other.entities
        return nations or self._named_above(token)

    def _ranks_of(self, token: Token, mention: Mention) -> tuple[int, ...]:
        """*les rebelles du M23*, *Hezbollah fighters* -> the movement that they are the ranks of."""
        if mention.kind != "nominal" or token.lemma.lower() not in self._ranks:
            return ()
        for t in self.syntax.children(token.i, "nmod", "compound", "appos"):
            other = self.mention(t)
            if other is not None and other.kind == "name":
                found = tuple(e for e in other.entities if self.names.entities[e].type in _MOVEMENTS)
                if found:
                    return found
        return ()

    def _named_above(self, token: Token) -> tuple[int, ...]:
        """*Chad, the last country that he visited* -> Chad: a noun that says what the name before it is."""
        if token.dep != "appos" or token.pos != "NOUN":
            return ()
        name = self.syntax.tokens[token.head]
        other = self.mention(name) if name.pos == "PROPN" and name.i < token.i else None
        return other.entities if other is not None else ()

    def _of_nations(self, token: Token) -> tuple[int, ...]:
        """*the Peruvian and Chilean governments* -> the two states, by the adjectives of those who govern."""
        if token.lemma.lower() not in self._rulers:
            return ()
        found: dict[int, None] = {}
        for t in self.syntax.children(token.i, "amod"):
            for i in self.syntax.conjuncts(t.i):
                other = self.mention(self.syntax.tokens[i])
                if other is not None:
                    found.update(dict.fromkeys(e for e in other.entities if self._is_state(e)))
        return tuple(found)

    def _is_state(self, entity: int) -> bool:
        return self.names.entities[entity].type == "state"

    def _phrase(self, token: Token) -> tuple[int, int]:
        """Span of a head with what belongs to it: no preposition, no clause, no coordinated or apposed word."""
        syntax = self.syntax
        below = [token]
        for t in syntax.children(token.i):
            if t.dep not in _LEFT_OUT and not (t.dep == "case" and t.i < token.i):
                below.extend(syntax.tokens[i] for i in syntax.subtree(t.i, _CLAUSES))
        keep = [t for t in below if t.sent == token.sent] or [token]
        first, last = self._run(token, keep)
        start, end = syntax.tokens[first].start, syntax.tokens[last].end
        mention = self.mention(token)
        if mention is not None:
            start, end = min(start, mention.start), max(end, mention.end)
        return start, end

    def _run(self, token: Token, keep: list[Token]) -> tuple[int, int]:
        """The stretch around the head without a gap of left-out words."""
        tokens, text = self.syntax.tokens, self.syntax.text
        have = {t.i for t in keep if "\n" not in text[min(t.end, token.end) : max(t.start, token.start)]}
        first = last = token.i
        while first - 1 >= 0 and (
            first - 1 in have or (tokens[first - 1].pos == "PUNCT" and first - 2 in have)
        ):
            first -= 1
        while last + 1 < len(tokens) and (
            last + 1 in have
            or (tokens[last + 1].pos == "PUNCT" and last + 2 in have and last + 2 < len(tokens))
        ):
            last += 1
        while first < token.i and tokens[first].pos == "PUNCT":
            first += 1
        return first, last

    # --- actors inside a phrase -----------------------------------------------------------------

    def inside(self, token: Token, deps: frozenset[str] = _INSIDE) -> list[Token]:
        """The nearest actor below a word that is none itself, with those coordinated with it; a place last.

        *the court's decision on the rebels* -> court; *sanctions on Chad* -> Chad.
        """
        place: list[Token] = []
        own = self.mention(token)
        for t in self._outwards(token, deps):
            if own is not None and own.start <= t.start < own.end:
                continue
            if t.dep == "nmod:poss" and t.pos in ("PRON", "DET"):
                continue
            if self.is_actor(t):
                return self._mates(t)
            if not place and self.is_place(t):
                place = self._mates(t)
        return place

    def _outwards(self, token: Token, deps: frozenset[str]) -> Iterator[Token]:
        """Words below, nearest first, by the relations that join nouns; at most a few dozen."""
        waiting = deque([token])
        seen = 0
        while waiting and seen < 40:
            at = waiting.popleft()
            for t in self.syntax.children(at.i):
                if t.dep in deps and t.dep != "conj":
                    seen += 1
                    yield t
                    waiting.append(t)
                elif t.dep == "conj" and at is token:
                    seen += 1
                    waiting.append(t)

    def _mates(self, token: Token) -> list[Token]:
        return [self.syntax.tokens[i] for i in self.syntax.conjuncts(token.i)]
