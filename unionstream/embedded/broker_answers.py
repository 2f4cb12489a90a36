"""Asking a broker, over the real protocol, whether it serves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from shared.brokers import reaching


@asynccontextmanager
async def admin(bootstrap: str) -> AsyncIterator[AIOKafkaAdminClient]:
    """An administrator's connection, closed whatever happens, also when it could not be made."""
    client = AIOKafkaAdminClient(**reaching(bootstrap), request_timeout_ms=5000, client_id="unionstream")
    try:
        await client.start()
        yield client
    finally:
        await client.close()


async def brokers_known_to(bootstrap: str) -> frozenset[int]:
    """The ids of the living brokers, as this one sees them; none if it does not answer yet."""
    try:
        async with admin(bootstrap) as client:
            cluster = await client.describe_cluster()
    except (KafkaError, OSError, TimeoutError):
        return frozenset()
    return frozenset(broker["node_id"] for broker in cluster["brokers"])
