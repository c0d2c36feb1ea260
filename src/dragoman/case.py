"""A case as one works with it: read articles into it, link them, ask what it knows.

import dragoman.case
with dragoman.case.open("inquiry.case", create=True) as case:
    summary = case.read(["articles/"])
    for event in case.records("event"):
        print(event["when"], event["type"])
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dragoman.intake import gather
from dragoman.languages import READ
from dragoman.model import Article, Decision, Reading, SetAside
from dragoman.model.lines import Record
from dragoman.model.summary import Summary
from dragoman.reading.pool import read_all
from dragoman.store import KINDS, CaseFile, Stored
from dragoman.store.collector import without_collector
from dragoman.store.questions import Ask, called, every
from dragoman.telling.rows import Rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.linking.memory import Memory
    from dragoman.telling.bulk import Proposed
    from dragoman.telling.deciding import Proposal
    from dragoman.telling.kept_views import KeptView
    from dragoman.telling.search import Found

__all__ = ["Case", "Progress", "Summary", "open", "without_collector"]

log = logging.getLogger(__name__)

COMMIT_EVERY = 16
"""Articles committed together; a killed read loses at most these, and reads them again."""

ASIDE_EVERY = 500
"""Things set aside that are written together."""

Progress = Callable[[Summary], None]


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
        ocr: bool = False,
    ) -> Summary:
        """Read files, folders, archives and feeds into the case; what it holds already is not read again.

        Every few articles are committed as they come, so nothing read is lost if this is interrupted.
        Linking is left to `link`. Paths below `base` are kept without it. `ocr`: see `intake.gather`.
        """
        summary = Summary()
        tell = progress or (lambda _: None)
        pending: list[tuple[Article, Reading]] = []
        copies: list[tuple[str, str]] = []
        new = self._new_articles(gather(paths, ocr), summary, tell, base, copies)
        with closing(read_all(new, processes)) as outcomes:
            for article, outcome in outcomes:
                if isinstance(outcome, SetAside):
                    self._put_aside(outcome, summary)
                else:
                    pending.append((article, outcome))
                    summary.faults.update({fault.stage for fault in outcome.faults})
                    summary.count(article.language, article.language in READ)
                if len(pending) >= COMMIT_EVERY:
                    self._commit(pending, summary)
                tell(summary)
        self._commit(pending, summary)
        self._put_aside_all(summary)
        held = set(self.file.article_ids()) if copies else set()
        self.file.found_again([(article, path) for article, path in copies if article in held])
        tell(summary)
        return summary

    def take(self, folder: str | Path, progress: Progress | None = None) -> Summary:
        """Put the readings of a folder (`dragoman readings`) into the case without reading again; `link` is left.

        Raises:
            ReadingsError: the folder holds none, or something that Dragoman does not write.
        """
        from dragoman.spreading.into_case import take
        from dragoman.spreading.taking import Readings

        summary = Summary()
        take(self.file, Readings(Path(folder)), summary, progress or (lambda _: None))
        return summary

    def _new_articles(
        self,
        gathered: Iterable[Article | SetAside],
        summary: Summary,
        tell: Progress,
        base: Path | None,
        copies: list[tuple[str, str]],
    ) -> Iterator[Article]:
        """Articles the case does not hold; to `copies` go those met again, and where."""
        before = set(self.file.article_ids())
        new: set[str] = set()
        found = set(self.file.paths().items())
        for each in gathered:
            item = each if base is None else replace(each, path=each.path.removeprefix(f"{base}/"))
            if isinstance(item, SetAside):
                self._put_aside(item, summary)
            elif item.id in before:
                summary.known += 1
                if (item.path, item.id) not in found:
                    copies.append((item.id, item.path))
            elif item.id in new:
                summary.known += 1
                copies.append((item.id, item.path))
            else:
                new.add(item.id)
                yield item
            tell(summary)

    def _put_aside(self, item: SetAside, summary: Summary) -> None:
        """Note one more thing that could not be read; many are written in one transaction."""
        summary.aside.append(item)
        if len(summary.aside) - summary.written >= ASIDE_EVERY:
            self._put_aside_all(summary)

    def _put_aside_all(self, summary: Summary) -> None:
        self.file.put_aside(summary.aside[summary.written :])
        summary.written = len(summary.aside)

    def _commit(self, pending: list[tuple[Article, Reading]], summary: Summary) -> None:
        if not pending:
            return
        from dragoman.linking.vectors import embed

        vectors = embed([article for article, _ in pending])
        summary.aside += self.file.add([Stored(a, r, v) for (a, r), v in zip(pending, vectors, strict=True)])
        pending.clear()

    def link(self, today: str | None = None, force: bool = False) -> bool:
        """Compute the records of the case from its articles and decisions. False where nothing had changed."""
        with self._linking, without_collector():
            if self.file.is_linked() and not force:
                return False
            if self.file.only_looking:
                log.warning("%s What is shown was linked before.", self.file.only_looking)
                return False
            from dragoman.known import sources_of, standing
            from dragoman.linking import link
            from dragoman.linking.memory import rules

            made_from = self.file.state_of_reading()
            made = link(sources_of(self.file), standing(self.file), today, self.memory)
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

    def records(self, kind: str) -> list[Record]:
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

    def by_kind(self) -> dict[str, list[Record]]:
        """All records, by kind."""
        return {kind: self.records(kind) for kind in KINDS}

    def search(self, query: str, limit: int = 30, wanted: Ask | None = None) -> Found:
        """What a query in a person's words finds: facts, best first, articles, names; see `telling.search.Found`."""
        from dragoman.telling.search import search

        with self.asking() as connection:
            return search(connection, query, limit, wanted=wanted)

    def propose(
        self,
        kind: str,
        about: Sequence[str],
        field: str | None = None,
        value: str | None = None,
        why: str = "",
        who: str | None = None,
        language: str = "en",
    ) -> Proposal:
        """A decision for `decide`, made of what a person types; nothing is kept yet, see `telling.deciding.propose`.

        Raises:
            BadDecision, NotOne: it cannot be applied, or names nothing, or more than one thing.
        """
        from dragoman.telling.deciding import propose

        return propose(self, kind, about, field, value, why, who, language)

    def propose_fact(
        self,
        article: str,
        words: str,
        given: Mapping[str, str],
        near: int = 0,
        why: str = "",
        language: str = "en",
    ) -> Proposal:
        """A decision for `decide` that adds an event by words of an article; see `telling.deciding.propose_fact`.

        Raises:
            BadDecision, NotOne: the words are not there, or a field cannot have its value.
        """
        from dragoman.telling.deciding import propose_fact

        return propose_fact(self, article, words, given, near, why, language=language)

    def decide(self, decision: Decision) -> int:
        """Keep what a person judged; it counts from the next link on. Returns its number, to undo it by.

        Raises:
            BadDecision: it cannot be applied, and is not kept.
        """
        from dragoman.telling.deciding import check

        check(decision)
        return self.file.decide(decision)

    def known_on(self, day: str | None) -> Mapping[str, list[Record]]:
        """The records by kind, from the articles that were out on `day` (None: all of them); see `known`."""
        from dragoman.known import known_on

        with without_collector():
            return known_on(self.file, day)

    def explain(self, name: str) -> Iterator[str]:
        """Lines on a fact, by its id: its evidence, the words of each field, and the clause behind it, parsed again.

        Raises:
            LookupError: no fact of the case has this id.
        """
        from dragoman.reading.explain import explain_clause
        from dragoman.telling.explained import explain

        return explain(self, name, explain_clause)

    def propose_all(
        self,
        kind: str,
        about: Sequence[str],
        value: str | None = None,
        why: str = "",
        who: str | None = None,
        language: str = "en",
    ) -> Proposed:
        """Decisions of one act on many records, for `decide_all`; see `telling.bulk.propose_all`.

        Raises:
            BadDecision, NotOne: none of them can be decided on.
        """
        from dragoman.telling.bulk import propose_all

        return propose_all(self, kind, about, value, why, who, language)

    def views(self) -> list[KeptView]:
        """The lists that people keep under a name, by name; see `telling.view_lists` for what is in them."""
        from dragoman.telling.kept_views import kept_views

        return kept_views(self.file.decisions())

    def decide_all(self, decisions: Sequence[Decision]) -> list[int]:
        """Keep decisions in one step, all or none. Returns their numbers, in order.

        Raises:
            BadDecision: one of them cannot be applied, and none is kept.
        """
        from dragoman.telling.deciding import check

        for decision in decisions:
            check(decision)
        return self.file.decide_all(decisions)

    def copy(self, to: str | Path) -> None:
        """Write the case as it is now to a new file, also while it is in use.

        Raises:
            CaseError: there is a file of that name, or it cannot be written.
        """
        self.file.copy_to(Path(to))

    def not_applied(self) -> dict[int, str]:
        """Number -> why, of standing decisions that an older version kept and that cannot be applied."""
        from dragoman.model.settable import problem
        from dragoman.telling.deciding import mended

        return {
            number: str(problem(decision))
            for number, decision, stands in self.file.decisions()
            if stands and mended(decision) is None
        }

    def lines(self) -> Iterable[bytes]:
        """The whole case as JSON lines."""
        self.link()
        return self.file.lines()

    def export(self, name: str, ask: Ask | None = None, language: str = "en") -> Iterator[bytes]:
        """The case, or the facts that meet the conditions of `ask`, as a file of a format, piece by piece.

        `language`: of the program's own words in it.

        Raises:
            UnknownFormat: there is no such format.
        """
        from dragoman.telling import exports

        if name == "jsonl" and ask is None:
            return (line + b"\n" for line in self.lines())
        if name != "jsonl":
            exports.check(name)
        return self._exported(name, ask, language)

    def _exported(self, name: str, ask: Ask | None, language: str) -> Iterator[bytes]:
        from dragoman.telling import exports

        with self.asking() as connection:
            source = exports.Stored(connection, ask)
            yield from exports.lines(source) if name == "jsonl" else exports.parts(source, name, language)


def open(path: str | Path, create: bool = False) -> Case:
    """Open a case file, or make one.

    Raises:
        CaseError: the file is no case, is missing, or cannot be written; the message says what to do.
    """
    return Case(CaseFile(Path(path), create))
