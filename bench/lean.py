"""A lean HTTP client on kept-alive connections: asking has to cost little of the machine it measures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from pydantic_core import from_json, to_json

from bench.signing import token
from unionstream.embedded.stack import Stack

Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]
COMMAND = "Idempotency-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: {length}"


class Refusal(Exception):
    """A request was not answered with success; the measurement would mean nothing."""


@dataclass(frozen=True)
class Client:
    """Connections to one service; a request waits while all are busy."""

    host: str
    port: int
    idle: asyncio.Queue[Pair]
    token: str = field(default="", repr=False)

    @property
    def _head(self) -> str:
        return f"Host: {self.host}\r\nAuthorization: Bearer {self.token}"

    async def get(self, path: str) -> Any:
        """The answer, decoded; raises `Refusal`."""
        return await self._answer(f"GET {path} HTTP/1.1\r\n{self._head}\r\n\r\n".encode())

    async def post(self, path: str, body: Any) -> Any:
        """The same for a command or for rows, under a fresh key."""
        content = to_json(body)
        command = COMMAND.format(key=uuid4().hex, length=len(content))
        head = f"POST {path} HTTP/1.1\r\n{self._head}\r\n{command}\r\n\r\n"
        return await self._answer(head.encode() + content)

    async def _answer(self, request: bytes) -> Any:
        pair = await self.idle.get()
        try:
            try:
                head, body = await _exchange(pair, request)
            except (asyncio.IncompleteReadError, ConnectionError):  # closed while nobody used it
                pair = await asyncio.open_connection(self.host, self.port)
                head, body = await _exchange(pair, request)
        finally:
            self.idle.put_nowait(pair)
        if not head.startswith(b"HTTP/1.1 2"):
            raise Refusal(f"{request[:80]!r} answered {head[:20]!r} {body[:500]!r}")
        return from_json(body)


async def _exchange(pair: Pair, request: bytes) -> tuple[bytes, bytes]:
    reader, writer = pair
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    return head, await reader.readexactly(length)


@asynccontextmanager
async def client(stack: Stack, service: str, connections: int) -> AsyncIterator[Client]:
    """So many connections to a service of the stack, signed in, closed afterwards."""
    address, idle = urlsplit(stack.url(service)), asyncio.Queue[Pair]()
    host, port = address.hostname or "", address.port or 80
    for _ in range(connections):
        idle.put_nowait(await asyncio.open_connection(host, port))
    try:
        yield Client(host, port, idle, token(stack.data))
    finally:
        while not idle.empty():
            idle.get_nowait()[1].close()
