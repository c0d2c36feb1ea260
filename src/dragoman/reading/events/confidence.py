"""How sure an event is: a score by named features of the deed, and the measured share right of such scores."""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from pathlib import Path

from dragoman.model import Arg
from dragoman.reading.events.deeds import Deed

WHERE = Path(__file__).with_name("confidence.json")
"""The table: lowest score of each bin and the share right in it; made by `quality/calibrate.py`."""

_MET = (0.45, 0.52, 0.58)
"""The score of an event whose construction asks for nothing, for one thing, for more."""
_KNOWN = 0.06
"""For each side on which a named actor stands,"""
_EMPTY = -0.08
"""and for each with nobody."""
_BARE_NOUN = -0.12
_BELOW = -0.05
"""Told in a clause below another, or by a participle."""
_UNDER = 0.04
"""What stands above the deed (agreed to, refused to) is read with it."""


def score_of(deed: Deed, who: tuple[Arg, ...], whom: tuple[Arg, ...]) -> float:
    """0 to 1, to two places; it orders events and is no share yet."""
    score = _MET[min(int(deed.strength), 2)]
    for side in (who, whom):
        score += _KNOWN if any(a.entities for a in side) else 0.0 if side else _EMPTY
    if deed.clause.kind == "noun" and not deed.clause.light:
        score += _BARE_NOUN
    if deed.clause.relation in ("acl", "advcl", "relcl"):
        score += _BELOW
    if "+frame:" in deed.rule:
        score += _UNDER
    return round(score, 2)


@cache
def table() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Lowest scores of the bins, rising, and the share right in each."""
    bins = json.loads(WHERE.read_text(encoding="utf-8"))
    return tuple(b["score"] for b in bins), tuple(b["share"] for b in bins)


def share_right(score: float) -> float:
    """The measured share of such events that are right; below the lowest bin, that bin's."""
    scores, shares = table()
    return shares[max(0, bisect_right(scores, score) - 1)]
