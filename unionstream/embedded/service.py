"""One service process of the stack: its settings, its start, its readiness."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from unionstream.embedded.child import Child, Program
from unionstream.embedded.faults import NeverReady
from unionstream.embedded.ports import LOOPBACK
from unionstream.embedded.processes import Process

# A service drains within ten seconds of SIGTERM; a little more before it is killed.
PATIENCE = 12.0
READY_SECONDS = 120.0
FOR_GOOD = "fork:"  # waiting does not help: a person has to decide


@dataclass
class Service:
    """A service on its HTTP port, health and metrics on another; may be killed and started again alone."""

    process: Process
    child: Child
    port: int
    operations_port: int

    @property
    def name(self) -> str:
        return self.process.name

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def operations_url(self) -> str:
        """Where health and metrics are."""
        return f"http://{LOOPBACK}:{self.operations_port}"

    @property
    def alive(self) -> bool:
        return self.child.alive

    def start(self) -> None:
        self.child.start()

    def wait_ready(self, seconds: float = READY_SECONDS) -> None:
        """Returns when GET /health/ready answers 200."""
        self.child.wait_ready(self._ready, seconds)

    def _ready(self) -> bool:
        try:
            answer = httpx.get(f"{self.operations_url}/health/ready", timeout=5, trust_env=False)
        except httpx.HTTPError:
            return False
        reason = "" if answer.is_success else str(answer.json().get("reason", ""))
        if reason.startswith(FOR_GOOD):
            raise NeverReady(
                f"{self.name} refuses to start: {reason}", remedy=f"Its log: {self.child.program.log}"
            )
        return answer.is_success

    def stop(self) -> None:
        self.child.stop()

    def kill(self) -> None:
        self.child.kill()


def make_service(
    process: Process, settings: Mapping[str, str], ports: tuple[int, int], logs: Path
) -> Service:
    """The service, not started; each setting gets its prefix. `ports`: of its API, and of its operations."""
    http, operations = map(str, ports)
    own = {**settings, "HTTP_HOST": LOOPBACK, "HTTP_PORT": http, "OPERATIONS_PORT": operations}
    environment = {f"{process.prefix}_{name}": value for name, value in own.items()}
    program = Program(
        name=process.name,
        # -P: a folder named like one of ours where the user happens to stand must not be taken for it
        argv=[sys.executable, "-P", "-m", process.module, process.role],
        log=logs / f"{process.name}.log",
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        folder=logs.parent,
        patience=PATIENCE,
    )
    return Service(process, Child(program), *ports)
