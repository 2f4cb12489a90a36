"""Passes without end, in the one process that holds the lock, and only while its colour answers."""

import asyncio

import asyncpg

from services.projection.colours.frame import emitting
from services.projection.metrics import RESTATING
from services.projection.queries.cut import Cut
from services.projection.restating.comparing import Superseded, compare
from services.projection.restating.reports import unchecked
from services.projection.restating.suspects import suspects
from shared.clock import Clock, utc_now
from shared.database import TRANSIENT, Connection, Pool
from shared.errors import Unavailable
from shared.logs import log

PAUSE_SECONDS = 0.5
MOST_NEW = 100

TRY_LOCK = "SELECT pg_try_advisory_lock(hashtext('projection'), hashtext(current_schema() || '/restater'))"
COMPARED = "SELECT lane, sequence FROM restater_position"
ROLLED = "SELECT lane, sequence FROM roller_position"
NOW = "SELECT clock_timestamp()"
REACHED = """
INSERT INTO restater_position (lane, sequence) SELECT * FROM unnest($1::smallint[], $2::bigint[])
ON CONFLICT (lane) DO UPDATE SET sequence = excluded.sequence"""
PASSED = "UPDATE restater_pass SET began = $1"
REDRIVEN = "SELECT EXISTS (SELECT FROM dead_letter WHERE redriven >= (SELECT began FROM restater_pass))"


class Restater:
    """Compares closed periods with what arrives; start as many as you like, one works."""

    def __init__(self, url: str, pool: Pool, clock: Clock = utc_now) -> None:
        """`url` of the colour: the lock lives in a connection of its own; `pool` for the questions."""
        self._url, self._pool, self._clock = url, pool, clock

    async def run(self) -> None:
        """Until cancelled; a database that is away is waited for."""
        while True:
            try:
                await self._session()
            except (*TRANSIENT, Unavailable) as error:
                log.warning("restater_waits", error=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _session(self) -> None:
        connection = await asyncpg.connect(self._url, timeout=10)
        try:
            await _stand_by(connection)
            RESTATING.set(1)
            while True:
                await one_pass(self._pool, self._clock, connection)
                await asyncio.sleep(PAUSE_SECONDS)
        finally:
            RESTATING.set(0)
            connection.terminate()


async def _stand_by(connection: Connection) -> None:
    while True:
        if await connection.fetchval(TRY_LOCK):
            return
        await asyncio.sleep(PAUSE_SECONDS)


async def one_pass(pool: Pool, clock: Clock, connection: Connection) -> int:
    """Compare what may have changed since the last pass, and what is new; returns how much was told."""
    began = await connection.fetchval(NOW)
    since, until = [await _cut(connection, statement) for statement in (COMPARED, ROLLED)]
    fresh = await unchecked(connection, MOST_NEW)
    redriven = await connection.fetchval(REDRIVEN)
    if not fresh and since == until and not redriven:
        return 0
    async with connection.transaction():
        if not await emitting(connection):
            return 0
    told = 0
    try:
        for suspect in await suspects(connection, since, until):
            told += await compare(pool, clock, connection, suspect.report, suspect.metrics)
        for period in fresh:
            told += await compare(pool, clock, connection, period.report, None)
    except Superseded:
        return told
    async with connection.transaction():
        await connection.execute(REACHED, list(range(len(until.numbers))), list(until.numbers))
        await connection.execute(PASSED, began)
    return told


async def _cut(connection: Connection, statement: str) -> Cut:
    rows = await connection.fetch(statement)
    return Cut.of({row["lane"]: row["sequence"] for row in rows})
