"""States and great organisations as a language without a pipeline writes them: CLDR's names and `common/light.yaml`.

A name matches in its base form and in the cases that the data of the language undo; what CLDR lacks is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from babel import Locale

from dragoman.gazetteer.cities import City, cities
from dragoman.gazetteer.names import Entry, entries
from dragoman.languages import words_of
from dragoman.languages.schema.names import Peoples
from dragoman.model import Language
from dragoman.naming.folding import fold
from dragoman.reading.light.cases import base_forms
from dragoman.reading.light.words import light_words
from dragoman.reading.syntax import Syntax, Token

_LONGEST = 6
"""Words of a name."""
_WAYS = 200
"""Ways of undoing the cases of a name that are tried."""
_ACRONYM = 6
SMALLEST_CITY = 100_000
"""Inhabitants of a town from which on its bare name is taken for it."""


@dataclass(frozen=True, slots=True)
class Known:
    """Tokens `[first, past)` name an entry of the gazetteer."""

    first: int
    past: int
    entry: Entry


@cache
def names_of(language: Language) -> dict[tuple[str, ...], tuple[Entry, str]]:
    """Folded words of each name -> what it means, and the name as written."""
    found: dict[tuple[str, ...], tuple[Entry, str]] = {}
    for name, entry in (*_states(language), *_organisations(language)):
        found.setdefault(tuple(fold(w) for w in _words(name)), (entry, name))
    found.pop((), None)
    return found


def find_known(syntax: Syntax) -> Iterator[Known]:
    """The names in a text, from the left, the longest first; they do not overlap."""
    known, starts = names_of(syntax.language), _starts(syntax.language)
    i = 0
    while i < len(syntax.tokens):
        token = syntax.tokens[i]
        hit = None
        if _may_begin(token) and starts.intersection(_bases(token.text, syntax.language)):
            hit = _longest(syntax, i, known)
        if hit is not None:
            yield hit
        i = hit.past if hit is not None else i + 1


def _longest(syntax: Syntax, i: int, known: dict[tuple[str, ...], tuple[Entry, str]]) -> Known | None:
    tokens = syntax.tokens
    past = min(i + _LONGEST + 3, len(tokens))
    words: list[int] = []
    best = None
    for j in range(i, past):
        if tokens[j].sent != tokens[i].sent:
            break
        if not tokens[j].text[0].isalnum():
            if tokens[j].text in ".-'’":
                continue
            break
        words.append(j)
        if len(words) > _LONGEST:
            break
        ways = product(*(_bases(tokens[k].text, syntax.language) for k in words))
        for _, way in zip(range(_WAYS), ways, strict=False):
            entry = known.get(way)
            if entry is not None and _fits(entry[1], [tokens[k] for k in words]):
                best = Known(i, j + 1, entry[0])
                break
    return best


def _may_begin(token: Token) -> bool:
    first = token.text[0]
    return first.isupper() or (
        first.isalpha() and not first.islower()
    )  # a script without capitals has neither


def _fits(name: str, tokens: list[Token]) -> bool:
    """An acronym stands in capitals; of other names the words that are written with a capital are."""
    letters = [c for c in name if c.isalpha()]
    if 1 < len(letters) <= _ACRONYM and all(c.isupper() for c in letters):
        return all(t.text.isupper() for t in tokens)
    return not tokens[0].text[0].islower()


@cache
def adjectives_of(language: Language) -> dict[str, str]:
    """Adjectives of states, every form in small letters -> the key of the state."""
    data = words_of(Peoples, "common", "peoples")
    endings = data.endings.get(language, ())
    found: dict[str, str] = {}
    for code, stems in data.states.items():
        for stem in stems.get(language, ()):
            forms = [stem[:-1].lower()] if stem.endswith("!") else [f"{stem}{ending}" for ending in endings]
            found.update(dict.fromkeys(forms, f"country:{code}"))
    return found


@lru_cache(maxsize=50_000)
def _bases(word: str, language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(w) for w in base_forms(word, language)))


@cache
def _starts(language: Language) -> frozenset[str]:
    return frozenset(words[0] for words in names_of(language))


def find_town(token: Token, language: Language) -> City | None:
    """The town that one capitalised word names in some case: the largest, if it is large enough and no abbreviation."""
    if not token.text[0].isupper() or token.text.isupper() or len(token.text) < 4:
        return None
    best = None
    for form in base_forms(token.text, language):
        for city in cities(form)[:1] if len(form) > 3 else ():
            if city.population >= SMALLEST_CITY and (best is None or city.population > best.population):
                best = city
    return best


def _words(name: str) -> list[str]:
    return [w for w in "".join(c if c.isalnum() else " " for c in name).split() if w]


def _states(language: Language) -> Iterator[tuple[str, Entry]]:
    plain = dict(Locale(language).territories)
    listed = light_words().states.get(language, {})
    known = entries()
    for code, name in sorted(plain.items()):
        if len(code) != 2 or not code.isalpha() or code.startswith(("X", "Z", "Q", "EU", "UN", "EZ")):
            continue
        state = known.get(f"country:{code}") or known[f"territory:{code}"]
        yield from ((form, state) for form in (name, *_shorter(name), *listed.get(code, ())))


def _shorter(name: str) -> Iterable[str]:
    """The name without what CLDR puts in parentheses (*Myanmar (Birmania)*)."""
    head, found, _ = name.partition(" (")
    return (head,) if found else ()


def _organisations(language: Language) -> Iterator[tuple[str, Entry]]:
    known = entries()
    for slug, forms in light_words().organisations.get(language, {}).items():
        yield from ((form, known[f"org:{slug}"]) for form in forms)
