"""How far from a trigger or a cue its participants are looked for, and how distances are told to the heads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

BEFORE = 40
"""Words before a trigger's sentence that may hold a side of it."""
SPOKEN = 70
"""Words before and after a cue's sentence that may hold what is said."""
STEPS = 10


def around(at: int, sentence_of: Sequence[int], statement: bool) -> tuple[int, int]:
    """The words `[start, end)` of a window where the participants of the trigger (or cue) at a word are looked for."""
    start = end = at
    while start > 0 and sentence_of[start - 1] == sentence_of[at]:
        start -= 1
    while end < len(sentence_of) and sentence_of[end] == sentence_of[at]:
        end += 1
    if statement:
        return max(0, start - SPOKEN), min(len(sentence_of), end + SPOKEN)
    return max(0, start - BEFORE), end


@cache
def steps(gap: int) -> int:
    """A distance in words in steps of a logarithm: 0 to 2 * STEPS, STEPS for none."""
    size = min(STEPS, round(1.6 * math.log2(abs(gap) + 1)))
    return STEPS + (size if gap > 0 else -size)
