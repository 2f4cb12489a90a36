"""Why brokers do not let a client in. The client itself only says, after a while, that none did."""

import asyncio

from aiokafka.conn import create_conn
from aiokafka.errors import KafkaError

from shared.brokers import reaching

ASKING_SECONDS = 3.0


async def turned_away(kafka: str) -> str:
    """What the last broker that was tried says; '' if one lets us in. Takes seconds at most."""
    told = reaching(kafka)
    why = ""
    for address in told.pop("bootstrap_servers").split(","):
        host, _, port = address.rpartition(":")
        try:
            async with asyncio.timeout(ASKING_SECONDS):
                connection = await create_conn(host, int(port), **told)
                await connection.close()
        except (OSError, KafkaError, ValueError) as error:  # a TimeoutError is an OSError
            why = f"{address}: {type(error).__name__} {error}"[:300].strip()
        else:
            return ""
    return why
