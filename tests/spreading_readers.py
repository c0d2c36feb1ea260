"""Readers that need no weights, for tests of how readings are spread. Workers import them by name.

What steers them stands in the article's text: `WAIT` takes a moment, `FATAL` kills the process that reads it, `ONCE`
does so the first time. Each article read is noted in the folder that DRAGOMAN_TEST_NOTES names.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import numpy as np

from dragoman.model import Arg, Article, Entity, EventReport, Mention, Reading, SetAside, Span, When
from dragoman.spreading.work import Reader

NOTES = "DRAGOMAN_TEST_NOTES"


def noted() -> list[str]:
    """The ids of the articles that were read, once for each time."""
    return sorted(note.name.partition(".")[0] for note in Path(os.environ[NOTES]).glob("a-*"))


def embed_simply(articles: list[Article]) -> list[np.ndarray]:
    """A vector of length 1 by the article's id."""
    vectors = [np.zeros(512, np.float32) for _ in articles]
    for vector, article in zip(vectors, articles, strict=True):
        vector[int(article.id[-2:], 16)] = 1
    return vectors


def read_simply(articles: list[Article]) -> list[Reading | SetAside]:
    """The first word acts on the last, on the day of publication or an own one."""
    return [_read(article) for article in articles]


SIMPLE = Reader(read_simply, embed_simply)


def _read(article: Article) -> Reading:
    notes = Path(os.environ[NOTES])
    if "WAIT" in article.text:
        time.sleep(0.1)
    once = notes / f"once-{article.id}"
    if "FATAL" in article.text or ("ONCE" in article.text and not once.exists()):
        once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    (notes / f"{article.id}.{time.monotonic_ns()}.{os.getpid()}").touch()
    words = article.text.split()
    end = len(article.text.rstrip())
    first, last = Span(0, len(words[0])), Span(end - len(words[-1]), end)
    when = article.published or When(start="2024-05-01", end="2024-05-01", basis="inferred", why="a test")
    return Reading(
        article=article.id,
        language=article.language,
        published=article.published,
        sentences=(Span(0, end),),
        entities=tuple(
            Entity(name=word, type="organisation", forms=(word,)) for word in (words[0], words[-1])
        ),
        mentions=tuple(
            Mention(start=s.start, end=s.end, text=word, entities=(n,))
            for n, (s, word) in enumerate(((first, words[0]), (last, words[-1])))
        ),
        events=(
            EventReport(
                type="CONSULT",
                mode="visit",
                status="happened",
                trigger=first,
                who=(Arg(start=first.start, end=first.end, entities=(0,)),),
                whom=(Arg(start=last.start, end=last.end, entities=(1,)),),
                place=None,
                when=when,
                sentence=Span(0, end),
                rule="test",
                confidence=0.875,
            ),
        ),
    )
