"""How much one file may unfold to, whatever lies in whatever else within it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dragoman.intake.found import Found
from dragoman.intake.limits import CONTAINER_BYTES, CONTAINER_DEPTH, CONTAINER_PARTS
from dragoman.model import SetAside


@dataclass(slots=True)
class Budget:
    """What is left of the bounds of one file; its containers draw on it together.

    Attributes:
        depth: Most containers within each other.
        parts: Files that may still be taken out of containers.
        size: Bytes that may still be unpacked.
        ocr: Whether pictures are handed to text recognition.
    """

    depth: int = CONTAINER_DEPTH
    parts: int = CONTAINER_PARTS
    size: int = CONTAINER_BYTES
    ocr: bool = False
    _within: int = 0

    def enter(self) -> bool:
        """Go into a part; False where it lies too deep."""
        if self._within >= self.depth:
            return False
        self._within += 1
        return True

    def leave(self) -> None:
        self._within -= 1

    def take(self, size: int) -> bool:
        """Ask for one more part of `size` bytes; False where the bounds are reached."""
        if self.parts <= 0 or size > self.size:
            return False
        self.parts -= 1
        self.size -= size
        return True


PartReader = Callable[[str, str, bytes, Budget], Iterator[Found | SetAside]]
"""Reads a part of a container: its name, its ending, its bytes, what is left of the bounds."""
