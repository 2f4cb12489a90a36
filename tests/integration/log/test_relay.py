"""What stands in the log comes to the topic: same bytes, same numbers, in order, whatever goes wrong."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from prometheus_client import REGISTRY

from shared.database import Pool
from shared.log import relay as relay_module
from shared.log.producing import BrokerTrouble, Numbered, Producing
from shared.log.publisher import Publisher
from shared.log.route import Route
from shared.streams import STREAMS
from tests.support.ledgers import (
    append,
    assert_chained,
    cancelled_at_end,
    hear,
    logged,
    publishing,
    relayed,
    until,
)
from tests.support.servers import KafkaServer


async def append_slowly(pool: Pool, chance: random.Random, events: int) -> None:
    left = events
    while left:
        count = min(left, chance.randint(1, 40))
        await append(pool, [chance.randrange(STREAMS) for _ in range(count)])
        left -= count
        await asyncio.sleep(chance.choice((0, 0.001, 0.01)))


async def assert_topic_is_log(pool: Pool, kafka: KafkaServer, topic: str) -> int:
    """Content, order, numbers and chain agree; returns how many repeats a reader has to drop."""
    heard, log = await hear(kafka.bootstrap, topic), await logged(pool)
    assert heard.story == log
    assert_chained(topic, log)
    return heard.repeats


async def test_every_event_arrives_once_in_order(published: Pool, topic: str, kafka: KafkaServer) -> None:
    async with publishing(published, topic, kafka.bootstrap):
        await append_slowly(published, random.Random(1), 1500)
        await until(lambda: relayed(published, 1500))
    assert await assert_topic_is_log(published, kafka, topic) == 0


async def test_the_key_is_the_union(published: Pool, topic: str, kafka: KafkaServer) -> None:
    async with publishing(published, topic, kafka.bootstrap):
        await append(published, [4, 11])
        await until(lambda: relayed(published, 2))
    keys = await published.fetch("SELECT stream, subject FROM event_log")
    heard = await hear(kafka.bootstrap, topic)
    assert heard.keys == {(row["stream"], str(row["subject"]).encode()) for row in keys}


async def test_a_second_publisher_stands_by_and_takes_over(
    published: Pool, topic: str, kafka: KafkaServer
) -> None:
    one, two = (
        Publisher(published, topic=topic, kafka=kafka.bootstrap, partitions=6, service="test")
        for _ in range(2)
    )
    async with cancelled_at_end(one.run()):
        await append(published, [1, 2, 3])
        await until(lambda: relayed(published, 3))
        async with cancelled_at_end(two.run()):
            async with cancelled_at_end(append_slowly(published, random.Random(2), 200)) as writing:
                await writing[0]
            await until(lambda: relayed(published, 203))
    async with cancelled_at_end(two.run()):
        await append(published, [1, 2, 3])
        await until(lambda: relayed(published, 206))
    await assert_topic_is_log(published, kafka, topic)


async def test_two_relays_that_both_believe_they_lead(
    published: Pool, topic: str, kafka: KafkaServer
) -> None:
    """Without any lock: two of everything."""
    leaders = [
        Publisher(published, topic=topic, kafka=kafka.bootstrap, partitions=6, service="test")
        for _ in range(2)
    ]
    async with cancelled_at_end(*(leader._lead() for leader in leaders)):
        await append_slowly(published, random.Random(3), 2000)
        await until(lambda: relayed(published, 2000))
    heard = await hear(kafka.bootstrap, topic)
    assert heard.behind_holes == 0
    assert heard.repeats > 0, "both should have sent"
    assert heard.story == await logged(published)


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_produce_error_in_the_middle(
    published: Pool, topic: str, kafka: KafkaServer, monkeypatch: pytest.MonkeyPatch, arrives: bool
) -> None:
    """Every fifth answer is lost, with or without its batch: what follows is sent again, in order."""
    sends, send = 0, Producing.send

    async def unreliable(self: Producing, records: Sequence[Numbered]) -> tuple[int, int]:
        nonlocal sends
        sends += 1
        if sends % 5:
            return await send(self, records)
        if arrives:
            await send(self, records)
        raise BrokerTrouble("no answer")

    monkeypatch.setattr(Producing, "send", unreliable)
    monkeypatch.setattr(relay_module, "LONGEST_PAUSE_SECONDS", 0.02)
    async with publishing(published, topic, kafka.bootstrap):
        await append_slowly(published, random.Random(4), 800)
        await until(lambda: relayed(published, 800))
    assert sends > 10
    repeats = await assert_topic_is_log(published, kafka, topic)
    assert bool(repeats) == arrives


async def test_the_mark_waits_for_the_answer(
    published: Pool, topic: str, kafka: KafkaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, answered, send = asyncio.Event(), asyncio.Event(), Producing.send

    async def slow(self: Producing, records: Sequence[Numbered]) -> tuple[int, int]:
        answer = await send(self, records)
        sent.set()
        await answered.wait()
        return answer

    monkeypatch.setattr(Producing, "send", slow)
    async with publishing(published, topic, kafka.bootstrap):
        await append(published, [8])
        await sent.wait()
        assert await published.fetchval("SELECT sum(relayed) FROM stream_head") == 0
        answered.set()
        await until(lambda: relayed(published, 1))


async def test_one_dead_partition_delays_only_its_streams(
    published: Pool, topic: str, kafka: KafkaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead, send = True, Producing.send

    async def partly(self: Producing, records: Sequence[Numbered]) -> tuple[int, int]:
        if dead and self._partition == 2:
            raise BrokerTrouble("no leader")
        return await send(self, records)

    monkeypatch.setattr(Producing, "send", partly)
    monkeypatch.setattr(relay_module, "LONGEST_PAUSE_SECONDS", 0.1)
    stuck = Route(topic, kafka.bootstrap, 6).streams(2)

    async def only_the_dead_wait() -> bool:
        rows = await published.fetch(
            "SELECT stream FROM stream_head WHERE relayed < sequence ORDER BY stream"
        )
        return [row["stream"] for row in rows] == stuck

    async with publishing(published, topic, kafka.bootstrap):
        await append(published, list(range(STREAMS)) * 10)
        await until(only_the_dead_wait)
        await append(published, [0, 1, 3])
        await until(only_the_dead_wait)
        dead = False
        await until(lambda: relayed(published, 243))
    await assert_topic_is_log(published, kafka, topic)


@pytest.mark.real_kafka
async def test_a_topic_that_takes_less_than_a_batch(published: Pool, kafka: KafkaServer, topic: str) -> None:
    """The broker refuses batches over 8 KB: smaller ones are tried until it takes them, and order stays."""
    small = f"{topic}.small"
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(small, 1, 1, topic_configs={"max.message.bytes": "8192"})])
    await admin.close()
    await published.execute("DELETE FROM stream_head")
    async with publishing(published, small, kafka.bootstrap, 1):
        for _ in range(10):
            await append(published, [random.Random(5).randrange(STREAMS) for _ in range(20)], size=3000)
        await until(lambda: relayed(published, 200))
    heard = await hear(kafka.bootstrap, small, 1)
    assert heard.story == await logged(published)
    assert heard.behind_holes == 0


async def test_gauges_tell_what_waits(published: Pool, topic: str, kafka: KafkaServer) -> None:
    def gauge(name: str) -> float:
        return REGISTRY.get_sample_value(name, {"topic": topic}) or 0.0

    async with publishing(published, topic, kafka.bootstrap):
        await append(published, [1, 2, 3])
        await until(lambda: relayed(published, 3))
        assert gauge("unionstream_relay_leading") == 1
        assert gauge("unionstream_events_sequenced_total") == 3
        assert gauge("unionstream_events_relayed_total") == 3
    assert gauge("unionstream_relay_leading") == 0
