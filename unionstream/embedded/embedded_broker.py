"""The small broker for machines without Java: one binary that speaks enough of the Kafka protocol.

It is a convenience for looking around. It loses the last seconds on `kill -9`, and a group member that was
killed never expires, so no claim of this project rests on it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from unionstream.embedded.broker_answers import brokers_known_to
from unionstream.embedded.child import Child, Program
from unionstream.embedded.deadline import Say, run_aside, silent
from unionstream.embedded.faults import NotInstalled
from unionstream.embedded.ports import LOOPBACK, free_port, listening


@dataclass
class EmbeddedBroker:
    """One broker whose files are in `home`."""

    home: Path
    logs: Path
    say: Say = silent
    port: int = 0
    child: Child | None = None
    kind: str = "embedded"
    replication: int = 1

    @property
    def bootstrap(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    @property
    def children(self) -> dict[str, Child]:
        return {"broker": self.child} if self.child else {}

    def start(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()
        place = ["--data-dir", str(self.home), "--host", LOOPBACK]
        program = Program(
            name="broker",
            argv=[str(_program()), "start", *place, "--only", "kafka", "--kafka-port", str(self.port)],
            log=self.logs / "broker.log",
            env={"PATH": os.environ.get("PATH", ""), "HOME": str(self.home)},
            folder=self.home,
        )
        self.child = Child(program)
        self.child.start()

    def wait_ready(self, seconds: float = 30.0) -> None:
        assert self.child is not None
        self.child.wait_ready(self._answers, seconds)

    def _answers(self) -> bool:
        return listening(self.port) and bool(run_aside(lambda: brokers_known_to(self.bootstrap)))

    def stop(self) -> None:
        if self.child:
            self.child.stop()

    def kill(self) -> None:
        if self.child:
            self.child.kill()


def _program() -> Path:
    spec = find_spec("noida_db")
    if spec is None or spec.origin is None:
        raise NotInstalled(
            "The embedded broker is not installed in this Python environment.",
            remedy="pip install 'unionstream[embedded]', or install Java 17 and Maven and use BROKER=kafka.",
        )
    return Path(spec.origin).with_name("noida-db")
