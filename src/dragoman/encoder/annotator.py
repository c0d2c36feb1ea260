"""An article -> its annotation, by the encoder. The one door to this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from dragoman.encoder.decode import Source, read_window
from dragoman.encoder.reach import MOST_LOOKED_AT
from dragoman.encoder.session import Session, shared_session
from dragoman.encoder.tokens import tokenize_all, windows_of
from dragoman.model.annotation import Annotation, Quote, Trigger

Span = tuple[int, int]


class Annotator(Protocol):
    """What marks events and statements. `digest` names weights and decoder; it goes into the rule of every fact."""

    @property
    def digest(self) -> str: ...

    def annotate(
        self,
        text: str,
        language: str,
        sentences: Sequence[Span],
        times: Sequence[Mapping[str, Any]],
        published: str | None,
    ) -> Annotation: ...


class EncoderAnnotator:
    """Marks by the shipped weights, or by those of a session."""

    def __init__(self, session: Session | None = None) -> None:
        self.session = session or shared_session()

    @property
    def digest(self) -> str:
        return self.session.digest

    def annotate(
        self,
        text: str,
        language: str,
        sentences: Sequence[Span],
        times: Sequence[Mapping[str, Any]],
        published: str | None,
    ) -> Annotation:
        """Mark one article.

        Args:
            language: Its code, for the table of words; one that the table does not know is read by the encoder alone.
            sentences: `[start, end)` in code points; what lies outside of them is not read. One that
                no window holds is read in parts.
            times: The article's time expressions (`start`, `end`, `first`, `last` as ISO days or None).
            published: ISO day, or None.
        """
        cut = tokenize_all(text, sentences, self.session.tokenizer)
        triggers: list[Trigger] = []
        quotes: list[Quote] = []
        left, until = MOST_LOOKED_AT, None
        for window in windows_of(cut):
            encoded = self.session.encode(text, cut, window)
            marks = read_window(self.session, encoded, Source(text, language), window, times, published, left)
            triggers += marks.triggers
            quotes += marks.quotes
            left -= marks.looked_at
            if (until := marks.until) is not None:
                break
        return Annotation(
            made_by=self.digest, triggers=tuple(triggers), quotes=tuple(quotes), marked_until=until
        )
