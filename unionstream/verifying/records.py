"""The records of a topic, from the earliest to the end it had when reading began."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer

from shared.brokers import fetched, reaching

AT_ONCE = 2_000
WAIT_MS = 500


@dataclass(frozen=True, slots=True)
class Record:
    """A record as the broker has it; the headers are raw, None where one is missing."""

    partition: int
    offset: int
    value: bytes
    stream: bytes | None
    sequence: bytes | None
    sequenced: bytes | None
    chain: bytes | None


@dataclass
class Topic:
    """A topic being read. `length` is how many offsets lie between its first and last record."""

    name: str
    kafka: str
    partitions: int = 0
    length: int = 0

    async def read(self) -> AsyncIterator[list[Record]]:
        """Batches in the order of each partition; `partitions` and `length` are known with the first one."""
        # Without a group the consumer is given every partition, and nobody else is disturbed.
        consumer = AIOKafkaConsumer(
            self.name,
            **reaching(self.kafka),
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
        )
        await consumer.start()
        try:
            places = sorted(consumer.assignment())
            starts, ends = await consumer.beginning_offsets(places), await consumer.end_offsets(places)
            self.partitions = len(places)
            self.length = sum(ends[place] - starts[place] for place in places)
            for place in places:
                consumer.seek(place, starts[place])
            yield []
            while [place for place in places if await consumer.position(place) < ends[place]]:
                found = await fetched(consumer, timeout_ms=WAIT_MS, max_records=AT_ONCE)
                for place, batch in found.items():
                    yield [_record(each) for each in batch if each.offset < ends[place]]
        finally:
            await consumer.stop()


def _record(raw: Any) -> Record:
    headers = dict(raw.headers)
    return Record(
        partition=raw.partition,
        offset=raw.offset,
        value=raw.value or b"",
        stream=headers.get("stream"),
        sequence=headers.get("sequence"),
        sequenced=headers.get("sequenced"),
        chain=headers.get("chain"),
    )
