"""Reading that is disturbed: a worker that is killed, a read that is stopped with Ctrl+C."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from dragoman.intake import gather
from dragoman.model import Article, Reading
from dragoman.reading.pool import read_all

PROGRAM = [sys.executable, "-m", "dragoman.cli"]
WATCHDOG = 300

SUBJECTS = [
    "Der Rat",
    "Die Ministerin",
    "Das Hafenamt",
    "Ein Gericht in Oslo",
    "Die Gewerkschaft",
    "Der Bürgermeister",
]
DEEDS = ["lehnte den Plan am Montag ab", "traf die Reeder in Bergen", "nannte die Gespräche gescheitert"]
"""In a language without a parser: a process that reads starts in half the time, and is stopped all the same."""


def articles(folder: Path, count: int) -> Path:
    folder.mkdir()
    for n in range(count):
        said = [f"{SUBJECTS[(n + k) % 6]} {DEEDS[(n * 7 + k) % 3]}, aus {n + k} Gründen." for k in range(8)]
        (folder / f"{n:03}.txt").write_text(" ".join(said), encoding="utf-8")
    return folder


def workers(of: int) -> list[psutil.Process]:
    """Processes that read for another: those that multiprocessing spawned, without its resource tracker."""
    found = []
    for child in psutil.Process(of).children(recursive=True):
        try:
            if any("spawn_main" in word for word in child.cmdline()):
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


def test_a_killed_worker_costs_no_article(tmp_path: Path) -> None:
    given = [a for a in gather([articles(tmp_path / "in", 60)]) if isinstance(a, Article)]
    outcomes = read_all(given, processes=2)
    done = [next(outcomes)]
    victims = workers(os.getpid())
    assert victims
    victims[0].send_signal(signal.SIGKILL)
    done += outcomes
    assert sorted(a.id for a, _ in done) == sorted(a.id for a in given)
    assert all(isinstance(reading, Reading) and reading.sentences for _, reading in done)
    assert not psutil.wait_procs(workers(os.getpid()), timeout=WATCHDOG)[1]


@pytest.mark.parametrize("processes", [1, 2])
def test_ctrl_c_ends_with_one_line_and_a_case_that_goes_on(tmp_path: Path, processes: int) -> None:
    folder, case = articles(tmp_path / "in", 400), tmp_path / "x.case"
    command = [*PROGRAM, "read", str(folder), "--case", str(case), "--processes", str(processes)]
    running = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Tests that run in the background have Ctrl+C ignored, and would hand that down.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    give_up = time.monotonic() + WATCHDOG
    while not held(case) and running.poll() is None and time.monotonic() < give_up:
        time.sleep(0.05)
    helpers = psutil.Process(running.pid).children(recursive=True)
    os.killpg(running.pid, signal.SIGINT)  # a terminal's Ctrl+C reaches every process of the group
    _, said = running.communicate(timeout=WATCHDOG)
    assert running.returncode == 130, said
    assert said.startswith("dragoman: stopped.")
    assert said.count("\n") == 1
    assert not psutil.wait_procs(helpers, timeout=WATCHDOG)[1]

    before = held(case)
    assert 0 < before < 400
    for file in sorted(folder.iterdir())[before + 32 :]:
        file.unlink()  # the rest is as good as any; a few are enough to see it go on
    again = subprocess.run(command, capture_output=True, text=True, timeout=WATCHDOG)
    assert again.returncode == 0, again.stderr
    assert "were in the case already" in again.stdout
    assert held(case) >= len(list(folder.iterdir()))


def held(case: Path) -> int:
    """Articles that are committed, asked without a write to the case."""
    try:
        with closing(sqlite3.connect(f"file:{case}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


def test_a_killed_read_leaves_no_worker_behind(tmp_path: Path) -> None:
    folder = articles(tmp_path / "in", 60)
    running = subprocess.Popen(
        [*PROGRAM, "read", folder, "--case", tmp_path / "x.case", "--processes", "2", "-q"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + WATCHDOG
    while not (left := workers(running.pid)):
        assert running.poll() is None and time.monotonic() < until
        time.sleep(0.1)
    time.sleep(2)  # past a worker's start, where it begins to watch
    left += [w for w in workers(running.pid) if w not in left]
    running.send_signal(signal.SIGKILL)
    running.wait()
    _, alive = psutil.wait_procs(left, timeout=60)
    assert not alive
