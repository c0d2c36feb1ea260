"""Which names are worth comparing: coarse keys that two spellings of one name share.

A key is made of the kinds of the first consonants of surname and given name, so that it is the same in
every script. Within a key, names are ordered by sound and compared with their neighbours only, so that
the work grows as n log n whatever the names are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product

from dragoman.naming.same import parts
from dragoman.naming.sounds import sounded

NEIGHBOURS = 5
"""How many of the names that follow it in its block each name is compared with, where the block is large."""
SMALL_BLOCK = 5
"""Up to this size all pairs of a block are compared."""

_SURNAME, _GIVEN = 3, 2
_MOST_KEYS = 4
_KINDS = {
    **dict.fromkeys("pbf", "P"),  # v is left out: it may be written u or w
    **dict.fromkeys("td", "T"),
    **dict.fromkeys("kg", "K"),
    **dict.fromkeys("szSZCJTc", "S"),  # a sound that is said in several ways has a row in _SEVERAL
    **dict.fromkeys("mn", "N"),
    "l": "L",
    "r": "R",
}
_SEVERAL = {"H": "SK", "q": "KS", "j": "S ", "X": "K "}
_SOFT_G = "SK"
_COUNTED = "PTKSNLR"
_MOST_APART = 2


@lru_cache(maxsize=400_000)
def _skeletons(word: str, length: int) -> tuple[str, ...]:
    """Kinds of the first consonants of a word; several where a letter may be said in several ways."""
    choices: list[str] = []
    said = sounded(word.lower())
    sounds = said.sounds
    for i, sound in enumerate(sounds):
        kinds = _SEVERAL.get(sound) or _KINDS.get(sound)
        if sound == "g" and said.script == "latin" and sounds[i + 1 : i + 2] in ("e", "i"):
            kinds = _SOFT_G
        elif sound == "g" and i == 0 and said.script == "cyrillic":
            kinds = "K "  # Russian writes a foreign h so
        if kinds is None or (choices and kinds == choices[-1]):
            continue
        choices.append(kinds)
        if len(choices) == length + 1:
            break
    found = {"".join(c).replace(" ", "")[:length] for c in product(*choices)}
    return tuple(sorted(found)[:_MOST_KEYS])


def keys(name: str) -> tuple[str, ...]:
    """The blocks that a name of two words or more belongs to; a single word has one key a skeleton."""
    taken = parts(name)
    weighty = [taken.words[i] for i in taken.weighty if i not in taken.initials]
    if not weighty:
        return ()
    if len(weighty) == 1:
        return tuple(f"{s}|" for s in _skeletons(weighty[0], _SURNAME))
    found: list[str] = []
    for last, first in ((weighty[-1], weighty[0]), (weighty[0], weighty[-1])):
        for one, two in product(_skeletons(last, _SURNAME), _skeletons(first, _GIVEN)):
            found.append(f"{one}|{two}")
    return tuple(dict.fromkeys(found))[: 2 * _MOST_KEYS]


@lru_cache(maxsize=400_000)
def order(name: str) -> tuple[str, str]:
    """Where a name stands among the names of its block: by its consonants, last word first; then by all sounds."""
    words = [sounded(w.lower()).sounds for w in parts(name).words]
    turned = (*words[-1:], *words[:-1])
    return " ".join("".join(_KINDS.get(s, "") for s in w) for w in turned), " ".join(turned)


@lru_cache(maxsize=400_000)
def _tally(name: str) -> tuple[int, ...]:
    """How many consonants of each kind the first and the last word of a name hold."""
    taken = parts(name)
    ends = {taken.weighty[0], taken.weighty[-1]} if taken.weighty else set()
    counts = dict.fromkeys(_COUNTED, 0)
    for i in ends:
        before = ""
        for sound in sounded(taken.words[i].lower()).sounds:
            kind = _KINDS.get(sound, "")
            if kind and sound != before:
                counts[kind] += 1
            before = sound
    return tuple(counts.values())


def _near(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return sum(abs(x - y) for x, y in zip(a, b, strict=True)) <= _MOST_APART


def surname_keys(word: str) -> tuple[str, ...]:
    """The blocks of a surname alone."""
    return _skeletons(word, _SURNAME)


def candidate_pairs(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of indices of names worth comparing, each once, lower index first; cost n log n."""
    blocks: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        for key in keys(name):
            blocks.setdefault(key, []).append(i)
    seen: set[int] = set()
    size = len(names)
    for key in sorted(blocks):
        members = blocks[key]
        if len(members) < 2:
            continue
        for pair in _pairs(sorted(members, key=lambda i: (order(names[i]), names[i]))):
            number = pair[0] * size + pair[1]
            if number not in seen:
                seen.add(number)
                if _near(_tally(names[pair[0]]), _tally(names[pair[1]])):
                    yield pair


def _pairs(members: Sequence[int]) -> Iterable[tuple[int, int]]:
    reach = len(members) if len(members) <= SMALL_BLOCK else NEIGHBOURS
    for k, i in enumerate(members):
        for j in members[k + 1 : k + 1 + reach]:
            yield (i, j) if i < j else (j, i)
