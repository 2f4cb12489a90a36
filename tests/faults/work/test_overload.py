"""Load beyond what a process can hold: told to come back, and memory does not grow."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path

import httpx
import psutil

from shared.http.body import LARGEST_BULK
from shared.http.bounding import MOST_BYTES
from tests.support.ledgers import until
from tests.support.signing import ISSUING, signing_in
from unionstream.embedded.ports import free_ports

ROOT = Path(__file__).parents[3]
TOKEN = f"authorization: bearer {ISSUING.token('ada')}\r\n".encode()
LONGEST = b"content-length: %d\r\n" % LARGEST_BULK
HELD = MOST_BYTES // LARGEST_BULK
CLIENTS = 10 * HELD
LARGEST_GROWTH = MOST_BYTES


async def asked(port: int) -> tuple[int, bytes]:
    """Announces the longest body there may be and sends none of it; the status and the answer's head."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"GET /slow HTTP/1.1\r\nhost: here\r\nconnection: close\r\n" + TOKEN + LONGEST + b"\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        return int(head.split(b" ", 2)[1]), head.lower()
    finally:
        writer.close()


async def test_a_flood_is_refused_with_retry_after_and_memory_stays(database: str) -> None:
    port, operations = free_ports(2)
    settings = {
        "TINY_DATABASE_URL": database,
        "TINY_KAFKA": "127.0.0.1:1",
        "TINY_HTTP_HOST": "127.0.0.1",
        "TINY_HTTP_PORT": str(port),
        "TINY_OPERATIONS_PORT": str(operations),
        **signing_in("TINY"),
        "SLOW": "30",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.tiny_service", "api", cwd=ROOT, env=os.environ | settings
    )
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{operations}", timeout=60, trust_env=False
        ) as http:

            async def live() -> bool:
                try:
                    return (await http.get("/health/live")).is_success
                except httpx.TransportError:
                    return False

            await until(live, seconds=120)
            before = psutil.Process(process.pid).memory_info().rss
            answers = await asyncio.gather(*(asked(port) for _ in range(CLIENTS)))
            found = Counter(status for status, _ in answers)
            assert found[503] >= CLIENTS - HELD
            assert set(found) <= {200, 500, 503}  # 500: there is no schema, which is not the point here
            assert all(b"retry-after: 1" in head for status, head in answers if status == 503)
            assert psutil.Process(process.pid).memory_info().rss - before < LARGEST_GROWTH
            assert await live()
            told = (await http.get("/metrics")).text
            assert f"unionstream_http_overloaded_total {found[503]}.0" in told
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
