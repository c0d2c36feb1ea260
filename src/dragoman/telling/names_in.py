"""Names of states, organisations and places in the language of the reader, from the gazetteer and CLDR."""

from __future__ import annotations

from functools import cache

from dragoman.gazetteer.names import countries, organisations, territories_of
from dragoman.languages import SUPPORTED


@cache
def _known(language: str) -> dict[str, str]:
    """Names of other languages, in small letters -> what the language says for them; the first meaning wins."""
    from babel import Locale

    territories = [Locale(code).territories for code in SUPPORTED]
    rows: list[list[list[str]]] = []
    """Of each thing its names by language, in the order of SUPPORTED, the usual one first."""
    for code, country in countries().items():
        also = [_listed(part) for part in country.names.split(";")]
        plain = [[named[code], *(also[n] if n < len(also) else ())] for n, named in enumerate(territories)]
        rows.append([[country.name, *plain[0]] if country.name else plain[0], *plain[1:]])
    rows += [_triple(country.capital, "/") for country in countries().values()]
    for section in ("territories", "regions", "former", "blocs"):
        rows += [_triple(place.names) for _, place in territories_of(section)]
    rows += [_triple(names) for names in organisations().organisations.values()]
    return _as_said(rows, SUPPORTED.index(language))


def _as_said(rows: list[list[list[str]]], at: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        own = row[at] if at < len(row) else []
        if not own:
            continue
        acronym = next((name for name in own if name.isupper()), own[0])
        for name in own:
            found.setdefault(name.casefold(), name)
        for others in (*row[:at], *row[at + 1 :]):
            for name in others:
                found.setdefault(name.casefold(), acronym if name.isupper() else own[0])
    return found


def _triple(names: str, joint: str = ",") -> list[list[str]]:
    return [_listed(part, joint) for part in names.split(";")]


def _listed(names: str, joint: str = ",") -> list[str]:
    return [part for part in (p.strip() for p in names.split(joint)) if part]


def name_in(name: str, kind: str | None, language: str) -> str:
    """A name as the language has it; one that the gazetteer does not know, and that of a person, as it is.

    `kind`: an actor's type, `place` for a place.
    """
    if kind in ("state", "organisation", "place"):
        said = _known(language).get(name.casefold(), name)
        return name if said.casefold() == name.casefold() else said
    return name


def is_listed(name: str) -> bool:
    """True for a name of the gazetteer, in any language that is read."""
    return name.casefold() in _known("en")


@cache
def countries_in(language: str) -> frozenset[str]:
    """The names of states in a language."""
    from babel import Locale

    named = Locale(language).territories
    own = {country.name for country in countries().values() if country.name} if language == "en" else set()
    return frozenset({name for code, name in named.items() if not code.isdigit()} | own)
