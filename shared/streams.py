"""Logical streams and their hash chain: the numbering that survives brokers and partition counts.

Twenty-four streams per topic; a key belongs to one for good. Anybody can recompute the chain with sha256sum:
each link hashes the previous link (hex), the number, the time of numbering and the record's bytes.
"""

from datetime import datetime
from hashlib import sha256

from shared.clock import rfc3339

STREAMS = 24


def stream_of(key: str) -> int:
    """The stream, 0 to 23, of a record key."""
    return int.from_bytes(sha256(key.encode()).digest()[:8], "big") % STREAMS


def partition_of(stream: int, partitions: int) -> int:
    """The Kafka partition of a stream; `partitions` divides 24, so a stream never straddles two."""
    return stream % partitions


def first_link(topic: str, stream: int) -> bytes:
    """The link before number 1, raw 32 bytes."""
    return sha256(f"{topic}/{stream}".encode()).digest()


def next_link(previous: bytes, sequence: int, sequenced: datetime, value: bytes) -> bytes:
    """The link of one record, raw 32 bytes, from the raw link before it."""
    return link_of_text(previous, b"%d" % sequence, rfc3339(sequenced).encode(), value)


def link_of_text(previous: bytes, sequence: bytes, sequenced: bytes, value: bytes) -> bytes:
    """The same from header bytes as they travel, so that a checker needs no parsing."""
    return sha256(b"%b\n%b\n%b\n%b" % (previous.hex().encode(), sequence, sequenced, value)).digest()
