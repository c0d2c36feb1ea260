"""Which marks are told as events: over their bar, no words twice, no deed twice in a sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from dragoman.encoder.calibration import Bars
from dragoman.model.annotation import Trigger
from dragoman.reading.events.choice import Voice, second_of

Told = tuple[Trigger, Voice | None]
"""A mark, and what the second voice tells of it."""


def told_marks(
    triggers: Sequence[Trigger], sentences: Sequence[int], voices: Sequence[Voice], bars: Bars
) -> list[Told]:
    """The marks that are told, in the order of the text.

    Args:
        sentences: For each mark, what its sentence is called in the voices.
    """
    kept: list[tuple[Trigger, Voice | None]] = []
    starts: list[int] = []
    ends: list[int] = []  # of those that are kept; none lies over another, so both stand in one order
    types_in: set[tuple[int, str]] = set()
    voices_in: dict[int, list[Voice]] = {}
    for voice in voices:
        voices_in.setdefault(voice.sentence, []).append(voice)
    order = sorted(zip(triggers, sentences, strict=True), key=lambda m: (-m[0].score, m[0].start))
    for t, sentence in order:
        second = second_of(t, sentence, voices_in.get(sentence, ()))
        here = second is not None and second.trigger[0] < t.end and t.start < second.trigger[1]
        bar = bars.seconded if here else bars.trigger
        if (sentence, t.type) in types_in:
            bar = max(bar, bars.doubled)
        at = bisect_right(ends, t.start)
        if t.score >= bar and (at == len(starts) or starts[at] >= t.end):
            starts.insert(at, t.start)
            ends.insert(at, t.end)
            types_in.add((sentence, t.type))
            kept.append((t, second))
    return sorted(kept, key=lambda m: m[0].start)
