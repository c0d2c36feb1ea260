"""A case at rest is one file: nothing acknowledged is lost by a kill, a stop, a copy or a move at any moment, and what
is damaged, empty, replaced or mixed with another state says so.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from dragoman.case import open as open_case
from dragoman.model import Decision, Target
from dragoman.store import CaseError, CaseFile, migrations
from dragoman.store import place as places
from dragoman.store.copying import salvage
from dragoman.store.packing import ARTICLES, READINGS, unpack_vector
from small_world import small_world
from test_store import stored

SOAK = int(os.environ.get("DRAGOMAN_SOAK", "12"))
"""Kills, and moments at which a case is copied or moved; 200 with DRAGOMAN_SOAK=200."""

WATCHDOG = 60


def accepted(n: int) -> Decision:
    return Decision(kind="accept", targets=(Target(kind="event", article=f"a-{n:04}"),))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with articles, records and decisions, at rest."""
    path = tmp_path_factory.mktemp("made") / "x.case"
    with small_world(path) as case:
        (event, *_) = case.records("event")
        case.decide(case.propose("set", [event["id"]], "when", "May 2024").decision)
        case.decide(case.propose("rename", ["Arland"], value="Arlandia").decision)
        case.link()
    return path


def content(path: Path) -> tuple[object, ...]:
    """All that a case holds, as its commands would tell it."""
    with open_case(path) as case:
        return (
            list(case.lines()),
            [s.article.id for s in case.file.stored()],
            case.file.decisions(),
            case.file.paths(),
            [e["id"] for e in case.facts("event", actor="Borland")],
            [r["id"] for r in case.search("day").facts],
        )


def beside(path: Path) -> list[str]:
    return sorted(p.name for p in path.parent.iterdir() if p.name != path.name)


# --- one file -------------------------------------------------------------------------------------------


def test_nothing_is_left_beside_a_case_at_rest(tmp_path: Path) -> None:
    path = tmp_path / "x.case"
    with CaseFile(path, create=True) as case:
        case.add([stored(1)])
        case.decide(accepted(1))
        assert (tmp_path / "x.case-wal").stat().st_size == 0
    assert beside(path) == []


def test_a_copy_of_the_file_alone_holds_what_was_acknowledged(tmp_path: Path) -> None:
    with CaseFile(tmp_path / "x.case", create=True) as case:
        for n in range(3):
            case.add([stored(n)])
            case.decide(accepted(n))
            alone = shutil.copy(tmp_path / "x.case", tmp_path / f"{n}.case")
            with CaseFile(Path(alone)) as copied:
                assert (len(copied.article_ids()), len(copied.decisions())) == (n + 1, n + 1)
                assert copied.notice == ""


def test_a_case_is_copied_while_it_is_in_use(made: Path, tmp_path: Path) -> None:
    source = Path(shutil.copy(made, tmp_path / "x.case"))
    with open_case(source) as case:
        case.copy(tmp_path / "y.case")
        with pytest.raises(CaseError, match="there already"):
            case.copy(tmp_path / "y.case")
        with pytest.raises(CaseError, match="cannot be written"):
            case.copy(tmp_path / "none" / "y.case")
    assert beside(source) == ["y.case"]
    assert content(tmp_path / "y.case") == content(made)


def test_one_who_reads_an_older_state_holds_nobody_up(tmp_path: Path) -> None:
    path = tmp_path / "x.case"
    with CaseFile(path, create=True) as case, CaseFile(path) as other:
        case.add([stored(1)])
        with other.asking() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM decision").scalar() == 0
            assert case.decide(accepted(1)) == 1
            assert case.decide(accepted(2)) == 2
            assert connection.exec_driver_sql("SELECT count(*) FROM decision").scalar() == 0
        assert case.decide(accepted(3)) == 3
    assert beside(path) == []
    with CaseFile(path) as again:
        assert len(again.decisions()) == 3


@pytest.mark.parametrize("name", ["q?mode=1.case", "p%41x.case", ":memory:", "a b#c.case", "ж.case"])
def test_a_path_is_taken_as_it_is_written(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with CaseFile(Path(name), create=True) as case:
        case.add([stored(1)])
    assert [p.name for p in tmp_path.iterdir()] == [name]
    with CaseFile(Path(name)) as case:
        assert case.article_ids() == ["a-0001"]


# --- another file in its place ----------------------------------------------------------------------------


def test_an_empty_file_is_no_case(tmp_path: Path) -> None:
    path = tmp_path / "x.case"
    path.touch()
    for create in (False, True):
        with pytest.raises(CaseError, match="empty file"):
            CaseFile(path, create)
    assert path.stat().st_size == 0


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_a_case_that_was_taken_away_acknowledges_nothing(made: Path, tmp_path: Path, how: str) -> None:
    path = Path(shutil.copy(made, tmp_path / "x.case"))
    with CaseFile(path) as case:
        assert case.decide(accepted(1))
        if how == "moved":
            path.rename(tmp_path / "y.case")
        else:
            path.unlink()
        if how == "replaced":
            shutil.copy(made, path)
        with pytest.raises(CaseError, match="moved, deleted or replaced"):
            case.decide(accepted(2))
        if how == "deleted":
            assert not path.exists()
        case.copy_to(tmp_path / "rescued.case")
    with CaseFile(tmp_path / "rescued.case") as rescued:
        assert len(rescued.decisions()) == 3


def in_use(path: Path, then: Callable[[CaseFile], object]) -> None:
    """Change a case in another process that is killed before the change is in the one file."""

    def work() -> None:
        import dragoman.store.open_file as module

        module.settle = lambda place: os.kill(os.getpid(), signal.SIGKILL)
        then(CaseFile(path))

    child = get_context("fork").Process(target=work)
    child.start()
    child.join(WATCHDOG)
    assert child.exitcode == -signal.SIGKILL


def test_a_killed_change_is_there_with_its_log_and_missed_without(made: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(made, tmp_path / "x.case"))
    in_use(path, lambda case: case.decide(accepted(1)))
    alone = Path(shutil.copy(path, tmp_path / "alone.case"))
    with CaseFile(path) as case:
        assert (len(case.decisions()), case.notice) == (3, "")
    with CaseFile(alone) as case:
        assert len(case.decisions()) == 2
        assert "what was done last may be missing" in case.notice
        case.decide(accepted(2))
    with CaseFile(alone) as case:
        assert case.notice == ""


def test_a_backup_is_not_taken_over_by_a_log_that_lies_beside_it(made: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(made, tmp_path / "x.case"))
    for n in range(3):
        with CaseFile(path) as case:
            case.decide(accepted(n))
    in_use(path, lambda case: case.decide(accepted(7)))
    shutil.copy(made, path)
    with pytest.raises(CaseError, match=r"belongs to another state.*x\.case-wal"):
        CaseFile(path)
    for name in ("x.case-wal", "x.case-shm"):
        (tmp_path / name).rename(tmp_path / f"old-{name}")
    assert content(path) == content(made)


def older(made: Path, path: Path, last: str) -> None:
    """The case as a program left it whose last step was this one: its tables, and what was read and decided."""
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        run = connection.exec_driver_sql
        run(f"PRAGMA application_id = {places.APPLICATION}")
        run("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        for number, module in migrations.steps().items():
            if number <= last:
                import_module(f"dragoman.store.migrations.versions.{module}").upgrade(run)
        run("INSERT INTO alembic_version VALUES (?)", (last,))
    engine.dispose()
    with closing(sqlite3.connect(path)) as case, case:
        case.execute("ATTACH ? AS made", (str(made),))
        for table in ("article", "article_path", "set_aside", "decision"):
            there = [row[1] for row in case.execute(f"PRAGMA table_info({table})")]
            names = ", ".join(there)
            case.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM made.{table}")
        if last < "0012":  # nothing was pressed then, and the text stood beside the article
            rows = case.execute("SELECT id, content, reading, vector FROM article").fetchall()
            for name, content, reading, vector in rows:
                article = msgspec.msgpack.decode(ARTICLES.unpack(content))
                plain = vector and unpack_vector(vector).astype("<f4").tobytes()
                now = (
                    msgspec.msgpack.encode(article | {"text": ""}),
                    article["text"],
                    READINGS.unpack(reading),
                    plain,
                )
                case.execute(
                    "UPDATE article SET content = ?, text = ?, reading = ?, vector = ? WHERE id = ?",
                    (*now, name),
                )


@pytest.mark.parametrize("last", ["0006", "0012", "0013", "0014"])
def test_a_case_of_an_older_version_opens_and_is_sealed(made: Path, tmp_path: Path, last: str) -> None:
    path = tmp_path / "x.case"
    older(made, path, last)
    assert content(path) == content(made)
    with CaseFile(path) as case:
        assert case.place.mark() % 2 and case.place.mark() == case.place.seal()


# --- damage -----------------------------------------------------------------------------------------------


def damaged(whole: bytes, rng: random.Random) -> Iterator[bytes]:
    for _ in range(125):
        flipped = bytearray(whole)
        flipped[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        yield bytes(flipped)
    for _ in range(20):
        yield whole[: rng.randrange(1, len(whole))]


def test_damage_is_told_and_never_read_as_something_else(made: Path, tmp_path: Path) -> None:
    right, path = content(made), tmp_path / "x.case"
    for n, some in enumerate(damaged(made.read_bytes(), random.Random(12))):
        path.write_bytes(some)
        try:
            assert content(path) == right
        except CaseError as error:
            assert "damaged" in str(error) or len(some) < len(places.SQLITE)
        if n % 10 == 0:
            try:
                saved = salvage(path, tmp_path / f"{n}.case")
            except CaseError as error:
                assert "nothing of it can be read" in str(error)
                continue
            with CaseFile(tmp_path / f"{n}.case") as kept:
                assert len(list(kept.stored())) == saved.articles <= len(right[1])  # type: ignore[arg-type]
                assert {d for _, d, _ in kept.decisions()} <= {d for _, d, _ in right[2]}  # type: ignore[attr-defined]
                assert saved.lost or saved.articles == len(right[1])  # type: ignore[arg-type]


def test_without_a_seal_each_row_is_held_against_its_digest(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.store.rest.SEALED", 0)

    right, path, told = content(made), tmp_path / "x.case", 0
    for some in damaged(made.read_bytes(), random.Random(5)):
        path.write_bytes(some)
        try:
            assert content(path) == right
        except CaseError as error:
            told += 1
            assert "damaged" in str(error) or "not a Dragoman case" in str(error) or "version" in str(error)
    assert told > 20


def test_a_table_whose_words_are_no_text_is_damage(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.store.rest.SEALED", 0)
    path = tmp_path / "x.case"
    path.write_bytes(made.read_bytes().replace(b"PRIMARY", b"PR\xc9MARY"))
    with pytest.raises(CaseError, match="damaged"):
        CaseFile(path)
    with pytest.raises(CaseError, match="nothing of it can be read"):
        salvage(path, tmp_path / "y.case")


@pytest.mark.parametrize("table", ["article", "record", "decision"])
def test_a_case_without_a_seal_is_checked_when_it_is_copied(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    monkeypatch.setattr("dragoman.store.rest.SEALED", 0)
    monkeypatch.setattr("dragoman.store.case_file.SEALED", 0)
    path = Path(shutil.copy(made, tmp_path / "x.case"))
    with open_case(path) as case:
        case.copy(tmp_path / "whole.case")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            f"UPDATE {table} SET content = substr(content, 1, 20) || x'00' || substr(content, 22)"
        )
        connection.commit()
    with open_case(path) as case, pytest.raises(CaseError, match="is damaged"):
        case.copy(tmp_path / "y.case")
    assert not (tmp_path / "y.case").exists()


# --- killed, stopped, copied and moved at any moment --------------------------------------------------------


def work(path: str, told: int, seed: int) -> None:
    """Read, decide, remove, undo and copy without end; each thing is told when it is acknowledged."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    rng = random.Random(seed)

    def tell(line: str) -> None:
        os.write(told, f"{line}\n".encode())

    with open_case(path, create=True) as case:
        articles = case.file.article_ids()
        while True:
            what = rng.choice(["read", "decide", "remove", "undo", "copy"])
            if what == "read" or not articles:
                some = [stored(rng.randrange(10_000)) for _ in range(rng.randrange(1, 17))]
                case.file.add(some)
                articles += [one.article.id for one in some]
                tell("articles " + " ".join(one.article.id for one in some))
            elif what == "decide":
                number = case.decide(
                    Decision(kind="accept", targets=(Target(kind="event", article=rng.choice(articles)),))
                )
                tell(f"decision {number}")
            elif what == "remove":
                gone = Target(kind="article", article=rng.choice(articles))
                tell(f"decision {case.decide(Decision(kind='remove', targets=(gone,)))}")
            elif what == "undo":
                if (number := case.file.undo()) is not None:
                    tell(f"undone {number}")
            else:
                to = Path(f"{path}.{time.monotonic_ns()}.copy")
                case.copy(to)
                tell(f"copied {to}")


class Acknowledged:
    """What a worker told: articles, decisions and which of them are undone, copies."""

    def __init__(self) -> None:
        self.articles: set[str] = set()
        self.decisions: dict[int, bool] = {}
        self.copies: list[Path] = []

    def learn(self, lines: str) -> None:
        for line in lines.splitlines():
            what, *rest = line.split(" ")
            if what == "articles":
                self.articles.update(rest)
            elif what == "copied":
                self.copies.append(Path(" ".join(rest)))
            else:
                self.decisions[int(rest[0])] = what == "decision"

    def is_in(self, path: Path) -> None:
        with CaseFile(path) as case:
            assert self.articles <= set(case.article_ids())
            stands = {number: stands for number, _, stands in case.decisions()}
            wrong = {n for n, held in self.decisions.items() if stands.get(n) is not held}
            assert len(wrong) <= 1, "only the undoing that was under way may be done and not told"
            assert all(stands.get(n) is False for n in wrong)
            self.decisions.update(stands)  # what one end left untold is known from here on


def ended(path: Path, number: signal.Signals, seed: int, known: Acknowledged) -> None:
    """Let a worker work on the case until it is ended at some moment."""
    ours, its = os.pipe()
    child = get_context("fork").Process(target=work, args=(str(path), its, seed))
    child.start()
    os.close(its)
    with os.fdopen(ours) as told:
        begun = told.readline() if seed % 5 else ""  # most ends fall into the work, some before it
        time.sleep(random.Random(seed).uniform(0.0, 0.3))
        assert child.pid
        os.kill(child.pid, number)
        known.learn(begun + told.read())
    child.join(WATCHDOG)
    assert child.exitcode in (-number, 0), child.exitcode


def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path: Path) -> None:
    path, known = tmp_path / "x.case", Acknowledged()
    CaseFile(path, create=True).close()  # and all that it imports, which the workers then need not
    for n in range(SOAK):
        ended(path, signal.SIGKILL if n % 4 else signal.SIGTERM, n, known)
        alone = Path(shutil.copy(path, tmp_path / "alone.case"))
        known.is_in(alone)  # the one file holds it all, whatever lies beside it
        if n % 3 == 0:
            moved = tmp_path / f"moved-{n}.case"
            path.rename(moved)
            for end in ("-wal", "-shm"):
                Path(f"{path}{end}").unlink(missing_ok=True)
            path = moved
        known.is_in(path)
        for copy in known.copies:
            with CaseFile(copy) as held:
                assert held.notice == ""
            copy.unlink()
        known.copies.clear()
    assert known.articles and known.decisions


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_server_leaves_one_file(made: Path, tmp_path: Path, number: signal.Signals) -> None:
    path = Path(shutil.copy(made, tmp_path / "x.case"))
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-m", "dragoman.cli", "serve", str(path), "--port", str(port)],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert running.stderr
    assert "is open at" in running.stderr.readline()
    assert (tmp_path / "x.case-wal").exists()
    running.send_signal(number)
    said = running.communicate(timeout=WATCHDOG)[1]
    assert "Traceback" not in said
    assert running.returncode in (0, 128 + number)
    assert beside(path) == []
