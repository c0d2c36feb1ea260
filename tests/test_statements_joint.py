"""Two voices on one statement: whose words are told, and what one voice alone may tell."""

from __future__ import annotations

import pytest

from dragoman.model import Span
from dragoman.model.annotation import Quote
from dragoman.reading.statements.joint import Said, join
from test_events_choice import BARS


def quote(*content: Span, **changes: object) -> Quote:
    """A statement of the encoder, sure of its words; of who says it, only where he is given."""
    fields: dict[str, object] = {
        "content": content, "cue": None, "speaker": None, "stance": "says",
        "score": 0.9, "content_score": 0.9, "speaker_score": 0.9 if "speaker" in changes else 0.0, "stance_score": 0.9,
    }  # fmt: skip
    return Quote(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("how", "told"),
    [("speech:quote-within", Span(10, 60)), ("speech:clause", Span(30, 50))],
)
def test_words_around_a_quoted_part_are_the_encoders(how: str, told: Span) -> None:
    (joined,) = join([quote(Span(10, 60))], [Said((Span(30, 50),), None, "says", True, how)], BARS)
    assert joined.content == (told,)


@pytest.mark.parametrize(
    ("how", "stance", "count"),
    [("belief:object", "says", 0), ("speech:object", "denies", 1), ("speech:clause", "says", 1)],
)
def test_what_the_rules_alone_tell(how: str, stance: str, count: int) -> None:
    said = Said((Span(30, 50),), None, stance, False, how)  # type: ignore[arg-type]
    assert len(join([], [said], BARS)) == count
    assert len(join([quote(Span(30, 50))], [said], BARS)) == 1
