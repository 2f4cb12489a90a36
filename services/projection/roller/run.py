"""Turns without end, in the one process that holds the lock; the others stand by."""

import asyncio
import time

import asyncpg

from services.projection import catalogue
from services.projection.catalogue.stored import store
from services.projection.metrics import FRESHNESS, PLACED, ROLLED, ROLLING, TURN_SECONDS
from services.projection.roller.turn import prepare, turn
from shared.database import TRANSIENT, Connection
from shared.logs import log
from shared.pace import Pace

STAND_BY_SECONDS = 0.5

TRY_LOCK = "SELECT pg_try_advisory_lock(hashtext('projection'), hashtext(current_schema() || '/roller'))"
FRESH_SECONDS = 1.0

# The last event of every lane that has been rolled up; one may have come late, so the newest of them counts.
AGE = """
SELECT extract(epoch FROM clock_timestamp() - max(t.recorded))::float8
FROM roller_position AS p JOIN trail AS t ON t.lane = p.lane AND t.sequence = p.sequence"""
PROGRESS = "SELECT coalesce(sum(sequence), 0)::bigint FROM stream_progress"


class Roller:
    """The serial roller of one projection database; start as many as you like, one works."""

    def __init__(self, url: str) -> None:
        """`url` of the database: lock and scratch tables live in a connection of its own."""
        self._url = url

    async def run(self) -> None:
        """Roll until cancelled; a database that is away is waited for."""
        while True:
            try:
                await self._session()
            except TRANSIENT as error:
                log.warning("roller_waits", error=type(error).__name__)
            await asyncio.sleep(STAND_BY_SECONDS)

    async def _session(self) -> None:
        connection = await asyncpg.connect(self._url, timeout=10)
        try:
            await _stand_by(connection)
            ROLLING.set(1)
            await store(connection, catalogue.load())
            await prepare(connection)
            await _roll(connection)
        finally:
            ROLLING.set(0)
            connection.terminate()  # also when the server no longer answers; the lock goes with it


async def _stand_by(connection: Connection) -> None:
    while True:
        if await connection.fetchval(TRY_LOCK):
            return
        await asyncio.sleep(STAND_BY_SECONDS)


async def _roll(connection: Connection) -> None:
    done, pace, fresh = -1, Pace(), _Freshness()
    while True:
        reached = await connection.fetchval(PROGRESS)
        if reached == done:
            await pace.rest()
            continue
        pace.found()
        while await _turn(connection):
            await fresh.observe(connection)
        done = reached


async def _turn(connection: Connection) -> bool:
    began = time.perf_counter()
    did = await turn(connection)
    if did.events:
        TURN_SECONDS.observe(time.perf_counter() - began)
        ROLLED.inc(did.events)
        PLACED.inc(did.placed)
    return did.events > 0


class _Freshness:
    """Measures now and then how old the newest event is when it stands in the figures."""

    def __init__(self) -> None:
        self._next = 0.0

    async def observe(self, connection: Connection) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + FRESH_SECONDS
        age = await connection.fetchval(AGE)
        if age is not None:
            FRESHNESS.observe(max(0.0, age))
