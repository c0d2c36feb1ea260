"""How alike two words of names are, by their sounds: 1 for one word, 0 for words that share nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from dragoman.naming.sounds import VOWELS, costs_of, left_out, script_table, sounded

_LEAST_SHARED = 0.6
"""Share of consonants with a like in the other word below which two words are not looked at more closely."""

_GIVE_UP = 0.5
"""Share of the weight from which on a difference is not worth counting to its end."""

_ROUNDING = 1e-9
"""Sums of the same costs in another order differ by less."""


@lru_cache(maxsize=400_000)
def likeness(a: str, b: str) -> float:
    """How alike two words are, 0 to 1; symmetric."""
    if a == b:
        return 1.0
    if b < a:
        return likeness(b, a)
    one, two = sounded(a), sounded(b)
    if one.sounds == two.sounds:
        return 1.0 if one.sounds else 0.0
    if not one.sounds or not two.sounds or not _worth_it(one.sounds, two.sounds):
        return 0.0
    return _by_sounds(a, b)


def likeness_from(a: str, b: str, least: float) -> float:
    """The same, or 0.0 where it is less than `least`."""
    found = likeness(a, b) if may_be_like(a, b, least) else 0.0
    return found if found >= least else 0.0


def may_be_like(a: str, b: str, least: float) -> bool:
    """False where two words are sure to be less alike than `least`, which is quicker told than how alike."""
    one, two = sounded(a), sounded(b)
    if one.sounds != two.sounds and not _worth_it(one.sounds, two.sounds):
        return False
    few = one.few_vowels or two.few_vowels
    (left, left_sum), (right, right_sum) = _weights(a, few), _weights(b, few)
    most = (1.0 - least) * max(left_sum, right_sum, 1.0) + _ROUNDING
    return (
        _least_cost(one.sounds, left, two.sounds) <= most
        and _least_cost(two.sounds, right, one.sounds) <= most
    )


def _least_cost(sounds: str, weights: tuple[float, ...], other: str) -> float:
    """What the way to a word costs at the least: each sound is left out, or changed for the nearest that it has."""
    nearest = _nearest(other)
    return sum(map(min, weights, map(nearest, sounds)))


@lru_cache(maxsize=200_000)
def _nearest(sounds: str) -> Callable[[str], float]:
    """Sound -> what it costs to change it for the nearest of a word's sounds."""
    found: dict[str, float] = dict.fromkeys(sounds, 0.0)
    for sound in sounds:
        for other, cost in costs_of().get(sound, {}).items():
            found[other] = min(cost, found.get(other, 1.0))
    return _Nearest(found).__getitem__


class _Nearest(dict[str, float]):
    def __missing__(self, _: str) -> float:
        return 1.0


@cache
def _kind() -> dict[str, int]:
    """Sound -> a bit for its kind; sounds that may stand for each other share one."""
    kinds = ("pbfvu", "tdTCJ", "kgXhHcqjJ", "szSZCJTHcjq", "mn", "lr")
    bits: dict[str, int] = {}
    for n, group in enumerate(kinds):
        for sound in group:
            bits[sound] = bits.get(sound, 0) | 1 << n
    return bits


@lru_cache(maxsize=200_000)
def _bits(sounds: str) -> tuple[tuple[int, ...], int]:
    """The kinds of a word's consonants, and all of them together."""
    bits, every = _kind(), 0
    found = tuple(bits[s] for s in sounds if s in bits)
    for one in found:
        every |= one
    return found, every


def _worth_it(a: str, b: str) -> bool:
    """Whether enough consonants of each have one of their kind in the other."""
    (one, all_one), (two, all_two) = _bits(a), _bits(b)
    if not one or not two:
        return len(one) + len(two) < 2
    return _shared(one, all_two) + _shared(two, all_one) >= _LEAST_SHARED * (len(one) + len(two))


@lru_cache(maxsize=200_000)
def _shared(kinds: tuple[int, ...], others: int) -> int:
    return sum(1 for kind in kinds if kind & others)


@cache
def _tuning() -> tuple[float, ...]:
    data = script_table("sounds")
    return tuple(float(data[k]) for k in ("few_vowels", "doubled", "first", "beside_vowel", "last_e"))


@lru_cache(maxsize=200_000)
def _weights(of: str, few: bool) -> tuple[tuple[float, ...], float]:
    """What each sound of a word weighs (the cost of leaving it out), and the sum."""
    word = sounded(of)
    out, (few_vowels, doubled, _, beside, last_e) = left_out(), _tuning()
    faint = script_table("sounds")["faint_last"]
    found = []
    sounds = word.sounds
    for i, sound in enumerate(sounds):
        if i and sounds[i - 1] == sound:
            found.append(doubled)
        elif few and sound in VOWELS:
            found.append(few_vowels)
        elif i and sound in VOWELS and sounds[i - 1] in VOWELS:
            found.append(beside)
        elif i and sound == "e" and i == len(sounds) - 1 and word.script == "latin":
            found.append(last_e)
        elif i and i == len(sounds) - 1 and word.script == "latin" and sounds[i - 1 :] in faint:
            found.append(float(faint[sounds[i - 1 :]]))
        else:
            found.append(out.get(sound, 0.85))
    return tuple(found), sum(found)


def _by_sounds(a: str, b: str) -> float:
    """1 less the cheapest way from one word to the other, as a share of their weight.

    Gives up, with 0, where the words are sure to be less than half alike.
    """
    one, two = sounded(a), sounded(b)
    few = one.few_vowels or two.few_vowels
    left, left_sum = _weights(a, few)
    right, right_sum = _weights(b, few)
    whole = max(left_sum, right_sum, 1.0)
    most = whole * _GIVE_UP
    if abs(left_sum - right_sum) > most:
        return 0.0
    cost, first = costs_of(), _tuning()[2]
    others = two.sounds
    row = [0.0]
    for weight in right:
        row.append(row[-1] + weight)
    none: Mapping[str, float] = {}
    for i, sound in enumerate(one.sounds):
        gone, of_this = left[i], cost.get(sound, none)
        above = row[0]
        beside = least = row[0] = above + gone
        for j, other in enumerate(others):
            if sound == other:
                best = above
            else:
                change = of_this.get(other, 1.0)
                best = above + (change if i or j else min(change * first, 1.2))
            above = row[j + 1]
            if above + gone < best:
                best = above + gone
            beside += right[j]
            if beside < best:
                best = beside
            row[j + 1] = beside = best
            if best < least:
                least = best
        if least > most:
            return 0.0
    return max(0.0, 1.0 - row[-1] / whole)
