"""Persons: one entity for a full name, its surname, its spellings; and the roles that the words give them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dragoman.languages import traits
from dragoman.model import Span
from dragoman.naming.declension import stem
from dragoman.naming.folding import fold
from dragoman.reading.names.drafts import Draft, Roster
from dragoman.reading.names.spot import Spot
from dragoman.reading.names.words import Words, patronymic_base
from dragoman.reading.syntax import Syntax

_LEAST_FOR_SLIP = 5
"""Letters from which on two names that differ by one letter may be one name in one article."""

_MOST_SHARING = 100
"""Persons compared with a further one because they share a word of the name; a list of ten thousand Johns ends soon."""


@dataclass(slots=True, eq=False)
class Bearer:
    """A person's draft with the words of the full name and where it was first named."""

    draft: Draft
    words: tuple[str, ...]
    first: int
    fulls: int = 1


class People:
    """Joins the person spots of an article into persons."""

    def __init__(self, syntax: Syntax, words: Words, roster: Roster) -> None:
        self.syntax = syntax
        self.words = words
        self.roster = roster
        self._index: dict[str, list[Bearer]] = {}

    def _sharing(self, parts: tuple[str, ...]) -> list[Bearer]:
        """Bearers with a word that sounds like one of these, in the order of their appearance."""
        found = {id(b): b for p in parts for b in self._index.get(_consonants(p), ())}
        return sorted(found.values(), key=lambda b: b.first)

    def _enter(self, bearer: Bearer) -> None:
        for word in bearer.words:
            listed = self._index.setdefault(_consonants(word), [])
            if bearer not in listed[-1:] and len(listed) < _MOST_SHARING:
                listed.append(bearer)

    def join(self, spots: list[Spot]) -> dict[int, Draft]:
        """Spot (by its first token) -> person. Full names come first, wherever they stand."""
        found: dict[int, Draft] = {}
        named = [(s, self._words(s)) for s in spots]
        for spot, parts in named:
            if len(parts) > 1:
                found[spot.first] = self._full(spot, parts)
        for spot, parts in named:
            if len(parts) <= 1:
                found[spot.first] = self._single(spot, parts)
        for spot, _ in named:
            self._note(spot, found[spot.first])
        return found

    def _words(self, spot: Spot) -> tuple[str, ...]:
        parts = [fold(w.strip(".,'’\"«»()")) for w in self.syntax.text[spot.start : spot.end].split()]
        parts = [p for p in parts if p]
        if not traits(self.syntax.language).declines:
            return tuple(parts)
        base = self._is_base(spot)
        return tuple(stem(p, base) for p in parts)

    def _full(self, spot: Spot, parts: tuple[str, ...]) -> Draft:
        for bearer in self._sharing(parts):
            if _one_person(bearer.words, parts) and self._genders_fit(bearer.draft, spot):
                bearer.fulls += 1
                if len(parts) > len(bearer.words):
                    bearer.words = parts
                    self._enter(bearer)
                return bearer.draft
        draft = self.roster.add(Draft("person", self._base(spot)))
        self._enter(Bearer(draft, parts, spot.start))
        return draft

    def _single(self, spot: Spot, parts: tuple[str, ...]) -> Draft:
        name = parts[0] if parts else fold(self.syntax.text[spot.start : spot.end])
        fitting = [b for b in self._sharing((name,)) if self._genders_fit(b.draft, spot)]
        for place in (-1, 0):
            same = [b for b in fitting if alike(b.words[place], name)]
            exact = [b for b in same if b.words[place] == name] or same
            if exact:
                return self._most_meant(exact, spot.start).draft
        inner = [b for b in fitting if name in b.words]
        if len(inner) == 1:
            return inner[0].draft
        draft = self.roster.add(Draft("person", self._base(spot)))
        self._enter(Bearer(draft, (name,), spot.start, fulls=0))
        return draft

    def _most_meant(self, bearers: list[Bearer], position: int) -> Bearer:
        """Of several with one surname: who was named in full before, and was named first."""
        before = [b for b in bearers if b.first <= position] or bearers
        return min(before, key=lambda b: (b.first, -b.fulls))

    def _genders_fit(self, draft: Draft, spot: Spot) -> bool:
        return draft.gender is None or spot.title not in ("m", "f") or draft.gender == spot.title

    def _note(self, spot: Spot, draft: Draft) -> None:
        text = self.syntax.text[spot.start : spot.end]
        draft.add_form(text)
        if spot.titled:
            draft.add_form(spot.titled)
        if spot.title in ("m", "f") and draft.gender is None:
            draft.gender = spot.title
        better = self._base(spot)
        if len(better.split()) > len(draft.name.split()) or (
            traits(self.syntax.language).declines
            and self._is_base(spot)
            and len(better.split()) == len(draft.name.split())
        ):
            draft.name = better
        head = next(
            (t for t in self.syntax.tokens[spot.first : spot.past] if not spot.first <= t.head < spot.past),
            self.syntax.tokens[spot.first],
        )
        self.roster.mention(Span(spot.start, spot.end), head.i, (draft,), "name", "person's name")
        if draft.gender is None and traits(self.syntax.language).declines and self._is_base(spot):
            draft.gender = {"Masc": "m", "Fem": "f"}.get(
                self.syntax.tokens[spot.past - 1].morph.get("Gender", "")
            )

    def _is_base(self, spot: Spot) -> bool:
        return self.syntax.tokens[spot.past - 1].morph.get("Case") == "Nom"

    def _base(self, spot: Spot) -> str:
        """The name in its base form, as far as the words tell it."""
        tokens = self.syntax.tokens[spot.first : spot.past]
        text = " ".join(self.syntax.text[spot.start : spot.end].split())
        if not traits(self.syntax.language).declines:
            return text
        words = []
        for token in tokens:
            if token.morph.get("Case") in ("Nom", None):
                words.append(token.text)
                continue
            if (father := patronymic_base(token.text)) is not None:
                words.append(father)
                continue
            lemma = token.lemma[:1].upper() + token.lemma[1:]
            fits = (
                token.pos == "PROPN" and stem(fold(lemma)) == stem(fold(token.text)) and "-" not in token.text
            )
            words.append(lemma if fits else token.text)
        return " ".join(words) if len(words) == len(text.split()) else text


_SOFT = frozenset("aeiouyjhаеиоуыэюяйьъ")


@lru_cache(maxsize=50_000)
def _consonants(word: str) -> str:
    """What two spellings of one name share: its consonants, doubled ones once; short words whole."""
    kept = "".join(c for i, c in enumerate(word) if c not in _SOFT and c != word[i - 1 : i])
    return kept if len(kept) > 1 else word


def _one_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Two full names of one article: same surname and a given name that fits, or one within the other."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if all(any(alike(w, v) for v in long) for w in short):
        return True
    if not alike(a[-1], b[-1]):
        return False
    return _initial_fits(a[0], b[0])


def _initial_fits(a: str, b: str) -> bool:
    return a[:1] == b[:1] and (len(a) == 1 or len(b) == 1)


@lru_cache(maxsize=50_000)
def alike(a: str, b: str) -> bool:
    """One name in one article, a spelling apart: `petrosian`, `petrosyan`. A woman's ending is no slip."""
    if a == b:
        return True
    if min(len(a), len(b)) < _LEAST_FOR_SLIP or abs(len(a) - len(b)) > 1:
        return False
    if a + "a" == b or b + "a" == a or a + "а" == b or b + "а" == a:
        return False
    return _one_edit(a, b) and a[0] == b[0]


def _one_edit(a: str, b: str) -> bool:
    if len(a) > len(b):
        a, b = b, a
    i = 0
    while i < len(a) and a[i] == b[i]:
        i += 1
    return a[i + 1 :] == b[i + 1 :] if len(a) == len(b) else a[i:] == b[i + 1 :]
