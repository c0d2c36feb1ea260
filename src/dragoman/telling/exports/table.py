"""Facts as flat rows, the ground of csv, xlsx and parquet, in columns that analysts know.

Columns follow UCDP GED where it has one: `date_prec` (1 day, 2 two to six days, 3 a week, 4 a month,
5 a year, 6 longer or open), `where_prec` (1 exact, 6 country), `low`, `best`, `high`, `number_of_sources`
(independent origins, copies counted once).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice

from dragoman.model.lines import Record
from dragoman.model.standing import standing_of
from dragoman.telling.exports.pieces import named_in_a_line, one_line
from dragoman.telling.exports.source import FACTS as FACTS
from dragoman.telling.exports.source import Held, Source
from dragoman.telling.name_book import NameBook
from dragoman.telling.timeline import in_order
from dragoman.telling.tongue import Side
from dragoman.telling.wording import brief, evidence_of, refs_of, source_of

WHEN = {"event": "when", "statement": "when", "state": "valid", "commitment": "due"}

TOGETHER = 200
"""Facts for which what they refer to is fetched at once."""

KEPT = 4_000
"""Articles and figures held in memory at most; those used longest ago are fetched again."""

NAMED = 200_000
"""Actors and places held."""


class Lookup:
    """Records by id, fetched when they are asked for and kept for a while."""

    def __init__(self, fetch: Callable[[Sequence[str]], dict[str, Record]], most: int) -> None:
        self._fetch, self._most = fetch, most
        self._held: OrderedDict[str, Record | None] = OrderedDict()

    def ready(self, names: Sequence[str]) -> None:
        """Fetch these together."""
        missing = [n for n in dict.fromkeys(names) if n and n not in self._held]
        found = self._fetch(missing) if missing else {}
        for name in missing:
            held = found.get(name)
            self._held[name] = held and named_in_a_line(held)
        while len(self._held) > self._most:
            self._held.popitem(last=False)

    def get(self, name: str | None) -> Record:
        """The record, or an empty one."""
        if not name:
            return {}
        if name not in self._held:
            self.ready([name])
        self._held.move_to_end(name)
        return self._held[name] or {}

    def __getitem__(self, name: str) -> Record:
        return self.get(name)

    def __contains__(self, name: str) -> bool:
        return bool(self.get(name))


class Names(NameBook):
    """Names of actors and places, looked up when they are needed."""

    def __init__(self, parties: Lookup, language: str) -> None:
        super().__init__([], language)
        self._parties = parties

    def name(self, ref: str | None) -> str:
        return str(self._parties.get(ref).get("name", ref)) if ref else ""

    def side(self, ref: str) -> Side:
        party = self._parties.get(ref)
        return Side(party["name"], party.get("type") or party["kind"], ref) if party else Side(ref)


class Facts:
    """The records of a case with what every export asks of them; at no time are all of them in memory.

    `cited` and `named` gather the articles that told what was given so far, and the actors and places in it.
    """

    def __init__(self, source: Source, language: str = "en") -> None:
        self.source = source
        self.language = language
        self.articles = Lookup(source.fetch, KEPT)
        self.figures = Lookup(source.fetch, KEPT)
        self.parties = Lookup(source.parties, NAMED)
        self.book = Names(self.parties, language)
        self.cited: dict[str, None] = {}
        self.named: dict[str, None] = {}

    def of(self, *kinds: str) -> Iterator[Record]:
        for kind in kinds:
            records = self.source.of(kind)
            while some := list(islice(records, TOGETHER)):
                if kind in FACTS or kind == "entry":
                    self.ready(some)
                yield from map(named_in_a_line, some)

    def in_order(self, kind: str) -> Iterator[Record]:
        """Facts of a kind in the order of time: a case file gives them so, others are sorted."""
        records = self.of(kind)
        return iter(in_order(records)) if isinstance(self.source, Held) and kind == "event" else records

    def ready(self, some: Sequence[Record]) -> None:
        """Fetch what these records refer to together."""
        told = [e["article"] for r in some for e in evidence_of(r)]
        refs = [ref for r in some for ref in (*refs_of(r), *r.get("actors", ()))]
        self.articles.ready(told)
        self.parties.ready(refs)
        self.figures.ready([f for r in some for f in r.get("figures", ())])
        self.cited.update(dict.fromkeys(told))
        self.named.update(dict.fromkeys(refs))

    def sources_cited(self) -> Iterator[Record]:
        """Articles: all of the case, or those that told what was given, where that is a part."""
        return self.of("article") if self.source.whole else self._by_id(list(self.cited))

    def actors_named(self) -> Iterator[Record]:
        """Actors: all of the case, or those in what was given, where that is a part."""
        if self.source.whole:
            return self.of("actor")
        return (r for r in self.all_named() if r["kind"] == "actor")

    def all_named(self) -> Iterator[Record]:
        """Actors and places in what was given so far."""
        return (r for r in self._by_id(list(self.named)) if r["kind"] in ("actor", "place"))

    def _by_id(self, names: Sequence[str]) -> Iterator[Record]:
        for start in range(0, len(names), TOGETHER):
            found = self.source.fetch(names[start : start + TOGETHER])
            some = names[start : start + TOGETHER]
            yield from (named_in_a_line(found[n]) for n in some if n in found)

    def sources(self, record: Record) -> list[Record]:
        """The articles that tell a fact, by date, then id."""
        names = {e["article"] for e in evidence_of(record)}
        found = [a for name in sorted(names) if (a := self.articles.get(name))]
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
    place = facts.parties.get(record.get("place"))
    sources, evidence = facts.sources(record), evidence_of(record)
    dead = [
        f
        for f in (facts.figures.get(i) for i in record.get("figures", ()))
        if f.get("measure") == "fatalities"
    ]
    counted = record if record["kind"] == "figure" else (dead[0] if dead else {})
    low, high = counted.get("low"), counted.get("high")
    return {
        "kind": record["kind"],
        "id": record["id"],
        "type": _type(record),
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
        "description": one_line(brief(record, book)),
        "source_office": "; ".join(source_of(a) for a in sources),
        "source_date": "; ".join((a["published"] or {}).get("start") or "" for a in sources),
        "source_headline": "; ".join(a["title"] or "" for a in sources),
        "source_original": " … ".join(" ".join(e["text"].split()) for e in evidence),
        "rule": "; ".join(sorted({e["rule"] for e in evidence})),
    }


def _type(record: Record) -> str | None:
    """Type, measure or kind of dispute; of a promise how it stands, of which `status` tells the outcome."""
    if record["kind"] == "commitment":
        return standing_of(record)
    return record.get("type") or record.get("measure") or record.get("dispute_kind")


def claims(facts: Facts) -> Iterator[Record]:
    """One row for each piece of evidence: which article says which fact, in which words."""
    for record in facts.of(*FACTS):
        for e in evidence_of(record):
            article = facts.articles[e["article"]]
            yield {
                "kind": record["kind"],
                "fact": record["id"],
                "description": one_line(brief(record, facts.book)),
                "article": e["article"],
                "outlet": source_of(article),
                "published": (article["published"] or {}).get("start"),
                "language": article["language"],
                "start": e["start"],
                "end": e["end"],
                "words": e["text"],
                "rule": e["rule"],
            }


def _sides(record: Record, *roles: str) -> list[str]:
    found: list[str] = []
    for role in roles:
        value = record.get(role) or []
        found += [value] if isinstance(value, str) else value
    return found
