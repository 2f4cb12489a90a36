"""Which log goes to which topic."""

from dataclasses import dataclass

from shared.streams import STREAMS, partition_of


@dataclass(frozen=True, slots=True)
class Route:
    """The topic of one service: its name, the brokers (`host:port,host:port`), its number of partitions.

    `by_days`: its records bear no moment, neither their number's nor the broker's, but the day's beginning.
    """

    topic: str
    kafka: str
    partitions: int
    by_days: bool = False

    def streams(self, partition: int) -> list[int]:
        """The logical streams that live in a partition."""
        return [stream for stream in range(STREAMS) if partition_of(stream, self.partitions) == partition]
