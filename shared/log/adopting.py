"""A log that has less than its own topic takes over what the topic holds: same bytes, numbers and chains.

Only for a service that keeps nothing beside its log, as the projection: what it told is wholly in what it
sent. A business service has state, sealed texts and answers that no topic knows; there the same is a fork.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import from_json

from shared.database import Connection, Pool
from shared.log.fork import HEADS
from shared.log.route import Route
from shared.log.tail import read_tail
from shared.log.whole import records_of
from shared.logs import log
from shared.metrics import ADOPTED
from shared.reading.incoming import Incoming
from shared.reading.progress import columns

LINKS = """
SELECT stream, sequence, chain FROM stream_head WHERE stream = ANY ($1::smallint[])
ORDER BY stream FOR UPDATE"""
PLACES = "SELECT nextval(pg_get_serial_sequence('event_log', 'position')) FROM generate_series(1, $1)"
ADOPT = """
WITH given AS (
    SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::smallint[], $4::uuid[], $5::integer[], $6::bytea[],
                         $7::bigint[], $8::timestamptz[], $9::bytea[])
         AS g(position, id, stream, subject, version, value, sequence, sequenced, chain)),
logged AS (
    INSERT INTO event_log (position, id, stream, subject, version, value) OVERRIDING SYSTEM VALUE
    SELECT position, id, stream, subject, version, value FROM given)
INSERT INTO event_number (stream, sequence, position, sequenced, chain)
SELECT stream, sequence, position, sequenced, chain FROM given"""
MOVE = """
UPDATE stream_head AS h
SET sequence = n.sequence, chain = n.chain, sequenced = n.sequenced, relayed = n.sequence
FROM unnest($1::smallint[], $2::bigint[], $3::bytea[], $4::timestamptz[])
     AS n(stream, sequence, chain, sequenced)
WHERE h.stream = n.stream"""


async def adopt(pool: Pool, route: Route) -> int:
    """Returns how many events were taken over: those that continue the log's own chains, and no others.

    What does not continue them is left for the relay to find as a fork. Raises `BrokerTrouble`.
    """
    count = 0
    for partition in range(route.partitions):
        if await _is_ahead(pool, route, partition):
            async for records in records_of(route, partition):
                count += await _take_over(pool, route.streams(partition), records)
    if count:
        ADOPTED.labels(route.topic).inc(count)
        log.warning("log_adopted_from_topic", topic=route.topic, events=count)
    return count


async def _is_ahead(pool: Pool, route: Route, partition: int) -> bool:
    seen = await read_tail(route, partition)
    rows = await pool.fetch(HEADS, route.streams(partition))
    heads = {row["stream"]: row["sequence"] for row in rows}
    return any(each.sequence > heads.get(each.stream, 0) for each in seen)


@dataclass
class _Growing:
    """The links that the log ends with, and what continues them."""

    links: dict[int, tuple[int, bytes]]
    taken: list[Incoming] = field(default_factory=list)
    ends: dict[int, Incoming] = field(default_factory=dict)

    def take(self, records: Iterable[Incoming]) -> None:
        for each in records:
            number, link = self.links[each.stream]
            if each.sequence == number + 1 and each.link(link) == each.chain:
                self.links[each.stream] = each.sequence, each.chain
                self.ends[each.stream] = each
                self.taken.append(each)


async def _take_over(pool: Pool, streams: Sequence[int], records: Sequence[Incoming]) -> int:
    async with pool.acquire() as connection, connection.transaction():
        rows = await connection.fetch(LINKS, streams)
        growing = _Growing({row["stream"]: (row["sequence"], row["chain"]) for row in rows})
        growing.take(records)
        if growing.taken:
            await _write(connection, growing)
    return len(growing.taken)


async def _write(connection: Connection, growing: _Growing) -> None:
    places = [row[0] for row in await connection.fetch(PLACES, len(growing.taken))]
    rows = [_row(place, each) for place, each in zip(places, growing.taken, strict=True)]
    await connection.execute(ADOPT, *columns(rows, 9))
    ends = [(e.stream, e.sequence, e.chain, e.sequenced) for e in growing.ends.values()]
    await connection.execute(MOVE, *columns(ends, 4))


def _row(place: int, each: Incoming) -> tuple[Any, ...]:
    event = from_json(each.value)
    named = (event["id"], each.stream, event["subject"], event["streamversion"], each.value)
    return (place, *named, each.sequence, each.sequenced, each.chain)
