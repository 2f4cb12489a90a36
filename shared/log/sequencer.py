"""Numbers for events: contiguous in each stream, chained, in the order of the log.

The heads are locked first, in one order for everybody, so two sequencers take turns. Rows come from the queue
by position; a row that commits late is still in the queue, whatever was numbered before it, and events of one
aggregate never swap, because the aggregate's row lock gave them their positions in order.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.clock import Clock, utc_now
from shared.database import Connection, Pool
from shared.metrics import SEQUENCED
from shared.pace import Pace
from shared.streams import STREAMS, first_link, next_link

LARGEST_CHUNK = 1000

PREPARE = """
INSERT INTO stream_head (stream, chain)
SELECT * FROM unnest($1::smallint[], $2::bytea[]) ON CONFLICT DO NOTHING"""

WAITING = "SELECT EXISTS (SELECT FROM event_queue)"

# asyncpg gives '-infinity' without a time zone, so a stream not begun dates from the epoch.
HEADS = """
SELECT stream, sequence, chain, greatest(sequenced, 'epoch') AS sequenced
FROM stream_head ORDER BY stream FOR UPDATE"""

# Through arrays, so that the planner reaches for the primary keys however large the log has grown.
TAKE = """
WITH taken AS (
    DELETE FROM event_queue
    WHERE position = ANY (ARRAY(SELECT position FROM event_queue ORDER BY position LIMIT $1))
    RETURNING position)
SELECT position, stream, value FROM event_log
WHERE position = ANY (ARRAY(SELECT position FROM taken)) ORDER BY position"""

WRITE = """
WITH head AS (
    SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[], $4::timestamptz[])
                  AS h(stream, sequence, chain, sequenced)),
numbered AS (
    INSERT INTO event_number (stream, sequence, position, sequenced, chain)
    SELECT n.stream, n.sequence, n.position, head.sequenced, n.chain
    FROM unnest($5::smallint[], $6::bigint[], $7::bigint[], $8::bytea[])
         AS n(stream, sequence, position, chain)
    JOIN head USING (stream))
UPDATE stream_head AS h SET sequence = head.sequence, chain = head.chain, sequenced = head.sequenced
FROM head WHERE h.stream = head.stream"""


@dataclass(slots=True)
class _Head:
    stream: int
    sequence: int
    chain: bytes
    sequenced: datetime


@dataclass(frozen=True, slots=True)
class _Number:
    stream: int
    sequence: int
    position: int
    chain: bytes


@dataclass(slots=True)
class _Numbering:
    """The heads as they move, and the numbers given on the way."""

    now: datetime
    heads: dict[int, _Head]
    numbers: list[_Number] = field(default_factory=list)

    def give(self, position: int, stream: int, value: bytes) -> None:
        head = self.heads[stream]
        head.sequence += 1
        head.sequenced = max(head.sequenced, self.now)  # the clock may jump back, the stream may not
        head.chain = next_link(head.chain, head.sequence, head.sequenced, value)
        self.numbers.append(_Number(stream, head.sequence, position, head.chain))

    def arguments(self) -> list[list[Any]]:
        """The arrays of `WRITE`, streams that moved only."""
        moved = [self.heads[stream] for stream in sorted({number.stream for number in self.numbers})]
        heads = _columns(((h.stream, h.sequence, h.chain, h.sequenced) for h in moved), 4)
        return heads + _columns(((n.stream, n.sequence, n.position, n.chain) for n in self.numbers), 4)


async def prepare(connection: Connection, topic: str) -> None:
    """A head for every stream of the topic, before its number 1; existing heads stay."""
    links = [first_link(topic, stream) for stream in range(STREAMS)]
    await connection.execute(PREPARE, list(range(STREAMS)), links)


async def sequence(connection: Connection, now: datetime, largest: int = LARGEST_CHUNK) -> Counter[int]:
    """Number at most `largest` waiting events in one transaction; returns how many in which stream."""
    async with connection.transaction():
        heads = {row["stream"]: _Head(*row) for row in await connection.fetch(HEADS)}
        numbering = _Numbering(now, heads)
        for position, stream, value in await connection.fetch(TAKE, largest):
            numbering.give(position, stream, value)
        if numbering.numbers:
            await connection.execute(WRITE, *numbering.arguments())
    return Counter(number.stream for number in numbering.numbers)


class Sequencer:
    """Numbers whatever waits, again and again, and calls `tell` with the streams that have grown."""

    def __init__(
        self, pool: Pool, topic: str, tell: Callable[[Iterable[int]], None], clock: Clock = utc_now
    ) -> None:
        """`prepare` must have been called for the topic."""
        self._pool = pool
        self._topic = topic
        self._tell = tell
        self._clock = clock

    async def run(self) -> None:
        """Until cancelled; raises what the database raises."""
        pace = Pace()
        while True:
            async with self._pool.acquire() as connection:
                given = await self._round(connection)
            if given:
                pace.found()
                SEQUENCED.labels(self._topic).inc(given.total())
                self._tell(given)
            if given.total() < LARGEST_CHUNK:
                await pace.rest()

    async def _round(self, connection: Connection) -> Counter[int]:
        if not await connection.fetchval(WAITING):  # the poll locks and writes nothing
            return Counter()
        return await sequence(connection, self._clock())


def _columns(rows: Iterable[tuple[Any, ...]], width: int) -> list[list[Any]]:
    columns: list[list[Any]] = [[] for _ in range(width)]
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    return columns
