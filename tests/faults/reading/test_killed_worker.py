"""Workers killed with SIGKILL at random moments under load: what is applied is the log, once and in order."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from shared.database import Pool
from tests.support import applied
from tests.support.reader_process import Settings
from tests.support.running import until
from tests.support.servers import ROOT, KafkaServer, MakeTopic
from tests.support.streams import Ledger, send

EVENTS = 6000


@asynccontextmanager
async def processes() -> AsyncIterator[list[asyncio.subprocess.Process]]:
    """Those still alive at the end are ended."""
    running: list[asyncio.subprocess.Process] = []
    try:
        yield running
    finally:
        for process in running:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def start(settings: Settings) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(*settings.argv(), cwd=ROOT, stderr=asyncio.subprocess.DEVNULL)


@pytest.mark.parametrize("workers", [1, 2])
async def test_killed_under_load_nothing_is_lost_or_doubled(
    database: str, kafka: KafkaServer, make_topic: MakeTopic, workers: int
) -> None:
    chance = random.Random(workers)
    topic = make_topic()
    log = Ledger(topic)
    records = log.fill(EVENTS, size=200)
    names = [f"worker-{number}" for number in range(workers)]
    async with applied.owner(database, topic) as pool:
        async with processes() as running:

            async def begin(name: str) -> asyncio.subprocess.Process:
                process = await start(Settings(database, kafka.bootstrap, topic, name, batch=50))
                running.append(process)
                return process

            alive = {name: await begin(name) for name in names}
            producing = asyncio.create_task(send(kafka.bootstrap, records))
            for kill in range(3):
                threshold = (kill + 1) * EVENTS // 5
                await until(lambda t=threshold: _applied(pool, t))  # type: ignore[misc]
                name = chance.choice(names)
                alive[name].kill()
                await alive[name].wait()
                alive[name] = await begin(name)
            await producing
            await until(lambda: _applied(pool, EVENTS))
        assert await applied.values(pool, topic) == applied.expected(log.records)
        assert await applied.halted(pool, topic) == {}


async def _applied(pool: Pool, number: int) -> bool:
    return await applied.count(pool) >= number
