"""An owner for readers under test: it writes down, in order, what was applied."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import asyncpg

from shared.database import Connection, Pool, open_pool
from shared.migrate import migrate, of_service
from shared.reading.incoming import Incoming
from shared.reading.progress import prepare
from tests.support.servers import ROOT

# No unique key on purpose: a double effect must show, not fail.
TABLE = """
CREATE TABLE IF NOT EXISTS applied (
    position bigint GENERATED ALWAYS AS IDENTITY,
    topic text, stream smallint, sequence bigint, chain bytea, value bytea)
"""
ENTER = """
INSERT INTO applied (topic, stream, sequence, chain, value)
SELECT * FROM unnest($1::text[], $2::smallint[], $3::bigint[], $4::bytea[], $5::bytea[])"""


async def write_down(connection: Connection, records: Sequence[Incoming]) -> None:
    """The `Apply` of this owner."""
    rows = [(each.topic, each.stream, each.sequence, each.chain, each.value) for each in records]
    await connection.execute(ENTER, *map(list, zip(*rows, strict=True)))


async def known_chain(
    connection: Connection, topic: str, stream: int, sequences: Sequence[int]
) -> Mapping[int, bytes]:
    """Links from what was written down."""
    rows = await connection.fetch(
        "SELECT sequence, chain FROM applied WHERE topic = $1 AND stream = $2 AND sequence = ANY ($3)",
        topic,
        stream,
        list(sequences),
    )
    return {row["sequence"]: row["chain"] for row in rows}


async def build(url: str, *topics: str) -> None:
    """The schema of an owner, and rows of progress for these topics."""
    connection = await asyncpg.connect(url)
    try:
        await migrate(connection, of_service(ROOT / "tests" / "support", "copying"))
        await connection.execute(TABLE)
        await prepare(connection, topics)
    finally:
        await connection.close()


@asynccontextmanager
async def owner(url: str, *topics: str) -> AsyncIterator[Pool]:
    """A pool on a database that is ready for a reader."""
    await build(url, *topics)
    pool = await open_pool(url, largest=4)
    try:
        yield pool
    finally:
        pool.terminate()


async def values(pool: Pool | Connection, topic: str) -> dict[int, list[bytes]]:
    """What was applied, per stream, in the order of application."""
    found: dict[int, list[bytes]] = {}
    for row in await pool.fetch(
        "SELECT stream, value FROM applied WHERE topic = $1 ORDER BY position", topic
    ):
        found.setdefault(row["stream"], []).append(row["value"])
    return found


async def count(pool: Pool) -> int:
    """How many rows were applied, doubles included."""
    number: int = await pool.fetchval("SELECT count(*) FROM applied")
    return number


async def halted(pool: Pool | Connection, topic: str) -> dict[int, str]:
    """The streams that wait, and why."""
    rows = await pool.fetch(
        "SELECT stream, halted FROM stream_progress WHERE topic = $1 AND halted <> ''", topic
    )
    return {row["stream"]: row["halted"] for row in rows}


def expected(records: Sequence[Incoming]) -> dict[int, list[bytes]]:
    """What has to be applied of a log, per stream."""
    found: dict[int, list[bytes]] = {}
    for each in records:
        found.setdefault(each.stream, []).append(each.value)
    return found
