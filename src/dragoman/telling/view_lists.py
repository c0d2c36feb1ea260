"""The list behind an address of the workbench: what is in it, how much, and what only new articles tell.

An address is what a page shows in the browser: a path of `settable.VIEWED` with conditions. Names stand in it as they
are written, not as ids, which change when people join what is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa

from dragoman.model.lines import Record
from dragoman.model.settable import is_day
from dragoman.store import chronology
from dragoman.store.chronology import Lines
from dragoman.store.counts import Count, busiest, count
from dragoman.store.looked import came_after, told_by
from dragoman.store.questions import AT_ONCE, Ask, briefs, by_id, called, chosen, contents, every
from dragoman.telling.search import search
from dragoman.telling.search.weighing import WEIGHED
from dragoman.telling.wording import evidence_of

ACTORS = 500
"""Actors of a list: those of most facts."""

NOBODY = "-"
"""The id of whom a name stands for that nobody bears: no record has it."""

_LINES = ("who", "where", "story", "language", "since", "until", "status")
_FACTS = (*_LINES, "type", "outlet", "sources")

CONDITIONS: dict[str, tuple[str, ...]] = {
    "/timeline": _LINES,
    "/search": ("q", "where"),
    "/actors": ("q", "kind", "order"),
    "/articles": ("outlet", "language", "order"),
    "/promises": (),
}
"""What an address may ask for, by its path; the other lists are of facts."""

SEVERAL = ("who", "status", "type")
"""Conditions that may stand more than once: one of them is enough."""

FIELDS = 60
"""Conditions of an address that are looked at."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What an address asks for. `what`: lines, facts, found (by `query`), actors (of a `kind`, called `query`) or
    articles."""

    what: str
    lines: Lines = field(default_factory=Lines)
    ask: Ask = field(default_factory=Ask)
    query: str = ""
    kind: str = ""
    in_articles: bool = False


def plain_address(connection: sa.Connection, address: str) -> str:
    """An address with names instead of ids and nothing in it that asks for nothing; the same for the same list."""
    path, _, asked = address.partition("#")[0].partition("?")
    path = "/timeline" if path == "/" else path
    kept: list[tuple[str, str]] = []
    given = [(k, v.strip()) for k, v in parse_qsl(asked, max_num_fields=FIELDS) if v.strip()]
    ids = [v for k, v in given if k in ("actor", "place")]
    names = briefs(connection, ids)
    for key, value in given:
        if key in ("actor", "place"):
            key = {"actor": "who", "place": "where"}[key]
            value = names[value].name if value in names else value
        if (
            key in CONDITIONS.get(path, _FACTS)
            and (key, value) not in kept
            and (key, value) != ("sources", "0")
        ):
            kept = kept if key in SEVERAL else [one for one in kept if one[0] != key]
            kept.append((key, value))
    order = CONDITIONS.get(path, _FACTS)
    kept.sort(key=lambda one: (order.index(one[0]), one[1]))
    return f"{path}?{urlencode(kept)}" if kept else path


def page_address(connection: sa.Connection, address: str) -> str:
    """An address as its page takes it, which knows several actors by their ids only."""
    path, _, asked = address.partition("?")
    given = parse_qsl(asked, max_num_fields=FIELDS)
    if sum(key == "who" for key, _ in given) < 2:
        return address
    found: list[tuple[str, str]] = []
    for key, value in given:
        found += [("actor", ref) for ref in _called(connection, value)] if key == "who" else [(key, value)]
    return f"{path}?{urlencode(found)}"


def listed(connection: sa.Connection, address: str, doubtful: bool = False) -> Listed:
    """What an address asks for; `doubtful`: with what is left out by default."""
    path, _, asked = address.partition("?")
    given = parse_qsl(asked, max_num_fields=FIELDS)
    one = dict(given)
    many = {name: tuple(v for k, v in given if k == name and v) for name in SEVERAL}
    if path == "/search":
        return Listed(
            "found",
            ask=Ask(sure=not doubtful),
            query=one.get("q", ""),
            in_articles=one.get("where") == "articles",
        )
    if path == "/actors":
        return Listed("actors", query=one.get("q", ""), kind=one.get("kind", ""))
    if path == "/articles":
        ask = Ask(kinds=("article",), outlet=one.get("outlet"), language=one.get("language"))
        return Listed("articles", ask=ask)
    if path == "/promises":
        return Listed(
            "facts", ask=Ask(kinds=("commitment",), statuses=("open", "overdue"), sure=not doubtful)
        )
    actors = tuple(dict.fromkeys(ref for name in many["who"] for ref in _called(connection, name)))
    spots = _called(connection, one["where"]) if one.get("where") else ()
    since, until = (day if is_day(day) else None for day in (one.get("since", ""), one.get("until", "")))
    if path == "/timeline":
        lines = Lines(
            since=since,
            until=until,
            actors=actors,
            places=spots,
            story=one.get("story"),
            language=one.get("language"),
            statuses=many["status"],
            doubtful=doubtful,
        )
        return Listed("lines", lines=lines)
    ask = Ask(
        kinds=("event",) if path == "/events" else (path.rpartition("/")[2],),
        actors=actors,
        types=many["type"],
        statuses=many["status"],
        since=since,
        until=until,
        place=next(iter(spots), None),
        storyline=one.get("story"),
        language=one.get("language"),
        outlet=one.get("outlet"),
        independent=min(int(one["sources"]), 1000) if one.get("sources", "").isdecimal() else None,
        sure=not doubtful,
    )
    return Listed("facts", ask=ask)


def _called(connection: sa.Connection, name: str) -> tuple[str, ...]:
    """Ids of whom or where a name stands for, or one that no record has."""
    return tuple(ref for kind in ("actor", "place") for ref in called(connection, kind, name)) or (NOBODY,)


def how_many(connection: sa.Connection, wanted: Listed) -> Count:
    """How many there are in a list."""
    if wanted.what == "lines":
        n = chronology.count(connection, wanted.lines)
        dated = n.dated + (n.doubtful if wanted.lines.doubtful else 0)
        return Count(dated + (0 if wanted.lines.since or wanted.lines.until else n.undated))
    if wanted.what == "found":
        found = search(connection, wanted.query, 1, wanted=wanted.ask)
        return Count(len(found.articles)) if _of_articles(wanted, found.level) else found.total
    if wanted.what == "actors":
        return Count(len(_actors(connection, wanted)))
    return count(connection, wanted.ask)


def members(connection: sa.Connection, wanted: Listed) -> Iterator[Record]:
    """What is in a list, in its order, read as it is asked for."""
    if wanted.what == "lines":
        yield from chronology.weightiest(connection, wanted.lines, None)
        yield from chronology.undated(connection, wanted.lines, None)
    elif wanted.what == "found":
        found = search(connection, wanted.query, WEIGHED, wanted=wanted.ask)
        yield from found.articles if _of_articles(wanted, found.level) else found.facts
    elif wanted.what == "actors":
        names = iter(_actors(connection, wanted))
        while some := list(islice(names, 50)):
            held = by_id(connection, some)
            yield from (held[name] for name in some if name in held)
    else:
        yield from every(connection, wanted.ask)


def new_in(connection: sa.Connection, wanted: Listed, after: int) -> list[Record]:
    """What is in a list and is told only by articles that came after the one of a number, in the list's order."""
    articles = came_after(connection, after)
    if not articles:
        return []
    new = set(articles)
    if wanted.what == "articles":
        held = by_id(connection, articles)
        return [held[a] for a in articles if a in held and _meets(held[a], wanted.ask)]
    if wanted.what in ("found", "actors") or wanted.ask.kinds == ("storyline",):
        return [record for record in members(connection, wanted) if _only_in(record, new)]
    numbers = told_by(connection, articles)
    some: list[int] = []
    if wanted.what == "lines":
        some = chronology.among(connection, wanted.lines, numbers)
    else:
        meeting = chosen(connection, wanted.ask).subquery()
        for start in range(0, len(numbers), AT_ONCE):
            here = meeting.c.number.in_(numbers[start : start + AT_ONCE])
            query = sa.select(meeting.c.number, meeting.c.stretch).where(here)
            some += [
                row.number for row in connection.execute(query.order_by(meeting.c.stretch, meeting.c.number))
            ]
    return [record for record in contents(connection, some) if _only_in(record, new)]


def _of_articles(wanted: Listed, level: str) -> bool:
    return wanted.in_articles or level == "articles"


def _meets(article: Record, ask: Ask) -> bool:
    return (not ask.language or article["language"] == ask.language) and (
        not ask.outlet or article["outlet"] == ask.outlet
    )


def _only_in(record: Record, articles: set[str]) -> bool:
    """True where nothing but these articles tells a record."""
    if record["kind"] == "article":
        return record["id"] in articles
    if record["kind"] == "storyline":
        return articles.issuperset(record["articles"])
    told = record["mentions"] if record["kind"] in ("actor", "place") else evidence_of(record)
    return bool(told) and all(one["article"] in articles for one in told)


def _actors(connection: sa.Connection, wanted: Listed) -> list[str]:
    """Ids of actors as their page lists them: those of most facts first."""
    ids = [name for name, _ in busiest(connection, ACTORS)]
    if wanted.query:
        within = called(connection, "actor", wanted.query, within=True)
        ids = [name for name in ids if name in set(within)] + sorted({*within} - {*ids})[:ACTORS]
    known = briefs(connection, ids)
    kinds = {name: brief.kind for name, brief in known.items() if brief.kind != "place"}
    return [name for name in ids if name in kinds and wanted.kind in ("", kinds[name])]
