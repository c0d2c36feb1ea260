"""The tree of one text with the tables that clause making asks again and again, each made in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from dragoman.languages.schema.grammar import RoleOf
from dragoman.reading.clauses.grammar import Grammar
from dragoman.reading.syntax import Syntax, Token

Kind = Literal["time", "place", "state", "actor", "thing"]

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"})
_NOT_IN_PHRASE = frozenset(
    {
        "acl",
        "acl:relcl",
        "case",
        "punct",
        "parataxis",
        "advcl",
        "ccomp",
        "mark",
        "cc",
        "discourse",
        "dep",
        "cop",
        "aux",
    }
    | SUBJECTS
)
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X", "DET"})
_OF_NAME: dict[str, Kind] = {
    "person": "actor",
    "organisation": "actor",
    "armed_force": "actor",
    "group": "actor",
    "state": "state",
    "place": "place",
}


class Tree:
    """`kids[i]`: the tokens that hang on token `i`, in order."""

    def __init__(self, syntax: Syntax, grammar: Grammar) -> None:
        self.tokens = syntax.tokens
        self.grammar = grammar
        self.kids: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                self.kids[token.head].append(token)
        self._phrases = self._measure_phrases()
        self._named = self._name_kinds(syntax)

    def _measure_phrases(self) -> list[tuple[int, int]]:
        """For each token, where the phrase that it heads begins and ends."""
        bounds = [(t.start, t.end) for t in self.tokens]
        order = [t.i for t in self.tokens if t.head == t.i]
        for i in order:
            order.extend(t.i for t in self.kids[i])
        for i in reversed(order):
            token = self.tokens[i]
            head = self.tokens[token.head]
            if head is token or token.dep in _NOT_IN_PHRASE:
                continue
            if token.dep == "conj" and (token.pos == "VERB") != (head.pos == "VERB"):
                continue
            following = self.tokens[head.i + 1].text if head.i + 1 < len(self.tokens) else ""
            if token.dep == "appos" and head.pos == "PROPN" and following in (",", "("):
                continue
            start, end = bounds[i]
            first, last = bounds[head.i]
            bounds[head.i] = (min(start, first), max(end, last))
        return bounds

    def _name_kinds(self, syntax: Syntax) -> dict[int, Kind]:
        found: dict[int, Kind] = {}
        for name in sorted(syntax.names, key=lambda n: n.voice == "main"):
            kind = _OF_NAME.get(name.type)
            if kind in ("state", "place"):
                kind = "state" if self._is_country(syntax, name.start, name.end) else "place"
            if kind:
                found.update((t.i, kind) for t in syntax.tokens_in(name.start, name.end))
        return found

    def _is_country(self, syntax: Syntax, start: int, end: int) -> bool:
        """A country can act and be given things; a city or a region is where things are done."""
        if syntax.text[start:end].lower() in self.grammar.countries:
            return True
        return any(t.lemma.lower() in self.grammar.countries for t in syntax.tokens_in(start, end))

    def phrase(self, i: int) -> tuple[int, int]:
        """Span of the phrase that token `i` heads; its preposition and relative clauses are left out."""
        return self._phrases[i]

    def kids_by(self, i: int, *deps: str) -> list[Token]:
        """Tokens that hang on `i` by one of these relations."""
        return [t for t in self.kids[i] if t.dep in deps]

    def child(self, i: int, deps: Iterable[str]) -> Token | None:
        """The first token that hangs on `i` by one of these relations."""
        return next((t for t in self.kids[i] if t.dep in deps), None)

    def case(self, i: int) -> str:
        """Lemma of the preposition of noun `i`, or ""; of several words, `в_отношение`, where it has a role."""
        for token in self.kids[i]:
            if token.dep == "case" and token.text not in ("'s", "'", "’s", "’"):
                lemma = token.lemma.lower()
                for other in self.kids[token.i]:
                    if other.dep == "fixed" and other.pos == "NOUN":
                        joined = f"{lemma}_{other.lemma.lower()}"
                        if joined in self.grammar.roles:
                            return joined
                # The French lemmatizer takes *entre* for a verb.
                return lemma if lemma in self.grammar.roles else token.text.lower()
        return ""

    def kind(self, token: Token) -> Kind:
        """What sort of thing the noun stands for, as far as the role of its phrase depends on it."""
        lemma = token.lemma.lower()
        grammar = self.grammar
        if (others := grammar.no_times.get(lemma)) and any(
            t.lemma.lower() in others for t in self.kids[token.i]
        ):
            return "thing"
        if lemma in grammar.time_words or (token.text[:1].isdigit() and self._counts_time(token)):
            return "time"
        if "-" in lemma and lemma.rsplit("-", 1)[1] in grammar.time_words:
            return "time"
        named = self._named.get(token.i)
        if named:
            return named
        if lemma in grammar.actor_words:
            return "actor"
        if lemma in grammar.place_words:
            return "place"
        if any(t.dep == "nmod" and t.lemma.lower() in grammar.time_words for t in self.kids[token.i]):
            return "time" if lemma in grammar.parts_of_time else "thing"
        return "thing"

    def _counts_time(self, number: Token) -> bool:
        """A year, or a number that a time follows (*3 mai*)."""
        after = self.tokens[number.i + 1] if number.i + 1 < len(self.tokens) else number
        return _is_year(number.text) or after.lemma.lower() in self.grammar.time_words

    def is_nominal(self, token: Token) -> bool:
        return token.pos in _NOMINAL

    def role(
        self,
        token: Token,
        case: str,
        rules: Mapping[str, str | RoleOf],
        *,
        passive: bool,
        dative: bool,
        free: bool,
    ) -> str | None:
        """The role of a noun that `case` brings in, or None where the language's data say nothing."""
        rule: str | RoleOf | None = None
        form = token.morph.get("Case")
        if form:
            rule = rules.get(f"{case}+{form}" if case else form)
        if rule is None:
            rule = rules.get(case)
        if rule is None or isinstance(rule, str):
            return rule
        kind = self.kind(token)
        if kind in rule and (kind == "time" or not (dative and "dative" in rule)):
            return rule[kind]
        if passive and "passive" in rule:
            return rule["passive"]
        if dative and "dative" in rule and kind != "time":
            return rule["dative"]
        if free and "free" in rule:
            return rule["free"]
        return rule.get("else")


def _is_year(text: str) -> bool:
    digits = text[:4]
    return digits.isdigit() and "1000" <= digits <= "2199" and text[4:] in ("", "s")
