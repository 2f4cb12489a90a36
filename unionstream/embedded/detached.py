"""The supervisor of a standing stack: `python -m unionstream.embedded.detached DATA BROKERS`.

What it says is its log; it ends when asked to with SIGTERM, and takes everything down with it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from unionstream.embedded.faults import EmbeddedFault
from unionstream.embedded.processes import PROCESSES, Process
from unionstream.embedded.stack import Stack

LOOK_EVERY = 0.5


def run(data: Path, brokers: int, processes: Sequence[Process] = PROCESSES) -> int:
    """Runs until told to stop (0); 1 when the stack could not start, and then says so in the fault file."""
    try:
        with Stack(data, brokers, say=_say, processes=processes) as stack:
            _say("Everything is ready")
            _watch(stack)
    except EmbeddedFault as fault:
        _say(f"{fault.code}: {fault.message} What to do: {fault.remedy}")
        told = {"message": fault.message, "remedy": fault.remedy}
        fault_file(data).write_text(json.dumps(told), encoding="utf-8")
        return 1
    except (SystemExit, KeyboardInterrupt):
        _say("Everything is stopped")
    return 0


def fault_file(data: Path) -> Path:
    """Where a supervisor that could not start leaves the reason (`message`, `remedy`) for who started it."""
    return data / "logs" / "fault.json"


def _watch(stack: Stack) -> None:
    """Tells of every process that falls; none is started again by itself, for that would hide why it fell."""
    told: set[tuple[str, int | None]] = set()
    while True:
        for name, child in stack.fallen().items():
            if (name, child.pid) not in told:
                told.add((name, child.pid))
                _say(f"{name} ended by itself with code {child.code}; its log: {child.program.log}")
        time.sleep(LOOK_EVERY)


def _say(line: str) -> None:
    sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), int(sys.argv[2])))
