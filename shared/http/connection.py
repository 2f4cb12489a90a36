"""Connections that cannot be held open for nothing: heads of requests are bounded in size and in time."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 32 * 1024
HEAD_SECONDS = 20.0


class Bounded(HttpToolsProtocol):
    """One connection; it is ended when a head is longer than 32 kB, or not whole after 20 seconds."""

    _head = 0
    _whole = True
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody who connects says something soon."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._come()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Counts while a head is coming in."""
        self._head += len(data)
        super().data_received(data)
        if not self._whole and self._head > LARGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("The head of the request is too long.")

    def on_message_begin(self) -> None:
        """A head begins."""
        self._head = 0
        self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._come()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._come()
        self._whole = False
        self._patience = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _come(self) -> None:
        self._whole = True
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self) -> None:
        transport: Any = self.transport
        if not transport.is_closing():
            transport.close()
