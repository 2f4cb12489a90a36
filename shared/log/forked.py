"""That the relay has found a fork, told to the other processes of its service through their database."""

from collections.abc import Awaitable, Callable

from shared.database import Pool

TELL = """
INSERT INTO relay_fork (topic, reason) VALUES ($1, $2)
ON CONFLICT (topic) DO UPDATE SET reason = excluded.reason, found = now()"""
CLEAR = "DELETE FROM relay_fork WHERE topic = $1"
FOUND = "SELECT reason FROM relay_fork ORDER BY topic LIMIT 1"


async def tell_fork(pool: Pool, topic: str, reason: str) -> None:
    """From now on no process of the service is ready."""
    await pool.execute(TELL, topic, reason)


async def clear_fork(pool: Pool, topic: str) -> None:
    """Topic and log have been compared, and agree."""
    await pool.execute(CLEAR, topic)


def no_fork(pool: Pool) -> Callable[[], Awaitable[str]]:
    """A question for readiness: empty, or the fork that some relay of this service has found."""

    async def ready() -> str:
        return await pool.fetchval(FOUND) or ""

    return ready
