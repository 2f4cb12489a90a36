"""The job `refollow`: a service forgets its copies of another and reads them anew from number 1.

Needed after the other service's topic was made anew from a log that had lost its end: the copies have seen
more than there is now, and their streams stand as forked. While it reads anew the service is not ready.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from shared.database import open_pool
from shared.logs import log
from shared.reporting import report
from shared.settings import ServiceSettings

FORGET = "TRUNCATE copy, copy_name, copy_waiting"
FROM_THE_START = "DELETE FROM stream_progress WHERE topic = $1"

S = TypeVar("S", bound=ServiceSettings)


def refollowing(topic: str) -> Callable[[S, Sequence[str]], Awaitable[int]]:
    """The job of a service that keeps copies of this topic; start it anew afterwards."""

    async def job(settings: S, _arguments: Sequence[str]) -> int:
        pool = await open_pool(settings.database_url.get_secret_value(), largest=1)
        try:
            async with pool.acquire() as connection, connection.transaction():
                await connection.execute("LOCK TABLE stream_progress IN EXCLUSIVE MODE")
                await connection.execute(FORGET)
                await connection.execute(FROM_THE_START, topic)
        finally:
            pool.terminate()
        log.warning("copies_forgotten", topic=topic)
        report("done", topic=topic)
        return 0

    return job
