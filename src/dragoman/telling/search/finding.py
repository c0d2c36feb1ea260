"""A query asked of a case: facts that meet all of it, best first; else the articles that do, and the nearest facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import sqlalchemy as sa

from dragoman.model.lines import Record
from dragoman.store import lookup
from dragoman.store.counts import Count
from dragoman.store.lookup import FACTS
from dragoman.store.questions import Ask, briefs, by_id, called, facts, meeting
from dragoman.telling.search.facets import facets_of
from dragoman.telling.search.marks import in_a_row, spans
from dragoman.telling.search.meaning import meaning_of
from dragoman.telling.search.query import Part, Query, parse_query
from dragoman.telling.search.terms import Term, term_of
from dragoman.telling.search.weighing import WEIGHED, all_of, best_of, excluded, some_of, weights_of
from dragoman.telling.wording import evidence_of

NEAREST = 50
"""Facts shown that meet only some of a query."""
ARTICLES = 50
"""Articles shown."""
NAMES = 12
"""Actors and places shown that a query names."""

NONE = Count(0)

Level = Literal["all", "articles", "some", "none"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        level: `all`: the facts meet the whole query; `articles`: no fact does, but articles do; `some`: facts that
            meet most of it; `none`: nothing does.
        facts: Best first, a page of them; `total` is how many there are, at least.
        articles: Best first; with `level` all, those too that meet the whole query.
        names: Actors and places that a word of the query names.
        marks: Stems of the words to be marked in texts.
        taken: (as typed, as taken) where nothing is written as typed.
        facets: kind, type, year, language, outlet or actor -> its values with how many facts have them.
        unmet: Words of the query that nothing in the case has.
        wrong: Sentences on what of the query could not be understood.
    """

    query: Query
    level: Level = "none"
    facts: list[Record] = field(default_factory=list)
    total: Count = NONE
    articles: list[Record] = field(default_factory=list)
    names: list[Record] = field(default_factory=list)
    marks: frozenset[str] = frozenset()
    taken: tuple[tuple[str, str], ...] = ()
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    unmet: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def search(
    connection: sa.Connection, text: str, limit: int = 30, skip: int = 0, wanted: Ask | None = None
) -> Found:
    """Ask a case; `wanted` are conditions besides those that the query itself names."""
    query = parse_query(text)
    ask, wrong = _conditions(connection, query, wanted)
    terms = [[term_of(connection, part) for part in group] for group in query.groups]
    flat = [term for group in terms for term in group]
    found = Found(
        query,
        names=_names(connection, flat),
        marks=frozenset(s for term in flat for s in term.written),
        wrong=(*query.wrong, *wrong),
    )
    if not terms:
        return found if found.wrong else _filtered(connection, found, ask, limit, skip)
    groups = [weights_of(connection, group) for group in terms]
    out = excluded(connection, query.without)
    full = all_of(connection, groups)
    best = best_of(connection, _admitted(connection, full, out, ask), full, terms)
    articles = _articles(connection, terms, query.without, ask)
    level: Level = "all" if best else "articles"
    unmet: tuple[str, ...] = ()
    if not best:
        near = some_of(groups)
        some = _admitted(connection, near, out, ask)
        best = best_of(connection, some, near, terms)[:NEAREST]
        level = "articles" if articles else "some" if best else "none"
        met_by_none = [group for group, g in zip(terms, groups, strict=True) if not g.of and not g.rest]
        unmet = tuple(term.part.text for group in met_by_none for term in group)
    return replace(
        found,
        level=level,
        facts=best[skip : skip + limit],
        total=Count(len(best), len(best) >= WEIGHED),
        articles=articles,
        facets=facets_of(connection, best),
        taken=tuple((t.part.text, _whole_word(t.taken, (*best, *articles))) for t in flat if t.taken),
        unmet=unmet,
    )


def _whole_word(stem: str, records: Sequence[Record]) -> str:
    """A stem as a word of what was found has it."""
    for record in records:
        for text in (record.get("text") or "", *(e["text"] for e in evidence_of(record))):
            for start, end in spans(text, frozenset((stem,))):
                return str(text[start:end])
    return stem


# --- conditions -------------------------------------------------------------------------------------


def _conditions(connection: sa.Connection, query: Query, wanted: Ask | None) -> tuple[Ask, tuple[str, ...]]:
    """The conditions of a query on top of those given, and what is wrong with them."""
    ask = replace(wanted or Ask(), kinds=FACTS)
    given, wrong = query.conditions, []
    if name := given.get("actor"):
        ids = [i for kind in lookup.NAMES for i in called(connection, kind, name)]
        ids = ids or list(term_of(connection, Part((name,))).names)
        ask = replace(ask, actors=tuple(ids))
        if not ids:
            wrong.append(f"no actor of the case is called {name!r}")
    if name := given.get("place"):
        ids = called(connection, "place", name) or called(connection, "actor", name)
        ask = replace(ask, place=ids[0] if ids else name)
        if not ids:
            wrong.append(f"no place of the case is called {name!r}")
    if kind := given.get("type"):
        codes = {code for code, _ in meaning_of(kind).codes}
        ask = replace(ask, types=tuple(sorted({kind.upper(), kind.lower(), *codes})))
    if kind := given.get("kind"):
        ask = replace(ask, kinds=(kind,) if kind in FACTS else FACTS)
        if kind not in FACTS:
            wrong.append(f"kind:{kind} is none of {', '.join(FACTS)}")
    plain = {key: given[key] for key in ("since", "until", "language", "outlet") if key in given}
    return replace(ask, **plain), tuple(wrong)  # type: ignore[arg-type]


def _admitted(connection: sa.Connection, weights: Mapping[int, float], out: set[int], ask: Ask) -> list[int]:
    """Numbers of the heaviest records that meet the conditions, `WEIGHED` of them at most; none of `out`."""
    ordered = sorted((n for n in weights if n not in out), key=lambda n: (-weights[n], n))
    if ask == Ask(kinds=FACTS):
        return ordered[:WEIGHED]
    found: list[int] = []
    for start in range(0, len(ordered), lookup.AT_ONCE):
        some = ordered[start : start + lookup.AT_ONCE]
        meet = meeting(connection, ask, some)
        found += [n for n in some if n in meet]
        if len(found) >= WEIGHED:
            break
    return found[:WEIGHED]


def _filtered(connection: sa.Connection, found: Found, ask: Ask, limit: int, skip: int) -> Found:
    """What meets the conditions, where a query has no words; nothing where it has none of either."""
    if replace(ask, sure=False) == Ask(kinds=FACTS):
        return found
    some = facts(connection, ask, WEIGHED)
    return replace(
        found,
        level="all" if some else "none",
        facts=some[skip : skip + limit],
        total=Count(len(some), len(some) >= WEIGHED),
        facets=facets_of(connection, some),
    )


# --- besides facts ----------------------------------------------------------------------------------


def _articles(
    connection: sa.Connection, terms: Sequence[Sequence[Term]], without: Sequence[Part], ask: Ask
) -> list[Record]:
    """The articles whose texts meet every group of a query that is no mere stretch of days."""
    groups = [
        lookup.expression(s for term in group for s in term.written)
        for group in terms
        if not any(term.part.period for term in group)
    ]
    ids = lookup.articles_with(connection, [g for g in groups if g], 2 * ARTICLES)
    if any(not g for g in groups):
        return []
    found = by_id(connection, ids)
    records = [found[i] for i in ids if i in found]
    days = [term.part.period for group in terms for term in group if term.part.period]
    phrases = [t.part.words for group in terms for t in group if len(t.part.words) > 1 and len(group) == 1]
    return [
        r
        for r in records
        if _article_meets(r, ask)
        and not any(in_a_row(r["text"], part.words) for part in without)
        and all(p is None or _published_in(r, p.first, p.last) or p.text in r["text"] for p in days)
        and all(in_a_row(r["text"], words) for words in phrases)
    ][:ARTICLES]


def _article_meets(article: Record, ask: Ask) -> bool:
    return (
        not (ask.language and article["language"] != ask.language)
        and not (ask.outlet and (article["outlet"] or "") != ask.outlet)
        and not ((ask.since or ask.until) and not _published_in(article, ask.since or "", ask.until or "~"))
    )


def _published_in(article: Record, first: str, last: str) -> bool:
    day = (article["published"] or {}).get("start") or (article["published"] or {}).get("end")
    return bool(day and first <= day <= last)


def _names(connection: sa.Connection, terms: Sequence[Term]) -> list[Record]:
    """Actors and places that words of the query name: of several words, those that most of them name."""
    n = Counter(name for term in terms for name in term.names)
    most = max(n.values(), default=0)
    ids = [name for name in dict.fromkeys(i for t in terms for i in t.names) if most == 1 or n[name] > 1]
    named = briefs(connection, ids[:NAMES])
    return [{"id": i, "name": named[i].name} for i in ids if i in named]
