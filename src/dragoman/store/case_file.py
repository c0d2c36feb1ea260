"""The case as a file: what goes in, what comes out. The only module that runs SQL on a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from dragoman.model import REST, Article, CaseRecord, Doubt, Reading, Removed, SetAside, When, unread_of
from dragoman.model.lines import Record
from dragoman.store import known, seen
from dragoman.store import tables as t
from dragoman.store.copying import copy
from dragoman.store.decided import Decided, count_on, note_of
from dragoman.store.errors import Damaged
from dragoman.store.known import Kept
from dragoman.store.packing import ARTICLES, READINGS, RECORDS, pack_vector, unpack_vector
from dragoman.store.place import SEALED
from dragoman.store.renew import compare, renew
from dragoman.store.rows import KINDS, Origin
from dragoman.store.whole import ARTICLE, Value, called, digest, held, is_whole, line_of
from dragoman.store.words import indexed

_pack = msgspec.msgpack.Encoder().encode
_unpack_article = msgspec.msgpack.Decoder(Article).decode


class _Published(msgspec.Struct, frozen=True):
    """Of an article or a reading, its date alone."""

    published: When | None = None


_unpack_published = msgspec.msgpack.Decoder(_Published).decode
_unpack_reading = msgspec.msgpack.Decoder(Reading).decode
_read_doubt = msgspec.json.Decoder(Doubt).decode


@dataclass(frozen=True, slots=True)
class Stored:
    """An article with its reading and the vector of its headline and lead (512 float32), if it has one."""

    article: Article
    reading: Reading
    vector: np.ndarray | None


class CaseFile(Decided):
    """One case on disk: what goes in and what comes out."""

    def copy_to(self, to: Path) -> None:
        """Write the case as it is now to another file, while others read it or write to it.

        One that is too large to be held against its seal whenever it is opened is checked here, row by row.

        Raises:
            Damaged: it is not what was written; a copy would go on with that.
            CaseError: there is a file of that name, or it cannot be written.
        """
        if self.place.size() > SEALED:
            self.check()
        with self.asking() as connection:
            copy(connection, to)

    def check(self) -> None:
        """Hold every row of the truth and of the records against its digest, and the tables against their indexes.

        Raises:
            Damaged: something is not what was written.
        """
        with self.asking() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        if found != "ok":
            raise Damaged(self.path, str(found))
        for rows in (self.stored(), self.lines()):
            for _ in rows:
                pass
        self.decisions()

    # --- what was read ---------------------------------------------------------------------------

    def add(self, stored: Sequence[Stored]) -> list[SetAside]:
        """Commit articles with their readings, all or none. One that is there already only gains its path.

        What of them was not read is set aside, and comes back.
        """
        unread = [rest for one in stored if (rest := unread_of(one.article, one.reading)) is not None]
        rows: list[dict[str, Value]] = [
            {
                "id": one.article.id,
                "language": one.article.language,
                "outlet": one.article.outlet,
                "content": ARTICLES.pack(_pack(one.article)),
                "text": "",
                "reading": READINGS.pack(_pack(one.reading)),
                "vector": None if one.vector is None else pack_vector(one.vector),
            }
            for one in stored
        ]
        for article in rows:
            article["digest"] = digest(*(article[name] for name in ARTICLE))
        if rows:
            with self._writing() as connection:
                connection.execute(insert(t.article).on_conflict_do_nothing(), rows)
                self._add_paths(connection, [(one.article.id, one.article.path) for one in stored])
                self._put_aside(connection, unread)
        return unread

    @staticmethod
    def _index_articles(connection: sa.Connection) -> None:
        """Index the words of articles that are not in the index yet."""
        missing = sa.text(
            "SELECT rowid, language, content, text FROM article "
            "WHERE rowid NOT IN (SELECT id FROM article_words_docsize) "
            "AND (SELECT count(*) FROM article) > (SELECT count(*) FROM article_words_docsize)"
        )
        found = connection.execute(missing)
        rows = ({"number": r.rowid, "words": indexed(_article_of(r).text, r.language)} for r in found)
        while some := list(islice(rows, 1000)):
            connection.execute(
                sa.text("INSERT INTO article_words (rowid, words) VALUES (:number, :words)"), some
            )

    def found_again(self, found: Sequence[tuple[str, str]]) -> None:
        """Note that articles of the case were found elsewhere too: pairs of article and path."""
        if found:
            with self._writing() as connection:
                self._add_paths(connection, found)

    @staticmethod
    def _add_paths(connection: sa.Connection, found: Sequence[tuple[str, str]]) -> None:
        rows = [{"article": article, "path": path} for article, path in found]
        connection.execute(insert(t.article_path).on_conflict_do_nothing(), rows)
        connection.execute(
            sa.delete(t.set_aside).where(t.set_aside.c.path == sa.bindparam("was")),
            [{"was": was} for _, path in found for was in (path, path + REST)],
        )
        count_on(connection)

    def put_aside(self, items: Iterable[SetAside]) -> None:
        """Keep what could not be read, with its reason."""
        rows = list(items)
        if rows:
            with self._writing() as connection:
                self._put_aside(connection, rows)

    @staticmethod
    def _put_aside(connection: sa.Connection, items: Iterable[SetAside]) -> None:
        rows = [{"path": i.path, "reason": i.reason, "hint": i.hint} for i in items]
        if rows:
            keep = insert(t.set_aside)
            said = {"reason": keep.excluded.reason, "hint": keep.excluded.hint}
            connection.execute(keep.on_conflict_do_update(index_elements=["path"], set_=said), rows)

    def paths(self) -> dict[str, str]:
        """Path -> article id, for everything read."""
        with self.asking() as connection:
            rows = connection.execute(sa.select(t.article_path.c.path, t.article_path.c.article))
            return {row.path: row.article for row in rows}

    def versions(self, article: str, limit: int) -> list[str]:
        """Other articles that were found where this one was: earlier and later texts of one file or page."""
        p = t.article_path.c
        same = sa.select(p.path).where(p.article == article)
        others = (
            sa.select(p.article).where(p.path.in_(same), p.article != article).distinct().order_by(p.article)
        )
        with self.asking() as connection:
            return list(connection.execute(others.limit(limit)).scalars())

    def article_ids(self) -> list[str]:
        with self.asking() as connection:
            return list(connection.execute(sa.select(t.article.c.id).order_by(t.article.c.id)).scalars())

    def set_aside(self, limit: int | None = None) -> list[SetAside]:
        """What could not be read, by path."""
        with self.asking() as connection:
            rows = connection.execute(sa.select(t.set_aside).order_by(t.set_aside.c.path).limit(limit))
            return [SetAside(path=r.path, reason=r.reason, hint=r.hint) for r in rows]

    def stored(self, raw: bool = True) -> Iterator[Stored]:
        """Everything read, in the order of article ids. `path` is the first of the article's paths.

        `raw`: with the text as it came and the way back to it, which are as long as the text itself.
        """
        first = sa.select(t.article_path.c.article, sa.func.min(t.article_path.c.path).label("path"))
        first_path = first.group_by(t.article_path.c.article).subquery()
        query = (
            sa.select(t.article, first_path.c.path)
            .join(first_path, first_path.c.article == t.article.c.id)
            .order_by(t.article.c.id)
        )
        with self.asking() as connection:
            for row in connection.execute(query):
                if not is_whole(row._mapping, ARTICLE):
                    raise Damaged(self.path, f"article {row.id} is not what was written")
                article = msgspec.structs.replace(_article_of(row), path=row.path)
                if not raw:
                    article = msgspec.structs.replace(article, raw="", removed=(), way_back=())
                yield Stored(
                    article,
                    _unpack_reading(READINGS.unpack(row.reading)),
                    None if row.vector is None else unpack_vector(row.vector),
                )

    def removed(self, article: str) -> tuple[Removed, ...]:
        """What cleaning took out of an article, in order; nothing for an article that is not there."""
        with self.asking() as connection:
            content = connection.execute(
                sa.select(t.article.c.content).where(t.article.c.id == article)
            ).scalar()
            return _unpack_article(ARTICLES.unpack(content)).removed if content else ()

    # --- what people have seen ---------------------------------------------------------------------

    def mark_seen(self, at: str, first: bool = False) -> None:
        """Mark what is in the case as seen at an ISO moment; with `first` only where nothing was marked yet."""
        with self._writing() as connection:
            if not first or seen.last_mark(connection) is None:
                seen.mark(connection, at)

    def mark_back(self) -> bool:
        """Let the mark before the last stand again; False where there is none."""
        with self._writing() as connection:
            return seen.go_back(connection)

    # --- what was computed -----------------------------------------------------------------------

    def state_of_reading(self) -> str:
        """The version of what linking depends on: articles, their paths and the decisions that stand.

        Each transaction that changes them counts it on.
        """
        with self.asking() as connection:
            return note_of(connection, "version") or "0"

    def is_linked(self) -> bool:
        """True where the computed tables were made from all that is in the case now."""
        with self.asking() as connection:
            return note_of(connection, "linked") == (note_of(connection, "version") or "0")

    def replace_records(
        self, records: Iterable[CaseRecord], made_from: str, doubts: Iterable[Doubt] = ()
    ) -> None:
        """Put the records of a link, and what it leaves to people, in place of those before, in one transaction.

        Only what differs from before is written; into an empty case records are written as they come.

        `made_from` is `state_of_reading` as it was when linking began.
        """
        with self.asking() as connection:
            known = connection.execute(sa.select(t.article.c.id, t.article.c.language, t.article.c.outlet))
            origins = {r.id: Origin(r.language, r.outlet) for r in known}
            change = compare(connection, records, origins)
        with self._writing() as connection:
            self._index_articles(connection)
            renew(connection, change)
            _keep_doubts(connection, doubts)
            connection.execute(
                insert(t.note)
                .values(key="linked", value=made_from)
                .on_conflict_do_update(index_elements=["key"], set_={"value": made_from})
            )

    def remember(self, what: str, rules: str, content: bytes) -> None:
        """Keep what linking need not work out again, as long as `rules` are the same."""
        row = {"what": what, "rules": rules, "content": content}
        with self._writing() as connection:
            connection.execute(
                insert(t.remembered).values(row).on_conflict_do_update(index_elements=["what"], set_=row)
            )

    def remembered(self, what: str, rules: str) -> bytes | None:
        """What `remember` kept under the same rules."""
        r = t.remembered.c
        with self.asking() as connection:
            return connection.execute(sa.select(r.content).where(r.what == what, r.rules == rules)).scalar()

    def published(self) -> Iterator[tuple[str, str, When | None]]:
        """Id, first path and publication date of every article, by id; nothing else of what it says is looked at."""
        p, a = t.article_path.c, t.article.c
        first = sa.select(p.article, sa.func.min(p.path).label("path")).group_by(p.article).subquery()
        query = sa.select(a.id, a.content, a.reading, first.c.path).join(first, first.c.article == a.id)
        with self.asking() as connection:
            for row in connection.execute(query.order_by(a.id)):
                of_reading = _unpack_published(READINGS.unpack(row.reading)).published
                of_article = None if of_reading else _unpack_published(ARTICLES.unpack(row.content)).published
                yield row.id, row.path, of_reading or of_article

    def known(self, day: str, version: str, key: Callable[[], str]) -> Kept | None:
        """What `keep_known` kept for a day, where nothing that it depends on has changed; see `store.known`.

        `version` and `key` as there; `key` is asked for only where the version is another one.
        """
        with self.asking() as connection:
            found = next((k for k in known.kept(connection) if k.day == day), None)
        if found is None or (found.version != version and found.key != key()):
            return None
        if found.version != version and not self.only_looking:
            found = msgspec.structs.replace(found, version=version)
            with self._writing() as connection:
                known.note(connection, found)
        return found

    def keep_known(self, day: str, key: str, version: str, records: Iterable[CaseRecord]) -> Kept:
        """Keep what was known on a day, by the key of what it depends on; see `store.known`."""
        with self._writing() as connection:
            return known.keep(connection, day, key, version, records)

    def known_part(self, answer: Kept, kind: str) -> list[bytes] | None:
        """The records of a kind of an answer, as JSON lists; None where it is not there any more."""
        with self.asking() as connection:
            found = [known.part(connection, answer, kind, n) for n in range(answer.kinds.get(kind, 0))]
        return None if None in found else [part for part in found if part is not None]

    def doubts(self, about: str, limit: int) -> list[Doubt]:
        """What a person should judge of one kind, least sure first."""
        query = sa.select(t.doubt.c.content).where(t.doubt.c.about == about).order_by(t.doubt.c.number)
        with self.asking() as connection:
            rows = connection.execute(query.limit(limit)).scalars()
            return [_read_doubt(RECORDS.unpack(row)) for row in rows]

    def doubts_by_kind(self) -> dict[str, int]:
        """How many there are of each kind."""
        query = sa.select(t.doubt.c.about, sa.func.count()).group_by(t.doubt.c.about)
        with self.asking() as connection:
            return {about: int(n) for about, n in connection.execute(query)}

    def lines(self, kinds: Sequence[str] = KINDS) -> Iterator[bytes]:
        """Records as JSON lines (no line break), by kind, then id.

        Raises:
            NotWhole: a record is not what was written, or an index names another in its place.
        """
        ordered = sa.select(t.record.c.number, t.record.c.id).where(t.record.c.kind == sa.bindparam("of"))
        content = sa.select(t.record.c.number, t.record.c.content, t.record.c.digest)
        with self.asking() as connection:
            for kind in kinds:
                # Contents are read after sorting, which would else write them all to disk and read them again.
                named = connection.execute(ordered.order_by(t.record.c.id), {"of": kind}).all()
                for start in range(0, len(named), 500):
                    some = named[start : start + 500]
                    rows = connection.execute(content.where(t.record.c.number.in_([n for n, _ in some])))
                    found = {r.number: line_of(r) for r in rows}
                    yield from (called(held(found, number), kind, name) for number, name in some)

    def records(self, kind: str) -> list[Record]:
        """All records of a kind as plain dictionaries, in the form of the export."""
        return [msgspec.json.decode(line) for line in self.lines((kind,))]


def _article_of(row: Any) -> Article:
    """The article in a row; what older versions wrote has its text apart."""
    article = _unpack_article(ARTICLES.unpack(row.content))
    return msgspec.structs.replace(article, text=row.text) if row.text else article


def _keep_doubts(connection: sa.Connection, doubts: Iterable[Doubt]) -> None:
    connection.execute(sa.delete(t.doubt))
    ordered = sorted(doubts, key=lambda d: (d.about, d.sure, d.left, d.right or ""))
    rows = [
        {"number": n, "about": d.about, "content": RECORDS.pack(msgspec.json.encode(d))}
        for n, d in enumerate(ordered)
    ]
    if rows:
        connection.execute(sa.insert(t.doubt), rows)
