"""Bytes of a case that are large and seldom read, pressed by zlib with a dictionary of what is common to all cases.

    RECORDS.unpack(RECORDS.pack(line)) == line

What is pressed begins with the number of its dictionary, from 1 to 31, with which neither JSON nor MessagePack of a
struct begins: rows that older versions wrote plainly are read as they are. Whether it is what was written is told by
the digest of the row, not here.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np

from dragoman.store.errors import NotWhole

FOLDER = Path(__file__).with_name("dictionaries")
"""Made by `quality/dictionaries.py`, and never changed: each says what cases of its time were written by."""

NUMBER = 1
"""Of the dictionaries by which is written now."""

PLAIN_FROM = 32
"""Bytes from which on what begins so is not pressed."""

MOST = 2**28
"""Bytes that may come out; more was never put in, for an article is shorter."""

LEVEL = 6
"""Of zlib; 9 takes half as long again, for one byte in a hundred."""


def is_packed(stored: bytes) -> bool:
    """True for what one of the packings of this module made."""
    return bool(stored) and stored[0] < PLAIN_FROM


@dataclass(frozen=True)
class Packing:
    """A way to press one sort of content. `window`: bits of the bytes that are looked back on, dictionary included."""

    name: str
    window: int

    def pack(self, plain: bytes) -> bytes:
        """The content pressed."""
        pressing = _pressing(self.name, self.window)
        return bytes((NUMBER,)) + pressing.compress(plain) + pressing.flush()

    def unpack(self, stored: bytes) -> bytes:
        """The content as it was; as it is where it was never pressed.

        Raises:
            NotWhole: it is not what `pack` gave.
        """
        if not is_packed(stored):
            return stored
        try:
            dictionary = _dictionary(self.name, stored[0])
            taking = zlib.decompressobj(-self.window, dictionary)
            plain = taking.decompress(memoryview(stored)[1:], MOST)
        except (zlib.error, FileNotFoundError) as error:
            raise NotWhole(f"what was pressed is not what was written ({error})") from error
        if not taking.eof or taking.unused_data:
            raise NotWhole("what was pressed is not what was written")
        return plain


RECORDS = Packing("records", 14)
"""Lines of records."""

READINGS = Packing("readings", 15)
"""MessagePack of readings."""

ARTICLES = Packing("articles", 15)
"""MessagePack of articles, with their text."""

GRID = 4096
"""The parts of one that vectors are made of, see `linking.vectors`."""

FLOATS = 4 * 512
"""Bytes of a vector that is not pressed."""


def pack_vector(vector: np.ndarray) -> bytes:
    """The numbers of a vector as parts of `GRID`, low bytes before high ones; one of other numbers as float32."""
    plain, parts = vector.astype("<f4"), np.round(vector * GRID)
    if np.abs(parts).max(initial=0) > np.iinfo("<i2").max or not np.array_equal(parts / GRID, plain):
        return plain.tobytes()
    return zlib.compress(parts.astype("<i2").view(np.uint8).reshape(-1, 2).T.tobytes(), LEVEL)


def unpack_vector(stored: bytes) -> np.ndarray:
    """The vector as it was; what older versions wrote is all float32, and longer than anything pressed."""
    if len(stored) == FLOATS:
        return np.frombuffer(stored, "<f4")
    parts = np.frombuffer(zlib.decompress(stored), np.uint8).reshape(2, -1).T
    return np.ascontiguousarray(parts).view("<i2")[:, 0].astype("<f4") / np.float32(GRID)


@cache
def _dictionary(name: str, number: int) -> bytes:
    return (FOLDER / f"{name}-{number}.bin").read_bytes()


_lock = Lock()


def _pressing(name: str, window: int) -> zlib._Compress:
    """A copy of one that has taken in the dictionary, which takes longer than to press a record."""
    with _lock:
        return _prepared(name, window).copy()


@cache
def _prepared(name: str, window: int) -> zlib._Compress:
    dictionary = _dictionary(name, NUMBER)
    return zlib.compressobj(LEVEL, zlib.DEFLATED, -window, 8, zlib.Z_DEFAULT_STRATEGY, dictionary)
