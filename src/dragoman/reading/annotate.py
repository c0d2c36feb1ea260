"""The stage that asks the encoder: sentences and times of an article -> its annotation."""

from __future__ import annotations

from functools import cache

from dragoman.encoder.annotator import Annotator, EncoderAnnotator
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
