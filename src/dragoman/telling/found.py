"""What a search found: filters over records, and the words around a hit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.store.words import hits
from dragoman.telling.timeline import touches
from dragoman.telling.wording import evidence_of

Record = dict[str, Any]

AROUND = 80
"""Code points shown on each side of the first hit."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that a record must meet; None asks nothing. Days are ISO and included."""

    actors: set[str] | None = None
    type: str | None = None
    places: set[str] | None = None
    since: str | None = None
    until: str | None = None
    language: str | None = None
    outlet: str | None = None

    def admits(self, record: Record, articles: Mapping[str, Record]) -> bool:
        """`articles` are the case's articles by id, for the language and outlet of a fact."""
        sources = [record] if record["kind"] == "article" else [articles[a] for a in told_in(record)]
        when = next((record[f] for f in ("when", "valid", "due", "published") if f in record), None)
        return (
            (self.actors is None or bool(self.actors & _sides(record)))
            and (self.type is None or self.type.casefold() in _types(record))
            and (self.places is None or record.get("place") in self.places)
            and touches(when, self.since, self.until)
            and (self.language is None or any(a["language"] == self.language for a in sources))
            and (
                self.outlet is None
                or any((a["outlet"] or "").casefold() == self.outlet.casefold() for a in sources)
            )
        )


def _types(record: Record) -> set[str]:
    return {str(record[f]).casefold() for f in ("type", "mode", "measure") if record.get(f)}


def told_in(record: Record) -> set[str]:
    """Ids of the articles that tell a record."""
    evidence = evidence_of(record)
    return {e["article"] for e in evidence} | set(record.get("articles", []))


def _sides(record: Record) -> set[str]:
    found: set[str] = {record["id"]}
    for role in ("who", "whom", "by", "to", "speaker", "subject", "object"):
        value = record.get(role) or ()
        found |= {value} if isinstance(value, str) else set(value)
    return found


def excerpt(text: str, language: str, query: str) -> str:
    """The words around the first hit, hits between »« marks, on one line."""
    spans = hits(text, language, query)
    first = spans[0][0] if spans else 0
    start, end = max(0, first - AROUND), min(len(text), first + 2 * AROUND)
    out, at = [], start
    for a, b in spans:
        if start <= a and b <= end:
            out += [text[at:a], "»", text[a:b], "«"]
            at = b
    out.append(text[at:end])
    line = " ".join("".join(out).split())
    return f"{'…' if start else ''}{line}{'…' if end < len(text) else ''}"
