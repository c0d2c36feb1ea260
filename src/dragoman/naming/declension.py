"""The forms that a Russian name takes by case. Made to recognise names of the gazetteer in running text."""

from __future__ import annotations

from functools import cache
from itertools import product

from dragoman import languages

CASES = 5  # genitive, dative, accusative, instrumental, prepositional
_ADJECTIVE = ("ий", "ый", "ой", "ая", "ое", "ые", "ие")
_MOST = 12  # alternatives of one name in one case, so that a long name cannot explode


@cache
def _rows(kind: str) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    data = languages.load("ru", "declension")[kind]
    return tuple(
        (row[0], tuple(tuple("" if e == "-" else e for e in cell.split("/")) for cell in row[1:]))
        for row in data
    )


def declined(name: str) -> set[str]:
    """All forms of a name of one or several words, the base form among them.

    Words up to the first noun change; what follows it (a genitive, a prepositional phrase) stays.
    """
    words = name.split(" ")
    changing: list[tuple[tuple[str, ...], ...]] = []
    for word in words:
        as_adjective = len(changing) < len(words) - 1
        forms = _forms(word, "adjectives") if as_adjective else None
        changing.append(forms or _forms(word, "nouns") or ((word,),) * CASES)
        if forms is None:
            break
    rest = words[len(changing) :]
    found = {name}
    for case in range(CASES):
        for combination in list(product(*(forms[case] for forms in changing)))[:_MOST]:
            found.add(" ".join([*combination, *rest]))
    if len(words) == 1 and name.lower().endswith(_ADJECTIVE):
        found.update(form for cell in _forms(name, "adjectives") or () for form in cell)
    return found


def _forms(word: str, kind: str) -> tuple[tuple[str, ...], ...] | None:
    lower = word.lower()
    if word.isupper() and len(word) > 1:
        return ((word,),) * CASES
    for ending, cells in _rows(kind):
        if lower.endswith(ending) and len(word) > len(ending) + (1 if ending else 0):
            stem = word[: len(word) - len(ending)]
            return tuple(tuple(stem + e for e in cell) for cell in cells)
    return None


@cache
def _name_endings() -> tuple[str, ...]:
    listed = {e.strip() for e in languages.load("ru", "declension")["name_endings"].split(",")}
    return tuple(sorted(listed, key=lambda e: (-len(e), e)))


_SHORTEST_STEM = 3
_BASE_ENDS = frozenset("аяьйиы")


def stem(word: str, base: bool = False) -> str:
    """A folded Russian name without the ending of its case: `пашиняну`, `пашинян` -> `пашинян`.

    `base` tells that the word is in the base form, where a consonant at the end is its own: `гарлем`.
    """
    for ending in _name_endings():
        if base and ending[-1] not in _BASE_ENDS:
            continue
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: len(word) - len(ending)]
    return word
