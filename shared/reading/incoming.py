"""What comes off a topic, and what a reader's owner does with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.clock import rfc3339
from shared.database import Connection
from shared.streams import link_of_text


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record with its number and link; `chain` is raw, 32 bytes.

    `stamp` is the time of numbering as it travelled: the link is made of that text, not of the moment it
    means.
    """

    topic: str
    stream: int
    sequence: int
    sequenced: datetime
    chain: bytes
    value: bytes
    partition: int
    offset: int
    stamp: bytes = b""

    def link(self, previous: bytes) -> bytes:
        """What `chain` has to be after the link `previous`."""
        stamp = self.stamp or rfc3339(self.sequenced).encode()
        return link_of_text(previous, b"%d" % self.sequence, stamp, self.value)


class Apply(Protocol):
    """What a batch does to the owner's tables.

    Called inside the transaction that also moves the progress, never twice with effect for one record. The
    records of one stream are contiguous, in order and chain-checked; streams follow each other. An exception
    rolls everything back and the same records come again later, so there must be no effect outside
    `connection`. A failure of the database is waited out; any other exception ends the reader.
    """

    async def __call__(self, connection: Connection, records: Sequence[Incoming]) -> None:
        """Apply the records."""
        ...


class KnownChain(Protocol):
    """What the owner remembers of records long applied: the links of these numbers, as far as it has them.

    With it a reader compares repeats of any age; without it, only of the newest record and of the same batch.
    """

    async def __call__(
        self, connection: Connection, topic: str, stream: int, sequences: Sequence[int]
    ) -> Mapping[int, bytes]:
        """Links by number."""
        ...
