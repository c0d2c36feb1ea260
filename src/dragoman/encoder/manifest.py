"""What weights say of themselves, and whether this decoder may use them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from dragoman.encoder.labels import MODES_OF, ROLES, STANCES, STATUSES
from dragoman.encoder.scope import BEFORE, SPOKEN
from dragoman.encoder.times import FREE, RELATIONS
from dragoman.encoder.tokens import CONTEXT_PIECES, HEADLINE_PIECES, MAX_PIECES

LAYOUT: Final = 1
"""Goes up when the graphs change their inputs or outputs."""


class WrongWeights(ValueError):
    """The weights were made for another decoder, or their files are not whole."""


class Special(msgspec.Struct, frozen=True):
    begin: int
    end: int
    pad: int
    unknown: int


class Manifest(msgspec.Struct, frozen=True):
    """`sha256` of every file; `labels` is the digest of what the heads tell apart and of the windows' bounds."""

    layout: int
    labels: str
    special: Special
    sha256: dict[str, str]
    day: str = ""

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that name these weights in the rule of each fact."""
        joined = "".join(f"{name}{self.sha256[name]}" for name in sorted(self.sha256))
        return sha256((joined + self.labels).encode()).hexdigest()[:8]


def layout_digest() -> str:
    """Of all that training and decoding must agree on."""
    told = msgspec.json.encode(
        [
            MODES_OF,
            STATUSES,
            STANCES,
            ROLES,
            FREE,
            RELATIONS,
            MAX_PIECES,
            CONTEXT_PIECES,
            HEADLINE_PIECES,
            BEFORE,
            SPOKEN,
        ]
    )
    return sha256(told).hexdigest()[:16]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder of weights.

    Raises:
        WrongWeights: It is missing, of another layout, or of labels in another order.
    """
    path = folder / "manifest.json"
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise WrongWeights(f"{path}: not the manifest of an encoder's weights ({error})") from error
    if manifest.layout != LAYOUT or manifest.labels != layout_digest():
        raise WrongWeights(
            f"{path}: weights of layout {manifest.layout}, labels {manifest.labels}; this version reads layout "
            f"{LAYOUT}, labels {layout_digest()}. Train and export them again (make train), or install the version "
            "that they came with."
        )
    return manifest
