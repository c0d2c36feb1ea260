"""How the columns of a Parquet file are packed, from its footer.

pyarrow's own answer ends the process where a footer says what it does not know: an exception of C++ that nobody
catches. So the footer, in the compact protocol of Thrift, is walked here first, and nothing but these numbers is kept.
"""

from __future__ import annotations

from typing import BinaryIO

CODEC = (4, 1, 3, 4)
"""Fields on the way to it: groups of rows, their columns, what is said of one, how it is packed."""

FOOTER_BYTES = 32 * 2**20
MAGIC = b"PAR1"
_DEEP, _LONG = 20, 63


def codecs_of(file: BinaryIO) -> set[int]:
    """The codecs of all columns; 0 is none. The file is left somewhere else.

    Raises:
        ValueError: the file ends with no footer that could be walked.
    """
    end = file.seek(0, 2)
    file.seek(max(0, end - 8))
    tail = file.read(8)
    size = int.from_bytes(tail[:4], "little")
    if tail[4:] != MAGIC or size > min(FOOTER_BYTES, end - 8):
        raise ValueError("no footer")
    file.seek(end - 8 - size)
    walk = _Walk(file.read(size))
    try:
        walk.struct(())
    except IndexError:
        raise ValueError("a footer that breaks off") from None
    return walk.found


class _Walk:
    """Through one value of the compact protocol."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0
        self.found: set[int] = set()

    def struct(self, path: tuple[int, ...]) -> None:
        if len(path) > _DEEP:
            raise ValueError("a footer that goes too deep")
        field = 0
        while head := self._byte():
            field = field + (head >> 4) if head >> 4 else _signed(self._number())
            if head & 15 > 2:  # a truth stands in the head itself
                self._value(head & 15, (*path, field))

    def _value(self, kind: int, path: tuple[int, ...]) -> None:
        if kind in (1, 2, 3):
            self._byte()
        elif kind in (4, 5, 6):
            number = _signed(self._number())
            if path == CODEC:
                self.found.add(number)
        elif kind in (7, 8):
            length = 8 if kind == 7 else self._number()
            self._at += length
        elif kind in (9, 10):
            head = self._byte()
            for _ in range(head >> 4 if head >> 4 < 15 else self._number()):
                self._value(head & 15, path)
        elif kind == 11:
            size = self._number()
            kinds = self._byte() if size else 0
            for _ in range(size):
                self._value(kinds >> 4, (*path, 0))
                self._value(kinds & 15, (*path, 0))
        elif kind == 12:
            self.struct(path)
        else:
            raise ValueError("a footer of no kind")

    def _byte(self) -> int:
        byte = self._data[self._at]
        self._at += 1
        return byte

    def _number(self) -> int:
        value = 0
        for shift in range(0, _LONG, 7):
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
        raise ValueError("a footer with a number that has no end")


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)
