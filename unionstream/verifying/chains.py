"""Numbers contiguous from 1 and every link right, told by the records alone.

A link is the lower-case hex SHA-256 of the link before, the number, the time of numbering and the value, with
line feeds between; the one before number 1 is that of `<topic>/<stream>`. All comes from the header bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from unionstream.verifying.records import Record

STREAMS = 24


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it must be."""

    stream: int
    sequence: int
    what: str

    def __str__(self) -> str:
        """Where and what, in one line."""
        where = f"stream {self.stream}, number {self.sequence}" if self.stream >= 0 else "unknown stream"
        return f"{where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A record that took its place in a stream, or (`repeat`) came again."""

    stream: int
    sequence: int
    chain: bytes
    sequenced: bytes
    value: bytes
    repeat: bool


@dataclass
class Chains:
    """All streams of one topic as far as they were read."""

    topic: str
    partitions: int
    links: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    ahead: dict[int, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    records: int = 0
    repeats: int = 0

    def last(self, stream: int) -> int:
        """The last number in order."""
        return self.links[stream][0] if stream in self.links else 0

    def take(self, record: Record) -> Numbered | None:
        """Judge one record; None if it has no place (a difference, or a number ahead of a hole)."""
        self.records += 1
        place = self._place(record)
        if place is None or record.chain is None or record.sequenced is None:
            return None
        stream, sequence = place
        last, link = self.links.get(stream) or (0, _first(self.topic, stream))
        if sequence > last + 1:
            # After a hole everything is sent again, so the number will come once more in its place.
            self.ahead.setdefault(stream, sequence)
            return None
        if sequence == last + 1:
            self._advance(stream, sequence, link, record)
        else:
            self.repeats += 1
        return Numbered(stream, sequence, record.chain, record.sequenced, record.value, sequence <= last)

    def finish(self) -> None:
        """Nothing more comes: what is still ahead of a hole is a gap."""
        for stream, sequence in self.ahead.items():
            if sequence > self.last(stream):
                self._differs(stream, self.last(stream) + 1, f"is missing, though {sequence} is there")

    def _advance(self, stream: int, sequence: int, link: bytes, record: Record) -> None:
        expected = _next(link, record)
        if expected != record.chain:
            self._differs(stream, sequence, "its chain is not what its bytes give")
        # Going on from what the header says, one wrong link is told once.
        self.links[stream] = sequence, record.chain or expected

    def _place(self, record: Record) -> tuple[int, int] | None:
        headers = (record.stream, record.sequence, record.sequenced, record.chain)
        where = f"partition {record.partition} offset {record.offset}"
        if any(header is None for header in headers) or not (record.stream or b"").isdigit():
            self._differs(-1, 0, f"{where} lacks a header")
            return None
        if not (record.sequence or b"").isdigit():
            self._differs(-1, 0, f"{where} has no number")
            return None
        stream, sequence = int(record.stream or b""), int(record.sequence or b"")
        if stream >= STREAMS or stream % self.partitions != record.partition:
            self._differs(stream, sequence, f"lies in partition {record.partition}")
            return None
        return stream, sequence

    def _differs(self, stream: int, sequence: int, what: str) -> None:
        self.differences.append(Difference(stream, sequence, what))


def _first(topic: str, stream: int) -> bytes:
    return sha256(f"{topic}/{stream}".encode()).hexdigest().encode()


def _next(link: bytes, record: Record) -> bytes:
    parts = (link, record.sequence or b"", record.sequenced or b"", record.value)
    return sha256(b"\n".join(parts)).hexdigest().encode()
