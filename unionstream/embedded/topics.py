"""The topics of the services, made explicitly: a topic made by accident would have the wrong partitions."""

from __future__ import annotations

from collections.abc import Iterable

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

from unionstream.embedded.broker_answers import admin
from unionstream.embedded.faults import TopicDiffers

CHECKPOINTS = "union.checkpoints"
PARTITIONS = 6  # divides the 24 logical streams


def ledger(name: str, partitions: int, replication: int) -> NewTopic:
    """A topic that keeps everything for good."""
    return NewTopic(
        name=name,
        num_partitions=partitions,
        replication_factor=replication,
        topic_configs={
            "cleanup.policy": "delete",
            "retention.ms": "-1",
            "retention.bytes": "-1",
            "min.insync.replicas": "2" if replication >= 3 else "1",
            "unclean.leader.election.enable": "false",
        },
    )


async def make_topics(
    bootstrap: str, names: Iterable[str], replication: int, partitions: int = PARTITIONS
) -> None:
    """Makes those that do not exist. Raises TopicDiffers for one that has another number of partitions."""
    async with admin(bootstrap) as client:
        wanted = list(names)
        answer = await client.create_topics([ledger(name, partitions, replication) for name in wanted])
        for name, code, *_ in answer.topic_errors:
            fault = for_code(code)
            if fault is TopicAlreadyExistsError:
                await _check_partitions(client, name, partitions)
            elif code != 0:
                raise fault(f"topic {name}")


async def _check_partitions(client: AIOKafkaAdminClient, name: str, partitions: int) -> None:
    (topic,) = await client.describe_topics([name])
    have = len(topic["partitions"])
    if have != partitions:
        raise TopicDiffers(
            f"The topic {name} has {have} partitions, not {partitions}.",
            remedy="Keep the number it has, or republish the log into a new topic.",
        )
