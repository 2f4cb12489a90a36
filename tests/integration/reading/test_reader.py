"""The worker loop on a real broker and a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

import pytest
from aiokafka.consumer.fetcher import Fetcher
from prometheus_client import REGISTRY

from shared.database import Connection, Pool
from shared.reading.ends import WrongPartitions
from shared.reading.incoming import Incoming
from shared.reading.reader import Reader
from tests.support import applied
from tests.support.applied import write_down
from tests.support.reader_process import Settings, reader
from tests.support.running import running, until
from tests.support.servers import KafkaServer, MakeTopic
from tests.support.streams import Ledger, send
from unionstream.embedded.broker_answers import admin
from unionstream.embedded.topics import ledger


@dataclass
class Bench:
    """A topic, its ledger, and a database for a reader of it."""

    pool: Pool
    log: Ledger
    settings: Settings

    @property
    def kafka(self) -> str:
        return self.settings.kafka

    def reader(self, **other: object) -> Reader:
        return reader(self.pool, self.settings, **{"patience": 0.5, **other})

    async def whole(self) -> bool:
        return await applied.count(self.pool) >= len(self.log.records)

    async def assert_log_once(self) -> None:
        assert await applied.values(self.pool, self.log.topic) == applied.expected(self.log.records)


@pytest.fixture
async def bench(database: str, kafka: KafkaServer, make_topic: MakeTopic) -> AsyncIterator[Bench]:
    topic = make_topic()
    async with applied.owner(database, topic) as pool:
        yield Bench(pool, Ledger(topic), Settings(database, kafka.bootstrap, topic, "one"))


async def test_a_topic_is_read_from_the_earliest_record_and_followed(bench: Bench) -> None:
    await send(bench.kafka, bench.log.fill(500))
    subject = bench.reader(batch=64)
    async with running(subject):
        await until(bench.whole)
        await send(bench.kafka, bench.log.fill(100))
        await until(bench.whole)
    await bench.assert_log_once()


async def test_a_reader_that_waits_for_its_database_tells_how_far_it_is_behind(bench: Bench) -> None:
    may_go_on = asyncio.Event()
    may_go_on.set()

    async def apply(connection: Connection, records: Sequence[Incoming]) -> None:
        await may_go_on.wait()
        await write_down(connection, records)

    async def behind() -> bool:
        labels = {"reader": "test", "topic": bench.log.topic}
        names = ("unionstream_reader_lag_events", "unionstream_reader_lag_seconds")
        return all((REGISTRY.get_sample_value(name, labels) or 0) > 0 for name in names)

    async def up_to_date() -> bool:
        return not await behind()

    async with running(bench.reader(apply=apply, batch=10)):
        await send(bench.kafka, bench.log.fill(50))
        await until(bench.whole)
        await until(up_to_date)
        may_go_on.clear()
        await send(bench.kafka, bench.log.fill(100))
        await until(behind)
        may_go_on.set()
        await until(bench.whole)


async def test_ready_once_every_partition_has_been_read_to_its_end(bench: Bench) -> None:
    await send(bench.kafka, bench.log.fill(100, streams=[0]))
    subject = bench.reader()
    assert await subject.ready() != ""

    async def ready() -> bool:
        return await subject.ready() == ""

    async with running(subject):
        await until(ready)
        await bench.assert_log_once()
    again = bench.reader()
    assert await again.ready() != "", "an end seen before our start does not count"
    async with running(again):
        await until(lambda: _is_ready(again))


async def _is_ready(subject: Reader) -> bool:
    return await subject.ready() == ""


async def test_a_new_reader_goes_on_from_what_is_in_the_database(bench: Bench) -> None:
    await send(bench.kafka, bench.log.fill(200))
    async with running(bench.reader()):
        await until(bench.whole)
    await send(bench.kafka, bench.log.fill(200))
    async with running(bench.reader(group="another-group")):
        await until(bench.whole)
    await bench.assert_log_once()


async def test_a_hole_that_is_sent_again_is_no_alarm(bench: Bench) -> None:
    records = bench.log.fill(60, streams=[0, 6, 1])
    hole = [each for each in records if each.stream == 0 and each.sequence >= 5]
    async with running(bench.reader(patience=30)):
        await send(bench.kafka, [each for each in records if each is not hole[0]])
        await until(lambda: _has(bench.pool, len(records) - len(hole)))
        await send(bench.kafka, hole)
        await until(bench.whole)
        await bench.assert_log_once()
        assert await applied.halted(bench.pool, bench.log.topic) == {}


async def _has(pool: Pool, number: int) -> bool:
    return await applied.count(pool) >= number


async def test_a_number_that_never_comes_halts_its_stream_alone_and_goes_on_when_it_comes(
    bench: Bench,
) -> None:
    records = bench.log.fill(60, streams=[0, 6, 1])
    lost = next(each for each in records if each.stream == 0 and each.sequence == 5)

    async def alarmed() -> bool:
        return await applied.halted(bench.pool, bench.log.topic) == {0: "gap"}

    async with running(bench.reader()):
        await send(bench.kafka, [each for each in records if each is not lost])
        await until(alarmed)
        await send(bench.kafka, bench.log.fill(30, streams=[6]))
        await until(lambda: _has(bench.pool, 4 + 20 + 20 + 30))
        await send(bench.kafka, [lost])  # this one only: what came after it is in the topic already
        await until(bench.whole)
        await bench.assert_log_once()
        assert await applied.halted(bench.pool, bench.log.topic) == {}


async def test_a_changed_record_halts_its_stream_alone(bench: Bench) -> None:
    records = bench.log.fill(60, streams=[0, 6, 1])
    victim = next(each for each in records if each.stream == 0 and each.sequence == 5)
    forged = replace(victim, value=b"forged")

    async def forked() -> bool:
        return await applied.halted(bench.pool, bench.log.topic) == {0: "fork"}

    async with running(bench.reader()):
        await send(bench.kafka, [forged if each is victim else each for each in records])
        await until(forked)
        await until(lambda: _has(bench.pool, 4 + 20 + 20))
    assert len((await applied.values(bench.pool, bench.log.topic))[0]) == 4


@pytest.mark.parametrize("awake", [True, False])
async def test_a_topic_made_anew_with_other_offsets_is_read_without_loss(
    bench: Bench, remake_topic: Callable[[str], Awaitable[None]], awake: bool
) -> None:
    """Republished stream by stream, so that what is missing of one stream lies before the old offset."""
    records = bench.log.fill(300, streams=[0, 6, 1])
    early = records[:150]
    await send(bench.kafka, early)
    async with running(bench.reader()):
        await until(lambda: _has(bench.pool, len(early)))
        if awake:
            await remake_topic(bench.log.topic)
            await send(bench.kafka, sorted(records, key=lambda each: (each.stream, each.sequence)))
            await until(bench.whole)
    if not awake:
        await remake_topic(bench.log.topic)
        await send(bench.kafka, sorted(records, key=lambda each: (each.stream, each.sequence)))
        async with running(bench.reader()):
            await until(bench.whole)
    await bench.assert_log_once()
    assert await applied.halted(bench.pool, bench.log.topic) == {}


@pytest.fixture
def remake_topic(kafka: KafkaServer) -> Callable[[str], Awaitable[None]]:
    async def remake(topic: str) -> None:
        async with admin(kafka.bootstrap) as client:
            await client.delete_topics([topic])

            async def gone() -> bool:
                return topic not in await client.list_topics()

            await until(gone)
            await client.create_topics([ledger(topic, 6, kafka.replication)])

    return remake


async def test_records_that_are_not_ours_are_left_out(bench: Bench) -> None:
    from aiokafka import AIOKafkaProducer

    producer = AIOKafkaProducer(bootstrap_servers=bench.kafka)
    await producer.start()
    try:
        await producer.send_and_wait(bench.log.topic, b"who am I", partition=0)
        await producer.send_and_wait(bench.log.topic, b"?", partition=0, headers=[("stream", b"x")])
    finally:
        await producer.stop()
    await send(bench.kafka, bench.log.fill(50, streams=[0, 1]))
    async with running(bench.reader()):
        await until(bench.whole)
    await bench.assert_log_once()


async def test_a_database_that_goes_away_between_apply_and_commit_is_waited_for(bench: Bench) -> None:
    failures = iter([ConnectionResetError, ConnectionResetError, OSError])

    async def unlucky(connection: Connection, records: Sequence[Incoming]) -> None:
        await write_down(connection, records)
        if failure := next(failures, None):
            raise failure

    await send(bench.kafka, bench.log.fill(300))
    async with running(bench.reader(apply=unlucky)):
        await until(bench.whole)
    await bench.assert_log_once()
    assert next(failures, None) is None


async def test_connections_cut_under_load_lose_nothing(bench: Bench) -> None:
    async def cut() -> None:
        for _ in range(8):
            await bench.pool.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = current_user AND pid <> pg_backend_pid()"
            )
            await asyncio.sleep(0.15)

    await send(bench.kafka, bench.log.fill(4000))
    async with running(bench.reader(batch=100)):
        await cut()
        await until(bench.whole)
    await bench.assert_log_once()


async def test_a_consumer_that_stopped_fetching_is_replaced(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(bench.reader()):
        await send(bench.kafka, bench.log.fill(100))
        await until(bench.whole)
        sound, bad_answers = Fetcher._get_actions_per_node, iter([True])

        def confused(self: Fetcher, assignment: object) -> object:
            if next(bad_answers, False):
                raise KeyError
            return sound(self, assignment)

        monkeypatch.setattr(Fetcher, "_get_actions_per_node", confused)
        await send(bench.kafka, bench.log.fill(100))
        await until(bench.whole)
    assert next(bad_answers, None) is None
    await bench.assert_log_once()


async def test_a_fault_of_the_owner_ends_the_reader_and_nothing_is_applied(bench: Bench) -> None:
    async def faulty(connection: Connection, records: Sequence[Incoming]) -> None:
        await write_down(connection, records)
        raise ZeroDivisionError

    await send(bench.kafka, bench.log.fill(10))
    with pytest.raises(ZeroDivisionError):
        async with asyncio.timeout(30):
            await bench.reader(apply=faulty).run()
    assert await applied.count(bench.pool) == 0


async def test_two_readers_share_the_partitions_and_the_effect_is_single(bench: Bench) -> None:
    await send(bench.kafka, bench.log.fill(2000))
    async with running(bench.reader(batch=50)), running(bench.reader(instance="two", batch=50)):
        await send(bench.kafka, bench.log.fill(2000))
        await until(bench.whole)
    await bench.assert_log_once()


async def test_two_readers_that_both_own_everything_have_a_single_effect(bench: Bench) -> None:
    await send(bench.kafka, bench.log.fill(3000))
    async with running(bench.reader(batch=50, group="a")), running(bench.reader(batch=70, group="b")):
        await until(bench.whole)
        await send(bench.kafka, bench.log.fill(1000))
        await until(bench.whole)
    await bench.assert_log_once()


async def test_the_wrong_number_of_partitions_is_refused(bench: Bench) -> None:
    with pytest.raises(WrongPartitions):
        async with asyncio.timeout(30):
            await bench.reader(partitions=3).run()
