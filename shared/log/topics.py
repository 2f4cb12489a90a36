"""Topics as a ledger needs them: everything kept for good, and made on purpose with the right partitions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import InvalidReplicationFactorError, for_code

from shared.brokers import begin, reaching
from shared.log.producing import BrokerTrouble, asking_broker
from shared.log.route import Route
from shared.turned_away import turned_away

SECONDS = 30.0
AGAIN_SECONDS = 0.5
REPLICAS = 3


@asynccontextmanager
async def administering(kafka: str) -> AsyncIterator[AIOKafkaAdminClient]:
    """A client for topics; raises `BrokerTrouble` when no broker answers."""
    client = AIOKafkaAdminClient(**reaching(kafka), request_timeout_ms=int(SECONDS * 1000))
    try:
        try:
            async with asking_broker(SECONDS):
                await begin(client)
        except BrokerTrouble as trouble:
            raise BrokerTrouble(await turned_away(kafka) or str(trouble)) from trouble
        yield client
    finally:
        with suppress(BrokerTrouble):
            async with asking_broker(2):
                await client.close()


async def partitions_of(client: AIOKafkaAdminClient, topic: str) -> int:
    """How many the topic has, 0 if there is no such topic."""
    async with asking_broker(SECONDS):
        (found,) = await client.describe_topics([topic])
    return 0 if found["error_code"] else len(found["partitions"])


async def make(client: AIOKafkaAdminClient, route: Route) -> None:
    """Make the topic of this route; three replicas where there are as many brokers.

    Brokers that are just starting take no replicas yet, and are waited for.
    """
    async with asking_broker(SECONDS):
        while True:
            code = await _made(client, route)
            if code == 0:
                return
            if code != InvalidReplicationFactorError.errno:
                raise for_code(code)(route.topic)
            await asyncio.sleep(AGAIN_SECONDS)


async def _made(client: AIOKafkaAdminClient, route: Route) -> int:
    cluster = await client.describe_cluster()
    replicas = REPLICAS if len(cluster["brokers"]) >= REPLICAS else 1
    answer = await client.create_topics([ledger(route, replicas)])
    (_, code, *_rest), *_ = answer.topic_errors
    return int(code)


async def remove(client: AIOKafkaAdminClient, topic: str) -> None:
    """Delete a topic with everything in it."""
    async with asking_broker(SECONDS):
        await client.delete_topics([topic])


def ledger(route: Route, replicas: int) -> NewTopic:
    """What a topic must be like to be a ledger."""
    return NewTopic(
        name=route.topic,
        num_partitions=route.partitions,
        replication_factor=replicas,
        topic_configs={
            "cleanup.policy": "delete",
            "retention.ms": "-1",
            "retention.bytes": "-1",
            "min.insync.replicas": "2" if replicas >= REPLICAS else "1",
            "unclean.leader.election.enable": "false",
        },
    )
