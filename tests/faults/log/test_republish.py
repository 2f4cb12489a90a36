"""A lost topic is restored from its log: same numbers, same chains; nothing is overwritten unseen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient

from shared.database import Pool
from shared.log.fork import Fork
from shared.log.republishing import OtherPartitions, Wish, republish
from shared.log.route import Route
from tests.faults.log.test_lost_topic import filled, put
from tests.support import applied, servers
from tests.support.ledgers import append, assert_chained, hear, logged, publishing, relayed, until
from tests.support.reader_process import Settings, reader
from tests.support.running import running
from tests.support.servers import KafkaServer, MakeTopic, PostgresServer


async def delete(kafka: KafkaServer, topic: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    await admin.start()
    await admin.delete_topics([topic])

    async def gone() -> bool:
        return topic not in await admin.list_topics()

    await until(gone)
    await admin.close()


def route(kafka: KafkaServer, topic: str, partitions: int = 6) -> Route:
    return Route(topic, kafka.bootstrap, partitions)


async def test_a_topic_that_is_gone_comes_back_as_it_was(
    published: Pool, topic: str, kafka: KafkaServer
) -> None:
    await filled(published, topic, kafka)
    before = await hear(kafka.bootstrap, topic)
    await delete(kafka, topic)
    await republish(published, route(kafka, topic), Wish())
    after = await hear(kafka.bootstrap, topic)
    assert (after.story, after.keys) == (before.story, before.keys)
    assert_chained(topic, after.story)
    assert after.repeats == 0
    async with publishing(published, topic, kafka.bootstrap):  # and the relay goes on from there
        await append(published, [5, 6])
        await until(lambda: relayed(published, 602))
    assert (await hear(kafka.bootstrap, topic)).repeats == 0


async def test_the_relay_that_leads_steps_aside_and_goes_on_afterwards(
    published: Pool, topic: str, kafka: KafkaServer
) -> None:
    await filled(published, topic, kafka)
    async with publishing(published, topic, kafka.bootstrap):
        await append(published, [5])
        await until(lambda: relayed(published, 601))
        await republish(published, route(kafka, topic), Wish(recreate=True))
        await append(published, [5, 6])
        await until(lambda: relayed(published, 603), seconds=60)
    heard = await hear(kafka.bootstrap, topic)
    assert heard.story == await logged(published)
    assert (heard.repeats, heard.behind_holes) == (0, 0)


async def test_a_lost_tail_is_sent_again(published: Pool, topic: str, kafka: KafkaServer) -> None:
    await filled(published, topic, kafka)
    log = await logged(published)
    await delete(kafka, topic)
    await republish(published, route(kafka, topic), Wish(recreate=False))
    await delete(kafka, topic)
    await republish(published, route(kafka, topic), Wish(everything=True))
    assert (await hear(kafka.bootstrap, topic)).story == log


async def test_a_topic_grows_into_another_number_of_partitions(
    published: Pool, topic: str, kafka: KafkaServer
) -> None:
    await filled(published, topic, kafka)
    with pytest.raises(OtherPartitions, match="has 6 partitions"):
        await republish(published, route(kafka, topic, 12), Wish())
    await republish(published, route(kafka, topic, 12), Wish(recreate=True))
    grown = await hear(kafka.bootstrap, topic, partitions=12)
    assert grown.story == await logged(published)
    assert_chained(topic, grown.story)


async def test_a_topic_that_knows_more_than_the_log_is_refused_and_kept_before_it_goes(
    published: Pool, topic: str, kafka: KafkaServer, make_topic: MakeTopic, tmp_path: Path
) -> None:
    await append(published, [3] * 5)
    async with publishing(published, topic, kafka.bootstrap):
        await until(lambda: relayed(published, 5))
    ahead = {3: [*(await logged(published))[3], (6, "2026-01-01T00:00:00.000000Z", "ab" * 32, b"lost")]}
    await delete(kafka, topic)
    await republish(published, route(kafka, topic), Wish())
    await put(kafka, topic, {3: ahead[3][5:]}, 1)
    before = await hear(kafka.bootstrap, topic)
    for wish in (Wish(), Wish(everything=True), Wish(recreate=True)):
        with pytest.raises(Fork):
            await republish(published, route(kafka, topic), wish)
    assert (await hear(kafka.bootstrap, topic)).story == before.story

    file = tmp_path / "lost.jsonl"
    await republish(published, route(kafka, topic), Wish(recreate=True, lost_to=file))
    (kept,) = map(json.loads, file.read_text("utf-8").splitlines())
    assert (kept["stream"], kept["sequence"], kept["chain"], kept["value"]) == (3, 6, "ab" * 32, "lost")
    assert (await hear(kafka.bootstrap, topic)).story == await logged(published)


async def test_a_topic_with_a_record_of_somebody_else_is_made_anew_without_it(
    published: Pool, topic: str, kafka: KafkaServer, tmp_path: Path
) -> None:
    await filled(published, topic, kafka)
    async with AIOKafkaProducer(bootstrap_servers=kafka.bootstrap) as stranger:
        await stranger.send_and_wait(topic, b"{}", partition=4)
    with pytest.raises(Fork, match="not of its streams"):
        await republish(published, route(kafka, topic), Wish(recreate=True))
    await republish(published, route(kafka, topic), Wish(recreate=True, lost_to=tmp_path / "lost.jsonl"))
    assert (await hear(kafka.bootstrap, topic)).story == await logged(published)


async def test_a_reader_goes_on_in_a_topic_with_more_partitions(
    published: Pool, topic: str, kafka: KafkaServer, postgres: PostgresServer
) -> None:
    await filled(published, topic, kafka)
    url = servers.make_database(postgres)
    try:
        async with applied.owner(url, topic) as pool:
            settings = Settings(url, kafka.bootstrap, topic, "one")
            async with running(reader(pool, settings)):
                await until(lambda: has(pool, 600), seconds=150)
            await republish(published, route(kafka, topic, 12), Wish(recreate=True))
            async with publishing(published, topic, kafka.bootstrap, partitions=12):
                await append(published, list(range(24)))
                async with running(reader(pool, replace(settings, partitions=12))):
                    await until(lambda: has(pool, 624), seconds=150)
            assert await applied.count(pool) == 624
            assert not await applied.halted(pool, topic)
            story = {
                stream: [line[3] for line in lines] for stream, lines in (await logged(published)).items()
            }
            assert await applied.values(pool, topic) == story
    finally:
        servers.drop_database(postgres, url)


async def has(pool: Pool, events: int) -> bool:
    return await applied.count(pool) >= events
