"""The producer of one partition.

One batch is under way at a time and is written whole or not at all, so one producer leaves no hole. aiokafka
repeats a batch for ever while the broker is away, stays stuck after an out-of-order answer, and its `stop`
may never return (its issues 1017 and 1101): so every wait here ends, and after any error the producer goes.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiokafka import AIOKafkaProducer

from shared.brokers import begin, reaching
from shared.clock import rfc3339
from shared.log.route import Route
from shared.turned_away import turned_away

START_SECONDS = 10.0
ANSWER_SECONDS = 15.0
STOP_SECONDS = 1.0
LARGEST_BATCH_BYTES = 900_000  # brokers take a little over 1 MB by default, overhead included
KEY_MARK = b'"unionkey":"'
UUID_LENGTH = 36

CONTENT_TYPE = ("content-type", b"application/cloudevents+json")  # as CloudEvents' Kafka binding has it


class BrokerTrouble(Exception):
    """The broker did not do it, or did not say so in time."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One event with its number, ready for the topic."""

    stream: int
    sequence: int
    sequenced: datetime
    chain: bytes
    value: bytes

    def headers(self) -> list[tuple[str, bytes]]:
        """Number and chain as they travel, in ASCII."""
        return [
            ("stream", b"%d" % self.stream),
            ("sequence", b"%d" % self.sequence),
            ("sequenced", rfc3339(self.sequenced).encode()),
            ("chain", self.chain.hex().encode()),
            CONTENT_TYPE,
        ]

    def key(self) -> bytes | None:
        """The record key as the event has it; quotes in texts are escaped, so the mark is the attribute."""
        start = self.value.find(KEY_MARK) + len(KEY_MARK)
        return self.value[start : start + UUID_LENGTH] if start >= len(KEY_MARK) else None


@contextlib.asynccontextmanager
async def asking_broker(seconds: float) -> AsyncIterator[None]:
    """Whatever goes wrong inside, or takes longer, is `BrokerTrouble`."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except Exception as error:
        msg = f"{type(error).__name__}: {error}"[:300]
        raise BrokerTrouble(msg) from error


class Producing:
    """A producer bound to one partition."""

    def __init__(self, producer: AIOKafkaProducer, route: Route, partition: int) -> None:
        """The producer must have been started and is used by nobody else."""
        self._producer = producer
        self._route = route
        self._partition = partition
        self.under_way = False

    async def send(self, records: Sequence[Numbered]) -> tuple[int, int]:
        """Send as many of the first records as one batch holds; returns how many, and the first offset.

        Raises `BrokerTrouble` when the broker has not confirmed the batch: it may be in the topic or not.
        """
        batch, count = self._producer.create_batch(), 0
        for record in records:
            at = int(record.sequenced.timestamp() * 1000) if self._route.by_days else None
            added = batch.append(timestamp=at, key=record.key(), value=record.value, headers=record.headers())
            if added is None:
                break
            count += 1
        self.under_way = True  # until its answer is here
        async with asking_broker(ANSWER_SECONDS):
            answer = await self._producer.send_batch(batch, self._route.topic, partition=self._partition)
            offset: int = (await answer).offset
        self.under_way = False
        return count, offset


@contextlib.asynccontextmanager
async def producing(route: Route, partition: int) -> AsyncIterator[Producing]:
    """A fresh producer, thrown away at the end; raises `BrokerTrouble` when no broker answers."""
    producer = AIOKafkaProducer(
        **reaching(route.kafka),
        client_id=f"relay-{route.topic}-{partition}",
        enable_idempotence=True,
        acks="all",
        compression_type="lz4",
        max_batch_size=LARGEST_BATCH_BYTES,
        request_timeout_ms=int(ANSWER_SECONDS * 1000),
        retry_backoff_ms=100,
    )
    bound = Producing(producer, route, partition)
    try:
        await _start(producer, route.kafka)
        yield bound
    finally:
        await (_take_down(producer) if bound.under_way else _stop(producer))


async def _start(producer: AIOKafkaProducer, kafka: str) -> None:
    try:
        async with asking_broker(START_SECONDS):
            await begin(producer)
    except BrokerTrouble as trouble:
        raise BrokerTrouble(await turned_away(kafka) or str(trouble)) from trouble


async def _stop(producer: AIOKafkaProducer) -> None:
    try:
        async with asking_broker(STOP_SECONDS):
            await producer.stop()
    except BrokerTrouble:
        await _take_down(producer)


async def _take_down(producer: AIOKafkaProducer) -> None:
    """End what `stop` would wait for: cancel the sender, close the connections, leave the batch."""
    producer._closed = True  # noqa: SLF001  there is no public way for any of this
    task = producer._sender.sender_task  # noqa: SLF001
    if task is not None:
        task.remove_done_callback(producer._sender._fail_all)  # noqa: SLF001  it fails itself
        task.cancel()
    with contextlib.suppress(BrokerTrouble):
        async with asking_broker(STOP_SECONDS):
            await producer.client.close()
    if task is not None:
        await asyncio.wait([task], timeout=STOP_SECONDS)
        if task.done() and not task.cancelled():
            task.exception()  # looked at, so that nobody complains
