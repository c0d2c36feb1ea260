"""A query taken apart: words, "phrases", -words, OR, and conditions such as `actor:Novak` or `since:2023-09`.

Pure: knows no case. Whatever a person types is a query; what is no operator is a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from dragoman import languages
from dragoman.store.words import fold
from dragoman.telling.search.periods import Period, period_of, periods_in

LONGEST_QUERY = 300
"""Characters of a query that are looked at."""
MOST_PARTS = 12
"""Words and phrases of a query that are looked for; what follows is left out and named in `Query.left_out`."""

FIELDS = ("actor", "place", "type", "kind", "language", "outlet", "since", "until")

_TOKEN = re.compile(
    r'(?P<not>-)?(?:(?P<field>[a-z]+):)?(?:["“«„](?P<phrase>[^"”»“]*)["”»“]?|(?P<word>[^\s"“”«»„]+))'
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is looked for: a word, several words in a row (a phrase), or a stretch of days."""

    words: tuple[str, ...]
    period: Period | None = None

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: each of `groups` (any part of a group will do), nothing of `without`, and the `conditions`.

    `conditions`: field (one of `FIELDS`) -> what it must be, as typed; days as ISO. `left_out`: words that say
    nothing of what is sought, or are too many. `wrong`: sentences on what could not be understood.
    """

    groups: tuple[tuple[Part, ...], ...] = ()
    without: tuple[Part, ...] = ()
    conditions: dict[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for group in self.groups for part in group)


@cache
def _said_of_nothing() -> frozenset[str]:
    """Folded words that no language's searches look for beside others."""
    found: set[str] = set()
    for code in languages.SUPPORTED:
        data = languages.load(code, "search")
        found |= {fold(word) for listed in ("asking", "empty") for word in data[listed].split()}
    return frozenset(found)


def parse_query(text: str) -> Query:
    """Take a query apart."""
    shown, dates = periods_in(text[:LONGEST_QUERY])
    groups: list[list[Part]] = []
    without: list[Part] = []
    conditions: dict[str, str] = {}
    wrong: list[str] = []
    either = False
    for match in _TOKEN.finditer(shown):
        word, phrase, name = match["word"], match["phrase"], match["field"]
        if word == "OR" and not match["not"]:
            either = bool(groups)
            continue
        if name in FIELDS:
            _condition(name, (phrase if phrase is not None else word), conditions, wrong)
            continue
        for part in _parts(match[0][1:] if match["not"] else match[0], phrase if not name else None, dates):
            if match["not"]:
                without.append(part)
            elif either:
                groups[-1].append(part)
            else:
                groups.append([part])
            either = False
    kept, left_out = _kept(groups)
    return Query(kept, tuple(without), conditions, left_out, tuple(wrong))


def _parts(token: str, phrase: str | None, dates: dict[str, Period]) -> list[Part]:
    if phrase is not None:
        words = tuple(_WORD.findall(phrase))
        return [Part(words)] if words else []
    return [Part((dates[w].text,), dates[w]) if w in dates else Part((w,)) for w in _WORD.findall(token)]


def _condition(name: str, value: str, into: dict[str, str], wrong: list[str]) -> None:
    value = value.strip()
    if name not in ("since", "until"):
        if value:
            into[name] = value
        return
    period = period_of(value)
    if period is None:
        wrong.append(f"{name}:{value} is no day; write it as 2023-09-19, 2023-09 or 2023.")
    else:
        into[name] = period.first if name == "since" else period.last


def _kept(groups: list[list[Part]]) -> tuple[tuple[tuple[Part, ...], ...], tuple[str, ...]]:
    """The groups that are looked for, and the words that are not."""
    said = [g for g in groups if not all(_is_empty(part) for part in g)] or groups
    left_out = [part.text for g in groups if g not in said for part in g]
    left_out += [part.text for g in said[MOST_PARTS:] for part in g]
    return tuple(tuple(g) for g in said[:MOST_PARTS]), tuple(left_out)


def _is_empty(part: Part) -> bool:
    return part.period is None and len(part.words) == 1 and fold(part.words[0]) in _said_of_nothing()
