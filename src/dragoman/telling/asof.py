"""The two clocks: what held on a day, as it was known on a day; and what changed in what is known.

What was known on a day is the case linked from just the articles that were out by then (`Case.known_on`), so
a correction that came later is not in it. An article whose date is only bounded counts from the last day it may
have appeared on where that is known, else from its first; one without any date counts as known always.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from dragoman.model import CaseRecord, When
from dragoman.model.lines import Record
from dragoman.telling.wording import evidence_of

Certainty = Literal["yes", "maybe"]

COMPARED = {
    "event": ("type", "mode", "status", "who", "whom", "place", "when"),
    "statement": ("speaker", "when"),
    "figure": ("measure", "low", "high", "approx"),
    "state": ("type", "subject", "object", "place", "value", "valid"),
    "commitment": ("by", "to", "due", "outcome"),
    "dispute": ("about", "claims"),
}
"""Fields of each kind whose change is a change in what is known."""


def by_kind(records: Iterable[CaseRecord]) -> dict[str, list[Record]]:
    """Records as in the export, by their kind."""
    found: dict[str, list[Record]] = {}
    for record in records:
        plain = msgspec.to_builtins(record)
        found.setdefault(plain["kind"], []).append(plain)
    return found


def out_by(published: When | None, day: str) -> bool:
    """Whether an article counts as known on a day: it was out by then, or nothing says when it was."""
    if published is None:
        return True
    out = published.end or published.start
    return out is None or out <= day


def holds(when: Record | None, day: str) -> Certainty | None:
    """Does a stretch hold on a day? `maybe` where one of its ends is not known; None where it does not."""
    start, end = (when or {}).get("start"), (when or {}).get("end")
    if (start and day < start) or (end and end < day):
        return None
    return "yes" if start and (end or (when and when.get("basis") != "bounded")) else "maybe"


def as_of(records: Mapping[str, list[Record]], day: str) -> dict[str, list[tuple[Certainty, Record]]]:
    """States that hold, commitments that are open and events under way on a day, with how sure that is."""
    states = [(sure, s) for s in records.get("state", []) if (sure := holds(s["valid"], day))]
    promises: list[tuple[Certainty, Record]] = []
    for promise in records.get("commitment", []):
        made, due = (promise["made"] or {}).get("start"), (promise["due"] or {}).get("end")
        if (made and made > day) or (due and due < day and promise["outcome"] != "overdue"):
            continue
        promises.append(("yes" if made else "maybe", promise))
    events = [
        (sure, e)
        for e in records.get("event", [])
        if e["status"] in ("happened", "ongoing")
        and e["when"]
        and e["when"]["start"]
        and (sure := holds(e["when"], day))
        and (e["when"]["end"] or e["status"] == "ongoing")
    ]
    return {"state": states, "commitment": promises, "event": events}


def changes(before: Mapping[str, list[Record]], after: Mapping[str, list[Record]]) -> list[Record]:
    """What is known in `after` and was not, or otherwise, in `before`: `{"change", "kind", "record", "was"}`.

    `change` is `new`, `revised` (with the fields that differ in `fields`) or `gone`. Two records are one
    fact where they are of one kind and share a piece of evidence.
    """
    found: list[Record] = []
    for kind, fields in COMPARED.items():
        old = {_place(e): r for r in before.get(kind, []) for e in evidence_of(r)}
        told = set()
        for record in after.get(kind, []):
            places = [_place(e) for e in evidence_of(record)]
            told.update(places)
            was = next((old[p] for p in places if p in old), None)
            if was is None:
                found.append({"change": "new", "kind": kind, "record": record, "was": None, "fields": []})
            elif differ := [f for f in fields if _value(record, f) != _value(was, f)]:
                found.append(
                    {"change": "revised", "kind": kind, "record": record, "was": was, "fields": differ}
                )
        found += [
            {"change": "gone", "kind": kind, "record": None, "was": record, "fields": []}
            for record in before.get(kind, [])
            if told.isdisjoint(_place(e) for e in evidence_of(record))
        ]
    return found


def _place(evidence: Record) -> tuple[str, int, int, str]:
    return evidence["article"], evidence["start"], evidence["end"], evidence["rule"]


def _value(record: Record, field: str) -> Any:
    value = record.get(field)
    if isinstance(value, dict):
        return (value.get("start"), value.get("end"))
    if field == "claims":
        return [c["value"] for c in record["claims"]]
    return value
