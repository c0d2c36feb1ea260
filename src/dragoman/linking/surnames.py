"""Who bears a surname: full names found by a word that is their last, or their first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from dragoman.naming.blocking import surname_keys
from dragoman.naming.folding import fold
from dragoman.naming.same import known_forms, parts, stems_of, word_likeness
from dragoman.naming.sounds import script_of, sounded

ACROSS = 0.88
WITHIN = 0.94
"""Likeness from which on two words are one surname, in two scripts and in one: in one it is spelt the same,
endings and marks apart; across scripts it sounds the same."""

LONG = 14
"""Sounds from which on two words within `WITHIN` may differ by two sounds; shorter ones may by one."""

_ALIKE = str.maketrans({"y": "i", "q": "k", **dict.fromkeys("HCSZJj", "C")})
"""Sounds that hardly differ, see `sounds.yaml`."""


class Surnames:
    """An index of full names by their words.

    A word is compared with those of its script that share an ending-less form or all sounds but one, and with
    those of other scripts whose first consonants are alike; so the cost grows with the names, not with their pairs.
    """

    def __init__(self, full: Sequence[str]) -> None:
        self._names: dict[str, list[str]] = defaultdict(list)
        self._given: dict[str, list[str]] = defaultdict(list)
        for name in full:
            taken = parts(name)
            self._names[taken.words[taken.weighty[-1]]].append(name)
            self._given[fold(taken.words[taken.weighty[0]])].append(name)
        self._within: dict[tuple[str | None, str], list[str]] = defaultdict(list)
        self._across: dict[str, dict[str | None, list[str]]] = defaultdict(lambda: defaultdict(list))
        for word in sorted(self._names):
            for key in keys_within(word):
                self._within[script(word), key].append(word)
            for key in surname_keys(word):
                self._across[key][script(word)].append(word)

    def bearers(self, word: str) -> Iterator[str]:
        """Full names whose last word is this surname, sorted by that word, then by name."""
        yield from (name for other in self._alike(word) for name in self._names[other])

    def given(self, word: str) -> Sequence[str]:
        """Full names that begin with this word."""
        return self._given.get(fold(word), ())

    def _alike(self, word: str) -> list[str]:
        own, blocks = script(word), surname_keys(word)
        near = {other for key in keys_within(word) for other in self._within.get((own, key), ())}
        found = {other for other in near if _same_start(word, other) and is_one(word, other, WITHIN)}
        for key in blocks:
            for code, words in self._across[key].items() if key in self._across else ():
                if code != own:
                    found.update(other for other in words if is_one(word, other, ACROSS))
        return sorted(found)


def is_one(a: str, b: str, least: float) -> bool:
    """True where two words are alike enough."""
    return word_likeness(b, a)[0] >= least


def _same_start(a: str, b: str) -> bool:
    return not set(surname_keys(a)).isdisjoint(surname_keys(b))


@lru_cache(maxsize=100_000)
def keys_within(word: str) -> tuple[str, ...]:
    """What two words of one script share where one may be the other: plain letters, with or without an ending;
    forms of a given name; or sounds, all but one."""
    plain = fold(word)
    said = _said(word)
    fewer = 2 if len(said) >= LONG else 1
    kept = (
        "".join(c for i, c in enumerate(said) if i not in out)
        for n in range(fewer + 1)
        for out in combinations(range(len(said)), n)
    )
    stems = (plain, *(stem for stem, _ in stems_of(plain)))
    forms = (_said(form) for form in known_forms(plain))
    return tuple(dict.fromkeys([*(f"={s}" for s in stems), *(f"~{k}" for k in (*kept, *forms))]))


def _said(word: str) -> str:
    said = sounded(word.lower()).sounds.translate(_ALIKE)
    return "".join(c for i, c in enumerate(said) if not i or said[i - 1] != c)


@lru_cache(maxsize=200_000)
def script(name: str) -> str | None:
    """The script of the first letter of a name."""
    return next((s for c in name if (s := script_of(c)) is not None), None)
