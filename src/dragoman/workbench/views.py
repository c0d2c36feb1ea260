"""From a case to what a page shows: plain dictionaries, bounded in size, names already written out."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from dragoman.model.lines import Record
from dragoman.model.sureness import is_doubtful, step
from dragoman.store.questions import Ask, Brief, briefs, by_id, facts
from dragoman.telling.exports.chronicle import sentence
from dragoman.telling.wording import (
    days,
    dispute_line,
    evidence_of,
    lasting,
    of_what,
    refs_of,
    source_of,
    value,
)

PAGE = 100
"""Facts on one page."""

WITH_NAMES = ("actor", "place", "article")
"""Kinds of records by whose names others are shown."""


class View:
    """One answer's look at a case: names are looked up together, each at most once."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._names: dict[str, Brief] = {}
        self._asked: set[str] = set()

    def fetch(self, names: Sequence[str]) -> dict[str, Record]:
        """Whole records by id."""
        return by_id(self.connection, list(dict.fromkeys(n for n in names if n)))

    def facts(self, ask: Ask, limit: int = PAGE, skip: int = 0) -> list[Record]:
        """Facts ready to show, see `shown`."""
        return self.shown(facts(self.connection, ask, limit, skip))

    def shown(self, records: Sequence[Record]) -> list[Record]:
        """Each record with `day`, `line`, `sides` (names with ids), `words`, `sources`, `proof`."""
        self._learn([ref for r in records for ref in refs_of(r)])
        self._learn([e["article"] for r in records for e in evidence_of(r)])
        return [self._one(record) for record in records]

    def _learn(self, refs: Sequence[str]) -> None:
        missing = {n for n in refs if n} - self._asked
        self._asked |= missing
        self._names |= briefs(self.connection, sorted(missing))

    def _one(self, record: Record) -> Record:
        evidence = evidence_of(record)
        articles = [a for a in dict.fromkeys(e["article"] for e in evidence) if a in self._names]
        return {
            "id": record["id"],
            "kind": record["kind"],
            "code": _code(record),
            "status": record.get("status") or record.get("outcome") or "",
            "day": self._day(record, articles),
            "when": _when(record),
            "who": self.named(_list(record, "who", "by", "speaker", "subject")),
            "whom": self.named(_list(record, "whom", "to", "object")),
            "place": self.named(_list(record, "place")),
            "text": self._text(record),
            "about": self._counted(record) if record["kind"] == "figure" else "",
            "words": " ".join(evidence[0]["text"].split()) if evidence else "",
            "sources": [
                {"id": a, "name": self._names[a].name, "day": self._names[a].day or ""} for a in articles
            ],
            "independent": record.get("independent"),
            "confidence": record.get("confidence"),
            "step": step(record.get("confidence")),
            "proof": evidence,
            "record": record,
        }

    def _counted(self, figure: Record) -> str:
        """What a figure counts: by name where an actor is known; its unit and the sentence below it say the rest."""
        is_known = figure["about"] in self._names or not figure["unit"]
        return of_what(figure, self._name(figure["about"])) if is_known else ""

    def _name(self, ref: str | None) -> str:
        return self._names[ref].name if ref in self._names else ref or ""

    def _day(self, record: Record, articles: Sequence[str]) -> str:
        """When it was; of a figure, the day on which it was first told."""
        if record["kind"] in ("dispute", "storyline"):
            return ""
        if record["kind"] == "figure":
            return min((day for a in articles if (day := self._names[a].day)), default="")
        return lasting(record) if record["kind"] == "state" else days(_when(record))

    def _text(self, record: Record) -> str:
        match record["kind"]:
            case "statement":
                return str(record["content"])
            case "entry":
                return sentence(record)
            case "figure":
                name = self._counted(record)
                return f"{value(record)}, {name}" if name else value(record)
            case "commitment":
                return str(record["what"])
            case "dispute":
                return dispute_line(record)
            case "state":
                return str(record["value"] or "")
            case "storyline":
                return str(record["title"])
        return ""

    def named(self, refs: Sequence[str]) -> list[Record]:
        """Ids with their names and kinds; words that are no id stand for themselves and have no id."""
        self._learn(refs)
        return [
            {"id": ref, "name": known.name, "kind": known.kind}
            if (known := self._names.get(ref))
            else {"id": None, "name": ref, "kind": ""}
            for ref in refs
        ]

    def ranked(self, found: Sequence[tuple[str, int]]) -> list[tuple[Record, int]]:
        """Ids with a number each, as names with theirs."""
        named = self.named([ref for ref, _ in found])
        return [(name, n) for name, (_, n) in zip(named, found, strict=True)]

    @staticmethod
    def is_doubtful(record: Record) -> bool:
        """True for what is left out by default."""
        return is_doubtful(record.get("confidence")) or bool(record.get("doubtful"))

    def put(self, records: Sequence[Record]) -> None:
        """Names of records that are not those of the case file."""
        for r in records:
            if r["kind"] in WITH_NAMES:
                self._asked.add(r["id"])
                when = r.get("published") or {}
                name = source_of(r) if r["kind"] == "article" else r["name"]
                day = when.get("start") or when.get("end")
                self._names[r["id"]] = Brief(name, day, r.get("type") or r["kind"])


def _list(record: Record, *roles: str) -> list[str]:
    found: list[str] = []
    for role in roles:
        held = record.get(role) or []
        found += [held] if isinstance(held, str) else held
    return found


def _when(record: Record) -> Record | None:
    if record["kind"] == "entry":
        return {"start": record["start"], "end": record["end"]}
    return next((record[f] for f in ("when", "valid", "due", "published") if f in record), None)


def _code(record: Record) -> str:
    code = record.get("type") or record.get("measure") or record.get("dispute_kind") or ""
    return f"{code}/{record['mode']}" if record.get("mode") else str(code)
