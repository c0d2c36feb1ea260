"""What a word alone tells of an event's type: the types that readers gave it, beside the encoder's voice.

A small encoder confuses what it saw seldom (*relâchés* as an arrest, *heurts* as an attack); a count of the same word
in the labels, and the frames that name it, do not. The table is made by `training/lexicon.py`; it lies beside the
weights, and their manifest names it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from dragoman.encoder.labels import TYPES
from dragoman.encoder.manifest import WrongWeights
from dragoman.naming.stems import stems

Floats = NDArray[np.float32]

FILE = "words.json"
LEAST = 1e-6


class Shares(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How loud each voice is beside the encoder's, in the logarithm of its chances.

    Attributes:
        labels, frames: Of the types for which readers marked the word, and of those whose frames name it.
    """

    labels: float
    frames: float


Counts = dict[str, dict[str, int]]
"""For each stem, how often it was marked with each type, or how many frames of the type it heads."""


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts by language and stem. `prior` is the share of each of TYPES among all marked words."""

    shares: Shares
    prior: tuple[float, ...]
    labels: dict[str, Counts]
    frames: dict[str, Counts]

    def knows(self, language: str) -> bool:
        """Whether enough was read in a language for words of it to say anything."""
        return language in self.labels

    def types(self, word: str, language: str) -> Floats:
        """What the word adds to the logarithm of each type's chance (17 numbers)."""
        stem = stem_of(word, language)
        out: Floats = self.shares.labels * self._chances(self.labels.get(language, {}).get(stem, {}))
        out += self.shares.frames * self._chances(self.frames.get(language, {}).get(stem, {}))
        return out

    def _chances(self, counts: dict[str, int]) -> Floats:
        """The logarithm of each type's share among the counts, one more event spread as all events are."""
        found = np.array([counts.get(t, 0) for t in TYPES], np.float32)
        out: Floats = np.log((found + np.array(self.prior, np.float32)) / (found.sum() + 1) + LEAST)
        return out


@lru_cache(maxsize=50_000)
def stem_of(word: str, language: str) -> str:
    return stems(word, language)[0]


def read_lexicon(path: Path, data: bytes) -> Lexicon:
    """The table in the bytes of a file.

    Raises:
        WrongWeights: They hold none, or one of other types.
    """
    try:
        lexicon = msgspec.json.decode(data, type=Lexicon)
    except msgspec.MsgspecError as error:
        raise WrongWeights(f"{path}: not a table of words ({error}); install Dragoman again") from error
    if len(lexicon.prior) != len(TYPES):
        raise WrongWeights(
            f"{path}: a table of {len(lexicon.prior)} types, not {len(TYPES)}; install Dragoman again"
        )
    return lexicon
