"""A topic that lost everything, or its confirmed tail, is filled again: same numbers, same chains."""

from __future__ import annotations

import random

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from prometheus_client import REGISTRY

from shared.database import Pool
from shared.log import ends
from shared.streams import STREAMS, partition_of
from tests.support import servers
from tests.support.ledgers import Story, append, assert_chained, hear, logged, publishing, relayed, until
from tests.support.servers import KafkaServer


async def recreate(kafka: KafkaServer, topic: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    await admin.start()
    await admin.delete_topics([topic])

    async def gone() -> bool:
        return topic not in await admin.list_topics()

    async def made() -> bool:
        try:
            servers.make_topic(kafka, topic, 6)
        except KafkaError:  # still being deleted
            return False
        return True

    await until(gone)
    await until(made)
    await admin.close()


async def put(kafka: KafkaServer, topic: str, story: Story, length: int) -> None:
    """The first `length` records of every stream, as if the rest had been lost."""
    async with AIOKafkaProducer(bootstrap_servers=kafka.bootstrap) as producer:
        for stream, lines in story.items():
            for sequence, sequenced, chain, value in lines[:length]:
                texts = {"stream": stream, "sequence": sequence, "sequenced": sequenced, "chain": chain}
                headers = [(name, str(text).encode()) for name, text in texts.items()]
                await producer.send(topic, value, headers=headers, partition=partition_of(stream, 6))
        await producer.flush()


async def filled(published: Pool, topic: str, kafka: KafkaServer) -> None:
    async with publishing(published, topic, kafka.bootstrap):
        chance = random.Random(6)
        await append(published, [chance.randrange(STREAMS) for _ in range(600)])
        await until(lambda: relayed(published, 600))


async def test_a_topic_that_was_deleted(published: Pool, topic: str, kafka: KafkaServer) -> None:
    await filled(published, topic, kafka)
    before = await hear(kafka.bootstrap, topic)
    await recreate(kafka, topic)
    assert not (await hear(kafka.bootstrap, topic)).story

    async with publishing(published, topic, kafka.bootstrap):
        await append(published, [0])

        async def back() -> bool:
            return sum(map(len, (await hear(kafka.bootstrap, topic)).story.values())) == 601

        await until(back)
    after = await hear(kafka.bootstrap, topic)
    assert {
        stream: lines[: len(before.story[stream])] for stream, lines in after.story.items()
    } == before.story
    assert after.story == await logged(published)
    assert_chained(topic, after.story)


async def test_a_topic_that_lost_its_tail(published: Pool, topic: str, kafka: KafkaServer) -> None:
    await filled(published, topic, kafka)
    log = await logged(published)
    await recreate(kafka, topic)
    await put(kafka, topic, log, 10)
    async with publishing(published, topic, kafka.bootstrap):

        async def whole() -> bool:
            return (await hear(kafka.bootstrap, topic)).story == log

        await until(whole)
    assert (await hear(kafka.bootstrap, topic)).repeats == 0


async def test_a_topic_deleted_under_a_running_relay(published: Pool, topic: str, kafka: KafkaServer) -> None:
    async with publishing(published, topic, kafka.bootstrap):
        await append(published, list(range(STREAMS)) * 20)
        await until(lambda: relayed(published, 480))
        await recreate(kafka, topic)
        await append(published, list(range(STREAMS)))

        async def whole() -> bool:
            heard = await hear(kafka.bootstrap, topic)
            return sum(map(len, heard.story.values())) == 504

        await until(whole, seconds=40)
    assert (await hear(kafka.bootstrap, topic)).story == await logged(published)


async def test_a_topic_deleted_under_a_relay_that_has_nothing_to_send(
    published: Pool, topic: str, kafka: KafkaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ends, "LOOK_SECONDS", 0.2)
    async with publishing(published, topic, kafka.bootstrap):
        await append(published, list(range(STREAMS)) * 5)
        await until(lambda: relayed(published, 120))
        await recreate(kafka, topic)

        async def whole() -> bool:
            return (await hear(kafka.bootstrap, topic)).story == await logged(published)

        await until(whole, seconds=60)
    assert REGISTRY.get_sample_value("unionstream_relay_tails_lost_total", {"topic": topic})
