"""Reading many articles on several processes; one that cannot be read costs that article alone.

Reading is a pure function of one article, so batches go to whichever process is free and come back in
any order. A batch whose process dies (out of memory, a fault in a library) is read again, article by
article, in a process of its own; the one that kills it again is set aside.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from dragoman.languages import SUPPORTED
from dragoman.model import Article, Reading, SetAside

Outcome = tuple[Article, Reading | SetAside]

BATCH_ARTICLES = 16
BATCH_LETTERS = 60_000
"""A batch ends at whichever comes first, so that memory stays bounded whatever the articles' length."""


def read_all(articles: Iterable[Article], processes: int = 1) -> Iterator[Outcome]:
    """Read articles with their outcome, in no certain order. With one process, in this process."""
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
        key = article.language if article.language in SUPPORTED else "other"
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
    # Spawned, not forked: a fork of a process with threads (progress bar, BLAS) can hang.
    context = multiprocessing.get_context("spawn")
    broken: list[list[Article]] = []
    pool = ProcessPoolExecutor(processes, mp_context=context)
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
                    yield from zip(batch, future.result(), strict=True)
                except BrokenProcessPool:
                    broken.append(batch)
            if broken:
                broken += under_way.values()
                under_way.clear()
                pool.shutdown(wait=False, cancel_futures=True)
                for article in (a for batch in broken for a in batch):
                    yield article, _alone(article, context)
                broken.clear()
                pool = ProcessPoolExecutor(processes, mp_context=context)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _alone(article: Article, context: multiprocessing.context.SpawnContext) -> Reading | SetAside:
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            return pool.submit(read_batch, [article]).result()[0]
        except BrokenProcessPool:
            return _fault(article, "the process that read it died")
