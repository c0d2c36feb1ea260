"""Letters of many scripts -> sounds of one alphabet, and how much two sounds differ.

Data: `languages/scripts/letters.yaml` and `sounds.yaml`. Sounds serve comparison only; nothing shown to
a user is made of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from dragoman.languages import load
from dragoman.naming.folding import INVISIBLE

LONGEST_WORD = 40
"""Letters of a word that are compared; what follows is left out."""

_HANGUL_FIRST, _HANGUL_LAST = 0xAC00, 0xD7A3
_BLOCKS = (
    ("LATIN", "latin"),
    ("CYRILLIC", "cyrillic"),
    ("ARMENIAN", "armenian"),
    ("GEORGIAN", "georgian"),
    ("GREEK", "greek"),
    ("ARABIC", "arabic"),
    ("HEBREW", "hebrew"),
    ("KATAKANA", "katakana"),
    ("HANGUL", "hangul"),
    ("CJK UNIFIED", "han"),
)
VOWELS = frozenset("aeiou")


@cache
def script_table(name: str) -> Any:
    """The data of `languages/scripts/<name>.yaml`."""
    return load("scripts", name)


@lru_cache(maxsize=5_000)
def script_of(char: str) -> str | None:
    """Script of a letter (`latin`, `cyrillic` ...), `other` for one that has no table, None for no letter."""
    if char.isascii():
        return "latin" if char.isalpha() else None
    name = unicodedata.name(char, "")
    for prefix, script in _BLOCKS:
        if name.startswith(prefix):
            return script
    return "other" if char.isalpha() else None


@dataclass(frozen=True, slots=True)
class Sounded:
    """A word as sounds.

    Attributes:
        sounds: One character a sound.
        script: The script of most of its letters.
        mixed: True where it mixes scripts (or digits among letters) whose letters look alike.
        few_vowels: True where its script writes few vowels.
    """

    sounds: str
    script: str
    mixed: bool
    few_vowels: bool


@lru_cache(maxsize=200_000)
def sounded(word: str) -> Sounded:
    """A word (no spaces) as sounds. A word in a script without a table keeps its letters."""
    plain = unicodedata.normalize("NFC", word.translate(INVISIBLE))[:LONGEST_WORD]
    counts: dict[str, int] = {}
    for char in plain:
        script = script_of(char)
        if script is not None:
            counts[script] = counts.get(script, 0) + 1
    if not counts:
        return Sounded(plain, "other", False, False)
    main = max(sorted(counts), key=lambda s: counts[s])
    digits = any(c.isdigit() for c in plain)
    mixed = len(counts) > 1 or (digits and main == "latin" and sum(counts.values()) > 2)
    if mixed:
        # A word of look-alikes is of the script that all its letters can be of, be they the fewer.
        every = sorted(counts, key=lambda s: (s != main, s))
        main = next((s for s in every if _is_whole(_one_script(plain, s), s)), main)
        plain = _one_script(plain, main)
    lower = plain.lower()
    if main == "hangul":
        return Sounded("".join(_syllable(c) for c in lower), main, mixed, False)
    table = script_table("letters").get(main)
    if table is None:
        return Sounded(lower, main, mixed, False)
    return Sounded(_apply(lower, main), main, mixed, table.get("vowels") == "few")


def _is_whole(word: str, script: str) -> bool:
    return all(script_of(c) in (script, None) for c in word)


def _one_script(word: str, main: str) -> str:
    """The word with letters of other scripts changed for those of `main` that look like them."""
    looks: dict[str, str] = script_table("letters")["lookalikes"]
    if main == "latin":
        return "".join(looks.get(c, c) if script_of(c) != "latin" else c for c in word)
    back = {latin: other for other, latin in looks.items() if script_of(other) == main}
    return "".join(back.get(c, c) if script_of(c) != main else c for c in word)


@cache
def _compiled(
    script: str,
) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str], Mapping[str, tuple[int, ...]]]:
    """The tables of a script: pieces anywhere, at the start, at the end; and by first letter how long they are."""
    table = script_table("letters")[script]
    letters = {**table["letters"], **table["pairs"]}
    lengths: dict[str, set[int]] = {}
    for piece in (*letters, *table["starts"], *table["ends"]):
        lengths.setdefault(piece[0], set()).add(len(piece))
    longest_first = {first: tuple(sorted(some, reverse=True)) for first, some in lengths.items()}
    return letters, table["starts"], table["ends"], longest_first


@lru_cache(maxsize=200_000)
def _apply(word: str, script: str) -> str:
    """Longest match from the left; beginnings and endings have tables of their own."""
    letters, starts, ends, lengths = _compiled(script)
    out: list[str] = []
    i, size = 0, len(word)
    while i < size:
        for length in lengths.get(word[i], ()):
            if i + length > size:
                continue
            piece = word[i : i + length]
            sound = starts.get(piece) if i == 0 else None
            if sound is None and i + length == size and i > 0:
                sound = ends.get(piece)
            if sound is None:
                sound = letters.get(piece)
            if sound is not None:
                out.append(sound)
                i += length
                break
        else:
            base = unicodedata.normalize("NFD", word[i])[0]
            out.append(letters.get(base, base if base.isalpha() else ""))
            i += 1
    return "".join(out)


def _syllable(char: str) -> str:
    code = ord(char)
    if not _HANGUL_FIRST <= code <= _HANGUL_LAST:
        return ""
    tables = script_table("letters")["hangul"]
    index = code - _HANGUL_FIRST
    initial, rest = divmod(index, 588)
    vowel, final = divmod(rest, 28)
    return str(tables["initials"][initial] + tables["vowels"][vowel] + tables["finals"][final])


# --- how much sounds differ


@cache
def costs() -> Mapping[tuple[str, str], float]:
    """(sound, sound) -> what it costs to take one for the other; pairs not in it cost 1."""
    found: dict[tuple[str, str], float] = {}
    for group in script_table("sounds")["same_group"]:
        members = group["sounds"].split()
        for a in members:
            for b in members:
                value = float(group["cost"]) if a != b else 0.0
                found[a, b] = min(found.get((a, b), 1.0), value)
    return found


@cache
def costs_of() -> Mapping[str, Mapping[str, float]]:
    """`costs` by the first sound, then the second."""
    found: dict[str, dict[str, float]] = {}
    for (a, b), value in costs().items():
        found.setdefault(a, {})[b] = value
    return found


@cache
def left_out() -> Mapping[str, float]:
    """Sound -> what it costs to leave it out; a sound not in it costs `consonant_left_out`."""
    data = script_table("sounds")
    every = dict.fromkeys("abcdefghijklmnopqrstuvwxyzSZCJTXH", float(data["consonant_left_out"]))
    return {**every, **{k: float(v) for k, v in data["left_out"].items()}}
