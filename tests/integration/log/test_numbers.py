"""Numbers are contiguous, chained and in the order of the log, whoever commits when, whoever numbers."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from shared.clock import utc_now
from shared.database import Pool
from shared.ids import new_id
from shared.log import upkeep
from shared.log.sequencer import prepare, sequence
from shared.streams import STREAMS
from tests.support.ledgers import APPEND, append, assert_chained, cancelled_at_end, logged, until

TOPIC = "union.alone"


async def number_all(pool: Pool, largest: int = 1000) -> None:
    async with pool.acquire() as connection:
        while await sequence(connection, utc_now(), largest):
            pass


async def test_a_late_commit_with_a_low_position_is_not_skipped(ledger: Pool) -> None:
    async with ledger.acquire() as late:
        transaction = late.transaction()
        await transaction.start()
        await append(late, [5, 6])
        await append(ledger, [5, 5, 7])
        await number_all(ledger)
        assert await ledger.fetchval("SELECT count(*) FROM event_number") == 3
        await transaction.commit()
    await number_all(ledger)

    story = await logged(ledger)
    assert {stream: len(lines) for stream, lines in story.items()} == {5: 3, 6: 1, 7: 1}
    positions = await ledger.fetch("SELECT position FROM event_number WHERE stream = 5 ORDER BY sequence")
    assert [row["position"] for row in positions] == [3, 4, 1]
    assert_chained(TOPIC, story)


async def test_committers_and_two_sequencers_at_once(ledger: Pool) -> None:
    """Each writer adds versions to a subject of its own; some hold their transaction open for a while."""
    writers, rounds = 4, 40
    done = asyncio.Event()

    async def write(seed: int) -> None:
        chance, subject, stream = random.Random(seed), new_id(), seed * 3 % STREAMS
        for version in range(1, rounds + 1):
            async with ledger.acquire() as connection, connection.transaction():
                await connection.execute(APPEND, [new_id()], [stream], [subject], [version], [b"{}"])
                await asyncio.sleep(chance.choice((0, 0, 0.003, 0.02)))

    async def keep_numbering() -> Counter[int]:
        given: Counter[int] = Counter()
        async with ledger.acquire() as connection:
            while not done.is_set():
                given += await sequence(connection, utc_now(), 7)
        return given

    numbering = [asyncio.create_task(keep_numbering()) for _ in range(2)]
    await asyncio.gather(*(write(seed) for seed in range(writers)))
    done.set()
    first, second = await asyncio.gather(*numbering)
    await number_all(ledger)

    assert first
    assert second
    story = await logged(ledger)
    assert sum(map(len, story.values())) == writers * rounds
    assert_chained(TOPIC, story)
    for row in await ledger.fetch(
        "SELECT array_agg(l.version ORDER BY n.stream, n.sequence) AS versions"
        " FROM event_number n JOIN event_log l USING (position) GROUP BY l.subject"
    ):
        assert row["versions"] == list(range(1, rounds + 1))
    assert await ledger.fetchval("SELECT count(DISTINCT position) FROM event_number") == writers * rounds


async def test_time_never_runs_backwards_in_a_stream(ledger: Pool) -> None:
    noon = datetime(2024, 2, 29, 12, tzinfo=UTC)
    async with ledger.acquire() as connection:
        for now in (noon, noon - timedelta(hours=3), noon + timedelta(seconds=1)):
            await append(connection, [1, 2])
            await sequence(connection, now)
    story = await logged(ledger)
    assert [line[1] for line in story[1]] == [
        "2024-02-29T12:00:00.000000Z",
        "2024-02-29T12:00:00.000000Z",
        "2024-02-29T12:00:01.000000Z",
    ]
    assert_chained(TOPIC, story)


async def test_heads_are_prepared_once(ledger: Pool) -> None:
    await append(ledger, [3])
    await number_all(ledger)
    async with ledger.acquire() as connection:
        await prepare(connection, TOPIC)
    assert await ledger.fetchval("SELECT sequence FROM stream_head WHERE stream = 3") == 1
    assert await ledger.fetchval("SELECT count(*) FROM stream_head") == STREAMS


async def test_numbering_that_dies_leaves_the_queue_as_it_was(ledger: Pool) -> None:
    await append(ledger, [1, 1, 2])
    async with ledger.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await sequence(connection, utc_now())
        await transaction.rollback()
    assert await ledger.fetchval("SELECT count(*) FROM event_queue") == 3
    assert await ledger.fetchval("SELECT sum(sequence) FROM stream_head") == 0


async def test_answers_have_their_partitions_on_whatever_day_the_clock_comes_to(
    ledger: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "LOOK_SECONDS", 0.05)
    today = datetime(2024, 2, 29, 15, 59, tzinfo=UTC)

    async def kept(day: str) -> bool:
        return bool(await ledger.fetchval("SELECT to_regclass($1)", f"command_key_{day}"))

    async with cancelled_at_end(upkeep.keep_partitions(ledger, lambda: today)):
        await until(lambda: kept("20240302"))
        assert not await kept("20250103")
        today = datetime(2024, 12, 31, 16, 1, tzinfo=UTC)
        await until(lambda: kept("20250103"))
