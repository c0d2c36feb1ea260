"""An archive read piece by piece gives what it gives when it is read whole, however it is packed and damaged."""

from __future__ import annotations

import gzip
import io
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.intake import gather
from dragoman.intake.gather import gather_met
from dragoman.intake.walk import FileMet
from dragoman.intake.warc import WHOLE, cut

WORDS = ["harbour", "crane", "ferry", "pilot", "quay", "rope", "tide", "buoy", "anchor", "chart"]


def record(number: int, kind: str = "response") -> bytes:
    said = " ".join(f"The {WORDS[(number + k) % 10]} number {number} was moved on day {k}." for k in range(9))
    page = f"<html><head><title>Note {number}</title></head><body><p>{said}</p></body></html>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://x.example/{number}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


RECORDS = [record(n) for n in range(30)]
PACKED = [gzip.compress(r, mtime=0) for r in RECORDS]


def broken(at: int) -> list[bytes]:
    found = list(PACKED)
    found[at] = found[at][:60] + b"\xff\x00\xfe" * 9 + found[at][87:]
    return found


ARCHIVES = {
    "plain": b"".join(RECORDS),
    "packed one by one": b"".join(PACKED),
    "packed in one": gzip.compress(b"".join(RECORDS), mtime=0),
    "with zeros between": b"\0\0".join(PACKED),
    "damaged in the middle": b"".join(broken(17)),
    "damaged at the start": b"".join(broken(0)),
    "breaking off": b"".join(PACKED)[:-40],
    "plain and breaking off": b"".join(RECORDS)[:-60],
    "plain with noise": b"".join([*RECORDS[:12], b"no record\r\n" * 9, *RECORDS[12:]]),
    "requests only": b"".join(gzip.compress(record(n, "request"), mtime=0) for n in range(30)),
    "empty": b"",
}
ONE_PIECE = {"packed in one", "damaged at the start", "empty"}


@pytest.mark.parametrize("name", ARCHIVES)
def test_pieces_give_what_the_whole_gives(tmp_path: Path, name: str) -> None:
    path = tmp_path / ("a.warc" if name.startswith("plain") else "a.warc.gz")
    path.write_bytes(ARCHIVES[name])
    pieces, records = cut(io.BytesIO(ARCHIVES[name]), 700)
    assert (len(pieces) == 1) == (name in ONE_PIECE)
    assert pieces[0].start == 0 and pieces[-1].end is None
    assert all(a.end == b.start for a, b in pairwise(pieces))
    whole = [*gather([path])]
    parts = [*gather_met(FileMet(str(path), str(path), False, p) for p in pieces)]
    if name == "requests only":
        assert parts == [] and records == 30 and "no page" in whole[0].reason
    else:
        assert parts == whole and whole


def test_an_archive_in_one_piece_is_read_as_ever() -> None:
    assert cut(io.BytesIO(b"".join(PACKED)), 10**9) == ([WHOLE], 30)
