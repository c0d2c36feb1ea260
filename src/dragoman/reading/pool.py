"""Reading many articles on several processes; one that cannot be read costs that article alone.

Reading is a pure function of one article, so batches go to whichever process is free and come back in
any order. Batches under way when a process dies (out of memory, a fault in a library) are read again one
at a time, and article by article where it dies again; the article that kills it then is set aside.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from dragoman.languages import READ
from dragoman.model import Article, Reading, SetAside

Outcome = tuple[Article, Reading | SetAside]

BATCH_ARTICLES = 16
BATCH_LETTERS = 60_000
"""A batch ends at whichever comes first, so that memory stays bounded whatever the articles' length."""


def read_all(articles: Iterable[Article], processes: int = 1) -> Generator[Outcome]:
    """Read articles with their outcome, in no certain order. With one process, in this process.

    Close it where it is left early, so that its processes end.
    """
    batches = in_batches(articles)
    if processes <= 1:
        for batch in batches:
            yield from zip(batch, read_batch(batch), strict=True)
        return
    yield from _spread(batches, processes)


def in_batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Group articles by language into batches of bounded size; what is left over comes last."""
    waiting: dict[str, list[Article]] = {}
    for article in articles:
        key = article.language if article.language in READ else "other"
        batch = waiting.setdefault(key, [])
        batch.append(article)
        if len(batch) >= BATCH_ARTICLES or sum(len(a.text) for a in batch) >= BATCH_LETTERS:
            yield waiting.pop(key)
    yield from (waiting[key] for key in sorted(waiting))


def read_batch(batch: list[Article]) -> list[Reading | SetAside]:
    """Read articles of one language; where one of them fails, each is tried alone."""
    from dragoman.reading.reader import read_many

    try:
        return list(read_many(batch))
    except Exception as error:  # noqa: BLE001 - a fault in a rule must cost one article, not the case
        if len(batch) == 1:
            return [_fault(batch[0], f"{type(error).__name__}: {error}")]
        return [read_batch([article])[0] for article in batch]


def _fault(article: Article, what: str) -> SetAside:
    return SetAside(
        path=article.path,
        reason=f"reading it failed ({what})",
        hint="This is a fault in Dragoman: please report it with the article, if you may share it.",
    )


def _spread(batches: Iterator[list[Article]], processes: int) -> Iterator[Outcome]:
    broken: list[list[Article]] = []
    pool = make_pool(processes)
    under_way: dict[Future[list[Reading | SetAside]], list[Article]] = {}
    try:
        while True:
            for batch in islice(batches, max(0, 3 * processes - len(under_way))):
                under_way[pool.submit(read_batch, batch)] = batch
            if not under_way:
                break
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                batch = under_way.pop(future)
                try:
                    readings = future.result()
                except BrokenProcessPool:
                    broken.append(batch)
                else:
                    yield from zip(batch, readings, strict=True)
            if broken:
                broken += under_way.values()
                under_way.clear()
                end_pool(pool)
                yield from read_apart(broken)
                broken.clear()
                pool = make_pool(processes)
    finally:
        end_pool(pool)


def read_apart(
    batches: Iterable[list[Article]],
    reader: Callable[[list[Article]], list[Reading | SetAside]] = read_batch,
) -> Iterator[Outcome]:
    """Read batches in a process of their own, article by article where it dies; what kills it then is set aside."""
    waiting = deque(batches)
    pool = make_pool(1)
    try:
        while waiting:
            batch = waiting.popleft()
            try:
                readings = pool.submit(reader, batch).result()
            except BrokenProcessPool:
                end_pool(pool)
                pool = make_pool(1)
                if len(batch) == 1:
                    yield batch[0], _fault(batch[0], "the process that read it died")
                else:
                    waiting.extendleft([article] for article in reversed(batch))
            else:
                yield from zip(batch, readings, strict=True)
    finally:
        end_pool(pool)


def make_pool(processes: int) -> ProcessPoolExecutor:
    """Processes that leave Ctrl+C to this one, and end with it."""
    # Spawned, not forked: a fork of a process with threads (progress bar, BLAS) can hang.
    return ProcessPoolExecutor(
        processes, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare_worker
    )


def _prepare_worker() -> None:
    """In a worker: Ctrl+C goes to every process of a terminal, and it is for the first of them to stop the others;
    and where that first process is killed, its workers go with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def end_pool(pool: ProcessPoolExecutor) -> None:
    """End a pool at once. What its processes still do is of no use, and the program would wait for it."""
    for process in list((pool._processes or {}).values()):  # public only from Python 3.14 on
        process.terminate()
    pool.shutdown(wait=False, cancel_futures=True)
