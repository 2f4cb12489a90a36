"""A log and its topic as tests see them: written to directly, read back by somebody who trusts nobody."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.clock import business_date, rfc3339, utc_now
from shared.database import Connection, Pool, open_pool
from shared.ids import new_id
from shared.log.publisher import Publisher
from shared.log.sequencer import prepare
from shared.migrate import migrate, of_service

APPEND = """
WITH logged AS (
    INSERT INTO event_log (id, stream, subject, version, value)
    SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::integer[], $5::bytea[])
    RETURNING position, stream)
INSERT INTO event_queue SELECT position, stream FROM logged"""

LOGGED = """
SELECT n.stream, n.sequence, n.sequenced, n.chain, l.value
FROM event_number n JOIN event_log l USING (position) ORDER BY n.stream, n.sequence"""

Line = tuple[int, str, str, bytes]
"""One record as a reader gets it: number, time of numbering, chain in hex, value."""

Story = dict[int, list[Line]]
"""The records of each stream, in order."""


async def make_ledger(url: str, topic: str, *, connections: int = 10) -> Pool:
    """The schema of a writing service without a service."""
    pool = await open_pool(url, largest=connections)
    async with pool.acquire() as connection:
        await migrate(connection, of_service(Path("no-service"), "writing"))
        await connection.execute("SELECT prepare_partitions($1)", business_date(utc_now()))
        await prepare(connection, topic)
    return pool


def value_of(number: int, subject: UUID, size: int = 1000) -> bytes:
    """Bytes in the manner of an event."""
    filling = sha256(b"%d" % number).hexdigest() * (size // 64)
    return b'{"id":"%d","unionkey":"%s","data":"%s"}' % (number, str(subject).encode(), filling.encode())


async def append(connection: Connection | Pool, streams: Sequence[int], *, size: int = 1000) -> None:
    """One event per entry, in one statement."""
    ids = [new_id() for _ in streams]
    values = [value_of(number, subject, size) for number, subject in enumerate(ids)]
    await connection.execute(APPEND, ids, list(streams), ids, [1] * len(ids), values)


async def logged(pool: Pool | Connection) -> Story:
    """What the log says the topic should hold."""
    story: Story = defaultdict(list)
    for row in await pool.fetch(LOGGED):
        story[row["stream"]].append(
            (row["sequence"], rfc3339(row["sequenced"]), row["chain"].hex(), row["value"])
        )
    return dict(story)


def assert_chained(topic: str, story: Story) -> None:
    """Recompute every chain from nothing but what a stranger gets."""
    for stream, lines in story.items():
        link, earlier = sha256(f"{topic}/{stream}".encode()).hexdigest(), ""
        for expected, (sequence, sequenced, chain, value) in enumerate(lines, 1):
            link = sha256(f"{link}\n{sequence}\n{sequenced}\n".encode() + value).hexdigest()
            assert (sequence, chain) == (expected, link)
            assert sequenced >= earlier
            earlier = sequenced


@dataclass
class Heard:
    """What a reader makes of a topic: repeats dropped, records behind a hole left until they come again."""

    story: Story = field(default_factory=lambda: defaultdict(list))
    repeats: int = 0
    behind_holes: int = 0
    keys: set[tuple[int, bytes | None]] = field(default_factory=set)

    def take(self, headers: dict[str, bytes], value: bytes) -> None:
        stream, sequence = int(headers["stream"]), int(headers["sequence"])
        line = (sequence, headers["sequenced"].decode(), headers["chain"].decode(), value)
        lines = self.story[stream]
        if sequence == len(lines) + 1:
            lines.append(line)
        elif sequence <= len(lines):
            assert lines[sequence - 1] == line, "a repeat differs from the first"
            self.repeats += 1
        else:
            self.behind_holes += 1


async def hear(kafka: str, topic: str, partitions: int = 6) -> Heard:
    """Read a topic from its beginning to its present end."""
    heard = Heard()
    consumer = AIOKafkaConsumer(
        bootstrap_servers=kafka, auto_offset_reset="earliest", enable_auto_commit=False
    )
    await consumer.start()
    try:
        places = [TopicPartition(topic, partition) for partition in range(partitions)]
        consumer.assign(places)
        for place, end in (await consumer.end_offsets(places)).items():
            while await consumer.position(place) < end:
                for record in (await consumer.getmany(place, timeout_ms=500)).get(place, []):
                    headers = dict(record.headers)
                    assert int(headers["stream"]) % partitions == record.partition
                    heard.keys.add((int(headers["stream"]), record.key))
                    heard.take(headers, record.value)
    finally:
        await consumer.stop()
    heard.story = dict(heard.story)
    return heard


async def until(true: Callable[[], Awaitable[bool]], seconds: float = 15, every: float = 0.02) -> None:
    """Poll to a deadline."""
    async with asyncio.timeout(seconds):
        while True:
            if await true():
                return
            await asyncio.sleep(every)


async def relayed(pool: Pool, events: int) -> bool:
    """Whether so many events are confirmed, and none waits."""
    row = await pool.fetchrow(
        "SELECT sum(relayed) AS sent, sum(sequence) AS given, (SELECT count(*) FROM event_queue) AS waiting"
        " FROM stream_head"
    )
    assert row is not None
    return bool(row["sent"] == row["given"] == events and row["waiting"] == 0)


@asynccontextmanager
async def publishing(pool: Pool, topic: str, kafka: str, partitions: int = 6) -> AsyncIterator[Publisher]:
    """A publisher that runs inside the block; its end by itself is the test's end."""
    publisher = Publisher(pool, topic=topic, kafka=kafka, partitions=partitions, service="test")
    async with cancelled_at_end(publisher.run()):
        yield publisher


@asynccontextmanager
async def cancelled_at_end(*running: Awaitable[None]) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Tasks for the length of a block; what they raised is raised at its end."""
    tasks = [asyncio.ensure_future(each) for each in running]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
    for end in ends:
        if isinstance(end, Exception):
            raise end
