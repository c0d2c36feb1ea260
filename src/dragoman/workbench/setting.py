"""Setting a fact right: which of its fields a form has, what they hold now, and what they may hold.

How what a person wrote is understood is for `telling.deciding`, the one door for decisions.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.lines import Record
from dragoman.model.settable import NAMED, fields, types
from dragoman.workbench.views import View

DAYS = ("when", "valid", "due")
NUMBERS = ("low", "high")

FIELDS: dict[str, tuple[str, ...]] = {
    "event": ("when", "type", "status", "who", "whom", "place"),
    "statement": ("when", "speaker", "content"),
    "figure": ("low", "high"),
    "state": ("valid", "subject", "object", "place", "value"),
    "commitment": ("due", "outcome", "by", "to", "what"),
}
"""What can be set right of a fact of each kind; `type` is the type with its mode."""


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
            choices(record["kind"], name),
            "places" if name == "place" else "actors" if name in NAMED else "",
        )
        for name in FIELDS.get(record["kind"], ())
    ]


def choices(kind: str, name: str) -> tuple[str, ...]:
    """What a field may hold where that is one of a few; a type with each of its modes."""
    if name == "type":
        return tuple(code for t, modes in types().items() for code in (t, *(f"{t}/{mode}" for mode in modes)))
    return fields(kind)[name].choices


def _now(view: View, record: Record, name: str) -> str:
    held = record.get(name)
    if name == "type":
        return f"{held}/{record['mode']}" if record.get("mode") else str(held or "")
    if name in DAYS:
        first, last = (held or {}).get("start"), (held or {}).get("end")
        return (first or "") if first == last else f"{first or ''}/{last or ''}"
    if name in NAMED:
        refs = [held] if isinstance(held, str) else held or []
        return "; ".join(n["name"] for n in view.named(refs))
    if name in NUMBERS:
        return "" if held is None else f"{held:.15g}"
    return str(held or "")
