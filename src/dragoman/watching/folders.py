"""Files that appeared or changed since the last look, once they stand still."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

Stamp = tuple[int, int]
"""Size and time of change (ns) of a file."""


class Folders:
    """Looks at folders and files. A file is given once two looks in a row saw it the same: none is read half copied."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.paths = tuple(paths)
        self._seen: dict[Path, Stamp] = {}
        self._given: dict[Path, Stamp] = {}

    def look(self) -> list[Path]:
        """Files to be read now, in sorted order; each version of a file is given once."""
        now = {path: stamp for path, stamp in self._files() if stamp[0]}
        ready = [p for p, stamp in now.items() if self._seen.get(p) == stamp != self._given.get(p)]
        self._seen = now
        self._given = {p: stamp for p, stamp in self._given.items() if p in now} | {p: now[p] for p in ready}
        return sorted(ready)

    def again(self, files: Iterable[Path]) -> None:
        """Give files once more: they were given and could not be read into the case."""
        for file in files:
            self._given.pop(file, None)

    def settling(self) -> bool:
        """True where some file was seen that is not given yet."""
        return any(self._given.get(path) != stamp for path, stamp in self._seen.items())

    def _files(self) -> Iterator[tuple[Path, Stamp]]:
        for path in self.paths:
            for file in self._below(path) if path.is_dir() else (path,):
                try:
                    info = file.lstat()
                except OSError:  # it went away between the two looks: nothing to read
                    continue
                if stat.S_ISREG(info.st_mode):
                    yield file, (info.st_size, info.st_mtime_ns)

    @staticmethod
    def _below(folder: Path) -> Iterator[Path]:
        """Files below a folder, links left alone: where they lead is not what the user named."""
        for at, folders, names in os.walk(folder):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            yield from (Path(at, name) for name in sorted(names) if not name.startswith("."))
