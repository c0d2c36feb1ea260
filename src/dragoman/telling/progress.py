"""What `read` shows while it works and when it is done."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.case import Summary

SHOWN = 12
"""Set-aside items listed by name in the summary; the rest are counted by reason and kept in the case."""


class Bar:
    """A bar with articles read, rate and time left, on standard error; nothing where that is no terminal."""

    def __init__(self, paths: Sequence[str | Path], hidden: bool = False) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeRemainingColumn,
        )

        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=hidden or not sys.stderr.isatty(),
        )
        self._total = _count_files(paths)
        self._task = self._progress.add_task("reading", total=self._total, rate="")

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._progress.stop()

    def update(self, summary: Summary) -> None:
        """Show how far it has come. A container holds more articles than files, so the total may grow."""
        done = summary.read + summary.known + len(summary.aside)
        self._total = max(self._total, done)
        speed = self._progress.tasks[self._task].speed
        rate = f"{speed:.1f}/s" if speed else ""
        self._progress.update(self._task, completed=done, total=self._total, rate=rate)

    def linking(self) -> None:
        self._progress.update(self._task, description="linking")


def _count_files(paths: Sequence[str | Path]) -> int:
    total = 0
    for path in map(Path, paths):
        total += sum(1 for p in path.rglob("*") if p.is_file()) if path.is_dir() else 1
    return total


def summary_lines(summary: Summary, case: Path) -> Iterator[str]:
    """What was read, what was there before, what was set aside and why."""
    languages = ", ".join(f"{n} {code}" for code, n in sorted(summary.by_language.items()))
    yield f"read {summary.read} articles{f' ({languages})' if languages else ''} into {case}"
    if summary.known:
        yield f"{summary.known} were in the case already"
    for stage, count in sorted(summary.faults.items()):
        yield (
            f"{count} read but for what {stage} finds: it failed on them, which is a fault in Dragoman;"
            " please report it with the article, if you may share it"
        )
    if not summary.aside:
        return
    yield f"set aside {len(summary.aside)}:"
    for item in summary.aside[:SHOWN]:
        yield f"  {item.path}: {item.reason}" + (f" {item.hint}" if item.hint else "")
    rest = Counter(item.reason for item in summary.aside[SHOWN:])
    for reason, count in rest.most_common():
        yield f"  {count} more: {reason}"
