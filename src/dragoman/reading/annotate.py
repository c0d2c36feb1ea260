"""The door to the encoder: sentences and times of an article -> its annotation; how far a long one is read at all."""

from __future__ import annotations

from functools import cache

from dragoman.encoder.annotator import Annotator, EncoderAnnotator
from dragoman.encoder.manifest import WrongWeights
from dragoman.encoder.reach import MOST_PIECES, reach
from dragoman.model import TimeMention, When
from dragoman.model.annotation import Annotation
from dragoman.reading.syntax import Syntax


@cache
def annotator() -> Annotator:
    """The shipped one, opened once a process."""
    return EncoderAnnotator()


def annotate(syntax: Syntax, times: tuple[TimeMention, ...], published: When | None) -> Annotation:
    """Mark events and statements. A publication date that is no single day counts as unknown here."""
    day = published.start if published is not None and published.is_day else None
    told = [{"start": t.start, "end": t.end, "first": t.first, "last": t.last} for t in times]
    return annotator().annotate(syntax.text, syntax.language, [s.span for s in syntax.sentences], told, day)


def read_until(text: str) -> int:
    """Code points of a text that reading looks at, from its beginning: the parse takes as long as the encoder does."""
    try:
        return reach(text)
    except (
        WrongWeights
    ):  # `annotate` tells of it; what needs no weights is read up to the same order of length
        return min(len(text), MOST_PIECES)
