"""From a Kafka record to an `Incoming`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from shared.reading.incoming import Incoming
from shared.streams import STREAMS, partition_of

LINK_BYTES = 32


class Record(Protocol):
    """What is needed of an aiokafka ConsumerRecord."""

    topic: str
    partition: int
    offset: int
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


def incoming(record: Record, partitions: int) -> Incoming | None:
    """The record with its number; None for one that no relay of ours can have sent to this partition."""
    headers = dict(record.headers)
    try:
        stamp = headers["sequenced"]
        found = Incoming(
            record.topic,
            int(headers["stream"]),
            int(headers["sequence"]),
            datetime.fromisoformat(stamp.decode("ascii")),
            bytes.fromhex(headers["chain"].decode("ascii")),
            record.value or b"",
            record.partition,
            record.offset,
            stamp,
        )
    except (KeyError, ValueError):
        return None
    return found if _ours(found, partitions) else None


def _ours(found: Incoming, partitions: int) -> bool:
    return (
        0 <= found.stream < STREAMS
        and partition_of(found.stream, partitions) == found.partition
        and found.sequence > 0
        and found.sequenced.tzinfo is not None
        and len(found.chain) == LINK_BYTES
    )
