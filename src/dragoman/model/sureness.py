"""How sure a fact is, in three steps: the one place of the thresholds that pages, commands and counts go by."""

from __future__ import annotations

from typing import Literal

Step = Literal["sure", "fair", "doubtful"]

SURE, FAIR = 0.6, 0.35
"""Confidence from which on a fact is sure, and fair; one of less is doubtful and left out by default."""

RIGHT: dict[Step, float] = {"sure": 0.7, "fair": 0.46, "doubtful": 0.23}
"""Share of the events of each step of which nothing told was wrong, in whole articles that the encoder never saw.

From the table of confidence in `docs/quality.md`, whose rows `tests/test_sureness.py` adds up again.
"""


def step(confidence: float | None) -> Step | None:
    """The step of a confidence from 0 to 1; None where a record carries none."""
    if confidence is None:
        return None
    return "sure" if confidence >= SURE else "fair" if confidence >= FAIR else "doubtful"


def is_doubtful(confidence: float | None) -> bool:
    """True for what is left out by default."""
    return step(confidence) == "doubtful"
