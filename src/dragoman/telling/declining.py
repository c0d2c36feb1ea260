"""Russian names in the cases that sentences ask for, by the dictionary (pymorphy3)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

CASES = {"gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "loc": "loct"}
"""Our words for cases -> the dictionary's."""

_REGULAR = {"gen": "а", "dat": "у", "acc": "а", "ins": "ом", "loc": "е"}
"""Endings of a man's name in a consonant that the dictionary does not know."""

_CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщ")

_CYRILLIC = re.compile(r"[А-Яа-яЁё]")


@cache
def _dictionary() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@cache
def declined(name: str, case: str, person: bool = False) -> str:
    """A name in a case: `Нагорный Карабах`, "gen" -> `Нагорного Карабаха`.

    Of a name of several words the adjectives and the first noun change, and what hangs on that stays; of a
    person's name every word does. What is not in Cyrillic letters, an acronym and a word that the dictionary
    cannot put into the case stay as they are.
    """
    words = name.split(" ")
    if case == "acc" and not person and _keeps_accusative(words):
        return name
    woman = person and _is_woman(words)
    made: list[str] = []
    for n, word in enumerate(words):
        changed, is_noun = _word(word, case, person, woman, alone=len(words) == 1)
        made.append(changed)
        if is_noun and not person:
            return " ".join([*made, *words[n + 1 :]])
    return " ".join(made)


def _keeps_accusative(words: list[str]) -> bool:
    """Is it a thing whose accusative is its base form, for the adjectives before it too: `Красный Крест`?"""
    noun = next((p for w in words for p in _readings(w) if p.tag.POS == "NOUN"), None)
    return (
        noun is not None
        and noun.tag.animacy == "inan"
        and not (noun.tag.gender == "femn" and noun.tag.number == "sing")
    )


def _readings(word: str) -> list[Any]:
    return [p for p in _dictionary().parse(word) if p.tag.case == "nomn"]


def _is_woman(words: list[str]) -> bool:
    return any(
        "femn" in p.tag and ("Name" in p.tag or "Patr" in p.tag) and p.tag.case == "nomn"
        for word in words[:2]
        for p in _dictionary().parse(word)[:1]
    )


def _word(word: str, case: str, person: bool, woman: bool, alone: bool) -> tuple[str, bool]:
    """The word in the case, and whether it is the noun that the others hang on."""
    if not _CYRILLIC.search(word) or (word.isupper() and len(word) > 1):
        return word, True
    readings = _readings(word)
    if person:
        gender = "femn" if woman else "masc"
        readings = [p for p in readings if gender in p.tag and p.tag.number == "sing"]
    wanted = [p for p in readings if p.tag.POS == "NOUN" or (person and "Surn" in p.tag)]
    adjective = next((p for p in readings if p.tag.POS in ("ADJF", "PRTF")), None)
    found = adjective if adjective and not alone and not person else next(iter(wanted), adjective)
    if found is None:
        regular = person and not woman and word[-1:] in _CONSONANTS
        return word + _REGULAR[case] if regular else word, not person
    # A man's name that the dictionary does not know counts as a thing there, whose accusative is its base form.
    grammar = "gent" if person and not woman and case == "acc" else CASES[case]
    asked = {grammar, found.tag.number or "sing"}
    changed = found.inflect(asked) or (found.inflect({grammar}) if found.tag.number is None else None)
    if changed is None:
        return word, found.tag.POS == "NOUN"
    return _like(changed.word, word), found.tag.POS == "NOUN"


def _like(made: str, word: str) -> str:
    """With the capitals of the word it was made of, part by part of a hyphenated one."""
    parts, models = made.split("-"), word.split("-")
    if len(parts) != len(models):
        return made.capitalize() if word[:1].isupper() else made
    return "-".join(
        p[:1].upper() + p[1:] if m[:1].isupper() else p for p, m in zip(parts, models, strict=True)
    )


@cache
def is_plural(name: str) -> bool:
    """Is the first noun of a name in the plural: `последние подразделения`?"""
    for word in name.split(" "):
        nouns = [p for p in _readings(word) if p.tag.POS == "NOUN"]
        if nouns:
            return str(nouns[0].tag.number) == "plur"
    return False
