"""The time words and forms of a language, compiled from what `time_words` gives.

A form is a row of elements, matched against the words of the text:
    `MONTH`          a word of this class; its value fills the slot `month`
    `ORD:day`        the same, but the slot is called `day`
    `of` `of|in`     one of these very words
    `x?`             may be absent
    `(a b|c)`        either row
    `[ ... ]`        the elements that the expression covers; what stands outside is only context
    `{NAME}`         the rows listed under `macros`
All rows that a form allows are laid into one trie, so that matching costs a step a word whatever their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any, Literal

import msgspec

from dragoman.languages.schema import times as schema
from dragoman.languages.schema.table import Words
from dragoman.languages.schema.times import Compounds, Numbers, Times
from dragoman.model import Language
from dragoman.reading.times.words import time_words

Kind = Literal["date", "count", "ref", "duration", "set", "nothing"]
Value = Any
"""What a word of a class says: a number, a code, or the fields that it sets, as the form expects of the class."""

Entry = tuple[tuple[str, Value], ...]
"""What a word may be: pairs of class and value."""

Entries = dict[str, list[tuple[str, Value]]]
Phrase = tuple[tuple[str, ...], str, Value, bool]
"""The words behind the first, class and value, and whether it counts only as written."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a matched row means. `kind` names the way it is read; `fixed` the fields that it sets."""

    name: str
    place: int
    kind: Kind
    fixed: dict[str, Value]
    not_after: frozenset[str]
    not_before: frozenset[str]
    only_after: frozenset[str]
    only_before: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One way through a form: the slot each element fills (or None), and which elements are covered.

    `covers` has one pair (first, past) of elements; a range (*5-9 May*) has two, one for each of its ends.
    """

    form: Form
    slots: tuple[str | None, ...]
    covers: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Node:
    """A place in the trie: where each class leads, and the row that ends here."""

    next: dict[str, Node] = field(default_factory=dict)
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that matching one language needs. `words` holds cased forms as written, others in lower case."""

    language: Language
    words: dict[str, Entry]
    phrases: dict[str, tuple[Phrase, ...]]
    token: re.Pattern[str]
    ordinal_suffixes: frozenset[str]
    decade_suffixes: frozenset[str]
    joiners: frozenset[str]
    trie: Node
    roles: dict[str, str]
    role_reach: int
    trim: frozenset[str]
    data: Times


@cache
def lexicon(language: Language) -> Lexicon:
    """The compiled words of a language. Raises `UnknownLanguage` where it has none."""
    data = time_words(language)
    words: Entries = {}
    phrases: dict[str, list[Phrase]] = {}
    for name, by_value in data.words.items():
        for value, written in by_value.items():
            for word in written:
                _add(words, phrases, name, value, word, cased=name in data.cased)
    numbers = data.numbers
    days = {day: written for day, written in numbers.ordinals.items() if day <= 31}
    for sort, listed in (("CARD", numbers.cardinals), ("ORD", numbers.ordinals), ("DAYORD", days)):
        for number, written in listed.items():
            for word in written:
                _add(words, phrases, sort, number, word, cased=False)
    if data.compounds is not None:
        _add_compounds(words, data.compounds)
    trie = Node()
    for place, form in enumerate(data.forms):
        _lay(trie, words, form, data.macros, place)
    roles: dict[str, str] = {
        " ".join(split_words(k.lower())): role for role, keys in data.roles.items() for k in keys
    }
    for phrase in roles:
        for part in phrase.split():
            words.setdefault(part, [])
    return Lexicon(
        language=language,
        words={w: tuple(e) for w, e in words.items()},
        phrases={w: tuple(sorted(p, key=lambda x: -len(x[0]))) for w, p in phrases.items()},
        token=_token_pattern(numbers),
        ordinal_suffixes=frozenset(numbers.ordinal_suffixes),
        decade_suffixes=frozenset(numbers.decade_suffixes),
        joiners=numbers.joiners,
        trie=trie,
        roles=roles,
        role_reach=max((len(k.split()) for k in roles), default=0),
        trim=data.trim,
        data=data,
    )


FOLDED = str.maketrans("’ʼ–‑−ёЁ", "''---еЕ")
"""Signs that are read as one, each for one, so that offsets hold."""


def split_words(form: str) -> tuple[str, ...]:
    """A phrase of the word lists as the scanner sees it: words and punctuation marks."""
    return tuple(re.findall(r"[^\W\d_]+|\d+|[^\w\s]", form.translate(FOLDED)))


def _add(
    words: Entries,
    phrases: dict[str, list[Phrase]],
    name: str,
    value: Value,
    form: str,
    *,
    cased: bool,
) -> None:
    parts = split_words(form.lower())
    if len(parts) > 1:
        phrases.setdefault(parts[0], []).append((parts[1:], name, value, cased))
        for part in parts:
            words.setdefault(part, [])
        return
    words.setdefault(form.translate(FOLDED) if cased else parts[0], []).append((name, value))
    if cased and (len(form) > 3 or name == "MONTHAB"):
        words.setdefault(form.upper(), []).append((name, value))


def _add_compounds(words: Entries, compounds: Compounds) -> None:
    """Adjectives of a length, made of a number, a unit and an ending: classes LONGDAYS and LONGYEARS.

    Without a number (behind figures and a hyphen) they are LONGDAY and LONGYEAR. `days` are the parts of the day
    that stand behind a weekday in one word (*Montagabend*): class WEEKDAYPART.
    """
    for unit, stems in compounds.stems.items():
        kind = "LONGYEAR" if unit == "year" else "LONGDAY"
        for count, prefixes in compounds.prefixes.items():
            for prefix, stem, ending in product(prefixes, stems, compounds.endings):
                word = f"{prefix}{stem}{ending}".translate(FOLDED)
                if prefix:
                    words.setdefault(word, []).append((f"{kind}S", {"count": count, "unit": unit}))
                else:
                    words.setdefault(word, []).append((kind, unit))
    for part, endings in compounds.days.items():
        weekdays = [(w, value) for w, entry in words.items() for name, value in entry if name == "WEEKDAY"]
        for (weekday, value), ending in product(weekdays, endings):
            named = ("WEEKDAYPART", {"weekday": value, "daypart": part})
            words.setdefault(f"{weekday}{ending}", []).append(named)


def _lay(trie: Node, words: Entries, form: schema.Form, macros: Mapping[str, Words], place: int) -> None:
    """Put all rows of one form into the trie. Where two forms share a row, the earlier keeps it."""
    says = msgspec.structs.asdict(form)
    meaning = Form(
        name=f"{place}",
        place=place,
        kind=form.is_,
        fixed={k: v for k, v in says.items() if v is not None and k not in _NOT_FIELDS},
        not_after=form.not_after,
        not_before=form.not_before,
        only_after=form.only_after,
        only_before=form.only_before,
    )
    for row in _rows(form.form, macros):
        node = trie
        slots: list[str | None] = []
        covers: list[tuple[int, int]] = []
        opened = 0
        for element in row:
            if element == "[":
                opened = len(slots)
                continue
            if element == "]":
                covers.append((opened, len(slots)))
                continue
            key, _, slot = element.partition(":")
            if _is_class(key):
                slots.append(slot or key.lower())
            else:
                slots.append(slot or None)
                key = key.translate(FOLDED)
                for literal in key.split("|"):
                    entry = words.setdefault(literal, [])
                    if (key, literal) not in entry:
                        entry.append((key, literal))
            node = node.next.setdefault(key, Node())
        if slots and node.row is None:
            node.row = Row(meaning, tuple(slots), tuple(covers) or ((0, len(slots)),))


_NOT_FIELDS = frozenset(("form", "is_", "try_", "not_after", "not_before", "only_after", "only_before"))


def _is_class(key: str) -> bool:
    return key.isupper() and key.isascii()


def _rows(form: str, macros: Mapping[str, Words]) -> Iterator[tuple[str, ...]]:
    """All rows of elements that a form allows, the fullest first."""
    for name, lines in macros.items():
        form = form.replace(f"{{{name}}}", "(" + " / ".join(lines) + ")")
    tokens = re.findall(r"\(|\)\?|\)|/|\[|\]|[^\s()/\[\]]+", form)
    rows, rest = _alternatives(tokens, 0)
    if rest != len(tokens):
        raise ValueError(f"unbalanced form {form!r}")
    yield from dict.fromkeys(rows)


def _alternatives(tokens: list[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    """Rows of `a b / c` from `tokens[at]` to the closing parenthesis, and where it ended."""
    found: list[tuple[str, ...]] = []
    rows: list[tuple[str, ...]] = [()]
    while at < len(tokens) and tokens[at] not in (")", ")?"):
        token = tokens[at]
        if token == "/":
            found, rows = found + rows, [()]
            at += 1
            continue
        if token == "(":
            inner, at = _alternatives(tokens, at + 1)
            if at >= len(tokens):
                raise ValueError("a parenthesis is not closed")
            options = inner + ([()] if tokens[at] == ")?" else [])
        elif len(token) > 1 and token.endswith("?"):
            options = [(token[:-1],), ()]
        else:
            options = [(token,)]
        rows = [row + option for row in rows for option in options]
        at += 1
    return found + rows, at


def _token_pattern(numbers: Numbers) -> re.Pattern[str]:
    """Words, numbers in all their shapes, and single marks. No branch can backtrack over more than a number.

    `quarter_sign` is the letter of *Q2*; `short_date` the pattern of a day and month in figures, if the language
    writes them without a year; `clock` that of a time of the day which is written without a colon.
    """
    quarter_sign, short_date, clock = numbers.quarter_sign, numbers.short_date, numbers.clock
    suffixes = (*numbers.ordinal_suffixes, *numbers.decade_suffixes)
    signs = rf"|(?P<quarter>{quarter_sign}[1-4](?!\w))" if quarter_sign else ""
    short = rf"|(?P<short>{short_date}(?![\w/%]|[.,]\d))" if short_date else ""
    clocks = f"|{clock}" if clock else ""
    ending = "|".join(re.escape(s) for s in sorted(suffixes, key=len, reverse=True))
    return re.compile(
        r"(?P<stamp>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)(?![\d-])"
        r"|(?P<numeric>\d{1,2}([./-])\d{1,2}\3(?:\d{4}|\d\d)(?![\w/-]))"
        rf"{signs}{short}"
        rf"|(?P<clock>\d{{1,2}}:\d\d(?::\d\d)?(?![\d:]){clocks})"
        rf"|(?P<grouped>\d{{1,3}}(?:[{numbers.thousands}]\d{{3}})+(?!\d))"
        rf"|(?P<suffixed>\d+(?P<suffix>{ending})(?![^\W_]))"
        r"|(?P<number>\d+(?:[.,]\d{1,2}(?![\d.,]\d))?)"
        r"|[^\W\d_]+|[^\w\s]"
    )
