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
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any, Literal

from dragoman.model import Language
from dragoman.reading.times.words import time_words

Kind = Literal["date", "count", "ref", "duration", "set", "nothing"]
Entry = tuple[tuple[str, Any], ...]
"""What a word may be: pairs of class and value."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a matched row means. `kind` names the way it is read; `fixed` the fields that it sets."""

    name: str
    place: int
    kind: Kind
    fixed: dict[str, Any]
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
    phrases: dict[str, tuple[tuple[tuple[str, ...], str, Any, bool], ...]]
    token: re.Pattern[str]
    ordinal_suffixes: frozenset[str]
    decade_suffixes: frozenset[str]
    joiners: frozenset[str]
    trie: Node
    roles: dict[str, str]
    role_reach: int
    trim: frozenset[str]
    data: dict[str, Any]


@cache
def lexicon(language: Language) -> Lexicon:
    """The compiled words of a language. Raises `UnknownLanguage` where it has none."""
    data = time_words(language)
    words: dict[str, list[tuple[str, Any]]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str, Any, bool]]] = {}
    cased = set(data.get("cased", ()))
    for name, by_value in data["words"].items():
        for value, forms in by_value.items():
            for form in forms:
                _add(words, phrases, name, value, str(form), cased=name in cased)
    numbers = data["numbers"]
    for name, key in (("CARD", "cardinals"), ("ORD", "ordinals")):
        for value, forms in numbers.get(key, {}).items():
            for form in forms:
                _add(words, phrases, name, value, form, cased=False)
                if name == "ORD" and value <= 31:
                    _add(words, phrases, "DAYORD", value, form, cased=False)
    _add_compounds(words, data.get("compounds", {}))
    trie = Node()
    for place, form in enumerate(data["forms"]):
        _lay(trie, words, form, data.get("macros", {}), place)
    roles = {
        " ".join(split_words(k.lower())): role for role, keys in data.get("roles", {}).items() for k in keys
    }
    for phrase in roles:
        for part in phrase.split():
            words.setdefault(part, [])
    suffixes = [*numbers.get("ordinal_suffixes", ()), *numbers.get("decade_suffixes", ())]
    return Lexicon(
        language=language,
        words={w: tuple(e) for w, e in words.items()},
        phrases={w: tuple(sorted(p, key=lambda x: -len(x[0]))) for w, p in phrases.items()},
        token=_token_pattern(
            numbers["thousands"],
            suffixes,
            numbers.get("quarter_sign", ""),
            numbers.get("short_date", ""),
            numbers.get("clock", ""),
        ),
        ordinal_suffixes=frozenset(numbers.get("ordinal_suffixes", ())),
        decade_suffixes=frozenset(numbers.get("decade_suffixes", ())),
        joiners=frozenset(numbers.get("joiners", ())),
        trie=trie,
        roles=roles,
        role_reach=max((len(k.split()) for k in roles), default=0),
        trim=frozenset(data.get("trim", ())),
        data=data,
    )


FOLDED = str.maketrans("’ʼ–‑−ёЁ", "''---еЕ")
"""Signs that are read as one, each for one, so that offsets hold."""


def split_words(form: str) -> tuple[str, ...]:
    """A phrase of the word lists as the scanner sees it: words and punctuation marks."""
    return tuple(re.findall(r"[^\W\d_]+|\d+|[^\w\s]", form.translate(FOLDED)))


def _add(
    words: dict[str, list[tuple[str, Any]]],
    phrases: dict[str, list[tuple[tuple[str, ...], str, Any, bool]]],
    name: str,
    value: Any,
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


def _add_compounds(words: dict[str, list[tuple[str, Any]]], compounds: dict[str, Any]) -> None:
    """Adjectives of a length, made of a number, a unit and an ending: classes LONGDAYS and LONGYEARS.

    Without a number (behind figures and a hyphen) they are LONGDAY and LONGYEAR. `days` are the parts of the day
    that stand behind a weekday in one word (*Montagabend*): class WEEKDAYPART.
    """
    for unit, stems in compounds.get("stems", {}).items():
        kind = "LONGYEAR" if unit == "year" else "LONGDAY"
        for count, prefixes in compounds["prefixes"].items():
            for prefix, stem, ending in product(prefixes, stems, compounds["endings"]):
                word = f"{prefix}{stem}{ending}".translate(FOLDED)
                if prefix:
                    words.setdefault(word, []).append((f"{kind}S", {"count": count, "unit": unit}))
                else:
                    words.setdefault(word, []).append((kind, unit))
    for part, endings in compounds.get("days", {}).items():
        weekdays = [(w, value) for w, entry in words.items() for name, value in entry if name == "WEEKDAY"]
        for (weekday, value), ending in product(weekdays, endings):
            named = ("WEEKDAYPART", {"weekday": value, "daypart": part})
            words.setdefault(f"{weekday}{ending}", []).append(named)


def _lay(
    trie: Node, words: dict[str, list[tuple[str, Any]]], form: dict[str, Any], macros: Any, place: int
) -> None:
    """Put all rows of one form into the trie. Where two forms share a row, the earlier keeps it."""
    fixed = {k: v for k, v in form.items() if k not in _NOT_FIELDS}
    meaning = Form(
        name=form.get("name", f"{place}"),
        place=place,
        kind=form["is"],
        fixed=fixed,
        not_after=frozenset(form.get("not_after", ())),
        not_before=frozenset(form.get("not_before", ())),
        only_after=frozenset(form.get("only_after", ())),
        only_before=frozenset(form.get("only_before", ())),
    )
    for row in _rows(form["form"], macros):
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


_NOT_FIELDS = frozenset(("form", "is", "name", "not_after", "not_before", "only_after", "only_before", "try"))


def _is_class(key: str) -> bool:
    return key.isupper() and key.isascii()


def _rows(form: str, macros: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
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


def _token_pattern(
    thousands: str, suffixes: list[str], quarter_sign: str, short_date: str, clock: str
) -> re.Pattern[str]:
    """Words, numbers in all their shapes, and single marks. No branch can backtrack over more than a number.

    `quarter_sign` is the letter of *Q2*; `short_date` the pattern of a day and month in figures, if the language
    writes them without a year; `clock` that of a time of the day which is written without a colon.
    """
    signs = rf"|(?P<quarter>{quarter_sign}[1-4](?!\w))" if quarter_sign else ""
    short = rf"|(?P<short>{short_date}(?![\w/%]|[.,]\d))" if short_date else ""
    clocks = f"|{clock}" if clock else ""
    ending = "|".join(re.escape(s) for s in sorted(suffixes, key=len, reverse=True))
    return re.compile(
        r"(?P<stamp>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)(?![\d-])"
        r"|(?P<numeric>\d{1,2}([./-])\d{1,2}\3(?:\d{4}|\d\d)(?![\w/-]))"
        rf"{signs}{short}"
        rf"|(?P<clock>\d{{1,2}}:\d\d(?::\d\d)?(?![\d:]){clocks})"
        rf"|(?P<grouped>\d{{1,3}}(?:[{thousands}]\d{{3}})+(?!\d))"
        rf"|(?P<suffixed>\d+(?P<suffix>{ending})(?![^\W_]))"
        r"|(?P<number>\d+(?:[.,]\d{1,2}(?![\d.,]\d))?)"
        r"|[^\W\d_]+|[^\w\s]"
    )
