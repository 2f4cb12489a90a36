"""Connections to a real server: heads are bounded, whoever sends them and however slowly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn

from shared.http import connection
from shared.http.connection import LARGEST_HEAD, Bounded


async def _app(_scope: Any, receive: Any, send: Any) -> None:
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """Where a server with such connections listens."""
    config = uvicorn.Config(_app, port=0, http=Bounded, ws="none", lifespan="off", log_level="critical")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  uvicorn has no event for it
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await serving


async def said(port: int, *parts: bytes) -> bytes:
    """What comes back before the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
        return await asyncio.wait_for(reader.read(), 30)
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_a_head_of_the_usual_size_is_answered(port: int) -> None:
    token = b"a" * (LARGEST_HEAD // 2)
    answer = await said(port, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: %b\r\n\r\n" % token)
    assert answer.startswith(b"HTTP/1.1 200")


async def test_a_head_without_an_end_is_cut_off(port: int) -> None:
    answer = await said(port, b"GET / HTTP/1.1\r\nHost: x\r\nA: ", *[b"a" * 8192] * 6)
    assert b"HTTP/1.1 200" not in answer


async def test_a_body_may_be_longer_than_a_head(port: int) -> None:
    body = b"b" * (4 * LARGEST_HEAD)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    assert (await said(port, head, body)).startswith(b"HTTP/1.1 200")


async def test_who_says_nothing_or_half_a_head_is_not_waited_for(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.2)
    assert await said(port) == b""
    assert await said(port, b"GET / HTTP/1.1\r\nHost:") == b""
