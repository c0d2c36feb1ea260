"""Facts as flat rows, the ground of csv, xlsx and parquet, in columns that analysts know.

Columns follow UCDP GED where it has one: `date_prec` (1 day, 2 two to six days, 3 a week, 4 a month,
5 a year, 6 longer or open), `where_prec` (1 exact, 6 country), `low`, `best`, `high`, `number_of_sources`
(independent origins, copies counted once).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from dragoman.telling.wording import NameBook, brief, evidence_of, source_of

Record = dict[str, Any]
Records = dict[str, list[Record]]

FACTS = ("event", "statement", "figure", "state", "commitment", "dispute")

WHEN = {"event": "when", "statement": "when", "state": "valid", "commitment": "due"}


class Facts:
    """The records of a case with what every export asks of them."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.articles = {a["id"]: a for a in records.get("article", [])}
        self.places = {p["id"]: p for p in records.get("place", [])}
        self.actors = {a["id"]: a for a in records.get("actor", [])}
        self.figures = {f["id"]: f for f in records.get("figure", [])}
        self.book = NameBook([*self.actors.values(), *self.places.values()])

    def of(self, *kinds: str) -> Iterator[Record]:
        for kind in kinds:
            yield from self.records.get(kind, [])

    def sources(self, record: Record) -> list[Record]:
        """The articles that tell a fact, by date, then id."""
        names = {e["article"] for e in evidence_of(record)}
        found = [self.articles[name] for name in names if name in self.articles]
        return sorted(found, key=lambda a: ((a["published"] or {}).get("start") or "9999", a["id"]))

    def independent(self, record: Record) -> int:
        """Origins that tell a fact: a copy counts with what it is a copy of."""
        return len({a["copies_of"] or a["id"] for a in self.sources(record)})


def when_of(record: Record) -> Record:
    """The stretch of days of a fact, or an empty one."""
    found: Record = record.get(WHEN.get(record["kind"], "when")) or {}
    return found


def precision(when: Record) -> int | None:
    """UCDP's `date_prec` of a stretch; None where nothing is known."""
    start, end = when.get("start"), when.get("end")
    if not start and not end:
        return None
    if not start or not end:
        return 6
    length = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    return next((code for limit, code in ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5)) if length <= limit), 6)


def row(facts: Facts, record: Record) -> Record:
    """One fact as a flat row: texts, numbers and None."""
    when, book = when_of(record), facts.book
    place = facts.places.get(record.get("place") or "", {})
    sources, evidence = facts.sources(record), evidence_of(record)
    dead = [
        f
        for f in (facts.figures.get(i, {}) for i in record.get("figures", ()))
        if f.get("measure") == "fatalities"
    ]
    counted = record if record["kind"] == "figure" else (dead[0] if dead else {})
    low, high = counted.get("low"), counted.get("high")
    return {
        "kind": record["kind"],
        "id": record["id"],
        "type": record.get("type") or record.get("measure") or record.get("dispute_kind"),
        "mode": record.get("mode"),
        "status": record.get("status") or record.get("outcome"),
        "who": book.names(_sides(record, "who", "by", "speaker", "subject")),
        "whom": book.names(_sides(record, "whom", "to", "object")),
        "place": book.name(record.get("place")),
        "latitude": place.get("lat"),
        "longitude": place.get("lon"),
        "country": place.get("country"),
        "date_start": when.get("start"),
        "date_end": when.get("end"),
        "date_prec": precision(when),
        "date_basis": when.get("basis"),
        "known_from": record.get("known_from"),
        "low": low,
        "best": low if low is not None and low == high else None,
        "high": high,
        "unit": counted.get("unit"),
        "number_of_reports": len(sources),
        "number_of_sources": facts.independent(record),
        "confidence": record.get("confidence"),
        "description": brief(record, book),
        "source_office": "; ".join(source_of(a) for a in sources),
        "source_date": "; ".join((a["published"] or {}).get("start") or "" for a in sources),
        "source_headline": "; ".join(a["title"] or "" for a in sources),
        "source_original": " … ".join(" ".join(e["text"].split()) for e in evidence),
        "rule": "; ".join(sorted({e["rule"] for e in evidence})),
    }


def claims(facts: Facts) -> list[Record]:
    """One row for each piece of evidence: which article says which fact, in which words."""
    return [
        {
            "kind": record["kind"],
            "fact": record["id"],
            "description": brief(record, facts.book),
            "article": e["article"],
            "outlet": source_of(facts.articles[e["article"]]),
            "published": (facts.articles[e["article"]]["published"] or {}).get("start"),
            "language": facts.articles[e["article"]]["language"],
            "start": e["start"],
            "end": e["end"],
            "words": e["text"],
            "rule": e["rule"],
        }
        for record in facts.of(*FACTS)
        for e in evidence_of(record)
    ]


def _sides(record: Record, *roles: str) -> list[str]:
    found: list[str] = []
    for role in roles:
        value = record.get(role) or []
        found += [value] if isinstance(value, str) else value
    return found
