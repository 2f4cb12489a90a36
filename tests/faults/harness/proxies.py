"""TCP proxies before the brokers: connections are cut, refused, delayed, and bytes in them spoilt."""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from unionstream.embedded.ports import LOOPBACK, free_ports

CHUNK = 64 * 1024
ADDRESSES = 256
"""The first bytes of a chunk stay whole: they say which partition is meant, and Kafka sums only the records.

A flipped bit there is what TCP's own checksum guards against, and no client without TLS could notice it.
"""


@dataclass
class Proxy:
    """One port that leads to another one."""

    port: int
    target: int
    dice: random.Random
    delay: float = 0.0
    spoil: float = 0.0
    shut: bool = False
    cuts: int = 0
    spoilt: int = 0
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _listening: asyncio.Server | None = None

    async def serve(self) -> None:
        self._listening = await asyncio.start_server(self._connected, LOOPBACK, self.port)

    def end(self) -> None:
        """Listen no more, and cut what is there."""
        self.shut = True
        self.cut()
        if self._listening is not None:
            self._listening.close()

    def cut(self) -> None:
        """Every connection ends at once, as by a firewall that forgets its state."""
        for writer in self._open:
            writer.transport.abort()
            self.cuts += 1

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.shut:
            writer.transport.abort()
            return
        try:
            inner_reader, inner_writer = await asyncio.open_connection(LOOPBACK, self.target)
        except OSError:
            writer.transport.abort()
            return
        both = {writer, inner_writer}
        self._open |= both
        ways = [
            asyncio.create_task(self._pass(reader, inner_writer, spoiling=False)),
            asyncio.create_task(self._pass(inner_reader, writer, spoiling=True)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._open -= both
            for each in both:
                each.transport.abort()
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, spoiling: bool
    ) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(CHUNK):
                if self.delay:
                    await asyncio.sleep(self.delay * self.dice.uniform(0.5, 1.5))
                writer.write(self._spoilt(chunk) if spoiling else chunk)
                await writer.drain()

    def _spoilt(self, chunk: bytes) -> bytes:
        if len(chunk) <= ADDRESSES or self.dice.random() >= self.spoil:
            return chunk
        self.spoilt += 1
        at = self.dice.randrange(ADDRESSES, len(chunk))
        return chunk[:at] + bytes([chunk[at] ^ (1 << self.dice.randrange(8))]) + chunk[at + 1 :]


class Proxies:
    """So many proxies on a thread of their own, so that they live while everything else waits."""

    def __init__(self, count: int, seed: int) -> None:
        """Ports are chosen; nothing listens before the context is entered."""
        ports = free_ports(2 * count)
        self.all = [Proxy(ports[n], ports[count + n], random.Random(seed + n)) for n in range(count)]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxies", daemon=True)

    @property
    def fronts(self) -> list[tuple[int, int]]:
        """What clients are told, and where the broker is to listen."""
        return [(proxy.port, proxy.target) for proxy in self.all]

    def __enter__(self) -> Self:
        self._thread.start()
        for proxy in self.all:
            self.wait(proxy.serve)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wait(self._end)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def wait(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """Have the thread of the proxies do this, and wait until it is done."""
        asyncio.run_coroutine_threadsafe(work(), self._loop).result(timeout=30)

    def call(self, work: Callable[[], None]) -> None:
        """Have the thread of the proxies call this."""

        async def calling() -> None:
            work()

        self.wait(calling)

    async def _end(self) -> None:
        for proxy in self.all:
            proxy.end()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
