"""Jobs of a service of the running stack: started as it is itself, their reports read line by line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from unionstream.embedded import state
from unionstream.embedded.keys import Keys
from unionstream.embedded.ports import LOOPBACK
from unionstream.embedded.processes import PROCESSES, Process

Hear = Callable[[dict[str, Any]], None]


def process_named(name: str) -> Process:
    """The process of that name; raises KeyError."""
    return {process.name: process for process in PROCESSES}[name]


def settings_of(data: Path, process: Process) -> dict[str, str]:
    """The settings of a process of the stack that runs in `data`, for its environment; raises NotRunning."""
    running, keys = state.running(data), Keys(data)
    server = next(each.address for each in running.processes if each.name == "postgres")
    own = {
        "DATABASE_URL": f"postgresql://{process.name}:{keys.password(process.name)}@{server}/{process.name}",
        "KAFKA": running.bootstrap,
        "PARTITIONS": str(running.partitions),
        "HTTP_HOST": LOOPBACK,
        "HTTP_PORT": "0",
        "OPERATIONS_PORT": "0",
        **keys.signing_in(),
        **{name: str(keys.master_key_file(process.name)) for name in process.keys},
    }
    return {f"{process.prefix}_{name}": value for name, value in own.items()}


def run_job(data: Path, name: str, job: Sequence[str], hear: Hear) -> int:
    """Run one job of a service to its end and pass on what it reports; its log lies with the others.

    Interrupted, it ends the job, which takes up where it was the next time.
    """
    process = process_named(name)
    environment = {**os.environ, **settings_of(data, process)}
    log = data / "logs" / f"{name}-{job[0]}.log"
    with log.open("ab") as errors:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", process.module, *job],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
            cwd=data,
        )
        try:
            assert child.stdout is not None
            with child.stdout:
                for line in child.stdout:
                    hear(json.loads(line))
            return child.wait()
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()
