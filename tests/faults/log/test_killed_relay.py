"""`kill -9` of the relay at random moments under load: log and topic agree in every byte and number."""

from __future__ import annotations

import asyncio
import random
import sys
from asyncio.subprocess import Process
from pathlib import Path

import pytest

from shared.database import Pool
from shared.streams import STREAMS
from tests.support.ledgers import append, assert_chained, hear, logged, relayed, until
from tests.support.servers import KafkaServer

ROOT = Path(__file__).parents[3]
KILLS = 4


async def start_relay(database: str, kafka: KafkaServer, topic: str) -> Process:
    arguments = ["-m", "tests.support.relaying", database, kafka.bootstrap, topic]
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT)


async def append_until(stop: asyncio.Event, pool: Pool, chance: random.Random) -> int:
    written = 0
    while not stop.is_set():
        count = chance.randint(1, 100)
        await append(pool, [chance.randrange(STREAMS) for _ in range(count)])
        written += count
        await asyncio.sleep(0.01)
    return written


async def confirmed(pool: Pool) -> int:
    return int(await pool.fetchval("SELECT sum(relayed) FROM stream_head"))


@pytest.mark.slow
async def test_nothing_is_lost_doubled_or_reordered(
    database: str, published: Pool, topic: str, kafka: KafkaServer
) -> None:
    chance, stop = random.Random(20240229), asyncio.Event()
    writing = asyncio.create_task(append_until(stop, published, random.Random(1)))
    relay = await start_relay(database, kafka, topic)
    try:
        for _ in range(KILLS):
            before = await confirmed(published)

            async def moving(before: int = before) -> bool:
                return await confirmed(published) > before

            await until(moving)
            await asyncio.sleep(chance.uniform(0, 0.5))
            relay.kill()
            await relay.wait()
            relay = await start_relay(database, kafka, topic)
        stop.set()
        written = await writing
        await until(lambda: relayed(published, written))
    finally:
        relay.kill()
        await relay.wait()

    heard, log = await hear(kafka.bootstrap, topic), await logged(published)
    assert sum(map(len, log.values())) == written > 500
    assert heard.story == log
    assert heard.behind_holes == 0
    assert_chained(topic, log)
