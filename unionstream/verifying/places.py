"""Where the topics, the logs and the trail of the stack on this machine are."""

from __future__ import annotations

from pathlib import Path

from unionstream.embedded import state
from unionstream.embedded.keys import PUBLIC_KEYS, Keys
from unionstream.embedded.processes import PROCESSES
from unionstream.verifying.comparing import Places

TRAIL = "projection"


def of_stack(data: Path) -> Places:
    """The stack that runs in `data`; raises NotRunning."""
    running, keys = state.running(data), Keys(data)
    server = next(process.address for process in running.processes if process.name == "postgres")

    def database(service: str) -> str:
        return f"postgresql://{service}:{keys.password(service)}@{server}/{service}"

    logs = {process.topic: database(process.name) for process in PROCESSES if process.topic}
    public = data / PUBLIC_KEYS
    lines = public.read_text(encoding="utf-8").splitlines() if public.exists() else []
    return Places(running.bootstrap, logs, database(TRAIL), tuple(lines))
