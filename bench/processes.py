"""Two worker processes of the release on one database: they share the partitions, as in a province."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from bench.rate import Rate
from bench.topics import Topics
from unionstream.embedded.ports import free_port
from unionstream.embedded.processes import Process
from unionstream.embedded.service import make_service

WORKER = Process("projection", "services.projection.main", role="worker")
PROCESSES = 2
LOOK_SECONDS = 0.02
PATIENCE_SECONDS = 300.0
ROLLED = "SELECT coalesce(sum(sequence), 0)::bigint FROM roller_position"


async def side_by_side(url: str, topics: Topics) -> float:
    """Events per second until the figures stand, from the first that were rolled up on."""
    rate, seen = Rate(), 0
    with _workers(url, topics):
        watching = await asyncpg.connect(url)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while seen < topics.events:
                    await asyncio.sleep(LOOK_SECONDS)
                    now = await watching.fetchval(ROLLED)
                    if now > seen:
                        rate.add(now - seen)
                        seen = now
        finally:
            await watching.close()
    return rate.until(time.perf_counter())


@contextmanager
def _workers(url: str, topics: Topics) -> Iterator[None]:
    with TemporaryDirectory(prefix="unionstream-bench-") as folder:
        workers = [
            make_service(
                WORKER,
                {
                    "DATABASE_URL": url,
                    "KAFKA": topics.kafka,
                    "PARTITIONS": str(topics.partitions),
                    "OIDC_ISSUER": "https://issuer.invalid",  # a worker asks for no tokens
                    "INSTANCE": str(number),
                },
                (free_port(), free_port()),
                Path(folder) / "logs",
            )
            for number in range(PROCESSES)
        ]
        try:
            for worker in workers:
                worker.start()
            yield
        finally:
            for worker in workers:
                worker.child.ask_to_stop()
            for worker in workers:
                worker.child.await_stop()
