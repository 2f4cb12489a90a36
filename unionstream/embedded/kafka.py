"""Apache Kafka (KRaft): one or three real brokers on loopback, each a child process of its own."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files as resources
from pathlib import Path

from unionstream.embedded.broker_answers import brokers_known_to
from unionstream.embedded.child import Child, Program
from unionstream.embedded.deadline import Say, run_aside, silent
from unionstream.embedded.faults import DiedAtStart, UnusableFolder
from unionstream.embedded.kafka_settings import JVM, Encrypted, NodePorts, server_properties
from unionstream.embedded.ports import LOOPBACK, free_ports, listening

READY_SECONDS = 120.0


@dataclass
class KafkaNode:
    """Broker and controller `number` of a cluster; may be killed and started again on its own."""

    number: int
    child: Child
    port: int
    address: str

    @property
    def name(self) -> str:
        return f"kafka-{self.number}"

    @property
    def alive(self) -> bool:
        return self.child.alive

    def start(self) -> None:
        self.child.start()

    def wait_ready(self, seconds: float = READY_SECONDS) -> None:
        """Returns when this broker answers and counts itself among the living ones."""
        self.child.wait_ready(self._answers, seconds)

    def _answers(self) -> bool:
        return listening(self.port) and self.number in run_aside(lambda: brokers_known_to(self.address))

    def stop(self) -> None:
        """Hands its partitions over and ends; killed if that takes longer than its patience."""
        self.child.stop()

    def kill(self) -> None:
        self.child.kill()


@dataclass
class Kafka:
    """A cluster of `brokers` nodes (1 or 3) whose files are in `home`; `jars` holds Kafka itself.

    `fronts`, one a broker, are the port that clients are told to use and the one where the broker listens,
    where something stands between them.
    """

    home: Path
    logs: Path
    java: str
    jars: Path
    brokers: int = 1
    say: Say = silent
    fronts: Sequence[tuple[int, int]] = ()
    nodes: list[KafkaNode] = field(default_factory=list)
    kind: str = "kafka"
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Of users who may sign in, `admin` among them; without any, everybody may do everything."""
    encrypted: Encrypted | None = None
    """How they come by TLS."""

    @property
    def bootstrap(self) -> str:
        """`host:port` of every broker, comma-separated; where one has to sign in, as `admin`."""
        addresses = ",".join(f"{LOOPBACK}:{port}" for port in self._advertised())
        return self.signed_in("admin", addresses) if self.passwords else addresses

    def signed_in(self, user: str, addresses: str = "") -> str:
        """The address under which a user signs in; the password lies in a file beside the broker's."""
        file = self.home / f"{user}.password"
        addresses = addresses or ",".join(f"{LOOPBACK}:{port}" for port in self._advertised())
        if self.encrypted:
            return f"sasl+ssl://{user}@{addresses}?password_file={file}&ca={self.encrypted.authority}"
        return f"sasl+plaintext://{user}@{addresses}?password_file={file}"

    @property
    def replication(self) -> int:
        return min(3, self.brokers)

    @property
    def children(self) -> dict[str, Child]:
        return {node.name: node.child for node in self.nodes}

    def start(self) -> None:
        """Starts every broker without waiting for any; ports stay the same for the life of this object."""
        cluster = self._cluster_id()
        if not self.nodes:
            ports = self._ports()
            self.nodes = [self._node(number, ports) for number in range(1, self.brokers + 1)]
        for node in self.nodes:
            self._format(node.number, cluster)
            node.start()

    def wait_ready(self, seconds: float = READY_SECONDS) -> None:
        for node in self.nodes:
            node.wait_ready(seconds)

    def stop(self) -> None:
        """All at once: brokers stopped one by one would wait for a quorum that is gone."""
        for node in self.nodes:
            node.child.ask_to_stop()
        for node in self.nodes:
            node.child.await_stop()

    def kill(self) -> None:
        for node in self.nodes:
            node.kill()

    def _ports(self) -> list[NodePorts]:
        free = free_ports(3 * self.brokers)
        clients, quorum, peers = (free[at::3] for at in range(3))
        fronts = self.fronts or [(port, port) for port in clients]
        return [
            NodePorts(own, among, copies, told)
            for (told, own), among, copies in zip(fronts, quorum, peers, strict=True)
        ]

    def _advertised(self) -> list[int]:
        return [told for told, _ in self.fronts] or [node.port for node in self.nodes]

    def _cluster_id(self) -> str:
        """Made once and kept; a cluster of another size is refused, for its quorum would not agree."""
        note = self.home / "cluster.json"
        if not note.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            made = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=").replace("-", "A")
            unfinished = note.with_suffix(".new")
            unfinished.write_text(json.dumps({"id": made, "brokers": self.brokers}), encoding="ascii")
            unfinished.replace(note)
        kept = json.loads(note.read_text(encoding="ascii"))
        if kept["brokers"] != self.brokers:
            raise UnusableFolder(
                f"{self.home} was made with {kept['brokers']} brokers, not {self.brokers}.",
                remedy=f"Start it with --brokers {kept['brokers']}, or name another folder.",
            )
        return str(kept["id"])

    def _node(self, number: int, ports: list[NodePorts]) -> KafkaNode:
        folder = self.home / f"broker-{number}"
        folder.mkdir(parents=True, exist_ok=True)
        properties = folder / "server.properties"
        properties.write_text(
            server_properties(
                number,
                ports,
                folder / "log",
                signed_in=bool(self.passwords),
                encrypted=self.encrypted,
            ),
            encoding="ascii",
        )
        program = Program(
            name=f"kafka-{number}",
            argv=[*self._java(), "kafka.Kafka", str(properties)],
            log=self.logs / f"kafka-{number}.log",
            env=_environment(),
            folder=folder,
        )
        port = ports[number - 1].clients
        address = f"{LOOPBACK}:{port}"
        return KafkaNode(
            number, Child(program), port, self.signed_in("admin", address) if self.passwords else address
        )

    def _format(self, number: int, cluster: str) -> None:
        folder = self.home / f"broker-{number}"
        if (folder / "log" / "meta.properties").exists():
            return
        self.say(f"Formatting the log of Kafka broker {number}")
        format_log = ["kafka.tools.StorageTool", "format", "--cluster-id", cluster]
        for user, password in self.passwords.items():
            (self.home / f"{user}.password").write_text(password, encoding="ascii")
            format_log += ["--add-scram", f"SCRAM-SHA-512=[name={user},password={password}]"]
        done = subprocess.run(
            [*self._java(), *format_log, "--config", str(folder / "server.properties")],
            capture_output=True,
            env=_environment(),
            cwd=folder,
            start_new_session=True,
            check=False,
        )
        if done.returncode != 0:
            raise DiedAtStart(
                f"The log of Kafka broker {number} could not be formatted:\n"
                f"{(done.stderr or done.stdout).decode(errors='replace').strip()}",
                remedy=f"Is there room on the disk of {folder}, and may it be written?",
            )

    def _java(self) -> list[str]:
        logging = resources("unionstream.embedded") / "log4j2.yaml"
        return [self.java, *JVM, f"-Dlog4j2.configurationFile={logging}", "-cp", f"{self.jars}/*"]


def _environment() -> dict[str, str]:
    kept = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "JAVA_HOME"}
    return {name: value for name, value in os.environ.items() if name in kept} | {"LC_ALL": "C.UTF-8"}
