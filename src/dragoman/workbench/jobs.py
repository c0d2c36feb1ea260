"""What goes on while the pages of a case are served: reading new articles, and linking after what people do."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from dragoman.case import Case, Summary
from dragoman.model import Article, When
from dragoman.store import CaseError, CaseFile
from dragoman.store.looked import last_article
from dragoman.telling.history import History, history
from dragoman.telling.kept_views import KeptView, kept_views
from dragoman.telling.own_hand import Marks

if TYPE_CHECKING:
    from sqlalchemy import Connection

COUNTED = 1_000
"""Answers that are kept for one state of the case."""

STATE = "SELECT value FROM note WHERE key IN ('linked', 'renewed') ORDER BY key"

T = TypeVar("T")

AT_ONCE = 150
"""Articles up to which a case is linked before a page answers, which takes less than half a second."""


class ServedFile(CaseFile):
    """A case file of which each request has one connection: what is asked while something is asked goes the same way.

    With two connections a request, as many requests as there are connections would wait for each other for ever.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._mine: ContextVar[Connection | None] = ContextVar("connection", default=None)

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        held = self._mine.get()
        if held is not None and not held.closed:
            yield held
            return
        with super().asking() as connection:
            self._mine.set(connection)
            try:
                yield connection
            finally:
                self._mine.set(None)


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of articles that are added; what is None the articles say themselves."""

    outlet: str | None = None
    url: str | None = None
    published: When | None = None

    def to(self, article: Article) -> Article:
        said = {"outlet": self.outlet, "url": self.url, "published": self.published}
        return replace(article, **{field: value for field, value in said.items() if value is not None})


class Served(Case):
    """A case whose pages do not wait: what people do is kept at once, and a large case is linked behind them.

    Pages show the facts of the last link until the next is done. One link runs at a time and takes all that was
    decided before it began; what came later is taken by another, which follows by itself. If the server ends
    meanwhile, nothing is lost: a case that is not linked is linked when it is opened.

    `settled`: sets of record ids on which a person decided since the last link, not to be asked about again.
    `given`: what is said of the articles of the reading under way, before they are read.
    """

    def __init__(self, file: CaseFile) -> None:
        super().__init__(file)
        self.keeps_steps = True
        self.problem = ""
        self.settled: set[frozenset[str]] = set()
        self.given = Given()
        self._held_of_decisions: tuple[tuple[int, int], History, Marks, list[KeptView]] = (
            (0, 0),
            History(),
            Marks(),
            [],
        )
        self._counted: tuple[str, dict[Any, Any]] = ("", {})
        self._last_linked = 0
        self._behind: threading.Thread | None = None
        self._starting = threading.Lock()

    @property
    def under_way(self) -> bool:
        """True while facts on the pages may be those of before."""
        return self._behind is not None

    def link(self, today: str | None = None, force: bool = False) -> bool:
        """Link the case, a large one in the background. False where nothing had changed."""
        if self.file.is_linked() and not force:
            return False
        if today or force or len(self.file.article_ids()) <= AT_ONCE:
            self.settled.clear()
            return super().link(today, force)
        with self._starting:
            if self._behind is None:
                self._behind = threading.Thread(target=self._follow, daemon=True)
                self._behind.start()
        return True

    def _new_articles(self, *asked: Any) -> Iterator[Article]:
        return map(self.given.to, super()._new_articles(*asked))

    @property
    def history(self) -> History:
        """What was decided, by whom; made anew when a decision was made or taken back."""
        return self._decided[1]

    @property
    def marks(self) -> Marks:
        """The stars, tags and notes that stand; made anew when a decision was made or taken back."""
        return self._decided[2]

    @property
    def kept(self) -> list[KeptView]:
        """The views that stand, likewise."""
        return self._decided[3]

    @property
    def _decided(self) -> tuple[tuple[int, int], History, Marks, list[KeptView]]:
        state = self.file.state_of_decisions()
        if (held := self._held_of_decisions)[0] != state:
            told = history(self.file)
            made = [(one.number, one.decision, one.stands) for one in told.made]
            held = self._held_of_decisions = (state, told, Marks(made), kept_views(made))
        return held

    def counted(self, what: Any, count: Callable[[], T]) -> T:
        """What was counted of the case as it is linked now, counted at most once for each state of it."""
        with self.file.asking() as connection:
            state = str(connection.exec_driver_sql(STATE).all())
        if self._counted[0] != state or len(self._counted[1]) > COUNTED:
            self._counted = (state, {})
        held = self._counted[1]
        if what not in held:
            held[what] = count()
        found: T = held[what]
        return found

    @property
    def last_linked(self) -> int:
        """The number of the last article whose facts the pages show."""
        if self.file.is_linked():
            with self.file.asking() as connection:
                self._last_linked = last_article(connection)
        return self._last_linked

    def catch_up(self) -> None:
        """Wait until the case is linked."""
        super().link()

    def _follow(self) -> None:
        linked = False
        while not linked:
            try:
                super().link()
                self.problem = ""
            except CaseError as error:
                self.problem = str(error)
            with self._starting:
                if linked := bool(self.problem) or self.file.is_linked():
                    self._behind = None
                    self.settled.clear()


class Reading:
    """At most one reading at a time; `state` says how far it is."""

    def __init__(self, case: Served) -> None:
        self.case = case
        self.summary: Summary | None = None
        self.problem = ""
        self._thread: threading.Thread | None = None

    @property
    def under_way(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self, files: list[tuple[str, bytes]], given: Given | None = None) -> bool:
        """Read uploaded files: (name, content). False where a reading is under way already.

        Names are kept as the article's path; nothing is written where a name points to.
        """
        if self.under_way or not files:
            return False
        self.summary, self.problem = Summary(), ""
        self._thread = threading.Thread(target=self._read, args=(files, given or Given()), daemon=True)
        self._thread.start()
        return True

    def _read(self, files: list[tuple[str, bytes]], given: Given) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
                written = [_put(Path(folder), name, content) for name, content in files]
                self.case.given = given
                self.case.read(written, progress=self._tell, base=Path(folder))
            self.case.catch_up()
        except CaseError as error:
            self.problem = str(error)
        finally:
            self.case.given = Given()

    def _tell(self, summary: Summary) -> None:
        self.summary = summary


def _put(folder: Path, name: str, content: bytes) -> Path:
    """Write an uploaded file under its own name; a second one of the name goes into a folder of its own."""
    own, n = safe_name(name), 1
    to = folder / own
    while to.exists():
        n += 1
        to = folder / str(n) / own
    to.parent.mkdir(exist_ok=True)
    to.write_bytes(content)
    return to


def safe_name(name: str) -> str:
    """A file's own name with nothing in it that means something to a file system."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c if c.isalnum() or c in "-_. " else "_" for c in last).strip(". ")
    return kept[-100:] or "file.txt"
