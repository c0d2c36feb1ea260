"""What a construction gives before speakers are resolved and contents cleaned."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Span


@dataclass(frozen=True, slots=True)
class Draft:
    """One attribution.

    Attributes:
        rule: Name of the construction, `<kind>:<construction>`.
        cue: Span of the words that attribute, or None.
        cue_head: Token index of the cue's head word, or None.
        speaker: Token index of the speaker's head word, or None where nobody is named.
        speaker_span: The speaker's words; None with no speaker.
        content: Stretches of what is said, in order.
        quote: True where the content is in quotation marks.
        denied: True where the article says that it was not said.
    """

    rule: str
    cue: Span | None
    cue_head: int | None
    speaker: int | None
    speaker_span: Span | None
    content: tuple[Span, ...]
    quote: bool
    denied: bool = False
