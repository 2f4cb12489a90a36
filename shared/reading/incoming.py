"""What comes off a topic, and what a reader's owner does with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.database import Connection


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record with its number and link; `chain` is raw, 32 bytes."""

    topic: str
    stream: int
    sequence: int
    sequenced: datetime
    chain: bytes
    value: bytes
    partition: int
    offset: int


class Apply(Protocol):
    """What a batch does to the owner's tables.

    Called inside the transaction that also moves the progress, never twice with effect for one record. The
    records of one stream are contiguous, in order and chain-checked; streams follow each other. An exception
    rolls everything back and the same records come again later, so there must be no effect outside
    `connection`.
    """

    async def __call__(self, connection: Connection, records: Sequence[Incoming]) -> None:
        """Apply the records."""
        ...
