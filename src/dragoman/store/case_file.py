"""The case as a file: what goes in, what comes out. The only module that runs SQL on a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from dragoman.model import (
    Actor,
    Article,
    ArticleRecord,
    CaseRecord,
    Decision,
    Dispute,
    Place,
    Reading,
    SetAside,
    Storyline,
)
from dragoman.store import tables as t
from dragoman.store.errors import CaseError
from dragoman.store.schema import explain, open_engine
from dragoman.store.words import STEMMERS, indexed, match_expression

_pack = msgspec.msgpack.Encoder().encode
_unpack_article = msgspec.msgpack.Decoder(Article).decode
_unpack_reading = msgspec.msgpack.Decoder(Reading).decode
_unpack_decision = msgspec.msgpack.Decoder(Decision).decode
_to_json = msgspec.json.Encoder().encode

KINDS = (
    "article",
    "actor",
    "place",
    "event",
    "statement",
    "figure",
    "state",
    "commitment",
    "dispute",
    "storyline",
)
"""The kinds of record, in the order in which they are exported."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An article with its reading and the vector of its headline and lead (512 float32), if it has one."""

    article: Article
    reading: Reading
    vector: np.ndarray | None


class CaseFile:
    """One case on disk. Use as a context manager, or call `close`."""

    def __init__(self, path: Path, create: bool = False) -> None:
        """Open the case, make its tables or bring them up to date.

        Raises:
            CaseError: see `schema.open_engine`.
        """
        self.path = path
        self.engine = open_engine(path, create)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> CaseFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        try:
            with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
                yield connection
        except sa.exc.DatabaseError as error:
            raise CaseError(explain(self.path, error)) from error

    @contextmanager
    def asking(self) -> Iterator[sa.Connection]:
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except sa.exc.DatabaseError as error:
            raise CaseError(explain(self.path, error)) from error

    # --- what was read ---------------------------------------------------------------------------

    def add(self, stored: Sequence[Stored]) -> None:
        """Commit articles with their readings, all or none. One that is there already only gains its path."""
        with self._writing() as connection:
            for one in stored:
                slim = msgspec.structs.replace(one.article, text="")
                connection.execute(
                    insert(t.article)
                    .values(
                        id=one.article.id,
                        language=one.article.language,
                        outlet=one.article.outlet,
                        content=_pack(slim),
                        text=one.article.text,
                        reading=_pack(one.reading),
                        vector=None if one.vector is None else one.vector.astype("<f4").tobytes(),
                    )
                    .on_conflict_do_nothing()
                )
                self._add_path(connection, one.article.id, one.article.path)

    @staticmethod
    def _index_articles(connection: sa.Connection) -> None:
        """Index the words of articles that are not in the index yet."""
        missing = sa.text(
            "SELECT id, language, text FROM article WHERE id NOT IN (SELECT article FROM article_words)"
        )
        rows = [{"id": r.id, "words": indexed(r.text, r.language)} for r in connection.execute(missing)]
        if rows:
            connection.execute(
                sa.text("INSERT INTO article_words (article, words) VALUES (:id, :words)"), rows
            )

    def found_again(self, article: str, path: str) -> None:
        """Note that an article of the case was found at `path` too."""
        with self._writing() as connection:
            self._add_path(connection, article, path)

    @staticmethod
    def _add_path(connection: sa.Connection, article: str, path: str) -> None:
        connection.execute(insert(t.article_path).values(article=article, path=path).on_conflict_do_nothing())
        connection.execute(sa.delete(t.set_aside).where(t.set_aside.c.path == path))

    def put_aside(self, items: Iterable[SetAside]) -> None:
        """Keep what could not be read, with its reason."""
        rows = [{"path": i.path, "reason": i.reason, "hint": i.hint} for i in items]
        if rows:
            with self._writing() as connection:
                for row in rows:
                    connection.execute(
                        insert(t.set_aside)
                        .values(row)
                        .on_conflict_do_update(index_elements=["path"], set_=row)
                    )

    def paths(self) -> dict[str, str]:
        """Path -> article id, for everything read."""
        with self.asking() as connection:
            rows = connection.execute(sa.select(t.article_path.c.path, t.article_path.c.article))
            return {row.path: row.article for row in rows}

    def article_ids(self) -> list[str]:
        with self.asking() as connection:
            return list(connection.execute(sa.select(t.article.c.id).order_by(t.article.c.id)).scalars())

    def set_aside(self) -> list[SetAside]:
        with self.asking() as connection:
            rows = connection.execute(sa.select(t.set_aside).order_by(t.set_aside.c.path))
            return [SetAside(path=r.path, reason=r.reason, hint=r.hint) for r in rows]

    def stored(self) -> Iterator[Stored]:
        """Everything read, in the order of article ids. `path` is the first of the article's paths."""
        first = sa.select(t.article_path.c.article, sa.func.min(t.article_path.c.path).label("path"))
        first_path = first.group_by(t.article_path.c.article).subquery()
        query = (
            sa.select(t.article, first_path.c.path)
            .join(first_path, first_path.c.article == t.article.c.id)
            .order_by(t.article.c.id)
        )
        with self.asking() as connection:
            for row in connection.execute(query):
                yield Stored(
                    msgspec.structs.replace(_unpack_article(row.content), text=row.text, path=row.path),
                    _unpack_reading(row.reading),
                    None if row.vector is None else np.frombuffer(row.vector, "<f4"),
                )

    # --- what people decided ---------------------------------------------------------------------

    def decide(self, decision: Decision) -> int:
        """Keep a decision; its number is how it is undone."""
        with self._writing() as connection:
            row = (
                sa.insert(t.decision).values(content=_pack(decision), undone=0).returning(t.decision.c.number)
            )
            return int(connection.execute(row).scalar_one())

    def undo(self, number: int | None = None) -> int | None:
        """Take back a decision (the last that stands, by default), which stays in the history as undone.

        Returns its number, or None where there is no such decision that stands.
        """
        with self._writing() as connection:
            standing = sa.select(sa.func.max(t.decision.c.number)).where(t.decision.c.undone == 0)
            if number is not None:
                standing = standing.where(t.decision.c.number == number)
            found = connection.execute(standing).scalar()
            if found is not None:
                connection.execute(sa.update(t.decision).where(t.decision.c.number == found).values(undone=1))
            return found

    def decisions(self) -> list[tuple[int, Decision, bool]]:
        """All decisions with their number, oldest first; the last field is True where it still stands."""
        with self.asking() as connection:
            rows = connection.execute(sa.select(t.decision).order_by(t.decision.c.number))
            return [(r.number, _unpack_decision(r.content), not r.undone) for r in rows]

    # --- what was computed -----------------------------------------------------------------------

    def state_of_reading(self) -> str:
        """A digest of what linking depends on: articles, their paths and the decisions that stand."""
        digest = sha256()
        with self.asking() as connection:
            for table, order in ((t.article_path, ("article", "path")), (t.decision, ("number", "undone"))):
                columns = [table.c[name] for name in order]
                for row in connection.execute(sa.select(*columns).order_by(*columns)):
                    digest.update(repr(tuple(row)).encode())
        return digest.hexdigest()

    def is_linked(self) -> bool:
        """True where the computed tables were made from all that is in the case now."""
        with self.asking() as connection:
            made_from = connection.execute(sa.select(t.note.c.value).where(t.note.c.key == "linked")).scalar()
        return made_from == self.state_of_reading()

    def replace_records(self, records: Iterable[CaseRecord], made_from: str) -> None:
        """Put the records of a link in place of those before, in one transaction.

        `made_from` is `state_of_reading` as it was when linking began.
        """
        rows, sides, told, parts, words = [], [], [], [], []
        languages = self._languages()
        for record in records:
            row, record_sides, articles = _columns(record)
            rows.append(row)
            sides += record_sides
            told += articles
            if isinstance(record, Storyline):
                parts += [
                    {"storyline": record.id, "record": r} for r in sorted({*record.articles, *record.events})
                ]
            if record_words := _words(record, languages):
                words.append({"id": record.id, "words": record_words})
        with self._writing() as connection:
            self._index_articles(connection)
            connection.exec_driver_sql("DELETE FROM record_words")
            if words:
                connection.execute(
                    sa.text("INSERT INTO record_words (record, words) VALUES (:id, :words)"), words
                )
            for table in (t.part, t.told_in, t.side, t.record):
                connection.execute(sa.delete(table))
            for table, values in ((t.record, rows), (t.side, sides), (t.told_in, told), (t.part, parts)):
                if values:
                    connection.execute(sa.insert(table), values)
            connection.execute(
                insert(t.note)
                .values(key="linked", value=made_from)
                .on_conflict_do_update(index_elements=["key"], set_={"value": made_from})
            )

    def _languages(self) -> dict[str, str]:
        with self.asking() as connection:
            return {
                r.id: r.language for r in connection.execute(sa.select(t.article.c.id, t.article.c.language))
            }

    def search(self, query: str, facts: bool, limit: int = 50) -> list[dict[str, Any]]:
        """Facts (or articles) with all words of the query, best first, as in the export."""
        expression = match_expression(query)
        if not expression:
            return []
        table, column = ("record_words", "record") if facts else ("article_words", "article")
        found = sa.text(
            f"SELECT record.content FROM {table} JOIN record ON record.id = {table}.{column} "
            f"WHERE {table} MATCH :expression ORDER BY bm25({table}), record.id LIMIT :limit"
        )
        with self.asking() as connection:
            rows = connection.execute(found, {"expression": expression, "limit": limit}).scalars()
            return [msgspec.json.decode(row) for row in rows]

    def lines(self, kinds: Sequence[str] = KINDS) -> Iterator[bytes]:
        """Records as JSON lines (no line break), by kind, then id."""
        with self.asking() as connection:
            for kind in kinds:
                query = sa.select(t.record.c.content).where(t.record.c.kind == kind).order_by(t.record.c.id)
                yield from connection.execute(query).scalars()

    def records(self, kind: str) -> list[dict[str, Any]]:
        """All records of a kind as plain dictionaries, in the form of the export."""
        return [msgspec.json.decode(line) for line in self.lines((kind,))]


def _words(record: CaseRecord, languages: dict[str, str]) -> str:
    """What a fact is found by: the words that show it. Articles have an index of their own."""
    if isinstance(record, ArticleRecord):
        return ""
    if isinstance(record, Actor | Place):
        return " ".join(indexed(form, code) for form in (record.name, *record.forms) for code in STEMMERS)
    shown = {(e.text, languages.get(e.article, "")) for e in getattr(record, "evidence", ())}
    if isinstance(record, Dispute):
        shown = {(e.text, languages.get(e.article, "")) for c in record.claims for e in c.evidence}
    if isinstance(record, Storyline):
        shown = {(record.title, "en")}
    return " ".join(indexed(text, language) for text, language in sorted(shown))


def _columns(record: CaseRecord) -> tuple[dict[str, Any], list[dict[str, str]], list[dict[str, str]]]:
    """A record as a row of `record`, its rows of `side` and its rows of `told_in`."""
    when = next(
        (getattr(record, f) for f in ("when", "valid", "due", "published") if hasattr(record, f)), None
    )
    row = {
        "id": record.id,
        "kind": record.__struct_config__.tag,
        "type": getattr(record, "type", None) or getattr(record, "measure", None),
        "status": getattr(record, "status", None) or getattr(record, "outcome", None),
        "first": when.start if when else None,
        "last": when.end if when else None,
        "known_from": getattr(record, "known_from", None),
        "place": getattr(record, "place", None),
        "confidence": getattr(record, "confidence", None),
        "independent": getattr(record, "independent", None),
        "content": _to_json(record),
    }
    sides = []
    for role in ("who", "whom", "by", "to", "speaker", "subject", "object"):
        filled = getattr(record, role, None) or ()
        actors = {filled} if isinstance(filled, str) else set(filled)
        sides += [{"record": record.id, "actor": actor, "role": role} for actor in sorted(actors)]
    told = {e.article for e in getattr(record, "evidence", ())}
    return row, sides, [{"record": record.id, "article": a} for a in sorted(told)]
