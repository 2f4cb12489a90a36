"""Waiting for a database that is down, restarting or busy: nothing is given up, nothing is done twice."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from shared.database import TRANSIENT, Connection, Pool
from shared.logs import log

T = TypeVar("T")

FIRST_SECONDS = 0.05
LONGEST_SECONDS = 5.0

RETRIED = (
    *TRANSIENT,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.QueryCanceledError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)


async def patiently(pool: Pool, work: Callable[[Connection], Awaitable[T]], reader: str) -> T:
    """Do it on a connection, again and again until the database lets it; other errors are raised at once.

    `TimeoutError` is raised after the second time: the work may be too much for one statement.
    """
    delay, slow = FIRST_SECONDS, 0
    while True:
        try:
            async with pool.acquire() as connection:
                return await work(connection)
        except RETRIED as error:
            slow += isinstance(error, TimeoutError | asyncpg.QueryCanceledError)
            if isinstance(error, ValueError) or slow > 1:
                raise
            log.warning("reader_waits_for_database", reader=reader, error=type(error).__name__)
        await asyncio.sleep(delay * random.uniform(0.5, 1))  # noqa: S311  jitter
        delay = min(LONGEST_SECONDS, delay * 2)
