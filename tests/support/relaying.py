"""A relay in a process of its own, to be killed: `python -m tests.support.relaying DATABASE KAFKA TOPIC`."""

from __future__ import annotations

import asyncio
import sys

from shared.database import open_pool
from shared.log.publisher import Publisher


async def _run(url: str, kafka: str, topic: str) -> None:
    pool = await open_pool(url)
    await Publisher(pool, topic=topic, kafka=kafka, partitions=6, service="test").run()


if __name__ == "__main__":
    asyncio.run(_run(*sys.argv[1:]))
