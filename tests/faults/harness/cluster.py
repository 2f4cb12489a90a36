"""Three brokers behind proxies, PostgreSQL, and every role of every service as a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.harness import clocks, disks
from tests.faults.harness.plan import Victims
from tests.faults.harness.proxies import Proxies, Proxy
from tests.support.roles import Roles, tell_faults
from unionstream.embedded.kafka import Kafka, KafkaNode
from unionstream.embedded.stack import Stack

BROKERS = 3
LOADED = ("membership", "finance", "events")
"""The services that the load speaks to; each has an API, a relay and, where it follows others, a worker."""

PROCESSES = (
    *(f"{name}-api" for name in LOADED),
    *(f"{name}-relay" for name in LOADED),
    "membership-relay-2",
    "finance-worker",
    "events-worker",
    "projection-api",
    "projection-worker",
    "projection-worker-2",
)
CLOCKS = ("membership-api", "membership-relay", "finance-api", "finance-relay")


@dataclass
class Cluster:
    """All of it, running."""

    roles: Roles
    proxies: Proxies
    disks: dict[str, Path]
    clocks: dict[str, Path] = field(default_factory=dict)

    @property
    def broker(self) -> Kafka:
        broker = self.roles.stack.broker
        assert isinstance(broker, Kafka)
        return broker

    def node(self, name: str) -> KafkaNode:
        return next(node for node in self.broker.nodes if node.name == name)

    def proxy(self, name: str) -> Proxy:
        """The one before this broker."""
        return self.proxies.all[self.node(name).number - 1]

    @property
    def victims(self) -> Victims:
        return Victims(
            processes=PROCESSES,
            brokers=[node.name for node in self.broker.nodes],
            disks=sorted(self.disks),
            clocks=sorted(self.clocks),
        )


@contextmanager
def cluster(data: Path, seed: int) -> Iterator[Cluster]:
    """Started and stopped; what went wrong inside is told from the logs, which go with the folder."""
    with (
        disks.mounted(data) as small,
        Proxies(BROKERS, seed) as proxies,
        Stack(data, brokers=BROKERS, processes=(), fronts=proxies.fronts) as stack,
    ):
        hands = {name: data / f"clock-{name}" for name in CLOCKS} if clocks.library() else {}
        environments = {name: clocks.environment(hand) for name, hand in hands.items()}
        made = Cluster(Roles(stack, environments=environments), proxies, small, hands)
        try:
            made.roles.start(PROCESSES)
            yield made
        except BaseException:
            tell_faults(data / "logs")
            raise
