"""A reader that runs beside a test, and waiting to a deadline."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from shared.reading.reader import Reader

SECONDS = 40.0


@asynccontextmanager
async def running(reader: Reader) -> AsyncIterator[asyncio.Task[None]]:
    """The reader, cancelled at the end; if it ends by itself the test fails with its error."""
    task = asyncio.create_task(reader.run())
    try:
        yield task
    finally:
        ended = task.done()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert not ended, "the reader ended by itself"


async def until(true: Callable[[], Awaitable[bool]], seconds: float = SECONDS) -> None:
    """Return as soon as it is true; fail at the deadline."""
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110  what is waited for is elsewhere
            await asyncio.sleep(0.05)
