"""Hostile and broken files of every kind: no crash, no work out of proportion, nothing opened beside them.

`DRAGOMAN_FUZZ=10000` runs as many; without it a few do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dragoman.intake import KINDS, gather
from dragoman.model import Article, SetAside
from hostile_files import broken, wholes

RUNS = int(os.environ.get("DRAGOMAN_FUZZ", "150"))
CALLS = 15_000_000
"""Most calls of functions for one file. A whole page takes 60,000; the first whose day is searched for by htmldate
ten million, for it loads the words of two hundred languages."""


class TooMuchError(Exception):
    """A file takes more calls than any of its size may."""


@contextmanager
def counted(most: int) -> Iterator[None]:
    """Count the calls of functions, and stop where there are too many."""
    left = most

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal left
        left -= event in ("call", "c_call")
        if left < 0:
            sys.setprofile(None)
            raise TooMuchError

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)


_watching: list[str] = []
_strange: list[str] = []


def _audit(event: str, args: tuple[object, ...]) -> None:
    """Note what is opened for writing, or outside the folder and the program, and all that leaves the machine."""
    if not _watching:
        return
    if event in ("socket.connect", "subprocess.Popen", "os.system", "os.exec", "os.remove", "os.rename"):
        _strange.append(f"{event} {args!r}"[:200])
    elif event == "open" and isinstance(args[0], str | bytes):
        path, flags = os.fsdecode(args[0]), args[2] if isinstance(args[2], int) else 0
        inside = path.startswith((_watching[0], sys.prefix, sys.base_prefix, os.path.realpath(sys.prefix)))
        source = path.startswith(str(Path(__file__).resolve().parent.parent))
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or not (inside or source):
            _strange.append(f"{event} {args!r}"[:200])


sys.addaudithook(_audit)


@contextmanager
def watched(folder: Path) -> Iterator[list[str]]:
    _strange.clear()
    _watching.append(str(folder))
    try:
        yield _strange
    finally:
        _watching.clear()


def test_every_kind_has_a_whole_file(tmp_path: Path) -> None:
    assert set(wholes()) <= set(KINDS)
    for number, (kind, data) in enumerate(sorted(wholes().items())):
        path = tmp_path / f"{number}{kind}"
        path.write_bytes(data)
        found = list(gather([path]))
        assert found
        assert all(isinstance(item, Article) for item in found), (
            kind,
            [getattr(x, "reason", "") for x in found],
        )


@pytest.mark.parametrize("part", range(10))
def test_broken_files(tmp_path: Path, part: int) -> None:
    list(gather([_put(tmp_path, ".html", wholes()[".html"])]))  # loads what is loaded once
    for seed in range(part, RUNS, 10):
        kind, data = broken(seed)
        path = _put(tmp_path, kind, data)
        with watched(tmp_path) as strange, counted(CALLS):
            found = list(gather([path]))
        assert not strange, (seed, strange)
        assert found, (seed, kind)
        for item in found:
            assert item.path.startswith(str(path)), seed
            if isinstance(item, SetAside):
                assert item.reason, seed
                assert "its reader failed" not in item.reason, (seed, kind, item.reason)
            else:
                assert item.text.strip(), seed
                item.path.encode()
                for clean, raw, length in item.way_back:
                    assert item.text[clean : clean + length] == item.raw[raw : raw + length], seed


def _put(folder: Path, kind: str, data: bytes) -> Path:
    path = folder / f"x{kind}"
    path.write_bytes(data)
    return path
