"""HTTP connections with an end to patience: a client that neither speaks nor listens is cut off.

Under uvicorn's own protocol a connection that never sends its request, or never takes its answer, stays as long as
the server does.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from dragoman.workbench.safety import HEADERS

ASKING = 15.0
"""Seconds that a client has to send the head of its request."""

SILENT = 30.0
"""Seconds without a byte more of a request's body, or without room for more of an answer."""

LOOK = 3.0
"""Seconds between two looks at a connection."""

CONNECTIONS = 300
"""Connections held at once; what comes beyond is closed."""


class Patient(H11Protocol):
    """uvicorn's protocol that cuts off clients who keep it waiting."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._heard = self._free = self.loop.time()
        self._full: float | None = None
        if len(self.connections) > CONNECTIONS:
            transport.abort()
            return
        self._next: asyncio.TimerHandle | None = self.loop.call_later(LOOK, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        if (pending := getattr(self, "_next", None)) is not None:
            pending.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._heard = self.loop.time()
        super().data_received(data)

    def on_response_complete(self) -> None:
        self._free = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        self._full = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        self._full = None
        super().resume_writing()

    def _look(self) -> None:
        if self._keeps_waiting():
            self.transport.abort()
        else:
            self._next = self.loop.call_later(LOOK, self._look)

    def _keeps_waiting(self) -> bool:
        now = self.loop.time()
        if self._full is not None and now - self._full > SILENT:
            return True
        if self.cycle is None or self.cycle.response_complete:
            return now - self._free > ASKING
        return bool(self.cycle.more_body) and now - self._heard > SILENT

    def send_400_response(self, msg: str) -> None:
        """As uvicorn's, with the headers that all answers have."""
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        headers += [(k.lower().encode(), v.encode()) for k, v in HEADERS.items()]
        for event in (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=msg.encode("ascii")),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
