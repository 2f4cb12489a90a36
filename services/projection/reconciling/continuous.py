"""Reconciliation without end: one thing after the other is looked at, by one process, and slowly.

After every step it rests so much longer than the step took that it never takes more than about three percent
of a processor; steps do not work in parallel. Where it was is kept, so that a restart goes on there.
"""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime

import asyncpg

from services.projection.colours.frame import emitting
from services.projection.metrics import LOOK_SECONDS, RECONCILING, ROUNDS
from services.projection.queries.snapshot import snapshot
from services.projection.reconciling import standing
from services.projection.reconciling.looks import BEFORE_ALL, Look, differences, following
from services.projection.reconciling.standing import Change, Seen
from shared.clock import Clock, utc_now
from shared.database import Connection, Pool, open_pool
from shared.errors import Unavailable
from shared.logs import log
from shared.reading.patience import RETRIED

RESTS = 32  # times as long as it worked: 1 of 33 is 3 %
LEAST_REST_SECONDS = 0.2
BETWEEN_ROUNDS_SECONDS = 10.0
STAND_BY_SECONDS = 0.5
# The sums of a province with a hundred million facts are read in minutes.
STATEMENT_SECONDS = 900

TRY_LOCK = "SELECT pg_try_advisory_lock(hashtext('projection'), hashtext(current_schema() || '/reconciler'))"
ALONE = "SET LOCAL max_parallel_workers_per_gather = 0"
ROUND = "SELECT subject, unit, line FROM look_round"
WENT_ON = "UPDATE look_round SET subject = $1, unit = $2, line = $3"
COMPLETED = """
UPDATE look_round SET completed = completed + 1, began = $1, subject = 'tree', unit = $2, line = $3"""


class Superseded(Exception):
    """Another colour answers now; what this one finds is nobody's business."""


class Reconciler:
    """Looks at everything, round after round; start as many as you like, one works."""

    def __init__(self, url: str, clock: Clock = utc_now, rests: float = RESTS) -> None:
        """`url` of the colour: the lock lives in a connection of its own, and so do the questions.

        After each step it rests `rests` times as long as it worked.
        """
        self._url, self._clock, self._rests = url, clock, rests
        self._began: float | None = None

    async def run(self) -> None:
        """Until cancelled; a database that is away is waited for."""
        while True:
            self._began = None
            try:
                await self._session()
            except (*RETRIED, Unavailable) as error:
                log.warning("reconciler_waits", error=type(error).__name__)
            except Superseded:
                log.info("reconciler_superseded")
            await asyncio.sleep(max(BETWEEN_ROUNDS_SECONDS, self._took() * self._rests))

    async def _session(self) -> None:
        connection = await asyncpg.connect(self._url, timeout=10)
        pool = await open_pool(self._url, largest=1, statement_seconds=STATEMENT_SECONDS)
        try:
            await _stand_by(connection)
            RECONCILING.set(1)
            while True:
                rest = await self._step(pool, connection)
                await asyncio.sleep(rest)
        finally:
            RECONCILING.set(0)
            pool.terminate()
            connection.terminate()

    async def _step(self, pool: Pool, connection: Connection) -> float:
        self._began = time.perf_counter()
        more = await step(pool, self._clock, connection)
        took, self._began = self._took(), None
        if not more:
            return BETWEEN_ROUNDS_SECONDS
        LOOK_SECONDS.observe(took)
        return max(LEAST_REST_SECONDS, took * self._rests)

    def _took(self) -> float:
        """How long the step has taken; also one that was given up has to be rested from."""
        return 0.0 if self._began is None else time.perf_counter() - self._began


async def step(pool: Pool, clock: Clock, connection: Connection) -> bool:
    """Look at the next thing, or end the round (False); `connection` stays in its colour and writes.

    The round goes on behind it also where the look fails: it is made again in the next one.
    """
    [row] = await connection.fetch(ROUND)
    look = await following(connection, Look(row["subject"], row["unit"], row["line"]))
    if look is None:
        await _end(connection, clock())
        return False
    await connection.execute(WENT_ON, look.subject, look.unit, look.line)
    async with snapshot(pool, clock) as moment:
        await moment.connection.execute(ALONE)
        found = await differences(moment, look)
        seen = Seen(clock(), str(moment.cut))
    changes: list[Change] = []
    async with connection.transaction():
        await _still_active(connection)
        for days, told in found:
            changes += await standing.replaced(connection, look, days, told, seen)
    _tell(changes)
    return True


async def _end(connection: Connection, now: datetime) -> None:
    async with connection.transaction():
        await _still_active(connection)
        gone = await standing.forget(connection)
        await connection.execute(COMPLETED, now, *BEFORE_ALL)
    ROUNDS.inc()
    _tell(gone)


async def _still_active(connection: Connection) -> None:
    if not await emitting(connection):
        raise Superseded


def _tell(changes: Sequence[Change]) -> None:
    for each in changes:
        event = "difference_appeared" if each.appeared else "difference_gone"
        days = {"first": str(each.first), "last": str(each.last)}
        log.warning(event, check=each.check, unit=str(each.unit), figure=each.figure, **days)


async def _stand_by(connection: Connection) -> None:
    while True:
        if await connection.fetchval(TRY_LOCK):
            return
        await asyncio.sleep(STAND_BY_SECONDS)
