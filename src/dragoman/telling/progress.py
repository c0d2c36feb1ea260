"""What `read` shows while it works and when it is done."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.model import SetAside
    from dragoman.model.summary import Filled, Summary

SHOWN, FEW = 12, 2
"""Set-aside items listed by name in the summary, and how many of one reason are; the rest are counted by reason."""
_NUMBERS = re.compile(r"\d{1,12}")


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
        done = summary.done
        self._total = max(self._total, done)
        speed = self._progress.tasks[self._task].speed
        rate = f"{speed:.1f}/s" if speed else ""
        self._progress.update(self._task, completed=done, total=self._total, rate=rate)

    def shards(self, filled: Filled) -> None:
        """Show how many shards are done."""
        done = filled.before + filled.read + len(filled.failed)
        self._progress.update(self._task, completed=done, total=filled.shards, rate="shards")

    def linking(self) -> None:
        self._progress.update(self._task, description="linking")


def _count_files(paths: Sequence[str | Path]) -> int:
    """How many files a walk will meet: links in folders are not followed."""
    total = 0
    for path in map(Path, paths):
        total += sum(len(names) for _, _, names in os.walk(path)) if path.is_dir() else 1
    return total


def summary_lines(summary: Summary, case: Path) -> Iterator[str]:
    """What was read, what was there before, what was set aside and why."""
    languages = ", ".join(f"{n} {code}" for code, n in sorted(summary.by_language.items()))
    yield f"read {summary.read} articles{f' ({languages})' if languages else ''} into {case}"
    if summary.kept:
        others = ", ".join(f"{n} {code}" for code, n in sorted(summary.kept.items()))
        yield f"kept {sum(summary.kept.values())} in languages that are not read ({others}): dated and searched"
    if summary.known:
        yield f"{summary.known} were in the case already"
    yield from _fault_lines(summary.faults)
    if not summary.aside:
        return
    yield f"set aside {len(summary.aside)}:"
    yield from by_reason(summary.aside)
    if len(summary.aside) > SHOWN:
        yield f"  all of them: dragoman articles {case} --set-aside"


def filled_lines(filled: Filled, folder: Path) -> Iterator[str]:
    """What was read into a folder of readings, and what stood there."""
    languages = ", ".join(f"{n} {code}" for code, n in sorted(filled.languages.items()))
    yield f"read {filled.articles} articles{f' ({languages})' if languages else ''} into {folder}"
    if filled.before:
        yield f"{filled.before} of {filled.shards} shards were there already"
    yield from _fault_lines(filled.faults)
    if filled.aside:
        yield f"set aside {filled.aside}; the reasons are in the rows of kind aside"
    yield f"link them with: dragoman read {folder} --case FILE"


def _fault_lines(faults: Mapping[str, int]) -> Iterator[str]:
    for stage, count in sorted(faults.items()):
        yield (
            f"{count} read but for what {stage} finds: it failed on them, which is a fault in Dragoman;"
            " please report it with the article, if you may share it"
        )


def by_reason(aside: Sequence[SetAside]) -> Iterator[str]:
    """A line for each reason, the most frequent first: what was met once or twice by name, the rest by count."""
    found: dict[str, list[SetAside]] = {}
    for item in aside:
        found.setdefault(_NUMBERS.sub("#", item.reason), []).append(item)
    shown = 0
    for items in sorted(found.values(), key=lambda items: -len(items)):
        if len(items) <= FEW and shown < SHOWN:
            for item in items:
                yield f"  {item.path}: {item.reason}" + (f". {item.hint}" if item.hint else "")
            shown += len(items)
            continue
        name, more = items[0], len(items) - 1
        yield f"  {len(items)} {name.reason}: {name.path}" + (f" and {more} more" if more else "")
