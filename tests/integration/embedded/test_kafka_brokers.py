"""Apache Kafka itself: three real brokers, of which one may die at any time."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from unionstream.embedded.broker import choose, make_broker
from unionstream.embedded.broker_answers import admin, brokers_known_to
from unionstream.embedded.deadline import run_aside, silent
from unionstream.embedded.faults import TopicDiffers, UnusableFolder
from unionstream.embedded.kafka import Kafka
from unionstream.embedded.topics import make_topics

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Kafka]:
    """Three brokers for all tests here; a test leaves all three alive."""
    with tempfile.TemporaryDirectory(prefix="unionstream-test-") as folder:
        broker = make_broker(choose("kafka"), Path(folder), 3, silent)
        assert isinstance(broker, Kafka)
        broker.start()
        try:
            broker.wait_ready()
            yield broker
        finally:
            broker.stop()


@pytest.fixture
def topic() -> str:
    return f"union.kept.{uuid4().hex[:8]}"


@asynccontextmanager
async def producing(cluster: Kafka) -> AsyncIterator[AIOKafkaProducer]:
    async with AIOKafkaProducer(
        bootstrap_servers=cluster.bootstrap, acks="all", enable_idempotence=True
    ) as producer:
        yield producer


async def consumed(bootstrap: str, topic: str, count: int) -> list[bytes | None]:
    async with AIOKafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest") as consumer:
        return [(await consumer.getone()).value for _ in range(count)]


async def test_what_was_acknowledged_survives_the_death_of_a_broker(cluster: Kafka, topic: str) -> None:
    await make_topics(cluster.bootstrap, [topic], cluster.replication, partitions=1)
    sent = [f"{number}".encode() for number in range(30)]
    async with producing(cluster) as producer:
        for value in sent[:10]:
            await producer.send_and_wait(topic, value)
        cluster.nodes[0].kill()
        for value in sent[10:20]:
            await producer.send_and_wait(topic, value)
        cluster.nodes[0].start()
        cluster.nodes[0].wait_ready()
        for value in sent[20:]:
            await producer.send_and_wait(topic, value)
    assert await consumed(cluster.bootstrap, topic, 30) == sent
    assert await brokers_known_to(cluster.bootstrap) == {1, 2, 3}


async def test_topics_are_copied_three_times_and_keep_everything(cluster: Kafka, topic: str) -> None:
    await make_topics(cluster.bootstrap, [topic], cluster.replication)
    await make_topics(cluster.bootstrap, [topic], cluster.replication)
    async with admin(cluster.bootstrap) as client:
        (told,) = await client.describe_topics([topic])
    assert [len(partition["replicas"]) for partition in told["partitions"]] == [3] * 6
    with pytest.raises(TopicDiffers):
        await make_topics(cluster.bootstrap, [topic], cluster.replication, partitions=12)


def test_the_whole_cluster_killed_at_once_comes_back_on_other_ports(cluster: Kafka, topic: str) -> None:
    run_aside(lambda: make_topics(cluster.bootstrap, [topic], cluster.replication, partitions=1))
    run_aside(lambda: _send(cluster, topic, b"kept"))
    cluster.kill()
    before = cluster.bootstrap
    cluster.nodes.clear()  # with them goes the choice of ports, as in a new process
    cluster.start()
    cluster.wait_ready()
    assert cluster.bootstrap != before
    assert run_aside(lambda: consumed(cluster.bootstrap, topic, 1)) == [b"kept"]


def test_a_cluster_of_another_size_is_refused(cluster: Kafka) -> None:
    with pytest.raises(UnusableFolder, match="3 brokers"):
        make_broker(choose("kafka"), cluster.home.parent, 1, silent).start()


async def _send(cluster: Kafka, topic: str, value: bytes) -> None:
    async with producing(cluster) as producer:
        await producer.send_and_wait(topic, value)
