"""What a case holds pressed comes out as it went in; damage is told; what was pressed once can always be read."""

from __future__ import annotations

import zlib
from hashlib import blake2b

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.linking import vectors
from dragoman.store.errors import NotWhole
from dragoman.store.packing import (
    ARTICLES,
    FLOATS,
    FOLDER,
    GRID,
    READINGS,
    RECORDS,
    Packing,
    is_packed,
    pack_vector,
    unpack_vector,
)

ALL = [RECORDS, READINGS, ARTICLES]

DICTIONARIES = {
    "articles-1.bin": "44a5b2b00782f5e0",
    "readings-1.bin": "f1447b0f4ca400b6",
    "records-1.bin": "a9d2c5996ea45ba9",
}
"""A dictionary that changes makes all cases unreadable that were written by it."""

LINE = b'{"kind":"event","id":"event-0123456789abcdef","type":"CONSULT","mode":"visit","status":"happened"}'

PRESSED = bytes.fromhex("01c31709068646c626a666e616968949c929a969c859c22f18b9c2562acb2c06af92c58c995a00")
"""`LINE` as the first version to press wrote it."""


def test_dictionaries_are_what_cases_were_written_by() -> None:
    found = {f.name: blake2b(f.read_bytes(), digest_size=8).hexdigest() for f in FOLDER.iterdir()}
    assert found == DICTIONARIES


def test_what_was_pressed_once_can_be_read() -> None:
    assert RECORDS.unpack(PRESSED) == LINE
    assert len(PRESSED) < len(LINE) / 2


@pytest.mark.parametrize("packing", ALL, ids=lambda p: p.name)
@settings(max_examples=60, deadline=None)
@given(plain=st.binary(max_size=3000) | st.text(max_size=500).map(str.encode))
def test_it_comes_out_as_it_went_in(packing: Packing, plain: bytes) -> None:
    stored = packing.pack(plain)
    assert is_packed(stored)
    assert packing.unpack(stored) == plain
    assert packing.pack(plain) == stored


@pytest.mark.parametrize("packing", ALL, ids=lambda p: p.name)
@pytest.mark.parametrize("plain", [b"", b"{}", LINE, b"\x80", b"\xde\x00\x10"], ids=repr)
def test_what_was_never_pressed_is_as_it_is(packing: Packing, plain: bytes) -> None:
    assert packing.unpack(plain) == plain


def test_a_long_one_comes_out_whole() -> None:
    plain = b"".join(blake2b(bytes([n % 251, n // 251])).digest() for n in range(4000))
    assert ARTICLES.unpack(ARTICLES.pack(plain)) == plain


@pytest.mark.parametrize(
    "broken",
    [
        lambda stored: stored[:-1],
        lambda stored: stored[:1],
        lambda stored: stored + b"x",
        lambda stored: b"\x1f" + stored[1:],
        lambda stored: stored[:1] + b"\xff" * 20,
    ],
    ids=["cut", "empty", "more", "unknown dictionary", "no deflate"],
)
def test_what_is_broken_is_told(broken) -> None:
    with pytest.raises(NotWhole):
        RECORDS.unpack(broken(RECORDS.pack(LINE * 3)))


def test_no_more_comes_out_than_was_ever_put_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.packing.MOST", 1000)
    pressing = zlib.compressobj(9, zlib.DEFLATED, -14)
    bomb = b"\x01" + pressing.compress(bytes(10**6)) + pressing.flush()
    with pytest.raises(NotWhole):
        RECORDS.unpack(bomb)


@pytest.mark.parametrize(
    ("vector", "is_pressed"),
    [
        (np.round(np.sin(np.arange(512)) * GRID).astype(np.float32) / np.float32(GRID), True),
        (np.zeros(512, np.float32), True),
        (np.full(512, 9, np.float32), False),
        (np.sin(np.arange(512)).astype(np.float32), False),
        (np.full(512, np.nan, np.float32), False),
    ],
    ids=["of parts", "none", "too large", "no parts", "no numbers"],
)
def test_a_vector_comes_out_as_it_went_in(vector: np.ndarray, is_pressed: bool) -> None:
    assert vectors.GRID == GRID
    stored = pack_vector(vector)
    assert (len(stored) < FLOATS / 2) == is_pressed
    assert np.array_equal(unpack_vector(stored), vector, equal_nan=True)
