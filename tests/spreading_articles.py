"""Small articles of our own as they are shared out: files, a copy of one, a web archive, what is no article."""

from __future__ import annotations

import gzip
from pathlib import Path

NAMES = [
    "Arbor",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elder",
    "Fir",
    "Gorse",
    "Hazel",
    "Ivy",
    "Juniper",
    "Kelp",
    "Larch",
]


def text(number: int, more: str = "") -> str:
    who, whom = NAMES[number % 12], NAMES[(number * 5 + 1) % 12]
    return (
        f"{who} sent its pilots to the northern harbour on day {number} of the repair works. {more} "
        f"They stayed until the evening, the harbour office said, and then left for {whom}\n"
    )


def record(number: int) -> bytes:
    page = (
        f"<html><head><title>Works, note {number}</title></head><body><article><p>{text(number)}</p>"
        f"<p>{text(number + 1)}</p></article></body></html>"
    )
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://works.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", mtime=0)


def folder_of(place: Path, files: int, records: int = 0, more: dict[int, str] | None = None) -> Path:
    """Text files with a day in the name, `more` by number put into them; an archive of so many pages."""
    place.mkdir()
    for n in range(files):
        said = text(n, (more or {}).get(n, ""))
        (place / f"2024-05-{1 + n % 28:02}_{n:03}.txt").write_text(said, encoding="utf-8")
    (place / "notes.csv").write_text("a,b\n", encoding="utf-8")
    if records:
        (place / "pages.warc.gz").write_bytes(b"".join(map(record, range(100, 100 + records))))
        (place / "z-copy.txt").write_text(text(0), encoding="utf-8")
        (place / "z-none.txt").write_text("   \n", encoding="utf-8")
    return place
