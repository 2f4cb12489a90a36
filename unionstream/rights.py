"""Who may do what on the brokers, made from what the processes are: each writes its own topic alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from unionstream.embedded.processes import FOLLOWED, FOLLOWERS, PROCESSES, Process
from unionstream.embedded.topics import CHECKPOINTS

EVERYTHING, AGENCIES = "union.", "agency."
ERASURES = "union.erasures"
OWN, READ = ("Read", "Write", "Describe"), ("Read", "Describe")
READS_ALL = ("projection", "exchange")


class Right(NamedTuple):
    """What one principal may do with a topic or group, or with all whose names begin so."""

    principal: str
    resource: str
    name: str
    operation: str
    prefixed: bool = False

    def command(self, brokers: str, configuration: str) -> str:
        """In the words of Kafka's own tool."""
        pattern = " --resource-pattern-type prefixed" if self.prefixed else ""
        return (
            f"kafka-acls.sh --bootstrap-server {brokers} --command-config {configuration} --add"
            f" --allow-principal User:{self.principal} --operation {self.operation}"
            f" --{self.resource} {self.name}{pattern}"
        )


def rights(processes: Sequence[Process] = PROCESSES) -> list[Right]:
    """All that the processes need; what is not said is refused."""
    return [right for process in processes for right in _of(process)]


def _of(process: Process) -> Iterator[Right]:
    name = process.name
    for topic in (process.topic, CHECKPOINTS):
        if topic:
            yield from (Right(name, "topic", topic, each) for each in OWN)
    if name in READS_ALL:
        yield from (Right(name, "topic", EVERYTHING, each, prefixed=True) for each in READ)
    elif name in FOLLOWERS:
        yield from (Right(name, "topic", f"union.{FOLLOWED}", each) for each in READ)
    if name == FOLLOWED:
        yield from (Right(name, "topic", ERASURES, each) for each in (*OWN, "Create"))
    if name == "exchange":
        for each in (*OWN, "Create", "DescribeConfigs"):
            yield Right(name, "topic", AGENCIES, each, prefixed=True)
    yield from (Right(name, "group", name, each, prefixed=True) for each in READ)
