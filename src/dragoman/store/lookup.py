"""What a search asks of the tables: numbers of records by words, by who takes part, by kind of event, by days.

Each answer is bounded: where more than `BOUND` records meet a condition, the answer is None (too many to list),
and the condition is then held against those that the other conditions leave (`among`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from dragoman.store import tables as t
from dragoman.store.rows import KINDS, first_number
from dragoman.store.stretches import UNDATED

BOUND = 20_000
"""Records that one condition may list."""

RANKED = 1_000
"""Articles that are held against each other; ranking more takes longer than reading the first of them."""

AT_ONCE = 500

SMALL_WORD = 3
"""Letters up to which a word of a name may be left out of its initials (*of*, *the*, *des*)."""

NAMES = ("actor", "place")
FACTS = tuple(kind for kind in KINDS if kind not in ("article", *NAMES))
"""Kinds that tell something; `storyline` and `dispute` among them."""
LEAST_OF_FACTS = min(map(first_number, FACTS))

_FORM = re.compile(r"[^\W_]+")
_NO_FORM = re.compile(r"[\"\x00\ud800-\udfff]")
"""What no stem of the index holds: the end of a quotation, of a string of C, and half a sign."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One condition on facts; what is empty asks nothing. Several of them are several ways to meet it.

    `expression`: of FTS5. `codes`: type and mode of events. `first`, `last`: days between which a fact begins
    (or ends, where its beginning is not known).
    """

    expression: str = ""
    actors: tuple[str, ...] = ()
    codes: tuple[tuple[str, str | None], ...] = ()
    first: str = ""
    last: str = ""


def expression(forms: Iterable[str]) -> str:
    """The FTS5 expression for any of some stems. Quoted, so that no operator gets in; "" for no stem."""
    return " OR ".join(f'"{form}"' for form in sorted(set(forms)) if not _NO_FORM.search(form))


def numbers(connection: sa.Connection, wanted: Wanted) -> set[int] | None:
    """Numbers of the facts that meet a condition; None where more than `BOUND` do."""
    found: set[int] = set()
    for way in _ways(wanted):
        if (
            connection.execute(sa.text(f"{way.query} LIMIT 1 OFFSET {BOUND}"), way.values).scalar()
            is not None
        ):
            return None  # told without fetching them
        found.update(connection.execute(sa.text(way.query), way.values).scalars())
        if len(found) > BOUND:
            return None
    return found


def first_of(connection: sa.Connection, wanted: Wanted, limit: int = BOUND) -> set[int]:
    """So many numbers of the facts that meet a condition, which may be but a part of them."""
    some = (
        connection.execute(sa.text(f"{way.query} LIMIT {limit}"), way.values).scalars()
        for way in _ways(wanted)
    )
    return set(sorted({number for way in some for number in way})[:limit])


def among(connection: sa.Connection, wanted: Wanted, some: Iterable[int]) -> set[int]:
    """Those of some records that meet a condition; no others are looked at."""
    rest, found = sorted(some), set[int]()
    for way in _ways(wanted):
        if len(rest) > AT_ONCE and not wanted.first:  # of many, asking for each would take longer
            column = "rowid" if "record_words" in way.query else "number"
            within = f"{way.query} AND +{column} IN (SELECT value FROM json_each(:numbers))"
            listed = {"numbers": json.dumps(rest)}
            found.update(connection.execute(sa.text(within), {**way.values, **listed}).scalars())
            continue
        for start in range(0, len(rest), AT_ONCE):
            some_of = ",".join(map(str, rest[start : start + AT_ONCE]))
            found.update(connection.execute(sa.text(f"{way.among} IN ({some_of})"), way.values).scalars())
    return found


class _Way(NamedTuple):
    """A query for the numbers of what meets a condition, with its values; `among`: the same, to be ended by the numbers
    of those that are looked at. With a plus, SQLite goes by these alone."""

    query: str
    among: str
    values: Mapping[str, object]


_TOLD = f"kind IN ({','.join(repr(kind) for kind in FACTS)})"
_RECORD = "SELECT number FROM record WHERE "
_ACTORS = "IN (SELECT value FROM json_each(:actors))"


def _ways(wanted: Wanted) -> list[_Way]:
    ways: list[_Way] = []

    def of_records(conditions: str, values: Mapping[str, object]) -> None:
        plain = conditions.replace("+", "")
        ways.append(_Way(f"{_RECORD}{plain}", f"{_RECORD}{conditions} AND number", values))

    if wanted.expression:
        # The number of a record begins with its kind: names come before what is told (`rows.number_of`).
        words = "SELECT rowid FROM record_words WHERE record_words MATCH :expression AND rowid >= :least"
        ways.append(
            _Way(words, f"{words} AND rowid", {"expression": wanted.expression, "least": LEAST_OF_FACTS})
        )
    if wanted.actors:
        values = {"actors": json.dumps(wanted.actors)}
        theirs = f"SELECT 1 FROM side s WHERE s.actor {_ACTORS} AND s.kind = record.kind"
        one = f"{theirs} AND s.stretch = record.stretch AND s.number = record.number"
        side = f"SELECT number FROM side WHERE actor {_ACTORS} AND {_TOLD}"
        ways.append(_Way(side, f"{_RECORD}+{_TOLD} AND EXISTS ({one}) AND number", values))
        of_records(f"+{_TOLD} AND +place {_ACTORS}", values)
    for kind, mode in wanted.codes:
        of_mode = {None: "mode IS NULL", "*": "TRUE"}.get(mode, "mode = :mode")
        code = {"type": kind, **({"mode": mode} if ":mode" in of_mode else {})}
        of_records(f"+kind = 'event' AND +type = :type AND {of_mode}", code)
    if wanted.first:
        days = {"early": wanted.first, "late": f"{wanted.last}/{UNDATED}"}
        of_records(f"+{_TOLD} AND +stretch >= :early AND +stretch < :late", days)
    return ways


def forms_of(connection: sa.Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    """What actors and places are called, in small letters, by their ids; these are not among it."""
    f, found = t.form.c, dict[str, list[str]]()
    for start in range(0, len(ids), AT_ONCE):
        query = sa.select(f.id, f.form).where(f.id.in_(ids[start : start + AT_ONCE]))
        for ref, form in connection.execute(
            query.where(f.form != sa.func.lower(f.id)).order_by(f.id, f.form)
        ):
            found.setdefault(ref, []).append(form)
    return found


def names_with(connection: sa.Connection, forms: Iterable[str], limit: int = 200) -> list[str]:
    """Ids of actors and places one of whose forms holds one of some stems."""
    query = sa.text(
        "SELECT record.id FROM record_words CROSS JOIN record ON record.number = record_words.rowid "
        "WHERE record_words MATCH :expression AND record_words.rowid < :least AND record.kind IN ('actor', 'place') "
        "ORDER BY record_words.rowid LIMIT :limit"  # as the index has them: all names may share a word
    )
    asked = {"expression": expression(forms), "least": LEAST_OF_FACTS, "limit": limit}
    return list(connection.execute(query, asked).scalars()) if asked["expression"] else []


def words_of_names(connection: sa.Connection, limit: int = 60_000) -> dict[str, set[str]]:
    """Each word of what actors and places are called -> their ids; of at most so many forms."""
    f = t.form.c
    found: dict[str, set[str]] = {}
    for form, ref in connection.execute(sa.select(f.form, f.id).where(f.kind.in_(NAMES)).limit(limit)):
        if form != ref:
            for word in _FORM.findall(form):
                found.setdefault(word, set()).add(ref)
    return found


def names_of_initials(connection: sa.Connection, initials: str, limit: int = 60_000) -> list[str]:
    """Ids of actors whose name in several words has these initials, small words aside; of at most so many forms."""
    f = t.form.c
    wanted, found = initials.casefold(), set()
    for form, ref in connection.execute(sa.select(f.form, f.id).where(f.kind.in_(NAMES)).limit(limit)):
        words = _FORM.findall(form)
        if len(words) >= len(wanted) and wanted in (
            "".join(w[0] for w in words),
            "".join(w[0] for w in words if len(w) > SMALL_WORD),
        ):
            found.add(ref)
    return sorted(found)


def vocabulary(connection: sa.Connection, initial: str, articles: bool = False) -> dict[str, int]:
    """Stems of the index that begin with a letter -> how many records (or articles) have them."""
    table = "article_words" if articles else "record_words"
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_terms USING fts5vocab(main, {table}, row)"
    )
    query = sa.text(f"SELECT term, doc FROM temp.{table}_terms WHERE term >= :a AND term < :b LIMIT {BOUND}")
    rows = connection.execute(query, {"a": initial, "b": initial + "\U0010ffff"})
    return {row.term: int(row.doc) for row in rows}


def articles_with(connection: sa.Connection, groups: Sequence[str], limit: int) -> list[str]:
    """Ids of articles whose texts meet all of some FTS5 expressions, best first.

    Where more than `RANKED` do, the words tell none of these from another, and the first of them are taken.
    """
    asked = {"whole": " AND ".join(f"({one})" for one in groups), "limit": limit}
    if not groups:
        return []
    matching = "FROM article_words {0} WHERE article_words MATCH :whole"
    many = connection.execute(
        sa.text(f"SELECT 1 {matching.format('')} LIMIT 1 OFFSET {RANKED}"), asked
    ).scalar()
    order = "" if many else "ORDER BY bm25(article_words), article.id"
    named = matching.format("CROSS JOIN article ON article.rowid = article_words.rowid")
    return list(
        connection.execute(sa.text(f"SELECT article.id {named} {order} LIMIT :limit"), asked).scalars()
    )


def has_words(connection: sa.Connection, forms: Iterable[str]) -> bool:
    """True where a fact, a name or an article has one of some stems."""
    asked = {"expression": expression(forms)}
    return bool(asked["expression"]) and any(
        connection.execute(
            sa.text(f"SELECT 1 FROM {table} WHERE {table} MATCH :expression LIMIT 1"), asked
        ).scalar()
        for table in ("record_words", "article_words")
    )
