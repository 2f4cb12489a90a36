"""PostgreSQL: one pool per process, and its failures told apart from the rules' refusals."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import asyncpg

from shared.errors import Unavailable
from shared.metrics import CONNECTIONS

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

if TYPE_CHECKING:
    Pool = asyncpg.Pool[asyncpg.Record]
    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
else:  # the classes take no parameters at run time
    Pool = asyncpg.Pool
    Connection = asyncpg.Connection

# Down, restarting, out of connections, memory or disk, or too slow: the caller may try again.
TRANSIENT = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a connection cut in the middle of a statement
)


async def open_pool(url: str, *, largest: int = 10, statement_seconds: float = 30, schema: str = "") -> Pool:
    """A pool that gives up a statement after `statement_seconds`; it connects when it is first asked to.

    Its sessions stand in `schema`; without one, where the address or the database puts them.
    """
    return await make_pool(url, largest=largest, statement_seconds=statement_seconds, schema=schema)


def make_pool(url: str, *, largest: int = 10, statement_seconds: float = 30, schema: str = "") -> Pool:
    """The same pool before it is opened, which awaiting it does."""
    settings = {"search_path": schema} if schema else None
    return asyncpg.create_pool(
        url,
        min_size=0,
        max_size=largest,
        command_timeout=statement_seconds,
        timeout=10,
        server_settings=settings,
    )


def measure_connections(pool: Pool) -> None:
    """From now on the metric of this process tells the connections of `pool` whenever it is asked for."""
    CONNECTIONS.labels("open").set_function(pool.get_size)
    CONNECTIONS.labels("idle").set_function(pool.get_idle_size)
    CONNECTIONS.labels("most").set_function(pool.get_max_size)


@asynccontextmanager
async def reachable() -> AsyncIterator[None]:
    """Turn a database that is down or slow into `Unavailable` (503 with Retry-After)."""
    try:
        yield
    except TRANSIENT as error:
        raise _unavailable(error) from error


def _unavailable(error: BaseException) -> Unavailable:
    return Unavailable(
        f"the database did not answer ({type(error).__name__})",
        remedy="repeat the same request with the same Idempotency-Key in a moment",
    )
