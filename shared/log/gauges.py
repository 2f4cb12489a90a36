"""How much of the log the broker has not confirmed yet, and how old the oldest of it is."""

import asyncio

from shared.database import Pool
from shared.logs import log
from shared.metrics import LOG_OLDEST, LOG_WAITING

EVERY_SECONDS = 1.0
OLD_SECONDS = 60.0
"""A backlog is told in the log when its oldest event has waited that long, and again as often."""

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


async def measure(pool: Pool, topic: str) -> tuple[int, float]:
    """Set both gauges once; returns what they say."""
    waiting, oldest = await pool.fetchval(WAITING), max(0.0, await pool.fetchval(OLDEST))
    LOG_WAITING.labels(topic).set(waiting)
    LOG_OLDEST.labels(topic).set(oldest)
    return waiting, oldest


async def keep_measuring(pool: Pool, topic: str) -> None:
    """The same every second, until cancelled."""
    told = 0.0
    while True:
        waiting, oldest = await measure(pool, topic)
        if oldest >= told + OLD_SECONDS:
            told = oldest
            log.warning("backlog", topic=topic, events=waiting, oldest_seconds=round(oldest))
        elif told and not waiting:
            told = 0.0
            log.info("backlog_gone", topic=topic)
        await asyncio.sleep(EVERY_SECONDS)
