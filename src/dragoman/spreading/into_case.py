"""Readings that were kept -> a case, as if it had read the articles itself, in the order in which they were planned."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dragoman.languages import READ
from dragoman.model import SetAside
from dragoman.spreading.sound import Unsound
from dragoman.spreading.table import Again, Aside, Read
from dragoman.spreading.taking import Packed, Readings
from dragoman.store import Stored

if TYPE_CHECKING:
    from dragoman.model.summary import Summary
    from dragoman.store import CaseFile

COMMIT_EVERY, ASIDE_EVERY = 64, 500
"""Articles, and things set aside, that are written together."""


def take(file: CaseFile, readings: Readings, summary: Summary, tell: Callable[[Summary], None]) -> None:
    """Put what the case does not hold yet into it; of two readings of one article the first counts.

    Raises:
        ReadingsError: something in the folder is not what Dragoman writes; what came before it is in the case.
    """
    before, new = set(file.article_ids()), set[str]()
    known_at = set(file.paths().items())
    pending: list[Stored] = []
    copies: list[tuple[str, str]] = []
    asides: list[SetAside] = []
    try:
        for item in readings:
            if len(pending) >= COMMIT_EVERY:
                summary.aside += file.add(pending)
                pending.clear()
            if len(asides) >= ASIDE_EVERY:
                file.put_aside(asides)
                asides.clear()
            tell(summary)
            if isinstance(item, Aside) and item.article is None:
                asides.append(item.item)
                summary.aside.append(item.item)
                continue
            path = item.item.path if isinstance(item, Aside) else item.path
            assert item.article is not None
            if item.article in before or item.article in new or isinstance(item, Again):
                summary.known += 1
                if item.article not in before or (path, item.article) not in known_at:
                    copies.append((item.article, path))
            elif isinstance(item, Packed):
                new.add(item.article)
                read = _opened(item)
                if isinstance(read, SetAside):
                    asides.append(read)
                    summary.aside.append(read)
                else:
                    summary.faults.update({fault.stage for fault in read.reading.faults})
                    summary.count(read.article.language, read.article.language in READ)
                    pending.append(Stored(read.article, read.reading, read.vector))
            else:
                new.add(item.article)
                asides.append(item.item)
                summary.aside.append(item.item)
    finally:
        summary.aside += file.add(pending)
        file.put_aside(asides)
        held = set(file.article_ids()) if copies else set()
        file.found_again([(article, at) for article, at in copies if article in held])
    tell(summary)


def _opened(item: Packed) -> Read | SetAside:
    try:
        return item.open()
    except Unsound as error:
        return SetAside(
            path=item.path,
            reason=f"is in the readings in a form that Dragoman does not write ({error})",
            hint="Read the article itself.",
        )
