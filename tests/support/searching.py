"""Where marks are found: in every table of a database, in every record of every topic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.log.topics import administering, partitions_of
from tests.support.planting import MARKS, marks_in, spelled

COLUMNS = """
SELECT c.oid::regclass::text AS name, a.attname, a.atttypid = 'bytea'::regtype AS raw
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
  AND n.nspname !~ '^(pg_|information_schema)' ORDER BY 1, a.attnum"""


async def in_tables(url: str, marks: Sequence[str] = MARKS) -> list[tuple[str, str]]:
    """Table and column of every place that holds a mark, in any schema."""
    wanted = sorted(each for mark in marks for each in spelled(mark))
    connection = await asyncpg.connect(url)
    try:
        found = []
        for name, column, raw in await connection.fetch(COLUMNS):
            # In bytes, so that nothing has to be decodable.
            text = f'"{column}"' if raw else f"convert_to(\"{column}\"::text, 'UTF8')"
            hits = f"SELECT FROM {name}, unnest($1::bytea[]) AS m WHERE position(m IN {text}) > 0"
            if await connection.fetchval(f"SELECT EXISTS ({hits})", wanted):
                found.append((str(name), str(column)))
        return found
    finally:
        await connection.close()


async def in_topics(kafka: str, marks: Sequence[str] = MARKS) -> list[tuple[str, int]]:
    """Topic and offset of every record that holds a mark: key, value or headers."""
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, enable_auto_commit=False)
    await consumer.start()
    try:
        places = await _places(kafka)
        consumer.assign(places)
        first, ends = await consumer.beginning_offsets(places), await consumer.end_offsets(places)
        for place in places:
            consumer.seek(place, first[place])
        found, waiting = [], {place for place in places if ends[place] > first[place]}
        while waiting:
            for place, records in (await consumer.getmany(timeout_ms=500)).items():
                found += [(place.topic, each.offset) for each in records if marks_in(_whole(each), marks)]
            waiting = {place for place in waiting if await consumer.position(place) < ends[place]}
        return found
    finally:
        await consumer.stop()


async def _places(kafka: str) -> list[TopicPartition]:
    """All partitions of all topics but the broker's own."""
    async with administering(kafka) as client:
        topics = [name for name in await client.list_topics() if not name.startswith("__")]
        return [TopicPartition(name, n) for name in topics for n in range(await partitions_of(client, name))]


def _whole(record: Any) -> bytes:
    headers = [part for name, value in record.headers for part in (name.encode(), value)]
    return b"\n".join(part or b"" for part in (record.key, record.value, *headers))
