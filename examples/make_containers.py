"""Rebuild the web archive of the example case from its two pages, byte for byte the same each time.

    python examples/make_containers.py

Reads `examples/containers/*.html`, writes `examples/withdrawal/07-crawl.warc.gz`. Standard library only.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE / "withdrawal" / "07-crawl.warc.gz"

PAGES = {
    "mountain-dispatch.html": (
        "https://www.mountain-dispatch.example/2022/12/14/road-blocked",
        "2024-07-01T08:00:00Z",
    ),
    "severnyy-put.html": (
        "https://www.severnyy-put.example/news/kolonny-idut-na-sever",
        "2024-07-01T08:00:05Z",
    ),
}
"""Page: the address it was fetched from, and the time of the crawl (not that of the page)."""


def record(kind: str, uri: str, day: str, content_type: str, block: bytes) -> bytes:
    """One WARC 1.0 record as a gzip member of its own, as crawlers write them."""
    name = hashlib.sha256(uri.encode() + kind.encode()).hexdigest()
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{name[:8]}-{name[8:12]}-4{name[13:16]}-8{name[17:20]}-{name[20:32]}>",
        f"WARC-Date: {day}",
        *([f"WARC-Target-URI: {uri}"] if kind == "response" else []),
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block)}",
    ]
    data = "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, filename="") as member:
        member.write(data)
    return packed.getvalue()


def archive() -> bytes:
    """The whole archive: what wrote it, then one response for each page."""
    info = b"software: examples/make_containers.py\r\nformat: WARC File Format 1.0\r\n"
    parts = [record("warcinfo", "info", "2024-07-01T08:00:00Z", "application/warc-fields", info)]
    for page, (uri, day) in PAGES.items():
        body = (HERE / "containers" / page).read_bytes()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        parts.append(record("response", uri, day, "application/http; msgtype=response", head.encode() + body))
    return b"".join(parts)


if __name__ == "__main__":
    TARGET.write_bytes(archive())
    print(f"wrote {TARGET} ({TARGET.stat().st_size} bytes)")
