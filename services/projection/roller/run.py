"""Turns without end, in the one process that holds the lock; the others stand by."""

import asyncio
import time

import asyncpg

from services.projection import catalogue
from services.projection.catalogue.stored import store
from services.projection.metrics import PLACED, ROLLED, ROLLING, TURN_SECONDS
from services.projection.roller.turn import prepare, turn
from shared.database import TRANSIENT, Connection
from shared.logs import log
from shared.pace import Pace

STAND_BY_SECONDS = 0.5

TRY_LOCK = "SELECT pg_try_advisory_lock(hashtext('projection'), hashtext(current_schema() || '/roller'))"
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
    done, pace = -1, Pace()
    while True:
        reached = await connection.fetchval(PROGRESS)
        if reached == done:
            await pace.rest()
            continue
        pace.found()
        while await _turn(connection):
            pass
        done = reached


async def _turn(connection: Connection) -> bool:
    began = time.perf_counter()
    did = await turn(connection)
    if did.events:
        TURN_SECONDS.observe(time.perf_counter() - began)
        ROLLED.inc(did.events)
        PLACED.inc(did.placed)
    return did.events > 0
