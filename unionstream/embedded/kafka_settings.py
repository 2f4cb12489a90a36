"""What one node of the embedded Kafka cluster is told: small, quick to start, and strict where it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from unionstream.embedded.ports import LOOPBACK


@dataclass(frozen=True)
class NodePorts:
    """`clients` for producers and consumers, `quorum` for the controllers, `peers` for copies among brokers.

    `advertised` is what clients are told to connect to: the same port, or that of a proxy before it.
    """

    clients: int
    quorum: int
    peers: int
    advertised: int


JVM = (
    # Enough for a province in the small. The serial collector and the first compiler alone keep
    # a broker at about 170 MB of memory and its start at about two seconds.
    "-Xms64m",
    "-Xmx256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xshare:auto",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
)


# Clients sign in; the brokers among themselves are on ports of their own, which only this machine reaches.
SIGNED_IN = {
    "listener.security.protocol.map": "PLAINTEXT:SASL_PLAINTEXT,PEERS:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "listener.name.plaintext.sasl.enabled.mechanisms": "SCRAM-SHA-512",
    "listener.name.plaintext.scram-sha-512.sasl.jaas.config": (
        "org.apache.kafka.common.security.scram.ScramLoginModule required;"
    ),
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": "User:ANONYMOUS;User:admin",
}


@dataclass(frozen=True)
class Encrypted:
    """Clients come by TLS: `own` is a PEM file with key and certificate, `authority` whom clients trust."""

    own: Path
    authority: Path

    def settings(self) -> dict[str, object]:
        """Of the listener where clients sign in."""
        return {
            "listener.security.protocol.map": SIGNED_IN["listener.security.protocol.map"].replace(
                "SASL_PLAINTEXT", "SASL_SSL"
            ),
            "listener.name.plaintext.ssl.keystore.type": "PEM",
            "listener.name.plaintext.ssl.keystore.location": self.own,
        }


def server_properties(
    number: int,
    nodes: Sequence[NodePorts],
    files: Path,
    *,
    signed_in: bool = False,
    encrypted: Encrypted | None = None,
) -> str:
    """The properties of node `number` (from 1); every node is broker and controller at once.

    `signed_in`: clients have to sign in, and may do what they have a right to.
    """
    own, copies = nodes[number - 1], min(3, len(nodes))
    voters = ",".join(f"{i}@{LOOPBACK}:{node.quorum}" for i, node in enumerate(nodes, 1))
    settings = {
        "process.roles": "broker,controller",
        "node.id": number,
        "controller.quorum.voters": voters,
        "listeners": (
            f"PLAINTEXT://{LOOPBACK}:{own.clients},PEERS://{LOOPBACK}:{own.peers},"
            f"CONTROLLER://{LOOPBACK}:{own.quorum}"
        ),
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{own.advertised},PEERS://{LOOPBACK}:{own.peers}",
        "inter.broker.listener.name": "PEERS",
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,PEERS:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": files,
        "auto.create.topics.enable": "false",
        "unclean.leader.election.enable": "false",
        "default.replication.factor": copies,
        "min.insync.replicas": 2 if copies == 3 else 1,
        "log.retention.ms": -1,
        "log.retention.bytes": -1,
        "offsets.topic.replication.factor": copies,
        "offsets.topic.num.partitions": 3,
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": 2 if copies == 3 else 1,
        "transaction.state.log.num.partitions": 3,
        "share.coordinator.state.topic.replication.factor": copies,
        "share.coordinator.state.topic.min.isr": 2 if copies == 3 else 1,
        "share.coordinator.state.topic.num.partitions": 1,
        "group.initial.rebalance.delay.ms": 0,
        # A dead broker is noticed within seconds, as one machine needs it, not within a minute.
        "broker.heartbeat.interval.ms": 500,
        "broker.session.timeout.ms": 3000,
        "controller.quorum.election.timeout.ms": 500,
        "controller.quorum.fetch.timeout.ms": 1000,
        "num.network.threads": 2,
        "num.io.threads": 2,
        "num.replica.fetchers": 1,
        "background.threads": 2,
        "log.cleaner.threads": 1,
        "log.cleaner.dedupe.buffer.size": 8 * 1024 * 1024,
        "log.index.size.max.bytes": 2 * 1024 * 1024,
    }
    settings |= SIGNED_IN if signed_in else {}
    settings |= encrypted.settings() if encrypted else {}
    return "".join(f"{name}={_escaped(str(value))}\n" for name, value in settings.items())


def _escaped(value: str) -> str:
    """Java properties files are Latin-1 with escapes, and a folder may have any name."""
    units = value.encode("utf-16-be")
    codes = (int.from_bytes(units[i : i + 2], "big") for i in range(0, len(units), 2))
    return "".join(chr(code) if 0x20 <= code < 0x7F and code != 0x5C else f"\\u{code:04x}" for code in codes)
