"""Reading new articles into the case while its pages are served."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from dragoman.case import Case, Summary
from dragoman.store import CaseError


class Reading:
    """At most one reading at a time; `state` says how far it is."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.summary: Summary | None = None
        self.problem = ""
        self._thread: threading.Thread | None = None

    @property
    def under_way(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self, files: list[tuple[str, bytes]]) -> bool:
        """Read uploaded files: (name, content). False where a reading is under way already.

        Names are used for their ending only and kept as the article's path; nothing is written where
        a name points to.
        """
        if self.under_way or not files:
            return False
        self.summary, self.problem = Summary(), ""
        self._thread = threading.Thread(target=self._read, args=(files,), daemon=True)
        self._thread.start()
        return True

    def _read(self, files: list[tuple[str, bytes]]) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
                for n, (name, content) in enumerate(files):
                    (Path(folder) / f"{n:04}-{safe_name(name)}").write_bytes(content)
                self.summary = self.case.read([folder], base=Path(folder))
            self.case.link()
        except CaseError as error:
            self.problem = str(error)


def safe_name(name: str) -> str:
    """A file's own name with nothing in it that means something to a file system."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c if c.isalnum() or c in "-_. " else "_" for c in last).strip(". ")
    return kept[-100:] or "file.txt"
