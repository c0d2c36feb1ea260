"""What the names of states, capitals, peoples, territories and great organisations mean.

Data: `languages/gazetteer/*.yaml`, and CLDR (babel) for the names of states. A `Gazetteer` belongs to one
language; it also knows the names that the other languages of the same script print, since translated
texts keep them. Keys: `country:AZ`, `city:587084` (GeoNames), `territory:crimea`, `region:sahel`,
`former:soviet-union`, `bloc:west`, `org:eu`.
"""

from __future__ import annotations

import re
from collections.abc import ItemsView, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dragoman import languages
from dragoman.languages.schema.names import Country, Names, Organisations, Territories, Territory
from dragoman.model import EntityType
from dragoman.naming.declension import declined
from dragoman.naming.folding import fold

Kind = Literal["country", "people", "capital", "territory", "organisation", "seat"]

ORDER = ("en", "fr", "ru")
_SCRIPT = {"en": "latin", "fr": "latin", "ru": "cyrillic"}
_BETWEEN = frozenset(" -‑–'’.\u00a0\n")
_LONGEST_ACRONYM = 6
_PIECE = re.compile(r"(?:[^\W\d_]\.){2,8}|\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the gazetteer knows, as one of its names means it.

    Attributes:
        key: What it is, in all languages. A people's key is that of its state or territory.
        kind: `people` covers adjectives and nouns; a `seat` stands for the government of its state.
        name: Its English name; for a seat or a people, that of the state.
        state: Key of the state that it is or belongs to, or None.
    """

    key: str
    kind: Kind
    type: EntityType
    name: str
    state: str | None = None

    @property
    def country(self) -> str | None:
        """ISO 3166 code of its state, where CLDR gives one."""
        return (
            self.state.removeprefix("country:") if self.state and self.state.startswith("country:") else None
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """`text[start:end]` is a name of `entry`."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    entry: Entry
    casing: Literal["any", "title", "exact"]
    text: str


def _pieces(name: str) -> tuple[str, ...]:
    """The words of a name, folded; "U.N." is one word, the same as "UN"."""
    return tuple(fold(w.replace(".", "")) for w in _PIECE.findall(name))


@cache
def countries() -> dict[str, Country]:
    """By ISO code."""
    return languages.words_of(dict[str, Country], "gazetteer", "countries")


@cache
def territories() -> Territories:
    return languages.words_of(Territories, "gazetteer", "territories")


@cache
def organisations() -> Organisations:
    return languages.words_of(Organisations, "gazetteer", "organisations")


class Gazetteer:
    """Names of one language, looked up longest first."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._forms: dict[str, list[_Form]] = {}
        known: dict[tuple[str, ...], _Form] = {}
        kin = [x for x in ORDER if x != language and _SCRIPT[x] == _SCRIPT[language]]
        for spoken in [language, *kin]:
            for text, entry in _names(spoken):
                if spoken != language and (len(text) < 5 or entry.kind == "people"):
                    continue
                for form in declined(text) if languages.traits(language).declines else (text,):
                    words = _pieces(form)
                    if words and words not in known:
                        known[words] = _Form(words, entry, _casing(form), form)
        for made in known.values():
            self._forms.setdefault(made.words[0], []).append(made)
        for forms in self._forms.values():
            forms.sort(key=lambda f: -len(f.words))
        self._exact = {w: f.entry for w, f in known.items()}

    def meaning(self, name: str) -> Entry | None:
        """What a whole name means, whatever its capitals; None where it is not known."""
        return self._exact.get(_pieces(name))

    def find(self, text: str) -> list[Hit]:
        """All names in a text, from the left, the longest first; they do not overlap."""
        spans = [(m.start(), m.end()) for m in _PIECE.finditer(text)]
        folded = [fold(text[a:b].replace(".", "")) for a, b in spans]
        hits: list[Hit] = []
        i = 0
        while i < len(spans):
            forms = self._forms.get(folded[i])
            form = next((f for f in forms if self._fits(f, text, spans, folded, i)), None) if forms else None
            if form is None:
                i += 1
                continue
            past = i + len(form.words)
            end = spans[past - 1][1]
            if form.text.endswith("+") and text[end : end + 1] == "+":
                end += 1
            hits.append(Hit(spans[i][0], end, form.entry))
            i = past
        return hits

    def _fits(self, form: _Form, text: str, spans: list[tuple[int, int]], folded: list[str], i: int) -> bool:
        past = i + len(form.words)
        if past > len(spans) or tuple(folded[i:past]) != form.words:
            return False
        for k in range(i, past - 1):
            gap = text[spans[k][1] : spans[k + 1][0]]
            if len(gap) > 3 or not _BETWEEN.issuperset(gap) or gap.count("\n") > 1:
                return False
        first = text[spans[i][0]]
        if form.casing == "title":
            return first.isupper()
        if form.casing == "exact":
            return self._is_acronym(text, spans, i, past)
        return True

    def _is_acronym(self, text: str, spans: list[tuple[int, int]], i: int, past: int) -> bool:
        """Capitals throughout, and not merely because the whole line is in capitals."""
        if not all(text[a:b].upper() == text[a:b] for a, b in spans[i:past]):
            return False
        around = [text[a:b] for a, b in [*spans[max(0, i - 1) : i], *spans[past : past + 1]]]
        return not around or not all(len(w) > 3 and w.isupper() for w in around)


@cache
def gazetteer(language: str) -> Gazetteer:
    """The gazetteer of a language, built on first use (about 0.1 s)."""
    return Gazetteer(language)


@cache
def entries() -> dict[str, Entry]:
    """Every entry by its key, peoples and seats left out (they share the key of their state)."""
    return {e.key: e for _, e in _names("en") if e.kind not in ("people", "seat")}


@cache
def coordinates() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of territories and regions, in degrees, roughly their middle."""
    found = {}
    for section, prefix in (("territories", "territory"), ("regions", "region")):
        for slug, row in territories_of(section):
            if row.at is not None:
                found[f"{prefix}:{slug}"] = row.at
    return found


@cache
def capital_of(code: str) -> tuple[str, str] | None:
    """Key and English name of the capital of a state by its ISO code."""
    row = countries().get(code)
    if row is None:
        return None
    return f"city:{row.id}", _column(row.capital, "en").split("/")[0].strip()


def territories_of(section: str) -> ItemsView[str, Territory]:
    found: dict[str, Territory] = getattr(territories(), section)
    return found.items()


def _casing(form: str) -> Literal["any", "title", "exact"]:
    letters = [c for c in form if c.isalpha()]
    if not letters or form[0].islower():
        return "any"
    if len(letters) <= _LONGEST_ACRONYM and len(letters) > 1 and all(c.isupper() for c in letters):
        return "exact"
    return "title"


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def _column(cell: str, language: str) -> str:
    return cell.split(";")[ORDER.index(language)].strip()


@cache
def _names(language: str) -> tuple[tuple[str, Entry], ...]:
    """(name, entry) of one language; where one name has two meanings, the first is meant."""
    found = [*_countries(language), *_territories(language), *_organisations(language), *_capitals(language)]
    return (*found, *_rest_of_cldr(language))


@cache
def _cldr(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale(language).territories)


def country_name(code: str) -> str:
    """The English name of a state for display."""
    row = countries().get(code)
    return (row and row.name) or _cldr("en").get(code) or code


def _countries(language: str) -> Iterator[tuple[str, Entry]]:
    patterns = languages.words_of(Names, language, "names").state_patterns
    for code, row in countries().items():
        key = f"country:{code}"
        name = country_name(code)
        state = Entry(key, "country", "state", name, key)
        plain = _cldr(language).get(code, "")
        yield plain, state
        if language == "en":
            yield name, state
        for other in _split(_column(row.names or ";;", language)):
            yield other, state
        for pattern in patterns:
            yield pattern.format(plain), state
        for form in _people(getattr(row, language), language):
            yield form, Entry(key, "people", "group", name, key)
    for slug, former in territories_of("former"):
        key = f"former:{slug}"
        name = _split(_column(former.names, "en"))[0]
        for form in _split(_column(former.names, language)):
            yield form, Entry(key, "country", "state", name, key)
        for form in _people(_column(former.people or ";;", language), language):
            yield form, Entry(key, "people", "group", name, key)


def _territories(language: str) -> Iterator[tuple[str, Entry]]:
    for section, prefix, sort in (
        ("territories", "territory", "place"),
        ("regions", "region", "place"),
        ("blocs", "bloc", "group"),
    ):
        for slug, row in territories_of(section):
            key = f"{prefix}:{slug}"
            name = (_split(_column(row.names, "en")) or [slug])[0]
            kind: EntityType = "group" if sort == "group" else "place"
            for form in _split(_column(row.names, language)):
                yield form, Entry(key, "territory", kind, name)
            for form in _people(_column(row.people or ";;", language), language):
                yield form, Entry(key, "people", "group", name)


def _organisations(language: str) -> Iterator[tuple[str, Entry]]:
    data = organisations()
    for section, sort in (("organisations", "organisation"), ("groups", "group"), ("media", "organisation")):
        kind: EntityType = "group" if sort == "group" else "organisation"
        for slug, cell in getattr(data, section).items():
            name = (_split(_column(cell, "en")) or _split(cell.replace(";", ",")))[0]
            for form in _split(_column(cell, language)):
                yield form, Entry(f"org:{slug}", "organisation", kind, name)
    for slug, row in data.state_bodies.items():
        name = _split(_column(row.names, "en"))[0]
        for form in _split(_column(row.names, language)):
            yield form, Entry(f"org:{slug}", "organisation", "organisation", name, f"country:{row.of}")
    for code, cell in data.seats.items():
        key = f"country:{code}"
        for form in _split(_column(cell, language)):
            yield form, Entry(key, "seat", "state", country_name(code), key)


def _capitals(language: str) -> Iterator[tuple[str, Entry]]:
    for code, row in countries().items():
        key, name = capital_of(code) or ("", "")
        for form in _column(row.capital, language).split("/"):
            yield form.strip(), Entry(key, "capital", "place", name, f"country:{code}")


def _rest_of_cldr(language: str) -> Iterator[tuple[str, Entry]]:
    known = countries()
    for code, plain in sorted(_cldr(language).items()):
        if (
            len(code) == 2
            and code.isalpha()
            and code not in known
            and not code.startswith(("X", "Z", "Q", "EU", "UN"))
        ):
            yield plain, Entry(f"territory:{code}", "territory", "place", _cldr("en")[code])


def _people(cell: str, language: str) -> Iterable[str]:
    """Adjectives and nouns with the forms that the language makes of them by rule."""
    for item in _split(cell):
        parts = [p.strip() for p in item.split("/")]
        if languages.traits(language).declines:
            yield from _russian_people(parts[0])
            continue
        forms = list(parts)
        if languages.traits(language).feminine_by_ending and len(parts) == 1:
            forms.append(_feminine(parts[0]))
        for form in dict.fromkeys(forms):
            yield form
            in_men = form.endswith(("man", "woman")) and form not in ("German", "Oman")
            if in_men and languages.traits(language).plural_in_men:
                yield form[:-2] + "en"
            elif not form.endswith(("s", "x")):
                yield form + "s"


def _feminine(word: str) -> str:
    for ending, feminine in languages.load("fr", "names")["feminine"]:
        if word.endswith(ending):
            return word.removesuffix(ending) + str(feminine)
    return word


def _russian_people(word: str) -> Iterable[str]:
    """Singular and plural; `Gazetteer` declines each of them."""
    yield word
    for ending, others in languages.load("ru", "names")["people_forms"]:
        if word.endswith(ending):
            yield from (word.removesuffix(ending) + o for o in others)
            return
