"""What was fetched, as it was: one WARC file a page, with address, time and SHA-256; and what is known of feeds.

kept/2026-11-30/0f3a...-143502.warc.gz    the answer, headers and body, byte for byte
kept/known.json                           pages that were seen, and what to ask feeds on condition of
"""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import msgspec

from dragoman.watching.fetching import Answer

KNOWN = "known.json"


class Seen(msgspec.Struct):
    """What is known of addresses.

    Attributes:
        pages: Address -> ISO moment in which it was fetched, or given up.
        feeds: Address of a feed -> the headers of its next conditional request.
        tries: Address -> how often it failed in a way that may pass.
        unread: Files that were kept and are not in the case yet, below the folder.
    """

    pages: dict[str, str] = msgspec.field(default_factory=dict)
    feeds: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    tries: dict[str, int] = msgspec.field(default_factory=dict)
    unread: list[str] = msgspec.field(default_factory=list)


class Kept:
    """The folder in which fetched pages are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen = self._load()

    def _load(self) -> Seen:
        try:
            return msgspec.json.decode((self.folder / KNOWN).read_bytes(), type=Seen)
        except (FileNotFoundError, msgspec.DecodeError):
            return Seen()  # a list that is gone or broken costs another fetch, and no page

    def save(self) -> None:
        """Write what is known, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        new = self.folder / f"{KNOWN}.new"
        new.write_bytes(msgspec.json.encode(self.seen, order="sorted"))
        new.replace(self.folder / KNOWN)

    def keep(self, answer: Answer, at: datetime) -> Path:
        """Store an answer as it was; the name of the file begins with the body's SHA-256."""
        digest = hashlib.sha256(answer.body).hexdigest()
        day = self.folder / f"{at.astimezone(UTC):%Y-%m-%d}"
        day.mkdir(parents=True, exist_ok=True)
        path = day / f"{digest[:32]}-{at.astimezone(UTC):%H%M%S}.warc.gz"
        new = path.with_suffix(".new")
        new.write_bytes(gzip.compress(_record(answer, digest, at), mtime=0))
        new.replace(path)
        self.seen.unread.append(path.relative_to(self.folder).as_posix())
        return path

    def unread(self) -> list[Path]:
        """Files that were kept and not read, as when the program was stopped between the two."""
        return [self.folder / name for name in self.seen.unread if (self.folder / name).is_file()]

    def were_read(self) -> None:
        """Note that all that was kept is in the case."""
        if self.seen.unread:
            self.seen.unread.clear()
            self.save()


def _record(answer: Answer, digest: str, at: datetime) -> bytes:
    """An answer as a WARC 1.1 response record."""
    status = f"HTTP/1.1 {answer.status} {answer.reason}".rstrip()
    # A transfer coding is of the connection, not of what was kept: the body stands here whole.
    head = [f"{key}: {value}" for key, value in answer.headers if key.lower() != "transfer-encoding"]
    block = "\r\n".join([status, *head, "", ""]).encode("utf-8", "replace") + answer.body
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    fields = [
        "WARC/1.1",
        "WARC-Type: response",
        f"WARC-Target-URI: {answer.url}",
        f"WARC-Date: {moment}",
        f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, f'{moment} {answer.url} {digest}')}>",
        f"WARC-Payload-Digest: sha256:{digest}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join([*fields, "", ""]).encode() + block + b"\r\n\r\n"
