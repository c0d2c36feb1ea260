"""Which marks are told as events: over their bar, no words twice, no deed twice in a sentence."""

from __future__ import annotations

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
    kept: list[tuple[Trigger, int, Voice | None]] = []
    order = sorted(zip(triggers, sentences, strict=True), key=lambda m: (-m[0].score, m[0].start))
    for t, sentence in order:
        second = second_of(t, sentence, voices)
        here = second is not None and second.trigger[0] < t.end and t.start < second.trigger[1]
        bar = bars.seconded if here else bars.trigger
        if any(n == sentence and k.type == t.type for k, n, _ in kept):
            bar = max(bar, bars.doubled)
        if t.score >= bar and not any(t.start < k.end and k.start < t.end for k, _, _ in kept):
            kept.append((t, sentence, second))
    return [(t, second) for t, _, second in sorted(kept, key=lambda m: m[0].start)]
