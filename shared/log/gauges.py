"""How much of the log the broker has not confirmed yet, and how old the oldest of it is."""

import asyncio

from shared.database import Pool
from shared.metrics import LOG_OLDEST, LOG_WAITING

EVERY_SECONDS = 1.0

WAITING = """
SELECT (SELECT count(*) FROM event_queue) + (SELECT coalesce(sum(sequence - relayed), 0) FROM stream_head)"""

# Event ids are UUIDv7, made when the command was decided.
OLDEST = """
WITH oldest AS (
    (SELECT position FROM event_queue ORDER BY position LIMIT 1)
    UNION ALL
    SELECT n.position FROM stream_head h
    JOIN event_number n ON n.stream = h.stream AND n.sequence = h.relayed + 1)
SELECT coalesce(extract(epoch FROM now() - min(uuid_extract_timestamp(l.id))), 0)::float8
FROM event_log l WHERE l.position = ANY (ARRAY(SELECT position FROM oldest))"""


async def measure(pool: Pool, topic: str) -> None:
    """Set both gauges once."""
    LOG_WAITING.labels(topic).set(await pool.fetchval(WAITING))
    LOG_OLDEST.labels(topic).set(max(0.0, await pool.fetchval(OLDEST)))


async def keep_measuring(pool: Pool, topic: str) -> None:
    """The same every second, until cancelled."""
    while True:
        await measure(pool, topic)
        await asyncio.sleep(EVERY_SECONDS)
