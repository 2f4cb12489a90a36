"""Whatever is delivered, in whatever order and how often: what is applied is the log, once and in order."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.database import Connection
from shared.reading.incoming import Incoming
from shared.reading.progress import halt_at_gaps, prepare, read
from shared.reading.take import Intake
from tests.support import applied
from tests.support.applied import known_chain, write_down
from tests.support.streams import Ledger, delivered

PARTITIONS = 6
STREAMS = (0, 6, 12, 1)  # three that share a partition, and one elsewhere
TOPICS = (f"union.test.{n}" for n in itertools.count())

real_database = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
logs = st.lists(st.sampled_from(STREAMS), min_size=1, max_size=24)


def ledger(streams: Sequence[int]) -> Ledger:
    made = Ledger(next(TOPICS), PARTITIONS)
    for number, stream in enumerate(streams):
        made.add(stream, b"event %d" % number)
    return made


@pytest.fixture(scope="module")
def built(module_database: str) -> str:
    asyncio.run(applied.build(module_database))
    return module_database


async def connect(url: str, topic: str) -> Connection:
    connection = await asyncpg.connect(url)
    await prepare(connection, [topic])
    return connection


async def rows(connection: Connection, topic: str) -> dict[int, list[bytes]]:
    return await applied.values(connection, topic)


@given(streams=logs, data=st.data())
@real_database
async def test_chaos_and_then_everything_again_is_the_log_once(
    built: str, streams: list[int], data: st.DataObject
) -> None:
    log = ledger(streams)
    chaos = data.draw(st.lists(st.sampled_from(log.records), max_size=40))
    stream_of_records = delivered([*chaos, *log.records])
    cuts = sorted(data.draw(st.sets(st.integers(1, len(stream_of_records)), max_size=6)))
    intake = Intake(PARTITIONS, write_down, data.draw(st.sampled_from([None, known_chain])))
    connection = await connect(built, log.topic)
    try:
        for start, end in itertools.pairwise([0, *cuts, len(stream_of_records)]):
            await intake.take(connection, stream_of_records[start:end])
        assert await rows(connection, log.topic) == applied.expected(log.records)
    finally:
        await connection.close()


@given(streams=logs, data=st.data())
@real_database
async def test_a_removed_message_stops_its_stream_and_no_other(
    built: str, streams: list[int], data: st.DataObject
) -> None:
    log = ledger(streams)
    lost = data.draw(st.sampled_from(log.records))
    intake = Intake(PARTITIONS, write_down)
    connection = await connect(built, log.topic)
    try:
        taken = await intake.take(connection, delivered([each for each in log.records if each is not lost]))
        kept = [r for r in log.records if r.stream != lost.stream or r.sequence < lost.sequence]
        later = any(r.stream == lost.stream and r.sequence > lost.sequence for r in log.records)
        assert await rows(connection, log.topic) == applied.expected(kept)
        assert [p.stream for p, furthest in taken.seen if furthest > p.sequence] == (
            [lost.stream] if later else []
        )

        await halt_at_gaps(connection, [(log.topic, lost.stream, lost.sequence)])
        assert await applied.halted(connection, log.topic) == {lost.stream: "gap"}
        resent = [r for r in log.records if r.stream == lost.stream and r.sequence >= lost.sequence]
        await intake.take(connection, resent)
        assert await rows(connection, log.topic) == applied.expected(log.records)
        assert await applied.halted(connection, log.topic) == {}
    finally:
        await connection.close()


def tampered(record: Incoming, how: str) -> Incoming:
    later = record.sequenced + timedelta(microseconds=1)
    match how:
        case "value":
            return replace(record, value=record.value + b" ")
        case "time":
            return replace(record, sequenced=later, stamp=b"")
        case "spelling of the time":
            return replace(record, stamp=record.stamp.replace(b"Z", b"+00:00"))
        case "chain":
            return replace(record, chain=bytes(32))
    raise AssertionError(how)


@pytest.mark.parametrize("how", ["value", "time", "spelling of the time", "chain"])
@given(streams=logs, data=st.data())
@settings(real_database, max_examples=15)
async def test_a_changed_record_is_a_fork_and_other_streams_go_on(
    built: str, how: str, streams: list[int], data: st.DataObject
) -> None:
    log = ledger(streams)
    victim = data.draw(st.sampled_from(log.records))
    sent = [tampered(each, how) if each is victim else each for each in log.records]
    kept = [r for r in log.records if r.stream != victim.stream or r.sequence < victim.sequence]
    intake = Intake(PARTITIONS, write_down)
    connection = await connect(built, log.topic)
    try:
        await intake.take(connection, delivered(sent))
        assert await rows(connection, log.topic) == applied.expected(kept)
        assert await applied.halted(connection, log.topic) == {victim.stream: "fork"}
        await intake.take(connection, delivered(log.records))
        assert await rows(connection, log.topic) == applied.expected(kept), "a fork never goes on by itself"
    finally:
        await connection.close()


@pytest.mark.parametrize("how", ["value", "time", "chain"])
async def test_a_changed_repeat_of_any_age_is_a_fork(built: str, how: str) -> None:
    log = ledger([0, 6, 0, 6, 0])
    intake = Intake(PARTITIONS, write_down, known_chain)
    connection = await connect(built, log.topic)
    try:
        await intake.take(connection, delivered(log.records))
        await intake.take(connection, [tampered(log.records[0], how)])
        assert await applied.halted(connection, log.topic) == {0: "fork"}
    finally:
        await connection.close()


async def test_swapped_numbers_are_a_fork(built: str) -> None:
    log = ledger([0, 0])
    first, second = log.records
    connection = await connect(built, log.topic)
    try:
        await Intake(PARTITIONS, write_down).take(
            connection, [replace(second, sequence=1), replace(first, sequence=2)]
        )
        assert await applied.halted(connection, log.topic) == {0: "fork"}
        assert await rows(connection, log.topic) == {}
    finally:
        await connection.close()


async def test_what_fails_between_apply_and_commit_has_no_effect(built: str) -> None:
    log = ledger([0, 6, 1])

    async def fail(connection: Connection, records: Sequence[Incoming]) -> None:
        await write_down(connection, records)
        raise ConnectionResetError

    connection = await connect(built, log.topic)
    try:
        with pytest.raises(ConnectionResetError):
            await Intake(PARTITIONS, fail).take(connection, log.records)
        assert await rows(connection, log.topic) == {}
        await Intake(PARTITIONS, write_down).take(connection, log.records)
        assert await rows(connection, log.topic) == applied.expected(log.records)
    finally:
        await connection.close()


async def test_two_that_take_the_same_at_once_have_one_effect(built: str) -> None:
    log = ledger(STREAMS * 50)
    intake = Intake(PARTITIONS, write_down)

    async def one(step: int) -> None:
        connection = await connect(built, log.topic)
        try:
            for start in range(0, len(log.records), step):
                await intake.take(connection, log.records[start : start + step])
        finally:
            await connection.close()

    await asyncio.gather(one(7), one(11), one(200))
    connection = await connect(built, log.topic)
    try:
        assert await rows(connection, log.topic) == applied.expected(log.records)
    finally:
        await connection.close()


async def test_the_offset_of_a_stream_that_lacks_a_number_stays_where_it_was_whole(built: str) -> None:
    log = ledger([0, 6, 0, 0, 6])
    intake = Intake(PARTITIONS, write_down)
    connection = await connect(built, log.topic)
    try:
        await intake.take(connection, log.records[:2])
        await intake.take(connection, log.records[3:4])
        await intake.take(connection, log.records[4:], holding={(log.topic, 0): 3})
        found = await read(connection, [(log.topic, stream) for stream in (0, 6, 12)])
        assert [each.offset for each in found.values()] == [1, 4, 4]
    finally:
        await connection.close()
