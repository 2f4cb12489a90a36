"""A log that was lost with its database gets back what its topic holds, and goes on from there."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence

import pytest

from shared.database import Pool
from shared.ids import new_id
from shared.log.adopting import adopt
from shared.log.fork import Fork
from shared.log.publisher import Publisher
from shared.log.route import Route
from shared.streams import STREAMS
from tests.support import servers
from tests.support.ledgers import (
    APPEND,
    Story,
    cancelled_at_end,
    hear,
    logged,
    make_ledger,
    publishing,
    relayed,
    until,
)
from tests.support.servers import KafkaServer, MakeTopic, PostgresServer

NAMES = "SELECT id, stream, subject, version FROM event_log ORDER BY stream, position"


@pytest.fixture
def topic(make_topic: MakeTopic) -> str:
    return make_topic("union.adopted")


@pytest.fixture
async def log(database: str, topic: str, kafka: KafkaServer) -> AsyncIterator[Pool]:
    """A log of 240 events, all of them on the topic."""
    pool = await make_ledger(database, topic)
    async with publishing(pool, topic, kafka.bootstrap):
        await tell(pool, list(range(STREAMS)) * 10)
        await until(lambda: relayed(pool, 240), seconds=60)
    yield pool
    await pool.close()


@pytest.fixture
async def empty(postgres: PostgresServer, topic: str) -> AsyncIterator[Pool]:
    """The database that takes its place."""
    url = servers.make_database(postgres)
    pool = await make_ledger(url, topic)
    yield pool
    await pool.close()
    servers.drop_database(postgres, url)


async def tell(pool: Pool, streams: Sequence[int]) -> None:
    """Events with what every event has."""
    ids, subjects = [new_id() for _ in streams], [new_id() for _ in streams]
    events = [
        {"id": str(id_), "subject": str(subject), "streamversion": number, "unionkey": str(subject)}
        for number, (id_, subject) in enumerate(zip(ids, subjects, strict=True), 1)
    ]
    values = [json.dumps(event).encode() for event in events]
    versions = list(range(1, len(streams) + 1))
    await pool.execute(APPEND, ids, list(streams), subjects, versions, values)


def adopting(pool: Pool, topic: str, kafka: KafkaServer) -> Publisher:
    return Publisher(pool, topic=topic, kafka=kafka.bootstrap, partitions=6, service="test").adopting()


async def test_a_lost_log_comes_back_and_goes_on_with_the_next_number(
    log: Pool, empty: Pool, topic: str, kafka: KafkaServer
) -> None:
    await tell(empty, [5])  # told before anybody has looked
    async with cancelled_at_end(adopting(empty, topic, kafka).run()):
        await until(lambda: relayed(empty, 241), seconds=60)
    before, after = await logged(log), await logged(empty)
    new = after[5].pop()
    assert new[0] == 11
    assert after == before
    assert len(await log.fetch(NAMES)) == 240
    assert {tuple(row) for row in await log.fetch(NAMES)} < {tuple(row) for row in await empty.fetch(NAMES)}
    heard = await hear(kafka.bootstrap, topic)
    assert heard.story[5][-1] == new
    assert heard.repeats == 0


async def test_what_is_there_already_stays_and_nothing_is_taken_twice(
    log: Pool, empty: Pool, topic: str, kafka: KafkaServer
) -> None:
    route = Route(topic, kafka.bootstrap, 6)
    assert await adopt(empty, route) == 240
    assert await adopt(empty, route) == 0
    async with publishing(log, topic, kafka.bootstrap):
        await tell(log, [7, 7])
        await until(lambda: relayed(log, 242), seconds=60)
    assert await adopt(empty, route) == 2
    assert await logged(empty) == await logged(log)


async def test_a_log_that_went_on_by_itself_is_still_a_fork(
    log: Pool, empty: Pool, topic: str, kafka: KafkaServer, make_topic: MakeTopic
) -> None:
    elsewhere = make_topic("union.elsewhere")
    async with publishing(empty, elsewhere, kafka.bootstrap):
        await tell(empty, [3])
        await until(lambda: relayed(empty, 1), seconds=60)
    before: Story = (await hear(kafka.bootstrap, topic)).story
    with pytest.raises(Fork):
        await adopting(empty, topic, kafka).run()
    assert (await hear(kafka.bootstrap, topic)).story == before
