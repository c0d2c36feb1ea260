"""Text -> the words that a time expression could be made of, as a lattice of classes.

One pass over the text, a dictionary look-up a word. Words that no form knows are left out, but each item
remembers whether it follows the one before it directly. `arcs` are the classes of single words; `longer`
those of phrases and of numbers written in words, which end further on.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from dragoman.reading.times.lexicon import FOLDED, Entry, Lexicon, Value

_CLOCK_MARK = re.compile(r"[:.h]")

Arc = tuple[str, Value, int]
"""Class, value, and the index of the item behind it."""


class Items(NamedTuple):
    """The words of interest of one text, in order; parallel lists."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    arcs: list[Entry]
    joined: list[bool]
    longer: dict[int, list[Arc]]


def scan(text: str, lexicon: Lexicon) -> Items:
    """All items of a text."""
    items = Items([], [], [], [], [], {})
    known = lexicon.words
    folded = text.translate(FOLDED)
    wanted: list[int] = []
    end_before = 0
    broken = True
    for match in lexicon.token.finditer(folded):
        word = match.group()
        start, end = match.span()
        entry = known.get(word)
        if entry is None:
            lower = word.lower()
            entry = known.get(lower)
        else:
            lower = word.lower()
        if match.lastgroup is not None:
            entry = _numeric(match.lastgroup, word, match.group("suffix"), lexicon)
        if entry is None:
            broken = True
            continue
        gap = start - end_before
        if gap > 1 and folded.count("\n", end_before, start) > 1:
            broken = True
        if lower in lexicon.phrases or any(c == "CARD" for c, _ in entry):
            wanted.append(len(items.starts))
        items.starts.append(start)
        items.ends.append(end)
        items.words.append(lower)
        items.arcs.append(entry)
        items.joined.append(not broken)
        end_before = end
        broken = False
    for i in wanted:
        _phrases(items, i, lexicon, text[items.starts[i]].isupper())
        _number(items, i, lexicon)
    return items


def follows(items: Items, j: int) -> bool:
    """True where item `j` is there and stands directly behind the one before it."""
    return j < len(items.starts) and items.joined[j]


def _phrases(items: Items, i: int, lexicon: Lexicon, capital: bool) -> None:
    for rest, name, value, cased in lexicon.phrases.get(items.words[i], ()):
        past = i + 1 + len(rest)
        if past > len(items.words) or (cased and not capital):
            continue
        if tuple(items.words[i + 1 : past]) == rest and all(items.joined[i + 1 : past]):
            items.longer.setdefault(i, []).append((name, value, past))


def _card(items: Items, i: int) -> int | None:
    return next((value for name, value in items.arcs[i] if name == "CARD"), None)


def _number(items: Items, i: int, lexicon: Lexicon) -> None:
    """Read the longest number in words that begins at item `i` (`two thousand`, `nineteen ninety-six`)."""
    if i and items.joined[i] and (before := _card(items, i - 1)) is not None and before >= 1:
        return  # it began earlier
    first = _card(items, i)
    if first is None:
        return
    values, past = [first], i + 1
    while len(values) < 8:
        j = past
        if follows(items, j) and items.words[j] in lexicon.joiners:
            j += 1
        value = _card(items, j) if follows(items, j) else None
        if value is None or not _may_follow(values, value):
            break
        values.append(value)
        past = j + 1
    arcs = items.longer.setdefault(i, [])
    year = _year_in_words(values)
    if year:
        arcs.append(("YEAR", year, past))
        return
    number = _sum(values)
    arcs.extend((name, value, past) for name, value in _number_entry(number, ""))


def _may_follow(values: list[int], value: int) -> bool:
    last = values[-1]
    if value >= 1000:
        return last < value
    if value == 100:
        return last < 100
    if last >= 100:
        return value < last
    if (last == 4 and value == 20) or (last == 10 and 7 <= value <= 9):
        return True  # quatre-vingts, dix-huit
    if 11 <= last <= 20 and len(values) == 1 and value >= 10:
        return True
    return last >= 20 and last % 10 == 0 and value < 20


def _year_in_words(values: list[int]) -> int | None:
    """`nineteen ninety six` -> 1996; None for any other number."""
    if len(values) in (2, 3) and 11 <= values[0] <= 20 and 10 <= values[1] < 100:
        return values[0] * 100 + sum(values[1:])
    return None


def _sum(values: list[int]) -> int:
    total, current = 0, 0
    for value in values:
        if value >= 1000:
            total, current = total + max(current, 1) * value, 0
        elif value == 100:
            current = max(current, 1) * 100
        elif value == 20 and current == 4:
            current = 80
        else:
            current += value
    return total + current


def _numeric(shape: str, word: str, suffix: str | None, lexicon: Lexicon) -> Entry:
    """Classes of a token that begins with a digit, or is a quarter's sign."""
    entry: list[tuple[str, Value]]
    if shape == "stamp":
        return (("STAMP", word),)
    if shape == "numeric":
        parts = word.replace("/", ".").replace("-", ".").split(".")
        found = _numeric_date([int(p) for p in parts], lexicon)
        return (("NUMDATE", found),) if found else ()
    if shape == "quarter":
        return (("QSIGN", int(word[1:])),)
    if shape == "short":
        day, month = (int(p) for p in word.replace("/", ".").split("."))
        entry = [("NUM", float(f"{day}.{month}")), ("COUNT", float(f"{day}.{month}"))] if "." in word else []
        return (*entry, ("DAYMONTH", {"day": day, "month": month})) if 1 <= day <= 31 else tuple(entry)
    if shape == "clock":
        hour, minute = (int(p) for p in _CLOCK_MARK.split(word)[:2])
        return (("CLOCK", (hour, minute)),) if hour <= 24 and minute < 60 else ()
    if shape == "grouped":
        digits = "".join(c for c in word if c.isdigit())
        return (("NUM", int(digits)), ("COUNT", int(digits))) if len(digits) < 10 else ()
    if suffix:
        number = word[: -len(suffix)]
        value = int(number) if len(number) < 6 else 0
        entry = []
        if suffix in lexicon.ordinal_suffixes:
            entry.append(("ORD", value))
            if 1 <= value <= 31:
                entry.append(("DAYORD", value))
        if suffix in lexicon.decade_suffixes and value % 10 == 0:
            if 1000 <= value < 2200:
                entry.append(("DECADE", value // 10))
            elif 10 <= value < 100 and len(number) == 2:
                entry.append(("SHORTDECADE", value // 10))
        return tuple(entry)
    number = word.replace(",", ".")
    if "." in number:
        return (("NUM", float(number)), ("COUNT", float(number)))
    return _number_entry(int(number), number) if len(number) < 10 else ()


def _number_entry(value: int, digits: str) -> Entry:
    """Classes of a whole number; `digits` is "" where it was written in words."""
    entry: list[tuple[str, Value]] = [("NUM", value), ("COUNT", value)]
    if digits and 1 <= value <= 31 and len(digits) <= 2:
        entry.append(("DAY", value))
    if digits and len(digits) == 4 and 1000 <= value < 2200:
        entry.append(("YEAR", value))
    if len(digits) == 2:
        entry.append(("YY", value))
        if value < 60:
            entry.append(("MINUTE", value))
    if digits and value <= 24:
        entry.append(("HOUR", value))
    if not digits and 1900 <= value < 2100:
        entry.append(("YEAR", value))
    if not digits and 1 <= value <= 31:
        entry.append(("DAYWORDNUM", value))
    return tuple(entry)


def _numeric_date(parts: list[int], lexicon: Lexicon) -> tuple[int, int, int] | None:
    """Year, month, day of `12.06.2024`; None where it is no date, or either order fits and none is usual."""
    first, second, year = parts
    if year < 100:
        year += 2000 if year < 50 else 1900
    order = lexicon.data.numeric_order
    if order == "day first" or first > 12:
        day, month = first, second
    elif second > 12 or order == "month first":
        month, day = first, second
    elif first == second:
        day = month = first
    else:
        return None
    try:
        date(year, month, day)
    except ValueError:
        return None
    return (year, month, day)
