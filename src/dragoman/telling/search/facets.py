"""How what was found can be narrowed down: its kinds, years, outlets and actors, with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from dragoman.model.lines import Record
from dragoman.store.questions import briefs
from dragoman.telling.wording import evidence_of

SHOWN = 12
"""Values of a facet that are shown."""


def facets_of(connection: sa.Connection, found: Sequence[Record]) -> dict[str, list[tuple[str, int]]]:
    """How many of what was found have each value of what they can be narrowed down by; most first."""
    sources = {a for record in found for a in told_in(record)}
    named = briefs(connection, sorted(sources))
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("kind", "type", "year", "outlet", "actor")
    }
    for record in found:
        counts["kind"][record["kind"]] += 1
        if code := record.get("type") or record.get("measure"):
            counts["type"][code] += 1
        when: Record = next((record[f] for f in ("when", "valid", "due") if record.get(f)), {})
        if day := when.get("start") or when.get("end"):
            counts["year"][day[:4]] += 1
        counts["outlet"].update({named[a].name for a in told_in(record) if a in named})
        counts["actor"].update({*record.get("who", ()), *record.get("whom", ()), *record.get("by", ())})
    actors = briefs(connection, [a for a, _ in counts["actor"].most_common(5 * SHOWN)])
    counts["actor"] = Counter({actors[a].name: n for a, n in counts["actor"].items() if a in actors})
    return {
        name: sorted(some.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]
        for name, some in counts.items()
        if some
    }


def told_in(record: Record) -> set[str]:
    """Ids of the articles that tell a record."""
    return {e["article"] for e in evidence_of(record)} | set(record.get("articles", []))
