"""Files on their way out: written as fast as the case gives them, sent as fast as the client takes them.

A client that takes a long file slowly, or not at all, holds a temporary file and no connection to the case.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

WRITTEN_AT_ONCE = 2
"""Files written at once; others wait for their turn."""

HELD = 40
"""Files that wait, are written or are being sent; more are told to come back."""

PIECE = 1 << 18
"""Bytes written and sent at once, at most."""

Pieces = Callable[[], Iterator[bytes]]


class Full(Exception):
    """Too many files are on their way."""


class Outbox:
    """Sends files; `close` it with the server."""

    def __init__(self) -> None:
        self._writers = ThreadPoolExecutor(WRITTEN_AT_ONCE, thread_name_prefix="export")
        self.parcels: set[Parcel] = set()

    def send(self, pieces: Pieces) -> Parcel:
        """Begin to write a file, whose pieces come from a call of `pieces` in another thread.

        Raises:
            Full: so many are on their way that this one must wait.
        """
        if len(self.parcels) >= HELD:
            raise Full
        parcel = Parcel(pieces, self.parcels.discard)
        self.parcels.add(parcel)
        self._writers.submit(parcel.write)
        return parcel

    def close(self) -> None:
        """Let go of everything that is under way."""
        for parcel in list(self.parcels):
            parcel.unwanted = True
        self._writers.shutdown(wait=False, cancel_futures=True)


class Parcel:
    """One file. `unwanted`: nobody waits for it any more."""

    def __init__(self, pieces: Pieces, gone: Callable[[Parcel], None]) -> None:
        self.unwanted = False
        self._pieces, self._gone = pieces, gone
        self._file = tempfile.TemporaryFile(prefix="dragoman-")  # noqa: SIM115 closed when both sides are done
        self._lock = threading.Lock()
        self._size = 0
        self._done = self._left = False
        self._fault: BaseException | None = None
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()

    def write(self) -> None:
        """Write all pieces, in a thread of its own; what goes wrong is raised where the file is read."""
        try:
            held = bytearray()
            for piece in () if self.unwanted else self._pieces():
                held += piece
                if self.unwanted:
                    break
                if len(held) >= PIECE:
                    self._put(held)
            self._put(held)
        except BaseException as error:  # noqa: BLE001 the seam between two threads: the reader raises it
            self._fault = error
        finally:
            with self._lock:
                self._done = True
                if self._left:
                    self._file.close()
            self._tell()

    def _put(self, held: bytearray) -> None:
        with self._lock:
            self._file.seek(self._size)
            self._file.write(held)
            self._size += len(held)
        held.clear()
        self._tell()

    def _tell(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._news.set)

    async def begun(self) -> None:
        """Wait for the first piece.

        Raises:
            Exception: writing failed before there was any; what it was.
        """
        while not (self._size or self._done):
            await self._news.wait()
            self._news.clear()
        if self._fault is not None and not self._size:
            self.leave()
            raise self._fault

    async def read(self) -> AsyncIterator[bytes]:
        """The pieces as they are written; read once.

        Raises:
            Exception: writing failed midway.
        """
        at = 0
        try:
            while True:
                self._news.clear()
                with self._lock:
                    self._file.seek(at)
                    piece = self._file.read(min(PIECE, self._size - at))
                    done = self._done
                at += len(piece)
                if piece:
                    yield piece
                elif self._fault is not None:
                    raise self._fault
                elif done:
                    return
                else:
                    await self._news.wait()
        finally:
            self.leave()

    def leave(self) -> None:
        """Nobody waits for it any more; its file goes when the writer is done too."""
        self.unwanted = True
        self._gone(self)
        with self._lock:
            self._left = True
            if self._done:
                self._file.close()


class Sent(StreamingResponse):
    """A parcel as an answer; however the sending ends, the parcel is let go."""

    def __init__(self, parcel: Parcel, headers: Mapping[str, str]) -> None:
        super().__init__(parcel.read(), media_type="application/octet-stream", headers=headers)
        self._parcel = parcel

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._parcel.leave()
