"""A case as one works with it: read articles into it, link them, ask what it knows.

import dragoman.case
with dragoman.case.open("inquiry.case", create=True) as case:
    summary = case.read(["articles/"])
    for event in case.records("event"):
        print(event["when"], event["type"])
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from dragoman.intake import gather
from dragoman.model import Article, Decision, SetAside
from dragoman.reading.pool import read_all
from dragoman.store import KINDS, CaseFile, Stored
from dragoman.store.questions import Ask, by_id, called, every
from dragoman.telling.found import Filter, told_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.linking.memory import Memory

COMMIT_EVERY = 16
"""Articles committed together; a killed read loses at most these, and reads them again."""


@dataclass
class Summary:
    """What a read did. `known` articles were in the case before; `aside` could not be read; `faults` counts the
    articles that a stage of reading failed on, by stage: they were read but for what that stage gives."""

    read: int = 0
    known: int = 0
    aside: list[SetAside] = field(default_factory=list)
    by_language: dict[str, int] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)


Progress = Callable[[Summary], None]


class Rows(list[dict[str, Any]]):
    """Facts as in the export, and as a flat table with names written out (see `exports.table.row`)."""

    def __init__(self, records: Iterable[dict[str, Any]], case: Case) -> None:
        super().__init__(records)
        self._case = case

    def rows(self) -> list[dict[str, Any]]:
        """One flat row a fact, in the columns of the csv export."""
        from dragoman.telling.exports import Stored as Source
        from dragoman.telling.exports.table import Facts, row

        with self._case.asking() as connection:
            known = Facts(Source(connection))
            return [row(known, record) for record in self]

    def to_pandas(self) -> Any:
        """A pandas DataFrame of `rows`; pandas must be installed."""
        import pandas

        return pandas.DataFrame(self.rows())

    def to_polars(self) -> Any:
        """A polars DataFrame of `rows`; polars must be installed."""
        import polars

        return polars.DataFrame(self.rows(), infer_schema_length=None)


class Case:
    """One inquiry. See `open`.

    `keeps_steps`: whether what linking worked out is kept for the next link by this object, about 0.1 MB an article.
    """

    keeps_steps = False

    def __init__(self, file: CaseFile) -> None:
        self.file = file
        self._linking = Lock()
        self._memory: Memory | None = None

    def __enter__(self) -> Case:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def read(
        self,
        paths: Sequence[str | Path],
        processes: int = 1,
        progress: Progress | None = None,
        base: Path | None = None,
    ) -> Summary:
        """Read files, folders, archives and feeds into the case; what it holds already is not read again.

        Every few articles are committed as they come, so nothing read is lost if this is interrupted.
        Linking is left to `link`. Paths below `base` are kept without it.
        """
        summary = Summary()
        tell = progress or (lambda _: None)
        pending: list[tuple[Article, Any]] = []
        copies: list[tuple[str, str]] = []
        new = self._new_articles(paths, summary, tell, base, copies)
        with closing(read_all(new, processes)) as outcomes:
            for article, outcome in outcomes:
                if isinstance(outcome, SetAside):
                    self._put_aside(outcome, summary)
                else:
                    pending.append((article, outcome))
                    summary.read += 1
                    summary.faults.update({fault.stage for fault in outcome.faults})
                    summary.by_language[article.language] = summary.by_language.get(article.language, 0) + 1
                if len(pending) >= COMMIT_EVERY:
                    self._commit(pending)
                tell(summary)
        self._commit(pending)
        held = set(self.file.article_ids()) if copies else set()
        for article_id, path in copies:
            if article_id in held:
                self.file.found_again(article_id, path)
        tell(summary)
        return summary

    def _new_articles(
        self,
        paths: Sequence[str | Path],
        summary: Summary,
        tell: Progress,
        base: Path | None,
        copies: list[tuple[str, str]],
    ) -> Iterator[Article]:
        """Articles the case does not hold; to `copies` go those met again before the first was committed."""
        before = set(self.file.article_ids())
        new: set[str] = set()
        found = set(self.file.paths().items())
        for each in gather(paths):
            item = each if base is None else replace(each, path=each.path.removeprefix(f"{base}/"))
            if isinstance(item, SetAside):
                self._put_aside(item, summary)
            elif item.id in before:
                summary.known += 1
                if (item.path, item.id) not in found:
                    self.file.found_again(item.id, item.path)
            elif item.id in new:
                summary.known += 1
                copies.append((item.id, item.path))
            else:
                new.add(item.id)
                yield item
            tell(summary)

    def _put_aside(self, item: SetAside, summary: Summary) -> None:
        summary.aside.append(item)
        self.file.put_aside([item])

    def _commit(self, pending: list[tuple[Article, Any]]) -> None:
        if not pending:
            return
        from dragoman.linking.vectors import embed

        vectors = embed([article for article, _ in pending])
        self.file.add([Stored(a, r, v) for (a, r), v in zip(pending, vectors, strict=True)])
        pending.clear()

    def link(self, today: str | None = None, force: bool = False) -> bool:
        """Compute the records of the case from its articles and decisions. False where nothing had changed."""
        with self._linking, without_collector():
            if self.file.is_linked() and not force:
                return False
            from dragoman.linking import Source, link
            from dragoman.linking.memory import rules

            made_from = self.file.state_of_reading()
            sources = [Source(s.article, s.reading, s.vector) for s in self.file.stored(raw=False)]
            decisions = [decision for _, decision, stands in self.file.decisions() if stands]
            made = link(sources, decisions, today, self.memory)
            self.file.replace_records(made.records(), made_from, made.doubts)
            if self.memory.grown:
                self.file.remember("names", rules(), self.memory.content())
            return True

    @property
    def memory(self) -> Memory:
        """What linking remembers of this case."""
        if self._memory is None:
            from dragoman.linking.memory import Memory, rules

            self._memory = Memory(self.file.remembered("names", rules()), self.keeps_steps)
        return self._memory

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection for `store.questions` and `store.counts` on the case as it is linked now."""
        self.link()
        with self.file.asking() as connection:
            yield connection

    def records(self, kind: str) -> list[dict[str, Any]]:
        """All records of a kind (`event`, `actor` ...), as in the export."""
        self.link()
        return self.file.records(kind)

    def events(self, **conditions: str | None) -> Rows:
        """Events by day, see `facts`."""
        return self.facts("event", **conditions)

    def statements(self, **conditions: str | None) -> Rows:
        """Statements by day, see `facts`."""
        return self.facts("statement", **conditions)

    def facts(
        self,
        kind: str,
        actor: str | None = None,
        type: str | None = None,
        status: str | None = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Rows:
        """Facts of a kind by first day; `actor` and `place` by any of their names, days ISO and included.

        Raises:
            LookupError: no actor, or no place, of the case has the name.
        """
        ask = Ask(
            kinds=(kind,),
            actors=self._named("actor", actor) if actor else (),
            types=(type,) if type else (),
            statuses=(status,) if status else (),
            place=self._named("place", place)[0] if place else None,
            since=since,
            until=until,
        )
        with self.asking() as connection:
            return Rows(every(connection, ask), self)

    def _named(self, kind: str, name: str) -> tuple[str, ...]:
        with self.asking() as connection:
            found = tuple(called(connection, kind, name))
        if not found:
            raise LookupError(f"no {kind} of the case is called {name!r}")
        return found

    def by_kind(self) -> dict[str, list[dict[str, Any]]]:
        """All records, by kind."""
        return {kind: self.records(kind) for kind in KINDS}

    def search(
        self, query: str, facts: bool = True, wanted: Filter | None = None, limit: int = 30
    ) -> list[dict[str, Any]]:
        """Facts (or articles) with all words of the query in any form, best first, that meet the filter."""
        self.link()
        found = self.file.search(query, facts, limit if wanted is None else 20 * limit)
        if wanted is None:
            return found
        with self.file.asking() as connection:
            articles = by_id(connection, sorted({a for r in found for a in told_in(r)}))
        return [r for r in found if wanted.admits(r, articles)][:limit]

    def decide(self, decision: Decision) -> int:
        """Keep what a person judged; it counts from the next link on. Returns its number, to undo it by."""
        return self.file.decide(decision)

    def lines(self) -> Iterable[bytes]:
        """The whole case as JSON lines."""
        self.link()
        return self.file.lines()

    def export(self, name: str, ask: Ask | None = None) -> Iterator[bytes]:
        """The case, or the facts that meet the conditions of `ask`, as a file of a format, piece by piece.

        Raises:
            UnknownFormat: there is no such format.
        """
        from dragoman.telling import exports

        if name == "jsonl" and ask is None:
            return (line + b"\n" for line in self.lines())
        if name != "jsonl":
            exports.check(name)
        return self._exported(name, ask)

    def _exported(self, name: str, ask: Ask | None) -> Iterator[bytes]:
        from dragoman.telling import exports

        with self.asking() as connection:
            source = exports.Stored(connection, ask)
            yield from exports.lines(source) if name == "jsonl" else exports.parts(source, name)


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the collector of cycles from looking through millions of new records again and again: they hold none.

    Reading the sources takes a quarter of the time then, linking three quarters.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def open(path: str | Path, create: bool = False) -> Case:
    """Open a case file, or make one.

    Raises:
        CaseError: the file is no case, is missing, or cannot be written; the message says what to do.
    """
    return Case(CaseFile(Path(path), create))
