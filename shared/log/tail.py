"""What the end of a partition holds, read without a group and without leaving a trace."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from shared.brokers import begin, fetched, reaching
from shared.errors import Problem
from shared.log.producing import BrokerTrouble, asking_broker
from shared.log.route import Route

WINDOW = 1000
LARGEST_WINDOW = 100_000
BROKER_MS = 10_000
SCAN_SECONDS = 60
FOREIGN = -1  # the stream of a record without our headers


@dataclass(frozen=True, slots=True)
class Seen:
    """One record as it stands in the topic."""

    stream: int
    sequence: int
    chain: bytes


class WrongPartitions(Problem):
    """The streams would land in partitions where no reader looks for them."""

    code = "wrong-partitions"


async def read_tail(route: Route, partition: int, *, before: int | None = None) -> list[Seen]:
    """The last records by offset, going back until every stream has been met or all is read.

    `before` ends the look at that offset. Raises `BrokerTrouble`, `WrongPartitions`.
    """
    place = TopicPartition(route.topic, partition)
    async with _consumer(route, place) as consumer:
        low, high = await _bounds(consumer, place, before)
        _check_partitions(route, len(consumer.partitions_for_topic(route.topic) or ()))
        own, met = set(route.streams(partition)), set[int]()
        seen, window, at = list[Seen](), WINDOW, high
        while own - met and at > low:
            start = max(low, at - window)
            found = await _between(consumer, place, start, at)
            seen = [each for each in found if each.stream not in met] + seen
            met.update(each.stream for each in found)
            at, window = start, min(window * 4, LARGEST_WINDOW)
    return seen


def _check_partitions(route: Route, have: int) -> None:
    if have != route.partitions:
        raise WrongPartitions(
            f"{route.topic} has {have} partitions, the settings say {route.partitions}",
            field=route.topic,
            value=str(have),
            remedy="set the number it has; to grow, send the log into a new topic",
        )


async def _bounds(consumer: AIOKafkaConsumer, place: TopicPartition, before: int | None) -> tuple[int, int]:
    async with asking_broker(2 * BROKER_MS / 1000):
        low = (await consumer.beginning_offsets([place]))[place]
        high = (await consumer.end_offsets([place]))[place]
    return low, high if before is None else min(before, high)


async def _between(consumer: AIOKafkaConsumer, place: TopicPartition, start: int, end: int) -> list[Seen]:
    """The records with `start` <= offset < `end`."""
    found = list[Seen]()
    async with asking_broker(SCAN_SECONDS):
        consumer.seek(place, start)
        while await consumer.position(place) < end:
            for records in (await fetched(consumer, place, timeout_ms=500)).values():
                found += [_seen(record) for record in records if record.offset < end]
    return found


def _seen(record: ConsumerRecord) -> Seen:
    headers = dict(record.headers)
    try:
        return Seen(
            int(headers["stream"]), int(headers["sequence"]), bytes.fromhex(headers["chain"].decode("ascii"))
        )
    except (KeyError, ValueError):
        return Seen(FOREIGN, 0, b"")


@asynccontextmanager
async def _consumer(route: Route, place: TopicPartition) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(
        **reaching(route.kafka),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        request_timeout_ms=BROKER_MS,
        fetch_max_wait_ms=100,
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )
    try:
        async with asking_broker(BROKER_MS / 1000):
            await begin(consumer)
            consumer.assign([place])
        yield consumer
    finally:
        with suppress(BrokerTrouble):
            async with asking_broker(2):
                await consumer.stop()
