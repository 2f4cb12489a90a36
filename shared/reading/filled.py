"""Readiness of a process that answers from copies which other processes keep."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from shared.database import Pool
from shared.reading.progress import NOT_AT_END, NOW
from shared.streams import STREAMS

KNOWN = "SELECT count(*) FROM stream_progress WHERE topic = ANY ($1)"


def filled(pool: Pool, topics: Sequence[str]) -> Callable[[], Awaitable[str]]:
    """A question that is empty once every stream has been read to an end seen after it was first asked.

    By whichever worker. Once ready it stays so: copies may lag later, and refuse with `not-yet-known`.
    """
    asked: datetime | None = None
    reached = False

    async def ready() -> str:
        nonlocal asked, reached
        if reached:
            return ""
        asked = asked or await _now(pool)
        late = await pool.fetchval(NOT_AT_END, list(topics), asked)
        missing = len(topics) * STREAMS - await pool.fetchval(KNOWN, list(topics))
        reached = late + missing == 0
        return "" if reached else f"the copies have {late + missing} streams to read to their end"

    return ready


async def _now(pool: Pool) -> datetime:
    moment: datetime = await pool.fetchval(NOW)
    return moment
