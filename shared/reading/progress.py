"""The rows that say how far each stream has been applied, and whether it waits."""

from collections.abc import Iterable, Sequence
from typing import Any

from shared.database import Connection
from shared.reading.judging import DAWN, GAP, Progress
from shared.streams import STREAMS, first_link

Key = tuple[str, int]  # topic, stream

PREPARE = """
INSERT INTO stream_progress (topic, stream, chain)
SELECT * FROM unnest($1::text[], $2::smallint[], $3::bytea[]) ON CONFLICT DO NOTHING"""

_ROWS = """
SELECT p.topic, p.stream, p.sequence, p.chain, nullif(p.sequenced, '-infinity') AS sequenced,
       p.kafka_offset, p.halted
FROM stream_progress AS p
JOIN unnest($1::text[], $2::smallint[]) AS w(topic, stream) ON p.topic = w.topic AND p.stream = w.stream
ORDER BY p.topic, p.stream"""

READ = _ROWS

# In one order everywhere, so that two workers that believe in the same partition wait for each other.
LOCK = _ROWS + " FOR UPDATE OF p"

SAVE = """
UPDATE stream_progress AS p
SET sequence = n.sequence, chain = n.chain, sequenced = coalesce(n.sequenced, '-infinity'),
    kafka_offset = n.kafka_offset, halted = n.halted
FROM unnest($1::text[], $2::smallint[], $3::bigint[], $4::bytea[], $5::timestamptz[], $6::bigint[],
            $7::text[])
     AS n(topic, stream, sequence, chain, sequenced, kafka_offset, halted)
WHERE p.topic = n.topic AND p.stream = n.stream"""

# Only if the stream still waits for that number: another worker may have found it meanwhile.
HALT = """
UPDATE stream_progress AS p SET halted = $4
FROM unnest($1::text[], $2::smallint[], $3::bigint[]) AS w(topic, stream, missing)
WHERE p.topic = w.topic AND p.stream = w.stream AND p.sequence = w.missing - 1 AND p.halted = ''
RETURNING p.topic, p.stream, p.sequence + 1 AS missing"""

# The age of the broker's answer is taken off, and the clock is the database's alone.
MARK_ENDS = """
UPDATE stream_progress AS p SET end_reached = clock_timestamp() - make_interval(secs => w.age)
FROM unnest($1::text[], $2::smallint[], $3::float8[]) AS w(topic, stream, age)
WHERE p.topic = w.topic AND p.stream = w.stream AND p.halted = ''"""

# A halted stream is alarmed, but it does not keep the others from being served.
NOT_AT_END = """
SELECT count(*) FROM stream_progress WHERE topic = ANY ($1) AND halted = '' AND end_reached < $2"""

# Offsets belong to a layout; numbers do not, so only the hints go.
LAY_OUT = """
WITH changed AS (
    INSERT INTO stream_layout AS l (topic, partitions) SELECT topic, $2 FROM unnest($1::text[]) AS t(topic)
    ON CONFLICT (topic) DO UPDATE SET partitions = excluded.partitions
    WHERE l.partitions <> excluded.partitions
    RETURNING topic, xmax <> 0 AS known)
UPDATE stream_progress AS p SET kafka_offset = -1 FROM changed AS c WHERE p.topic = c.topic AND c.known"""

NOW = "SELECT clock_timestamp()"

HALTED_NOW = "SELECT halted, count(*) FROM stream_progress WHERE topic = ANY ($1) GROUP BY halted"


async def prepare(connection: Connection, topics: Iterable[str]) -> None:
    """A row for every stream of these topics, where there is none yet."""
    keys = [(topic, stream) for topic in topics for stream in range(STREAMS)]
    await connection.execute(PREPARE, *columns(keys, 2), [first_link(*key) for key in keys])


async def lay_out(connection: Connection, topics: Iterable[str], partitions: int) -> None:
    """These topics are read in so many partitions: offsets kept from another number of them are forgotten."""
    await connection.execute(LAY_OUT, list(topics), partitions)


async def read(connection: Connection, keys: Sequence[Key]) -> dict[Key, Progress]:
    """The rows as they are, not locked."""
    return _by_key(await connection.fetch(READ, *columns(keys, 2)))


async def lock(connection: Connection, keys: Sequence[Key]) -> dict[Key, Progress]:
    """The rows, locked until the transaction ends."""
    return _by_key(await connection.fetch(LOCK, *columns(keys, 2)))


async def save(connection: Connection, progress: Sequence[Progress]) -> None:
    """Write the rows back."""
    rows = [
        (
            p.topic,
            p.stream,
            p.sequence,
            p.chain,
            None if p.sequenced == DAWN else p.sequenced,
            p.offset,
            p.halted,
        )
        for p in progress
    ]
    await connection.execute(SAVE, *columns(rows, 7))


async def halt_at_gaps(
    connection: Connection, missing: Sequence[tuple[str, int, int]]
) -> list[tuple[str, int, int]]:
    """Halt streams (topic, stream, missing number) that still wait for that number; returns those."""
    rows = await connection.fetch(HALT, *columns(missing, 3), GAP)
    return [(row["topic"], row["stream"], row["missing"]) for row in rows]


async def mark_ends(connection: Connection, ends: Sequence[tuple[str, int, float]]) -> None:
    """These streams (topic, stream, seconds ago) had been read to their end by then."""
    await connection.execute(MARK_ENDS, *columns(ends, 3))


def columns(rows: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    """Rows as parallel arrays for `unnest`."""
    turned: list[list[Any]] = [list(column) for column in zip(*rows, strict=True)]
    return turned or [[] for _ in range(width)]


def _by_key(rows: Iterable[Any]) -> dict[Key, Progress]:
    return {(row["topic"], row["stream"]): _progress(row) for row in rows}


def _progress(row: Any) -> Progress:
    return Progress(
        row["topic"],
        row["stream"],
        row["sequence"],
        row["chain"],
        row["sequenced"] or DAWN,
        row["kafka_offset"],
        row["halted"],
    )
