"""Scores of the heads -> measured chances, and the bars under which a field is left empty or an event untold.

The numbers are fitted by `training/fit.py` on whole articles that the weights did not see, and stand in
`weights/bars.json` beside the digest of the weights they belong to.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from dragoman.encoder.labels import TYPES
from dragoman.encoder.manifest import WrongWeights
from dragoman.model.annotation import Quote, Trigger

FIELDS: Final = ("type", "status", "who", "whom", "place", "when")


class Curve(msgspec.Struct, frozen=True):
    """A logistic curve over the logit of a score: the chance that what scores so is right."""

    slope: float
    shift: float

    def __call__(self, score: float) -> float:
        return round(_squash(self.slope * logit(score) + self.shift), 3)


class Bars(msgspec.Struct, frozen=True, kw_only=True):
    """What is told, and how sure it is.

    Attributes:
        weights: The digest of the weights that the numbers were fitted for.
        trigger: An event under this score is not told; `quote` likewise for statements.
        who, whom, place, when: A field under this score is left empty.
        curves: For each field, from its score to the chance that it is right.
        sound: Weights of `traits`, in their order: the chance that nothing told of the event is wrong.
    """

    weights: str
    trigger: float
    quote: float
    who: float
    whom: float
    place: float
    when: float
    speaker: float
    curves: dict[str, Curve]
    sound: dict[str, float]
    said: dict[str, float]


def logit(p: float) -> float:
    p = min(max(p, 1e-3), 1 - 1e-3)
    return math.log(p / (1 - p))


def _squash(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def field_scores(t: Trigger, bars: Bars) -> dict[str, float | None]:
    """The score of each field as it is told; None where it is left empty."""
    out: dict[str, float | None] = {"type": t.type_score, "status": t.status_score}
    for role, bar in (("who", bars.who), ("whom", bars.whom), ("place", bars.place)):
        told = [p.score for p in t.participants if p.role == role and p.score >= bar]
        out[role] = (max if role == "place" else min)(told) if told else None
    out["when"] = t.time_score if t.time is not None and t.time_score >= bars.when else None
    return out


def traits(t: Trigger, told: dict[str, float | None]) -> dict[str, float]:
    """What the chance of an event's soundness is reckoned from, by name."""
    out = {"one": 1.0, "trigger": logit(t.score), "type": logit(t.type_score), "status": logit(t.status_score)}
    for name in ("who", "whom", "place", "when"):
        score = told[name]
        out[f"has {name}"] = float(score is not None)
        out[name] = 0.0 if score is None else logit(score)
    out |= {f"is {kind}": float(t.type == kind) for kind in TYPES}
    out |= {f"status {t.status}": 1.0, "known": t.known, "weight": t.weight - 2}
    return out


def soundness(t: Trigger, bars: Bars) -> float:
    """The chance that nothing told of the event is wrong, on whole articles nobody trained on."""
    found = traits(t, field_scores(t, bars))
    return round(_squash(sum(bars.sound.get(name, 0.0) * value for name, value in found.items())), 3)


def quote_traits(q: Quote) -> dict[str, float]:
    return {
        "one": 1.0,
        "score": logit(q.score),
        "content": logit(q.content_score),
        "speaker": logit(q.speaker_score) if q.speaker else 0.0,
        "has speaker": float(q.speaker is not None),
        "has cue": float(q.cue is not None),
        "stance": logit(q.stance_score),
    }


def quote_soundness(q: Quote, bars: Bars) -> float:
    found = quote_traits(q)
    return round(_squash(sum(bars.said.get(name, 0.0) * value for name, value in found.items())), 3)


@cache
def shared_bars(path: Path = Path(__file__).parent / "weights" / "bars.json") -> Bars:
    """The package's own numbers.

    Raises:
        WrongWeights: They cannot be read.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Bars)
    except (OSError, msgspec.MsgspecError) as error:
        raise WrongWeights(f"{path}: cannot be read ({error}); install Dragoman again") from error
