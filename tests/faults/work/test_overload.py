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

from tests.support.ledgers import until
from unionstream.embedded.ports import free_port

ROOT = Path(__file__).parents[3]
CLIENTS = 3_500
LARGEST_GROWTH = 150 * 1024 * 1024


async def test_a_flood_is_refused_with_retry_after_and_memory_stays(database: str) -> None:
    port = free_port()
    settings = {
        "TINY_DATABASE_URL": database,
        "TINY_KAFKA": "127.0.0.1:1",
        "TINY_HTTP_HOST": "127.0.0.1",
        "TINY_HTTP_PORT": str(port),
        "SLOW": "20",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.tiny_service", "api", cwd=ROOT, env=os.environ | settings
    )
    limits = httpx.Limits(max_connections=None)
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", timeout=200, trust_env=False, limits=limits
        ) as http:

            async def live() -> bool:
                try:
                    return (await http.get("/health/live")).is_success
                except httpx.TransportError:
                    return False

            await until(live, seconds=120)
            before = psutil.Process(process.pid).memory_info().rss
            answers = await asyncio.gather(*(http.get("/slow") for _ in range(CLIENTS)))
            found = Counter(each.status_code for each in answers)
            assert set(found) <= {200, 500, 503}  # 500: no schema behind it, which is not the point here
            assert found[503] > 0
            assert all(each.headers["Retry-After"] for each in answers if each.status_code == 503)
            assert psutil.Process(process.pid).memory_info().rss - before < LARGEST_GROWTH
            assert (await http.get("/health/live")).is_success
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
