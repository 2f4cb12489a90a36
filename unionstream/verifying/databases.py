"""What the service's log and the projection's trail say of the same numbers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

LOGGED = """
SELECT n.stream, n.sequence, encode(n.chain, 'hex') AS chain, l.value,
       to_char(n.sequenced AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS sequenced
FROM unnest($1::smallint[], $2::bigint[]) AS w(stream, sequence)
JOIN event_number AS n ON n.stream = w.stream AND n.sequence = w.sequence
JOIN event_log AS l ON l.position = n.position
"""
# count = max says that the numbers are contiguous, since they begin at 1 and are unique.
LOG_ENDS = """
SELECT h.stream, h.sequence AS head, h.relayed, coalesce(n.last, 0) AS last, coalesce(n.numbers, 0) AS numbers
FROM stream_head AS h LEFT JOIN (
    SELECT stream, max(sequence) AS last, count(*) AS numbers FROM event_number GROUP BY stream
) AS n ON n.stream = h.stream
"""
UNNUMBERED = """
SELECT count(*) FROM event_log AS l
WHERE NOT EXISTS (SELECT FROM event_number AS n WHERE n.position = l.position)
  AND NOT EXISTS (SELECT FROM event_queue AS q WHERE q.position = l.position)
"""
TRAILED = """
SELECT t.lane % 24 AS stream, t.sequence, encode(t.chain, 'hex') AS chain
FROM topic JOIN trail AS t ON t.lane BETWEEN topic.number * 24 AND topic.number * 24 + 23
JOIN unnest($2::smallint[], $3::bigint[]) AS w(stream, sequence)
     ON t.lane = topic.number * 24 + w.stream AND t.sequence = w.sequence
WHERE topic.name = $1
"""
TRAIL_ENDS = """
SELECT t.lane % 24 AS stream, max(t.sequence) AS last, count(*) AS numbers
FROM topic JOIN trail AS t ON t.lane BETWEEN topic.number * 24 AND topic.number * 24 + 23
WHERE topic.name = $1 GROUP BY t.lane
"""

Key = tuple[int, int]  # stream, number


@dataclass(frozen=True, slots=True)
class Logged:
    """A numbered event of a service's log."""

    chain: bytes
    sequenced: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class LogEnd:
    """Where a stream of the log ends, and how far the log believes it was relayed."""

    last: int
    numbers: int
    head: int
    relayed: int


@dataclass(frozen=True)
class Databases:
    """One service's log and the trail, both read and never written."""

    log: asyncpg.Connection
    trail: asyncpg.Connection
    topic: str

    async def logged(self, keys: Sequence[Key]) -> dict[Key, Logged]:
        """What the log has under these numbers."""
        rows = await self.log.fetch(LOGGED, *_columns(keys))
        return {
            (row["stream"], row["sequence"]): Logged(
                row["chain"].encode(), row["sequenced"].encode(), row["value"]
            )
            for row in rows
        }

    async def trailed(self, keys: Sequence[Key]) -> dict[Key, bytes]:
        """The links the trail has under these numbers."""
        rows = await self.trail.fetch(TRAILED, self.topic, *_columns(keys))
        return {(row["stream"], row["sequence"]): row["chain"].encode() for row in rows}

    async def log_ends(self) -> dict[int, LogEnd]:
        """The end of each stream of the log."""
        rows = await self.log.fetch(LOG_ENDS)
        return {
            row["stream"]: LogEnd(row["last"], row["numbers"], row["head"], row["relayed"]) for row in rows
        }

    async def trail_ends(self) -> dict[int, tuple[int, int]]:
        """Last number and count of each stream of the trail."""
        rows = await self.trail.fetch(TRAIL_ENDS, self.topic)
        return {row["stream"]: (row["last"], row["numbers"]) for row in rows}

    async def notes(self) -> list[str]:
        """The checkpoints that the service has kept."""
        return [row["note"] for row in await self.log.fetch("SELECT note FROM checkpoint")]

    async def lost(self) -> int:
        """Events of the log that have no number and wait for none."""
        count: int = await self.log.fetchval(UNNUMBERED)
        return count


@asynccontextmanager
async def databases(topic: str, log_url: str, trail_url: str) -> AsyncIterator[Databases]:
    """Both databases, opened for reading."""
    log = await _open(log_url)
    try:
        trail = await _open(trail_url)
        try:
            yield Databases(log, trail, topic)
        finally:
            await trail.close()
    finally:
        await log.close()


async def _open(url: str) -> asyncpg.Connection:
    return await asyncpg.connect(url, timeout=10, server_settings={"default_transaction_read_only": "on"})


def _columns(keys: Sequence[Key]) -> tuple[list[int], list[int]]:
    return [stream for stream, _ in keys], [sequence for _, sequence in keys]
