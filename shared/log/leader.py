"""One leader per topic by an advisory lock, only to save double work: two leaders do no harm but repeats."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from shared.database import Connection, Pool
from shared.log.together import together
from shared.logs import log
from shared.metrics import LEADING

Work = Callable[[], Coroutine[Any, Any, None]]

STANDBY_SECONDS = 0.5
WATCH_SECONDS = 1.0
DEPOSE_SECONDS = 0.1
NOTICED_SECONDS = 3 * WATCH_SECONDS

TRY = "SELECT pg_try_advisory_lock(hashtextextended('relay/' || $1, 0))"
RELEASE = "SELECT pg_advisory_unlock(hashtextextended('relay/' || $1, 0))"


# Ends the session that holds the lock; the two halves of the key stand in columns of their own.
DEPOSE = """
SELECT pg_terminate_backend(pid) FROM pg_locks
WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (classid::bigint << 32 | objid::bigint) = hashtextextended('relay/' || $1, 0)"""


@asynccontextmanager
async def leading_instead(pool: Pool, topic: str) -> AsyncIterator[None]:
    """Inside the block no relay leads: who did has been deposed, and has given up what it had under way."""
    async with pool.acquire() as connection:
        deposed = False
        while not await connection.fetchval(TRY, topic):
            deposed = bool(await connection.fetch(DEPOSE, topic)) or deposed
            await asyncio.sleep(DEPOSE_SECONDS)
        if deposed:
            log.info("relay-deposed", topic=topic)
            await asyncio.sleep(NOTICED_SECONDS)
        try:
            yield
        finally:
            if not connection.is_closed():
                await connection.execute(RELEASE, topic)


async def lead(pool: Pool, topic: str, work: Work) -> None:
    """Stand by until the lock is ours, then work; raises what ends the work, also a lost connection."""
    async with pool.acquire() as connection:
        await _stand_by(connection, topic)
        log.info("relay-leads", topic=topic)
        LEADING.labels(topic).set(1)
        try:
            await together(work(), _watch(connection))
        finally:
            LEADING.labels(topic).set(0)
            if not connection.is_closed():
                await connection.execute(RELEASE, topic)


async def _stand_by(connection: Connection, topic: str) -> None:
    while True:
        if await connection.fetchval(TRY, topic):
            return
        await asyncio.sleep(STANDBY_SECONDS)


async def _watch(connection: Connection) -> None:
    """The lock lives in this session; when it is gone, somebody else may lead."""
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        await connection.execute("SELECT")
