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

from dragoman.encoder.manifest import WrongWeights

FIELDS: Final = ("type", "status", "who", "whom", "place", "when")


class Curve(msgspec.Struct, frozen=True):
    """A logistic curve over the logit of a score: the chance that what scores so is right."""

    slope: float
    shift: float

    def __call__(self, score: float) -> float:
        return round(squash(self.slope * logit(score) + self.shift), 3)


class Bars(msgspec.Struct, frozen=True, kw_only=True):
    """What is told, and how sure it is.

    Attributes:
        weights: The digest of the weights that the numbers were fitted for.
        trigger: An event under this score is not told.
        seconded: The bar for an event that the second voice tells in the same words.
        doubled: The bar for one beside a surer one of its type in the sentence: often the same deed told twice.
        alone: A field (who, whom, place, when) under its score here is left empty;
        agreed: the lower one where a second voice says the same.
        votes: What the second voice's type and status add to the logarithm of their chances.
        curves: For each field, from its score to the chance that it is right.
        sound: Weights of the traits of an event (`reading.events.choice`): the chance that nothing told is wrong.
        quote, speaker, stance: Under these scores a statement that only the encoder has is not told, its speaker is
            left empty, its stance is *says*; `differing`: from here on its speaker casts doubt on the rules' own.
        said_alone: Whether statements are told that only the rules have.
        said: Weights of the traits of a statement (`reading.statements.joint`).
    """

    weights: str
    trigger: float
    seconded: float
    doubled: float
    quote: float
    alone: dict[str, float]
    agreed: dict[str, float]
    votes: dict[str, float]
    speaker: float
    differing: float
    stance: float
    said_alone: bool
    curves: dict[str, Curve]
    sound: dict[str, float]
    said: dict[str, float]


def logit(p: float) -> float:
    p = min(max(p, 1e-3), 1 - 1e-3)
    return math.log(p / (1 - p))


def squash(x: float) -> float:
    """The inverse of `logit`."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def chance(found: dict[str, float], weights: dict[str, float]) -> float:
    """A logistic regression's answer: `found` are the traits of one thing, by name."""
    return round(squash(sum(weights.get(name, 0.0) * value for name, value in found.items())), 3)


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
