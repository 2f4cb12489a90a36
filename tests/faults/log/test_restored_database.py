"""A database restored to an earlier moment than its topic is a fork: refused before anything is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import asyncpg
import pytest
from aiokafka import AIOKafkaProducer
from prometheus_client import REGISTRY

from shared.database import Pool, open_pool
from shared.log.fork import Fork
from shared.log.publisher import Publisher
from shared.log.tail import WrongPartitions
from shared.streams import STREAMS
from tests.support.ledgers import append, hear, make_ledger, publishing, relayed, until
from tests.support.servers import KafkaServer, PostgresServer


async def copy_database(server: PostgresServer, url: str) -> str:
    """A copy as a backup would hold it, while nobody is connected."""
    name = urlsplit(url).path[1:]
    connection = await asyncpg.connect(server.url())
    await connection.execute(f"CREATE DATABASE {name}_copy TEMPLATE {name} OWNER {name}")
    await connection.close()
    return server.url(f"{name}_copy", name)


@pytest.fixture
async def backup(
    postgres: PostgresServer, database: str, topic: str, kafka: KafkaServer
) -> AsyncIterator[Pool]:
    """The database after 240 events, when the topic has 480."""
    pool = await make_ledger(database, topic)
    async with publishing(pool, topic, kafka.bootstrap):
        await append(pool, list(range(STREAMS)) * 10)
        await until(lambda: relayed(pool, 240))
    await pool.close()
    copied = await copy_database(postgres, database)
    pool = await open_pool(database)
    async with publishing(pool, topic, kafka.bootstrap):
        await append(pool, list(range(STREAMS)) * 10)
        await until(lambda: relayed(pool, 480))
    await pool.close()
    pool = await open_pool(copied)
    yield pool
    await pool.close()
    connection = await asyncpg.connect(postgres.url())
    await connection.execute(f"DROP DATABASE {urlsplit(copied).path[1:]} WITH (FORCE)")
    await connection.close()


async def lead(pool: Pool, topic: str, kafka: KafkaServer) -> None:
    await Publisher(pool, topic=topic, kafka=kafka.bootstrap, partitions=6, service="test").run()


async def test_a_topic_ahead_of_the_log(backup: Pool, topic: str, kafka: KafkaServer) -> None:
    before = await hear(kafka.bootstrap, topic)
    with pytest.raises(Fork) as refused:
        await lead(backup, topic, kafka)
    assert refused.value.field.startswith(f"{topic}/")
    assert refused.value.value == "20"
    assert "only 10" in refused.value.detail
    assert "new topic" in refused.value.remedy
    assert REGISTRY.get_sample_value("unionstream_relay_fork", {"topic": topic}) == 1
    assert await hear(kafka.bootstrap, topic) == before


async def test_a_log_that_went_on_differently(backup: Pool, topic: str, kafka: KafkaServer) -> None:
    """As many numbers as the topic, and then more; but other events behind them."""
    before = await hear(kafka.bootstrap, topic)
    await append(backup, list(range(STREAMS)) * 30)
    with pytest.raises(Fork):
        await lead(backup, topic, kafka)
    assert await hear(kafka.bootstrap, topic) == before


async def test_a_topic_with_records_of_somebody_else(published: Pool, topic: str, kafka: KafkaServer) -> None:
    async with AIOKafkaProducer(bootstrap_servers=kafka.bootstrap) as stranger:
        await stranger.send_and_wait(topic, b"{}", partition=4)
    with pytest.raises(Fork, match="not of its streams"):
        await lead(published, topic, kafka)


async def test_settings_with_another_number_of_partitions(
    published: Pool, topic: str, kafka: KafkaServer
) -> None:
    with pytest.raises(WrongPartitions):
        await Publisher(published, topic=topic, kafka=kafka.bootstrap, partitions=3, service="test").run()
