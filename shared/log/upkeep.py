"""Partitions of the log and of the answers, made ahead of need."""

import asyncio
import time

from shared.clock import Clock, business_date, utc_now
from shared.database import Pool

EVERY_SECONDS = 3600.0
LOOK_SECONDS = 5.0


async def prepare_partitions(pool: Pool, clock: Clock = utc_now) -> None:
    """The partitions for the present position and the days around today; old answers go."""
    await pool.execute("SELECT prepare_partitions($1)", business_date(clock()))


async def keep_partitions(pool: Pool, clock: Clock = utc_now) -> None:
    """The same at once, every hour, and on another day, however the clock came there; until cancelled."""
    done = None
    while True:
        due = business_date(clock()), int(time.monotonic() / EVERY_SECONDS)
        if due != done:
            await prepare_partitions(pool, clock)
            done = due
        await asyncio.sleep(LOOK_SECONDS)
