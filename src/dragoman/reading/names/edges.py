"""Where the name that a pipeline marked begins and ends: without titles, roles and marks, with what it left out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from dragoman.gazetteer.names import Gazetteer
from dragoman.languages import traits
from dragoman.model import EntityType
from dragoman.reading.frames import frame_index
from dragoman.reading.names.words import Words, is_patronymic, plain
from dragoman.reading.syntax import Syntax, Token

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_HEADING_WORDS = 4
"""Longer words that a line must have, all with capitals, to be taken for a heading that capitalises all."""
_LONGEST = 12
"""Words in a name at most; longer ones are a pipeline's fault."""


class Edges:
    """The edges of names in one text; names are ranges of its tokens."""

    def __init__(self, syntax: Syntax, words: Words, gazetteer: Gazetteer) -> None:
        self.syntax = syntax
        self.traits = traits(syntax.language)
        self.tokens = syntax.tokens
        self.words = words
        self.gazetteer = gazetteer

    def pieces(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """Token ranges of a name, cut at line breaks and brackets."""
        inside = self.syntax.tokens_in(start, end)[:_LONGEST]
        first = 0
        for k in range(1, len(inside) + 1):
            if k == len(inside) or (
                "\n" in self.syntax.text[inside[k - 1].end : inside[k].start]
                or inside[k].text in ("(", ")", "[", "|")
            ):
                if k > first:
                    yield inside[first].i, inside[k - 1].i + 1
                first = k

    def whole_person(self, first: int, past: int) -> int:
        """Where the name of one word begins: *led by Assimi [Goita]*, of which the pipeline heard the last only."""
        if past - first > 1:
            return first
        at, head = first, self.tokens[first]
        while at > 0 and first - at < 2:
            before = self.tokens[at - 1]
            named = before.pos == "PROPN" and before.text[0].isupper() and not before.text.isupper()
            joined = before.dep in ("compound", "flat", "flat:name") and before.head == first
            if not named or not joined or before.end + 1 != self.tokens[at].start or before.sent != head.sent:
                break
            low = plain(before.text)
            if low in self.words.titles or self._starts_known(before.i) or self.ends_role(before.i):
                break
            at -= 1
        return at

    def with_surname_before(self, first: int, past: int) -> int:
        """Where «[Абдурахмановой] Натальи Петровны» begins: before given name and patronymic stands the surname."""
        if not self.traits.patronymics or past - first != 2 or first == 0:
            return first
        before, given, father = self.tokens[first - 1 : past]
        if not is_patronymic(father.text) or before.sent != given.sent or before.end + 1 != given.start:
            return first
        named = before.pos in ("PROPN", "ADJ") and before.text[:1].isupper() and not before.text.isupper()
        cases = {before.morph.get("Case"), given.morph.get("Case")} - {None}
        if not named or len(cases) > 1 or self._starts_known(before.i) or self.ends_role(before.i):
            return first
        return before.i

    def past_person(self, past: int) -> int:
        """Where a name ends that goes on in a particle: *Башар [аль-Асад]*, which the tagger takes for a noun."""
        if past < len(self.tokens):
            after, last = self.tokens[past], self.tokens[past - 1]
            particle, dash, rest = after.text.partition("-")
            goes_on = dash and rest[:1].isupper() and plain(particle) in self.words.sets["particles"]
            if goes_on and after.start == last.end + 1 and after.sent == last.sent:
                return past + 1
        return past

    def trim(self, first: int, past: int, kind: EntityType) -> tuple[int, int] | None:
        """Without articles, titles and roles before it, and what small words or marks follow it."""
        while first < past and self._is_no_start(self.tokens[first], kind):
            first += 1
        if kind == "person" and self.traits.names_run_on:
            while first < past - 1 and self.tokens[first].pos in ("NOUN", "ADP", "ADJ", "VERB"):
                first += 1
        lower = first < past and self.tokens[first].text.islower()
        if kind == "organisation" and lower and self.words.roles.at(self.tokens, first):
            return None  # « ministre de la Défense »: who holds the office, not the ministry
        if kind == "person" and past - first > 1 and self._is_verb_of_heading(past - 1):
            past -= 1  # "President Dumont Joins Minister Kessler In Geneva"
        if kind == "person":
            for k in range(first, past):
                past_role = self.words.roles.at(self.tokens, k)
                if past_role and past_role[0] < past and not self.tokens[k].text.islower():
                    return self.trim(past_role[0], past, kind)
                if k > first and self.tokens[k].text in (",", ";", ":", "–", "—", "/"):
                    past = k
                    break
                if k > first and self.tokens[k].pos == "ADP" and self._starts_known(k + 1):
                    past = k
                    break
        while past > first and self._is_no_end(self.tokens[past - 1]):
            past -= 1
        if past <= first or past - first > _LONGEST:
            return None
        text = self.syntax.text[self.tokens[first].start : self.tokens[past - 1].end]
        if not any(c.isupper() for c in text) or plain(text) in self.words.sets["no_names"]:
            return None
        if past - first == 1 and plain(self.tokens[first].lemma) in self.words.sets["no_names"]:
            return None
        return first, past

    def _is_verb_of_heading(self, i: int) -> bool:
        """True in a heading that capitalises every word for one that some frame knows as a verb, and more follows."""
        token = self.tokens[i]
        if not self.traits.title_case or i + 1 >= len(self.tokens) or not token.text.endswith("s"):
            return False
        text, start = self.syntax.text, token.start
        begin = text.rfind("\n", 0, start) + 1
        past = text.find("\n", start)
        line = self.syntax.tokens_in(begin, past if past >= 0 else len(text))
        long_words = [t for t in line if len(t.text) > 3 and t.text.isalpha()]
        if len(long_words) < _HEADING_WORDS or not all(t.text[0].isupper() for t in long_words):
            return False
        word = token.text.lower()
        after = self.tokens[i + 1]
        follows = after.i <= line[-1].i and after.text[:1].isupper()
        return follows and bool({word[:-1], word.removesuffix("es")} & _verbs_of_frames())

    def _starts_known(self, i: int) -> bool:
        return i < len(self.tokens) and self.gazetteer.meaning(self.tokens[i].text) is not None

    def _is_no_start(self, token: Token, kind: EntityType) -> bool:
        low = plain(token.text)
        if not any(c.isalnum() for c in token.text):
            return True
        if self.traits.names_run_on and token.pos == "ADP":
            return True  # «Во Владимире»
        if low in self.words.sets["articles"]:
            return True
        if kind == "person" and (low in self.words.titles or token.text[0].islower()):
            return low not in self.words.sets["particles"]
        return token.text[0].islower() and kind != "organisation"

    def _is_no_end(self, token: Token) -> bool:
        return (
            token.text in _POSSESSIVE
            or not any(c.isalnum() for c in token.text)
            or (token.text[0].islower() and token.pos != "PROPN")
        )

    def ends_role(self, i: int) -> bool:
        token = self.tokens[i]
        return token.pos in ("NOUN", "PROPN") and any(
            (found := self.words.roles.at(self.tokens, k)) is not None and found[0] == i + 1
            for k in range(max(0, i - 1), i + 1)
        )


@cache
def _verbs_of_frames() -> frozenset[str]:
    return frozenset(head for sort, head in frame_index("en").deeds if sort == "verb")
