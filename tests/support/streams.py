"""Numbered and chained records as a relay would send them, for tests that need no relay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from aiokafka import AIOKafkaProducer

from shared.clock import rfc3339
from shared.reading.incoming import Incoming
from shared.streams import first_link, next_link, partition_of

FIRST_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Ledger:
    """All streams of one topic as their service would number them; `records` in the order of numbering."""

    topic: str
    partitions: int = 6
    records: list[Incoming] = field(default_factory=list)
    _heads: dict[int, tuple[int, bytes]] = field(default_factory=dict)

    def add(self, stream: int, value: bytes) -> Incoming:
        """Number and chain one more event; offsets count up within the partition."""
        number, link = self._heads.get(stream, (0, first_link(self.topic, stream)))
        moment = FIRST_MOMENT + timedelta(milliseconds=len(self.records))
        chain = next_link(link, number + 1, moment, value)
        self._heads[stream] = (number + 1, chain)
        partition = partition_of(stream, self.partitions)
        offset = sum(each.partition == partition for each in self.records)
        stamp = rfc3339(moment).encode()
        record = Incoming(self.topic, stream, number + 1, moment, chain, value, partition, offset, stamp)
        self.records.append(record)
        return record

    def fill(self, count: int, streams: Sequence[int] = range(24), size: int = 0) -> list[Incoming]:
        """`count` more records, streams in turn, values distinct and at least `size` bytes long."""
        return [
            self.add(streams[n % len(streams)], b"%d" % (len(self.records)) + b"." * size)
            for n in range(count)
        ]


def delivered(records: Iterable[Incoming], start: int = 0) -> list[Incoming]:
    """The same records as a broker would deliver them in this order: new offsets, counted per partition."""
    nexts: dict[int, int] = {}
    out = []
    for record in records:
        offset = nexts.get(record.partition, start)
        nexts[record.partition] = offset + 1
        out.append(replace(record, offset=offset))
    return out


def headers_of(record: Incoming) -> list[tuple[str, bytes]]:
    """The headers a relay sends."""
    return [
        ("stream", b"%d" % record.stream),
        ("sequence", b"%d" % record.sequence),
        ("sequenced", record.stamp or rfc3339(record.sequenced).encode()),
        ("chain", record.chain.hex().encode()),
    ]


async def send(kafka: str, records: Sequence[Incoming], topic: str | None = None) -> None:
    """Put the records on their topic (or another) in this order, and wait until the broker has them all."""
    producer = AIOKafkaProducer(bootstrap_servers=kafka, acks="all", enable_idempotence=True, linger_ms=2)
    await producer.start()
    try:
        for start in range(0, len(records), 2000):
            sent = [
                await producer.send(
                    topic or each.topic, each.value, partition=each.partition, headers=headers_of(each)
                )
                for each in records[start : start + 2000]
            ]
            for each in sent:
                await each
    finally:
        await producer.stop()
