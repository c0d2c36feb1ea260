"""Names within a sentence of the interface's language: articles, prepositions, cases, number.

`languages/<code>/deeds.yaml` says by markers what a place in a sentence asks for (`{whom:de}`, `{whom:acc}`,
`{place:in}`); here is what each marker does to names. What a linguist would list is in those files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.languages import words_of
from dragoman.languages.schema.pages import Deeds
from dragoman.telling.declining import CASES, declined, is_plural
from dragoman.telling.names_in import countries_in, name_in

_PLACE = re.compile(r"\{(\w+)(?::([\w]+|à))?\}")
_OPEN, _JOINT, _SHUT = "\ue000", "\ue001", "\ue002"
"""Marks around a name and its record's id; private code points, which are taken out of names."""

_NO_MARKS = dict.fromkeys(map(ord, (_OPEN, _JOINT, _SHUT)))

_MARKED = re.compile(f"{_OPEN}([^{_JOINT}]*){_JOINT}([^{_SHUT}]*){_SHUT}")

_VOWEL = re.compile(r"^[AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŒH]", re.IGNORECASE)
_OF, _TO = "de", "à"
_BEFORE_CLUSTER = re.compile(r"^[вф][бвгджзклмнпрстфхцчшщ]", re.IGNORECASE)
"""Russian names before which `в` is `во`: `во Франции`."""


@dataclass(frozen=True, slots=True)
class Side:
    """Who or what takes part. `kind`: an actor's type, `place`, or None for words of an article.

    `ref`: the id of its record; a name that has one stands between marks in a sentence, see `parted`.
    """

    name: str
    kind: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the interface; `grammar` is its `deeds.yaml`."""

    language: str
    grammar: Deeds

    def filled(self, pattern: str, **sides: Sequence[Side]) -> str:
        """A pattern with its places filled: `from {whom}`, `{whom:gen}`."""
        return _PLACE.sub(lambda m: self.named(sides[m[1]], m[2] or ""), pattern)

    def named(self, sides: Sequence[Side], ask: str = "") -> str:
        """Names joined as the language joins them, each in the form that `ask` (`gen`, `de`, `in` ...) wants."""
        from babel.lists import format_list

        said = [self._one(side, ask) for side in sides]
        locale = {"en": "en_GB"}.get(self.language, self.language)
        return str(format_list(said, locale=locale)) if len(said) > 1 else "".join(said)

    def plain(self, side: Side) -> str:
        """A name alone, as a list or a heading has it."""
        name = side.name.translate(_NO_MARKS)
        if side.kind is None:
            return self.grammar.quote.format(words=" ".join(name.split()))
        return name_in(name, side.kind, self.language)

    def is_many(self, sides: Sequence[Side]) -> bool:
        """Does the verb stand in the plural?"""
        if len(sides) != 1:
            return True
        side = sides[0]
        name = self.plain(side)
        if name in self.grammar.articles.get("les", ()):
            return True
        if side.kind in ("person", "place"):
            return False
        words = name.strip("“”«» ").split()
        if re.search(r"\d", name):
            return True
        if re.search("[а-яё]", name):
            return is_plural(name.strip("“”«» "))
        if side.kind in ("state", "organisation"):
            return self._first(words) == "les"
        return any(w[-1:] in "sx" and len(w) > 3 for w in words[:2] + words[-1:])

    def _one(self, side: Side, ask: str) -> str:
        said = self._asked(side, ask)
        return f"{_OPEN}{side.ref}{_JOINT}{said}{_SHUT}" if side.ref else said

    def _asked(self, side: Side, ask: str) -> str:
        name = self.plain(side)
        if self.language == "ru":
            return _in_russian(name, side, ask)
        if self.language == "fr":
            return self._in_french(name, side, ask)
        return f"the {name}" if self._has_the(name) else name

    def _has_the(self, name: str) -> bool:
        articles = self.grammar.articles
        first, *_, last = (*name.split(" "), "")[:-1] if " " in name else (name, name)
        return name in articles["the"] or first in articles["the_first"] or last in articles["the_last"]

    def _first(self, words: Sequence[str]) -> str:
        """The article that the first word of an organisation's name takes, or ""."""
        articles = self.grammar.articles
        return next(
            (a for a in ("le", "la", "les") if words and words[0] in articles.get(f"{a}_first", ())), ""
        )

    def _article(self, name: str, side: Side) -> str:
        """`le`, `la`, `les`, or "" where a French name stands without one."""
        articles = self.grammar.articles
        listed = next((a for a in ("none", "les", "le") if name in articles[a]), None)
        if listed:
            return "" if listed == "none" else listed
        if side.kind == "state" or name in countries_in("fr"):
            return "la" if name.split(" ")[0].endswith(articles["feminine_ends"]) else "le"
        return self._first(name.split(" ")) if side.kind == "organisation" else ""

    def _in_french(self, name: str, side: Side, ask: str) -> str:
        article = self._article(name, side)
        elided = bool(_VOWEL.match(name)) and article in ("le", "la")
        if ask == "in":
            if article == "la" or elided:
                return f"en {name}"
            return f"{ {'le': 'au', 'les': 'aux'}.get(article, _TO) } {name}"
        if elided:
            return f"{ask} l’{name}".strip()
        if ask == _OF and not article:
            return f"d’{name}" if _VOWEL.match(name) else f"de {name}"
        joined = {(_OF, "le"): "du", (_OF, "les"): "des", (_TO, "le"): "au", (_TO, "les"): "aux"}
        lead = joined.get((ask, article), f"{ask} {article}".strip())
        return f"{lead} {name}".strip()


def _in_russian(name: str, side: Side, ask: str) -> str:
    if side.kind is None:
        return f"в {name}" if ask == "in" else name
    case = "loc" if ask == "in" else ask
    made = declined(name, case, side.kind == "person") if case in CASES else name
    if ask != "in":
        return made
    return f"во {made}" if _BEFORE_CLUSTER.match(made) else f"в {made}"


def parted(sentence: str) -> list[tuple[str | None, str]]:
    """A sentence in pieces: (id, name) where a record is named, (None, words) between."""
    pieces: list[tuple[str | None, str]] = []
    at = 0
    for m in _MARKED.finditer(sentence):
        pieces += [(None, sentence[at : m.start()]), (m[1], m[2])]
        at = m.end()
    return [(ref, words) for ref, words in [*pieces, (None, sentence[at:])] if words]


def unmarked(sentence: str) -> str:
    """A sentence without its marks."""
    return "".join(words for _, words in parted(sentence))


@cache
def tongue(language: str) -> Tongue:
    """The language of the interface.

    Raises:
        UnknownLanguage: the interface does not speak it.
    """
    return Tongue(language, words_of(Deeds, language, "deeds"))
