"""The consumer under a reader, with what is known of aiokafka 0.14 taken into account.

- It rebalances in the background, also while a batch is worked on (its issues 929 and 933). So partitions
lost
  meanwhile are nothing special here: the rows of the progress decide, not the assignment.
- After a rebalance every partition starts at the offset committed to the group, kept ones too: so all are
  sought again, and what was fetched before is dropped.
- It does not know a fenced group instance (1186): its coordination ends, which `getmany` tells. The reader
makes
  a new consumer after any error.
- Fetching may end in silence (983): `fetched` tells, and again a new consumer is made.
- `stop` and `commit` wait for brokers that are away: every wait here has an end.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import KafkaError

from shared.brokers import begin, reaching

STOP_SECONDS = 2.0
COMMIT_SECONDS = 2.0
METADATA_SECONDS = 2.0


@dataclass(frozen=True)
class Group:
    """Who reads: the consumer group, and the name of this member, which must be the same after a restart."""

    kafka: str
    group: str
    instance: str
    topics: Sequence[str]


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]
    def __init__(self, assigned: Callable[[set[TopicPartition]], None]) -> None:
        self._assigned = assigned

    def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """Nothing to hand over: a batch under way is settled by the locks in the database."""

    def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        self._assigned(assigned)


def consumer_of(group: Group) -> AIOKafkaConsumer:
    """A consumer, not started."""
    return AIOKafkaConsumer(
        **reaching(group.kafka),
        client_id=f"{group.group}-{group.instance}",
        group_id=group.group,
        group_instance_id=group.instance,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        # The relay uses no transactions; a record of anybody's aborted one could not continue a chain.
        isolation_level="read_uncommitted",
        metadata_max_age_ms=int(METADATA_SECONDS * 1000),
        max_poll_interval_ms=24 * 3600 * 1000,  # a database away for hours is waited for, not rebalanced
        session_timeout_ms=10_000,
        heartbeat_interval_ms=1_000,
        fetch_max_wait_ms=250,
    )


@contextlib.asynccontextmanager
async def started(
    consumer: AIOKafkaConsumer, topics: Sequence[str], assigned: Callable[[set[TopicPartition]], None]
) -> AsyncIterator[None]:
    """Runs the consumer; `assigned` is told of every assignment. Raises KafkaError when no broker answers."""
    consumer.subscribe(list(topics), listener=_Listener(assigned))
    try:
        await begin(consumer)
        yield
    finally:
        # Left alone if it takes longer: it does not always heed a cancellation.
        await asyncio.wait({asyncio.create_task(_stop(consumer))}, timeout=STOP_SECONDS)


async def _stop(consumer: AIOKafkaConsumer) -> None:
    with contextlib.suppress(Exception):
        await consumer.stop()
    with contextlib.suppress(Exception):  # `stop` gives up before it where fetching had ended by itself
        await consumer._client.close()  # noqa: SLF001


async def commit(consumer: AIOKafkaConsumer, offsets: Mapping[TopicPartition, int]) -> None:
    """Tell the group how far it is: a hint for those who watch the lag, and it may fail."""
    if offsets:
        with contextlib.suppress(KafkaError, TimeoutError):
            async with asyncio.timeout(COMMIT_SECONDS):
                await consumer.commit(dict(offsets))
