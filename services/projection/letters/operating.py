"""A session in the active colour for one change by an operator, ended when it is made."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

from services.projection.colours.frame import active, of_colour
from shared.database import Connection, Pool, open_pool, reachable


@dataclass(frozen=True)
class Operating:
    """`connection` makes the change; `pool` lends others in the same colour."""

    connection: Connection
    pool: Pool


@asynccontextmanager
async def operating(url: str) -> AsyncIterator[Operating]:
    """Both, on the colour that answers now; a database that is down becomes `Unavailable`."""
    async with reachable():
        looking = await asyncpg.connect(url, timeout=10)
        try:
            colour = await active(looking)
        finally:
            await looking.close()
        pool = await open_pool(of_colour(url, colour), largest=3)
        try:
            async with pool.acquire() as connection:
                yield Operating(connection, pool)
        finally:
            pool.terminate()
