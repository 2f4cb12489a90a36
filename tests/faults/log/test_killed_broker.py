"""The only broker is killed and comes back: events are accepted meanwhile, the topic catches up by itself."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from shared.database import Pool
from shared.streams import STREAMS
from tests.support.ledgers import append, assert_chained, hear, logged, publishing, relayed, until
from unionstream.embedded.broker import Broker, choose, make_broker
from unionstream.embedded.deadline import silent
from unionstream.embedded.topics import make_topics


@pytest.fixture
def own_broker() -> Iterator[Broker]:
    """A broker of this test alone, to be killed."""
    with TemporaryDirectory(prefix="unionstream-") as folder:
        broker = make_broker(choose(), Path(folder), 1, silent)
        broker.start()
        broker.wait_ready()
        yield broker
        broker.stop()


@pytest.mark.slow
@pytest.mark.real_kafka
async def test_the_topic_catches_up(published: Pool, own_broker: Broker, topic: str) -> None:
    await make_topics(own_broker.bootstrap, [topic], 1)
    chance, written = random.Random(9), 0

    async def some_more(rounds: int) -> None:
        nonlocal written
        for _ in range(rounds):
            count = chance.randint(1, 60)
            await append(published, [chance.randrange(STREAMS) for _ in range(count)])
            written += count
            await asyncio.sleep(0.01)

    async with publishing(published, topic, own_broker.bootstrap):
        await some_more(10)
        await until(lambda: relayed(published, written))
        writing = asyncio.create_task(some_more(40))
        await asyncio.to_thread(own_broker.kill)
        await writing
        assert not await relayed(published, written)
        own_broker.start()
        await asyncio.to_thread(own_broker.wait_ready)
        await until(lambda: relayed(published, written), seconds=60)
    heard, log = await hear(own_broker.bootstrap, topic), await logged(published)
    assert heard.story == log
    assert heard.behind_holes == 0
    assert_chained(topic, log)
