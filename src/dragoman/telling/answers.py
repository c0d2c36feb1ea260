"""The questions that scripts and assistants ask of a case, with answers that carry their proof.

Each answer is a plain dictionary, bounded in size, with names written out. A fact comes with the exact words that
show it and where these were printed, so whoever passes it on can cite it. Nothing here writes to the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dragoman.model.lines import Json, Record
from dragoman.model.standing import STANDINGS, Standing, standing_of
from dragoman.store.counts import company, count
from dragoman.store.lookup import FACTS
from dragoman.store.questions import Ask, briefs, by_id, called, facts, held_on, parties
from dragoman.telling.name_book import NameBook
from dragoman.telling.promises import board, counted_day
from dragoman.telling.wording import brief, days, evidence_of, refs_of, source_of

if TYPE_CHECKING:
    from dragoman.telling.asked import Asked

Answer = Json

MOST = 100
"""Facts of one answer."""
QUOTED = 2
"""Quoted words of a fact in a list; all of them are given where one fact is asked for."""


class NotInCase(LookupError):
    """No record of the case is what was asked for; the message says what to do."""


TOLD = "entry"
"""The kind of record that a chronology is made of."""


def told(connection: sa.Connection, records: Sequence[Record], quoted: int | None = QUOTED) -> list[Answer]:
    """Records in words, each with what shows it (all of that where `quoted` is None)."""
    book = NameBook(list(parties(connection, sorted({ref for r in records for ref in refs_of(r)})).values()))
    shown = {r["id"]: evidence_of(r)[:quoted] for r in records}
    articles = by_id(connection, sorted({e["article"] for some in shown.values() for e in some}))
    return [_told(record, book, shown[record["id"]], articles) for record in records]


def _told(record: Record, book: NameBook, shown: Iterable[Record], articles: dict[str, Record]) -> Answer:
    answer: Answer = {"id": record["id"], "kind": record["kind"], "says": brief(record, book)}
    when = next((record[f] for f in ("when", "valid", "due") if record.get(f)), None)
    if record["kind"] == "entry":
        answer["when"] = days(record)
    elif when:
        answer |= {"when": days(when), "how_the_day_is_known": when.get("why", "")}
    if record["kind"] == "commitment":
        answer["standing"] = standing_of(record)
    for field in ("status", "outcome", "confidence", "independent"):
        if record.get(field) is not None:
            answer[field] = record[field]
    answer["words"] = [_quoted(e, articles[e["article"]]) for e in shown if e["article"] in articles]
    answer["told_by"] = len({e["article"] for e in evidence_of(record)})
    return answer


def _quoted(evidence: Record, article: Record) -> Answer:
    return {
        "text": " ".join(evidence["text"].split()),
        "source": source_of(article),
        "published": days(article["published"]),
        "url": article["url"],
        "article": article["id"],
        "start": evidence["start"],
        "end": evidence["end"],
    }


# --- questions --------------------------------------------------------------------------------------


def chronology(
    connection: sa.Connection,
    since: str | None = None,
    until: str | None = None,
    actor: str | None = None,
    doubtful: bool = False,
    limit: int = 30,
    skip: int = 0,
) -> Answer:
    """What happened, by day; days are ISO and included. `next_skip` goes on where this page ends.

    Raises:
        NotInCase: no actor of the case has the name.
    """
    ask = Ask(kinds=(TOLD,), since=since, until=until, actors=_named(connection, actor) if actor else ())
    page = facts(connection, ask, min(limit, MOST), skip)
    kept = [r for r in page if doubtful or not _is_doubtful(r)]
    total = count(connection, ask, skip)
    after = skip + len(page)
    return {
        "total": int(total),
        "more_than_total": total.more,
        "doubtful_left_out": len(page) - len(kept),
        "facts": told(connection, kept),
        "next_skip": after if page and after < total else None,
    }


def _is_doubtful(record: Record) -> bool:
    return bool(record["doubtful"])


def found(connection: sa.Connection, query: str, limit: int = 20) -> Answer:
    """What a search finds, see `telling.search`."""
    from dragoman.telling.search import search
    from dragoman.telling.search.marks import excerpt
    from dragoman.telling.search.sentences import how

    answer = search(connection, query, min(limit, MOST))
    return {
        "how_it_was_met": answer.level,
        "notes": list(how(answer)),
        "total": int(answer.total),
        "more_than_total": answer.total.more,
        "facts": told(connection, answer.facts),
        "articles": [
            {
                "id": a["id"],
                "title": a["title"],
                "source": source_of(a),
                "published": days(a["published"]),
                "url": a["url"],
                "around": excerpt(a["text"], answer.marks),
            }
            for a in answer.articles[: min(limit, MOST)]
        ],
        "names": answer.names,
    }


def fact(connection: sa.Connection, name: str) -> Answer:
    """One fact with all words that show it.

    Raises:
        NotInCase: no fact has the id.
    """
    record = by_id(connection, [name]).get(name)
    if record is None or record["kind"] not in FACTS:
        raise NotInCase(f"no fact of the case has the id {name!r}; search and chronology give ids")
    return told(connection, [record], None)[0]


def actor(connection: sa.Connection, name: str, limit: int = 20) -> Answer:
    """An actor (or place) by any of its names: what it is called, its roles, with whom it acts, what is told of it.

    Raises:
        NotInCase: no actor of the case has the name.
    """
    refs = _named(connection, name)
    record = by_id(connection, refs[:1])[refs[0]]
    roles = record.get("roles", [])
    others = company(connection, refs[0], 10)
    names = briefs(connection, [*(r["of"] for r in roles if r.get("of")), *(ref for ref, _ in others)])
    ask = Ask(actors=(refs[0],)) if record["kind"] == "actor" else Ask(place=refs[0])
    return {
        "id": record["id"],
        "name": record["name"],
        "kind": record.get("type", record["kind"]),
        "forms": record["forms"][:MOST],
        "roles": [
            {"title": r["title"], "of": names[r["of"]].name if r.get("of") in names else None} for r in roles
        ],
        "mentions": len(record.get("mentions", [])),
        "acts_with": [{"id": ref, "name": names[ref].name, "events": n} for ref, n in others if ref in names],
        "others_of_this_name": list(refs[1:]),
        "facts": told(connection, facts(connection, ask, min(limit, MOST))),
    }


def as_of(case: Asked, day: str, known: str | None = None, limit: int = 20) -> Answer:
    """What held on a day, as it was known on a day (default: as it is known now). Days are ISO."""
    from dragoman.telling.asof import as_of as holding

    then = case.known_on(known) if known else None
    with case.file.asking() as connection:
        answer: Answer = {}
        for kind, some in holding(held_on(connection, day, MOST) if then is None else then, day).items():
            shown = [r for _, r in some[: min(limit, MOST)]]
            sure = [s for s, _ in some]
            answer[kind] = [
                {"holds": s, **one} for s, one in zip(sure, told(connection, shown), strict=False)
            ]
    return answer


def disputes(connection: sa.Connection, limit: int = 20, skip: int = 0) -> Answer:
    """Where sources differ: the claims side by side, each with its words. No verdict is given."""
    ask = Ask(kinds=("dispute",))
    page = facts(connection, ask, min(limit, MOST), skip)
    articles = by_id(
        connection, sorted({e["article"] for d in page for c in d["claims"] for e in c["evidence"]})
    )
    return {
        "total": int(count(connection, ask, skip)),
        "disputes": [
            {
                "id": dispute["id"],
                "about": dispute["about"],
                "kind": dispute["dispute_kind"],
                "claims": [
                    {
                        "value": claim["value"],
                        "independent": claim["independent"],
                        "words": [
                            _quoted(e, articles[e["article"]])
                            for e in claim["evidence"][:QUOTED]
                            if e["article"] in articles
                        ],
                    }
                    for claim in dispute["claims"]
                ],
            }
            for dispute in page
        ],
    }


def promises(
    connection: sa.Connection,
    day: str | None = None,
    actor: str | None = None,
    standing: Standing | None = None,
    limit: int = 20,
    skip: int = 0,
) -> Answer:
    """How promises stand on a day (ISO; default: that of the case's latest article), each with its words and outcome.

    Raises:
        NotInCase: no actor of the case has the name.
    """
    against = counted_day(connection, day)
    wanted = Ask(actors=_named(connection, actor) if actor else ())
    only = (standing,) if standing else STANDINGS
    found = board(connection, against, wanted, only, min(limit, MOST), skip)
    return {
        "counted_against": against,
        "promises": {name: {"total": int(total), "cards": some} for name, (total, some) in found.items()},
    }


def _named(connection: sa.Connection, name: str) -> tuple[str, ...]:
    """Ids of the actors, else places, that bear a name; the nearest where it is written otherwise."""
    from dragoman.telling.search.query import Part
    from dragoman.telling.search.terms import term_of

    refs = called(connection, "actor", name) or called(connection, "place", name)
    if not refs and " " not in name.strip():
        refs = list(term_of(connection, Part((name.strip(),))).names)
    if not refs:
        raise NotInCase(f"no actor of the case is called {name!r}; search finds names in other spellings")
    return tuple(refs)
