"""Setting a fact right: which fields it has, what they hold now, and how what a person wrote is understood."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from dragoman.intake.days import find_days
from dragoman.languages import load
from dragoman.model.basics import Outcome, Status
from dragoman.workbench.views import View

Record = dict[str, Any]

DAYS = ("when", "valid", "due")
NAMES = ("who", "whom", "by", "to", "speaker", "subject", "object", "place")
ONE = ("speaker", "subject", "object", "place")
"""Fields that hold one name, not a list of them."""

NUMBERS = ("low", "high")

FIELDS: dict[str, tuple[str, ...]] = {
    "event": ("when", "type", "status", "who", "whom", "place"),
    "statement": ("when", "speaker", "content"),
    "figure": ("low", "high"),
    "state": ("valid", "subject", "object", "place", "value"),
    "commitment": ("due", "outcome", "by", "to", "what"),
}
"""What can be set right of a fact of each kind; `type` is the type with its mode."""

LONGEST = 500
"""Code points of a value."""


class NotUnderstood(ValueError):
    """A value that no field of this kind can hold; `said` and `values` tell a person what would do."""

    def __init__(self, said: str, **values: str) -> None:
        super().__init__(said)
        self.said, self.values = said, values


@dataclass(frozen=True, slots=True)
class Field:
    """A field in a form: what it holds now as a person would write it, and what it may hold."""

    name: str
    now: str
    choices: tuple[str, ...] = ()
    among: str = ""
    """The list of names that the field proposes: `actors` or `places`."""


def fields_of(view: View, record: Record) -> list[Field]:
    """The fields of a fact that can be set right; none for other records."""
    return [
        Field(
            name,
            _now(view, record, name),
            choices(name),
            "places" if name == "place" else "actors" if name in NAMES else "",
        )
        for name in FIELDS.get(record["kind"], ())
    ]


def choices(name: str) -> tuple[str, ...]:
    """What a field may hold where that is one of a few."""
    match name:
        case "status":
            return get_args(Status)
        case "outcome":
            return get_args(Outcome)
        case "type":
            return tuple(code for key in load("en", "interface") if (code := _code(key)))
    return ()


def _code(key: str) -> str:
    code = key.removeprefix("type: ")
    return code if code != key and code.partition("/")[0].isupper() else ""


def _now(view: View, record: Record, name: str) -> str:
    held = record.get(name)
    if name == "type":
        return f"{held}/{record['mode']}" if record.get("mode") else str(held or "")
    if name in DAYS:
        first, last = (held or {}).get("start"), (held or {}).get("end")
        return (first or "") if first == last else f"{first or ''}/{last or ''}"
    if name in NAMES:
        refs = [held] if isinstance(held, str) else held or []
        return "; ".join(n["name"] for n in view.named(refs))
    if name in NUMBERS:
        return "" if held is None else f"{held:g}"
    return str(held or "")


def decided(name: str, written: str, language: str) -> list[tuple[str, str]]:
    """The decisions that a value means, as (field, value).

    Raises:
        NotUnderstood: the field cannot hold it.
    """
    value = understood(name, written, language)
    if name != "type":
        return [(name, value)]
    kind, _, mode = value.partition("/")
    return [("type", kind), ("mode", mode)]


def understood(name: str, written: str, language: str) -> str:
    """A value as it is kept, "" for unknown.

    Raises:
        NotUnderstood: the field cannot hold it.
    """
    value = " ".join(written.split())[:LONGEST]
    if name in DAYS:
        return _stretch(value, language)
    if name in NUMBERS and value:
        return _number(value)
    if (may_be := choices(name)) and value not in may_be:
        raise NotUnderstood("“{value}” is none of what this can be.", value=value)
    return value


def _stretch(value: str, language: str) -> str:
    """`2024-06-12`, or `2024-06-01/2024-06-30` with an open end left empty."""
    if not value:
        return ""
    first, slash, last = value.partition("/")
    if not slash or value.count("/") != 1:
        begun, ended = _days(value, language)
        return begun if begun == ended else f"{begun}/{ended}"
    begun = _days(first, language)[0] if first.strip() else ""
    ended = _days(last, language)[1] if last.strip() else ""
    if begun and ended and begun > ended:
        raise NotUnderstood("{first} is after {last}.", first=begun, last=ended)
    return begun if begun == ended else f"{begun}/{ended}"


def _days(value: str, language: str) -> tuple[str, str]:
    """The first and the last day of what a person wrote: a day, a month, a year."""
    value = value.strip()
    try:
        match [int(part) for part in value.split("-")] if value.replace("-", "").isascii() else []:
            case [year] if len(value) == 4:
                return date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()
            case [year, month] if len(value) == 7:
                last = monthrange(year, month)[1]
                return date(year, month, 1).isoformat(), date(year, month, last).isoformat()
            case [year, month, day]:
                found = date(year, month, day).isoformat()
                return found, found
    except ValueError:
        pass  # it is no ISO date; it may be a date in words
    match find_days(value, language):
        case [one] if (one.start, one.end) == (0, len(value)):
            return one.day, one.day
    raise NotUnderstood("“{value}” is not understood as a day. Write it as 2024-06-12.", value=value[:60])


def _number(value: str) -> str:
    try:
        found = float(value.replace(" ", "").replace("\u202f", "").replace(",", "."))
    except ValueError:
        found = float("nan")
    if not abs(found) < 1e15:
        raise NotUnderstood("“{value}” is not understood as a number.", value=value[:60])
    return f"{found:g}" if found == float(f"{found:g}") else repr(found)
