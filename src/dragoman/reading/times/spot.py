"""Finding time expressions: the longest form that the trie knows, at each word that can begin one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.reading.syntax import Syntax
from dragoman.reading.times.lexicon import Kind, Lexicon, Node, Row, Value, lexicon
from dragoman.reading.times.scan import Arc, Items, scan


@dataclass(frozen=True, slots=True)
class Spotted:
    """A time expression as its words alone tell it, before it is anchored.

    Attributes:
        kind: `date` names days of the calendar, wholly or in part; `count` counts units from an anchor
            (*three days later*); `ref` is a bare past, present or future; `duration`, `set` as in TIMEX3.
        role: What the preposition before it says: `at`, `since`, `until`, `from`, `to`, `by`, `before`,
            `after`, `for`, `during`, `between`, `of`, or "".
        unit, offset: A period counted from the anchor: `week`, -1 is last week. With a month, weekday,
            quarter ... beside it, the period that holds that (*Friday last week*, *next year's first quarter*).
        count: How many units a `count`, `duration` or `set` has; None for an untold number.
        anchor: What it is counted from: the article's day (`now`), the date spoken of last (`then`), or
            whichever of the two the tense asks for (`either`).
        part: `START`, `MID` or `END` of it; `mod` any other TIMEX3 modifier.
        value: A value that is fixed whatever the anchor (`PAST_REF`, `P1D` of *daily*).
        daypart: TIMEX3 code of the part of the day (`MO`, `AF`, `EV`, `NI`, `MI`, `DT`).
        direction: -1 or +1 for a duration that ends or begins at its anchor (*the past two weeks*).
        form: Name of the form that found it.
    """

    start: int
    end: int
    kind: Kind
    role: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    decade: int | None = None
    century: int | None = None
    holiday: str | None = None
    part: str | None = None
    mod: str | None = None
    unit: str | None = None
    offset: int | None = None
    count: float | None = None
    count2: tuple[str, float] | None = None
    anchor: Literal["now", "then", "either"] = "now"
    direction: int = 0
    hour: int | None = None
    minute: int | None = None
    daypart: str | None = None
    value: str | None = None
    form: str = ""


_FIELDS = frozenset(Spotted.__slots__)
_ROLE_WINDOW = 32
"""Code points before an expression in which its preposition stands."""
_SECOND = frozenset(("day2", "month2", "year2", "weekday2", "dayord2", "decade2", "quarter2"))
"""Slots of the later end of a range."""


def spot_times(syntax: Syntax) -> tuple[Spotted, ...]:
    """The time expressions of a parsed text, in order; they do not overlap."""
    return spot(syntax.text, lexicon(syntax.language))


def spot(text: str, words: Lexicon) -> tuple[Spotted, ...]:
    """The time expressions of a text, in order, from its words alone; linear in its length."""
    items = scan(text, words)
    found: list[Spotted] = []
    i, past = 0, len(items.starts)
    while i < past:
        behind = i + 1
        for row, arcs in _matches(items, i, words.trie):
            bounds = [i, *(arc[2] for arc in arcs)]
            covers = [(bounds[first], bounds[end] - 1) for first, end in row.covers]
            if not _fits(items, text, covers[0][0], covers[-1][1], row):
                continue
            spotted = _build(items, row, arcs, covers, words)
            if spotted is not None:
                found.extend(s for s in spotted if s.kind != "nothing")
                behind = max(covers[-1][1] + 1, behind)
                break
        i = behind
    return tuple(found)


def _matches(items: Items, i: int, trie: Node) -> list[tuple[Row, tuple[Arc, ...]]]:
    """The rows that fit from item `i` on with the arcs they take, the furthest reaching first."""
    found: list[tuple[int, int, Row, tuple[Arc, ...]]] = []
    waiting: list[tuple[Node, int, tuple[Arc, ...]]] = [(trie, i, ())]
    while waiting:
        node, j, taken = waiting.pop()
        if node.row is not None:
            found.append((-j, len(taken), node.row, taken))
        if j >= len(items.starts) or (j > i and not items.joined[j]):
            continue
        ways = node.next
        for name, value in items.arcs[j]:
            if (onward := ways.get(name)) is not None:
                waiting.append((onward, j + 1, (*taken, (name, value, j + 1))))
        for arc in items.longer.get(j, ()):
            onward = ways.get(arc[0])
            if onward is not None:
                waiting.append((onward, arc[2], (*taken, arc)))
    if len(found) > 1:
        found.sort(key=lambda match: (match[0], match[2].form.place, match[1]))
    return [(row, taken) for _, _, row, taken in found]


def _fits(items: Items, text: str, first: int, last: int, row: Row) -> bool:
    """False where a word beside the expression shows that it is none (`1,500 in 2000 villages`)."""
    form = row.form
    before = (
        items.words[first - 1] if first and items.joined[first] else _word_before(text, items.starts[first])
    )
    if "~acronym" in form.not_after and _behind_acronym(text, items.starts[first]):
        return False
    if before in form.not_after or (form.only_after and before not in form.only_after):
        return False
    if not form.not_before and not form.only_before:
        return True
    behind = _word_behind(text, items.ends[last])
    if form.only_before and behind not in form.only_before:
        return False
    if behind in form.not_before or ("~word" in form.not_before and behind[:1].isalpha()):
        return False
    if any(word.startswith("~end:") and behind.endswith(word[5:]) for word in form.not_before):
        return False
    return not ("~plural" in form.not_before and len(behind) > 3 and behind.islower() and behind[-1] in "sx")


def _behind_acronym(text: str, position: int) -> bool:
    """True behind a word in capitals that is no title's: *the SFJB 2018 report* names no year by itself."""
    window = text[max(0, position - 24) : position]
    words = window.split(" ")
    acronym = words[-2] if len(words) > 1 and not words[-1] else ""
    before = words[-3] if len(words) > 2 else ""
    is_capital = acronym.isalpha() and acronym.isupper() and 3 <= len(acronym) <= 6
    return is_capital and before.isalpha() and before.islower()


def _word_before(text: str, position: int) -> str:
    """The word or mark that ends before the position, in lower case, at most 20 characters of it; "" for none."""
    window = text[max(0, position - 24) : position].rstrip(" ")
    begin = len(window)
    while begin and window[begin - 1].isalnum():
        begin -= 1
    return (window[begin:] or window[-1:]).lower()


def _word_behind(text: str, position: int) -> str:
    """The word or mark that begins at the position or one space behind it, as written; "" for none."""
    window = text[position : position + 24].lstrip(" -")
    past = 0
    while past < len(window) and window[past].isalnum():
        past += 1
    return window[:past] or window[:1]


def _build(
    items: Items, row: Row, arcs: tuple[Arc, ...], covers: list[tuple[int, int]], words: Lexicon
) -> list[Spotted] | None:
    """The expressions of a matched row (two for a range); None where its numbers make no sense."""
    fields: dict[str, Value] = dict(row.form.fixed)
    for slot, arc in zip(row.slots, arcs, strict=True):
        if isinstance(arc[1], dict):
            fields.update(arc[1])
        elif slot is not None:
            fields[slot] = arc[1]
    second = {k[:-1]: fields.pop(k) for k in [k for k in fields if k in _SECOND]}
    roles = [_role(items, covers[0][0], words), ""]
    if fields.pop("range", None) and second:
        roles = ["from", "to"]
    built: list[Spotted] = []
    for (begin, last), extra, role in zip(covers, ({}, second), roles, strict=False):
        first = begin
        settled = _settled({**fields, **extra})
        if settled is None:
            return None
        kept = {k: v for k, v in settled.items() if k in _FIELDS}
        while first < last and items.words[first] in words.trim:
            first += 1
        start, end = items.starts[first], items.ends[last]
        built.append(Spotted(start=start, end=end, kind=row.form.kind, role=role, form=row.form.name, **kept))
    return built


def _settled(fields: dict[str, Value]) -> dict[str, Value] | None:
    """Bring the slots that have several ways of writing into the fields of `Spotted`."""
    _settle_day(fields)
    _settle_hour(fields)
    if not _settle_amount(fields):
        return None
    if (unit := fields.get("only_unit")) is not None and fields.get("unit") != unit:
        return None
    for name, top in (("month", 12), ("day", 31), ("quarter", 4), ("half", 2), ("hour", 24), ("minute", 59)):
        value = fields.get(name)
        if value is not None and not 0 <= value <= top:
            return None
    return fields


def _settle_day(fields: dict[str, Value]) -> None:
    if (date := fields.pop("numdate", None)) is not None:
        fields["year"], fields["month"], fields["day"] = date
    if (stamp := fields.pop("stamp", None)) is not None:
        fields["year"], fields["month"], fields["day"] = (int(p) for p in stamp[:10].split("-"))
        if len(stamp) > 10:
            fields["hour"], fields["minute"] = int(stamp[11:13]), int(stamp[14:16])
    if (short := fields.pop("yy", None)) is not None:
        fields["year"] = short + (2000 if short < 50 else 1900)
    if (short := fields.pop("shortdecade", None)) is not None:
        fields["decade"] = short + (190 if short > 2 else 200)
    if (year := fields.pop("decadeyear", None)) is not None:
        fields["decade"] = year // 10
    if (short := fields.pop("decadeyy", None)) is not None:
        fields["decade"] = short // 10 + (190 if short > 29 else 200)
    for name in ("dayord", "daywordnum"):
        if (day := fields.pop(name, None)) is not None:
            fields["day"] = day


def _settle_hour(fields: dict[str, Value]) -> None:
    if (clock := fields.pop("clock", None)) is not None:
        fields["hour"], fields["minute"] = clock
    if (half_day := fields.pop("ampm", None)) is not None and fields.get("hour") is not None:
        hour = fields["hour"] % 12 + (12 if half_day == "PM" else 0)
        fields["hour"] = hour
    if (noon := fields.pop("noon", None)) is not None:
        fields["hour"], fields["minute"] = (int(p) for p in noon.split(":"))


def _settle_amount(fields: dict[str, Value]) -> bool:
    """False for a century that is none, and for *one* of no unit."""
    if (ordinal := fields.pop("ord", None)) is not None:
        target = fields.get("ordinal_of", "count")
        fields[target] = ordinal - 1 if target == "century" else ordinal
    if fields.get("count") == "x":
        fields["count"] = None
    if (century := fields.pop("centurynum", None)) is not None:
        if not 1 <= century <= 21:
            return False
        fields["century"] = int(century) - 1
    if fields.pop("one", None) and "count" not in fields:
        if fields.get("unit") is None:
            return False
        fields["count"] = 1
    if (fraction := fields.pop("fraction", None)) is not None:
        fields["count"] = (fields.get("count") or 0) + fraction
    return True


def _role(items: Items, first: int, words: Lexicon) -> str:
    """What the words directly before an expression make of it, by the longest that the list knows."""
    for reach in range(min(words.role_reach, first), 0, -1):
        if all(items.joined[first - reach + 1 : first + 1]):
            role = words.roles.get(" ".join(items.words[first - reach : first]))
            if role:
                return role
    return ""


def role_before(text: str, position: int, words: Lexicon) -> str:
    """What the words directly before a stretch of text make of it (`since`, `until` ...), or ""."""
    window = text[max(0, position - _ROLE_WINDOW) : position]
    items = scan(window, words)
    if not items.starts or window[items.ends[-1] :].strip():
        return ""
    items.joined.append(True)
    return _role(items, len(items.starts), words)
