"""Which log goes to which topic."""

from dataclasses import dataclass

from shared.streams import STREAMS, partition_of


@dataclass(frozen=True, slots=True)
class Route:
    """The topic of one service: its name, the brokers (`host:port,host:port`), its number of partitions."""

    topic: str
    kafka: str
    partitions: int

    def streams(self, partition: int) -> list[int]:
        """The logical streams that live in a partition."""
        return [stream for stream in range(STREAMS) if partition_of(stream, self.partitions) == partition]
