"""Partitions of the log and of the answers, made ahead of need."""

import asyncio

from shared.clock import Clock, business_date, utc_now
from shared.database import Pool

EVERY_SECONDS = 3600.0


async def prepare_partitions(pool: Pool, clock: Clock = utc_now) -> None:
    """The partitions for the present position and the days around today; old answers go."""
    await pool.execute("SELECT prepare_partitions($1)", business_date(clock()))


async def keep_partitions(pool: Pool, clock: Clock = utc_now) -> None:
    """The same at once and every hour, until cancelled."""
    while True:
        await prepare_partitions(pool, clock)
        await asyncio.sleep(EVERY_SECONDS)
