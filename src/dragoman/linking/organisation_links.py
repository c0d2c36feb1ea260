"""Which organisations and places of several languages are one: by the meanings and proper names in their names.

"Carnegie Mellon University", "Université Carnegie-Mellon" and "Университет Карнеги-Меллона" hold the
same meaning (university) and the same proper names. Words of no meaning (of, de, for) are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from dragoman.gazetteer.names import ORDER, gazetteer
from dragoman.languages import words_of
from dragoman.languages.schema.names import OrganisationWords
from dragoman.naming.blocking import surname_keys
from dragoman.naming.folding import fold
from dragoman.naming.likeness import likeness
from dragoman.naming.sounds import sounded

_ALIKE = 0.8
_ALONE = 0.88
"""Likeness of proper names; of a name that is one proper name and nothing else."""
_LEAST_LETTERS = 3
_NEIGHBOURS = 6


@dataclass(frozen=True, slots=True)
class Signature:
    """What a name is made of: meanings, and proper names in the order of the name."""

    meanings: frozenset[str]
    proper: tuple[str, ...]


@lru_cache(maxsize=100_000)
def signature(name: str, language: str) -> Signature:
    """The meanings and proper names in a name."""
    meanings: set[str] = set()
    proper: list[str] = []
    for word in name.replace("’", "'").replace("-", " ").replace("'", " ").split():
        plain = fold(word.strip('.,«»"()'))
        found = _meanings(plain, language)
        if found:
            meanings.update(found)
        elif word[0].isupper() and len(plain) >= _LEAST_LETTERS:
            state = gazetteer(language).meaning(word) if language in ORDER else None
            if state is not None and state.kind in ("country", "people"):
                meanings.add(state.key)
            else:
                proper.append(plain)
    return Signature(frozenset(meanings), tuple(proper))


@cache
def _lexicon(language: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for meaning, cell in words_of(OrganisationWords, "gazetteer", "organisation_words").words.items():
        for word in cell.split(";")[ORDER.index(language)].split(","):
            for form in _plurals(fold(word.strip()), language):
                found[form].add(meaning)
    return {word: frozenset(m) for word, m in found.items()}


def _plurals(word: str, language: str) -> Iterator[str]:
    yield word
    if language == "en" and word.endswith("y"):
        yield word[:-1] + "ies"
    elif language == "fr" and word.endswith("al"):
        yield word[:-1] + "ux"
    if language != "ru":
        yield word + "s"


def _meanings(plain: str, language: str) -> frozenset[str]:
    if language not in ORDER or not plain:
        return frozenset()
    lexicon = _lexicon(language)
    if language != "ru":
        return lexicon.get(plain, frozenset())
    for length in range(len(plain), 1, -1):
        found = lexicon.get(plain[:length])
        if found is not None and len(plain) - length <= max(4, length // 2):
            return found
    return frozenset()


def one_organisation(a: Signature, b: Signature) -> bool:
    """Every meaning of one is met by the other, and every proper name has its like."""
    if len(a.proper) != len(b.proper) or bool(a.meanings) != bool(b.meanings):
        return False
    if not _meanings_meet(a.meanings, b.meanings):
        return False
    if not a.proper:
        return len(a.meanings) > 1
    least = _ALIKE if a.meanings else _ALONE
    left = list(b.proper)
    for word in a.proper:
        best = max(left, key=lambda w: (likeness(word, w), w))
        if likeness(word, best) < least:
            return False
        left.remove(best)
    return True


def _meanings_meet(a: frozenset[str], b: frozenset[str]) -> bool:
    """A word may have two meanings ("conseil"): those in common must make up at least two thirds of the fewer."""
    fewer = min(len(a), len(b))
    return not fewer or (len(a & b) * 3 >= 2 * fewer and abs(len(a) - len(b)) <= 2)


class OrganisationLinks:
    """Finds the pairs of one list of names in several languages; cost grows with its length."""

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        self.names = names
        self.signatures = [signature(name, language) for name, language in names]

    def find(self) -> Iterator[tuple[int, int]]:
        """Pairs of indices that are one organisation, lower first, in a fixed order."""
        blocks: dict[str, list[int]] = defaultdict(list)
        for i, own in enumerate(self.signatures):
            for key in self._keys(own):
                blocks[key].append(i)
        seen: set[tuple[int, int]] = set()
        for key in sorted(blocks):
            ordered = sorted(blocks[key], key=lambda i: (self._order(i), i))
            for k, i in enumerate(ordered):
                for j in ordered[k + 1 : k + 1 + _NEIGHBOURS]:
                    pair = (min(i, j), max(i, j))
                    if pair not in seen and self.names[i][1] != self.names[j][1]:
                        seen.add(pair)
                        if one_organisation(self.signatures[i], self.signatures[j]):
                            yield pair

    def _keys(self, own: Signature) -> list[str]:
        if own.proper:
            return [f"{len(own.proper)}|{key}" for word in own.proper[:2] for key in surname_keys(word)]
        return ["|".join(pair) for pair in _pairs(sorted(own.meanings))]

    def _order(self, i: int) -> tuple[str, ...]:
        own = self.signatures[i]
        return (*sorted(sounded(w).sounds for w in own.proper), *sorted(own.meanings))


def _pairs(words: list[str]) -> Iterator[tuple[str, str]]:
    for k, word in enumerate(words[:5]):
        for other in words[k + 1 : 5]:
            yield word, other
