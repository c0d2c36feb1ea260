"""What a decision may say: which kinds of record it may be about, which fields it may set, to which values.

Rules follow from the records themselves, so a field that is added to a record is held to its type without a word here.
Only what its type does not tell is written down: what linking computes, and values that are more than their type.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from dragoman.model import VIEWS, CaseRecord, Decision, When
from dragoman.model.event_types import MODES

Form = Literal["day", "choice", "truth", "number", "names", "name", "list", "text"]
"""How a value is written. `names`, `name`: actors or places, by name or id."""

NAMED = frozenset({"who", "whom", "by", "to", "speaker", "subject", "object", "place"})
"""Fields that hold ids of actors or places."""

COMPUTED = frozenset(
    {
        *("id", "evidence", "mentions", "claims", "roles", "forms", "text", "path", "copies_of", "overlap"),
        *("missing_share", "articles", "events", "figures", "reports", "independent", "settled_by"),
        *("replaced_by", "revised_by", "known_from", "dispute_kind", "contexts"),
    }
)
"""Fields that follow from the articles and from other fields; nobody sets them."""

JOINED = ("actor", "place", "event", "statement", "storyline")
SPLIT = ("actor", "place", "event", "storyline")
JUDGED = ("event", "statement", "figure", "state", "commitment", "dispute", "entry")
RENAMED = ("actor", "place", "article", "storyline")
MARKED = ("article", "actor", "place", *JUDGED, "storyline")
"""Kinds of record that can be joined, split, accepted or rejected, renamed, marked with a star, a tag or a note."""

GIVEN = ("type", "mode", "status", "who", "whom", "place", "when")
"""Fields of an event that a person adds."""

ANCHORS = {"event": "trigger", "figure": "value", "commitment": "what"}
"""The field of evidence whose words tell one fact of a sentence from another."""

BY_HAND = "hand"
"""What evidence has as its rule where a person said what its words tell."""

TAG, NOTE = 60, 2_000
"""Code points of a tag, or of the name of a view, and of a note."""

VIEWED = (
    *("/timeline", "/events", "/search", "/actors", "/articles", "/promises"),
    *("/facts/statement", "/facts/figure", "/facts/state", "/facts/dispute", "/facts/storyline"),
)
"""The lists that can be kept as views, by their address in the workbench."""

ADDRESS = 1_000
"""Code points of the address of a view."""

LONGEST = {"value": 500, "who": 200, "brought_by": 200, "when": 40, "why": 2_000, "name": 300}
"""Code points of what a decision holds."""

UNREAD = {
    "RETREAT": ("return",),
    "THREATEN": ("ban",),
    "COERCE": ("ban",),
    "ASSAULT": ("execute", "assassinate"),
}
"""Modes of PLOVER that no reader tells, but a person may set."""

MOST = 20_000
"""Places in articles that one decision may be about."""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field that a person may set. `choices`: its values, where they are few; `empty`: it may be unknown."""

    form: Form
    empty: bool
    choices: tuple[str, ...] = ()
    low: float = -math.inf
    high: float = math.inf


@cache
def types() -> Mapping[str, tuple[str, ...]]:
    """Type of event -> its modes."""
    return {name: (*modes, *UNREAD.get(name, ())) for name, modes in MODES.items()}


@cache
def fields(kind: str) -> Mapping[str, Field]:
    """The fields of a kind of record that a person may set."""
    record = next(r for r in CaseRecord.__args__ if r.__struct_config__.tag == kind)
    hints = get_type_hints(record)
    return {
        name: _field(kind, name, hints[name]) for name in record.__struct_fields__ if name not in COMPUTED
    }


def _field(kind: str, name: str, type_: Any) -> Field:
    several = get_args(type_) if get_origin(type_) in (Union, UnionType) else (type_,)
    empty = NoneType in several
    held = next(t for t in several if t is not NoneType)
    if (kind, name) == ("event", "type"):
        return Field(form="choice", empty=False, choices=tuple(types()))
    if (kind, name) == ("event", "mode"):
        modes = {mode for some in types().values() for mode in some}
        return Field(form="choice", empty=True, choices=tuple(sorted(modes)))
    if held is When:
        return Field(form="day", empty=True)
    if get_origin(held) is Literal:
        return Field(form="choice", empty=empty, choices=tuple(map(str, get_args(held))))
    if held is bool:
        return Field(form="truth", empty=False, choices=("true", "false"))
    if held in (float, int):
        low, high = BOUNDS.get(name, (-math.inf, math.inf))
        return Field(form="number", empty=empty, low=low, high=high)
    if get_origin(held) is tuple:
        return Field(form="names" if name in NAMED else "list", empty=True)
    return Field(form="name" if name in NAMED else "text", empty=empty)


BOUNDS = {"confidence": (0.0, 1.0), "lat": (-90.0, 90.0), "lon": (-180.0, 180.0)}

SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "country": (re.compile(r"[A-Z]{2}"), "a country's two letters, such as AM"),
    "language": (re.compile(r"[a-z]{2,3}"), "a language's two letters, such as fr"),
    "url": (re.compile(r"https?://[^\s<>\"]+"), "an address that begins with http:// or https://"),
}
"""Texts that are more than text."""


def problem(decision: Decision) -> str | None:
    """Why a decision cannot be applied, as a sentence; None where it can."""
    return _bad_targets(decision) or _CHECKS[decision.kind](decision)


def wrong_value(kind: str, name: str, value: str | None) -> str | None:
    """Why a field of a kind of record cannot have a value, written as decisions keep it; None where it can."""
    known = fields(kind)
    if name not in known:
        return f"{name!r} of {a(kind)} cannot be set; what can: {', '.join(known)}."
    field = known[name]
    if not value:
        return None if field.empty else f"the {name} of {a(kind)} cannot be empty."
    if len(value) > LONGEST["value"]:
        return f"the {name} is longer than {LONGEST['value']} letters."
    if field.choices:
        return (
            None
            if value in field.choices
            else f"{value!r} is no {name}; there are {', '.join(field.choices)}."
        )
    if field.form == "day":
        return _wrong_days(value)
    if field.form == "number":
        return _wrong_number(name, value, field)
    if field.form == "names" and not any(one.strip() for one in value.split(";")):
        return f"{value!r} names nobody."
    if name in SHAPES and not SHAPES[name][0].fullmatch(value):
        return f"{value!r} is not {SHAPES[name][1]}."
    return _wrong_text(value)


def a(kind: str) -> str:
    """`an event`, `a place`."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _wrong_days(value: str) -> str | None:
    first, mark, last = value.partition("/")
    ends = [first or None, (last or None) if mark else (first or None)]
    if ends == [None, None]:
        return f"{value!r} is no day."
    for end in ends:
        if end is not None and not is_day(end):
            return f"{end!r} is no day of the calendar; days are kept as 2024-06-12."
    if ends[0] and ends[1] and ends[1] < ends[0]:
        return f"{value!r} ends before it begins."
    return None


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_day(text: str) -> bool:
    """True for an ISO day of the calendar."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _wrong_number(name: str, value: str, field: Field) -> str | None:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        return f"{value!r} is no number."
    if not field.low <= number <= field.high:
        return f"the {name} lies between {field.low:g} and {field.high:g}."
    return None


NOT_PRINTED = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that no name has: controls, halves of letters, what is not assigned, ends of lines."""


def _wrong_text(value: str) -> str | None:
    if not value.strip():
        return "a name of white space alone is none."
    if any(unicodedata.category(c) in NOT_PRINTED for c in value):
        return f"{value!r} holds signs that are no letters."
    return None


def bad_words(decision: Decision) -> str | None:
    """Why a decision should not be kept whose words would not hinder it from being applied; None where it may."""
    longest = {**LONGEST, "value": NOTE} if decision.kind == "note" else LONGEST
    for name in ("who", "brought_by", "when", "why", "value", "field", "act"):
        words = getattr(decision, name) or ""
        if len(words) > longest.get(name, 40):
            return f"{name!r} is longer than {longest.get(name, 40)} letters."
        if any(unicodedata.category(c) == "Cs" for c in words):
            return f"{name!r} is no text in UTF-8."
    if decision.kind not in ("set",) and decision.field:
        return f"{decision.kind!r} sets no field."
    if decision.kind not in ("set", "rename", "tag", "note", *VIEWS) and decision.value:
        return f"{decision.kind!r} takes no value."
    if decision.kind not in ("add", "view") and decision.given:
        return f"{decision.kind!r} gives no fields."
    return None


def _bad_targets(decision: Decision) -> str | None:
    if decision.kind in VIEWS:
        return "a view is about no single record." if decision.targets else None
    if not 0 < len(decision.targets) <= MOST:
        return "it is about nothing." if not decision.targets else f"it is about more than {MOST} places."
    for target in decision.targets:
        if not target.article or not 0 <= target.start <= target.end < 2**53:
            return "it names no place in an article."
        if target.name is not None and (len(target.name) > LONGEST["name"] or not target.name):
            return "it names nobody."
    return None


def _one_kind(decision: Decision, kinds: tuple[str, ...]) -> str | None:
    told = {t.kind for t in decision.targets}
    if len(told) > 1:
        return f"{' and '.join(map(a, sorted(told)))} are not of one kind."
    kind = decision.targets[0].kind
    if kind not in kinds:
        hint = (
            " Leave it out with: dragoman remove." if (decision.kind, kind) == ("reject", "article") else ""
        )
        return f"{a(kind)} cannot be {DONE[decision.kind]}; what can: {', '.join(kinds)}.{hint}"
    return None


DONE = {
    "join": "joined",
    "split": "split",
    "accept": "accepted",
    "reject": "rejected",
    "rename": "renamed",
    "remove": "removed",
    "set": "set right",
    "star": "marked with a star",
    "tag": "tagged",
    "note": "noted",
    "add": "added",
    "view": "kept",
    "unview": "taken out",
}


def _two(decision: Decision, kinds: tuple[str, ...]) -> str | None:
    if len(decision.targets) < 2:
        return "name the two that are, or are not, one."
    if len(set(decision.targets)) < len(decision.targets):
        return "the two are the same."
    return _one_kind(decision, kinds)


def _wrong_set(decision: Decision) -> str | None:
    if len(decision.targets) > 1:
        return "a field is set of one record at a time."
    if not decision.field:
        return "it names no field."
    return wrong_value(decision.targets[0].kind, decision.field, decision.value)


def _wrong_rename(decision: Decision) -> str | None:
    if found := _one_kind(decision, RENAMED):
        return found
    value = decision.value or ""
    if len(value) > LONGEST["name"]:
        return f"the name is longer than {LONGEST['name']} letters."
    return _wrong_text(value)


def _wrong_mark(decision: Decision) -> str | None:
    if found := _one_kind(decision, MARKED):
        return found
    if decision.kind == "star":
        return None
    value, most = decision.value or "", TAG if decision.kind == "tag" else NOTE
    if len(value) > most:
        return f"the {decision.kind} is longer than {most} letters."
    return _wrong_text(value.replace("\n", " "))


def _wrong_add(decision: Decision) -> str | None:
    """An event is added by its words, with a type; what else is given of it is held to what may be set."""
    if found := _one_kind(decision, ("event",)):
        return found
    if len(decision.targets) > 1 or decision.targets[0].start >= decision.targets[0].end:
        return "a fact is added by the words of one article that tell it."
    given = dict(decision.given)
    if len(given) < len(decision.given) or "type" not in given:
        return "an event that is added has a type, and each field once."
    for name, value in decision.given:
        if name not in GIVEN:
            return f"{name!r} of an event cannot be given; what can: {', '.join(GIVEN)}."
        if found := wrong_value("event", name, value):
            return found
    if given.get("mode") and given["mode"] not in types()[given["type"]]:
        return f"{given['mode']!r} is no mode of {given['type']}."
    return None


def _wrong_view(decision: Decision) -> str | None:
    name = decision.value or ""
    if len(name) > TAG:
        return f"the name of a view is longer than {TAG} letters."
    if found := _wrong_text(name):
        return found
    if decision.kind == "unview":
        return None
    given = dict(decision.given)
    if len(given) < len(decision.given) or not {"address"} <= set(given) <= {"address", "was"}:
        return "a view has one address."
    if len(given.get("was", "")) > TAG:
        return f"the name of a view is longer than {TAG} letters."
    address = given["address"]
    if len(address) > ADDRESS or any(unicodedata.category(c) in NOT_PRINTED for c in address):
        return f"the address of a view has {ADDRESS} letters at most, all of them printed."
    if address.partition("?")[0] not in VIEWED or "#" in address:
        return f"{address.partition('?')[0]!r} is no list that can be kept; those are {', '.join(VIEWED)}."
    return None


_CHECKS: Mapping[str, Callable[[Decision], str | None]] = {
    "join": lambda d: _two(d, JOINED),
    "split": lambda d: _two(d, SPLIT),
    "accept": lambda d: _one_kind(d, JUDGED),
    "reject": lambda d: _one_kind(d, JUDGED),
    "remove": lambda d: _one_kind(d, ("article",)),
    "rename": _wrong_rename,
    "set": _wrong_set,
    "star": _wrong_mark,
    "tag": _wrong_mark,
    "note": _wrong_mark,
    "add": _wrong_add,
    "view": _wrong_view,
    "unview": _wrong_view,
}


def sound(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Those that can be applied; older versions kept others too."""
    return tuple(d for d in decisions if problem(d) is None)
