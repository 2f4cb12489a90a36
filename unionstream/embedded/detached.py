"""The supervisor of a standing stack: `python -m unionstream.embedded.detached DATA BROKERS`.

What it says is its log; it ends when asked to with SIGTERM, and takes everything down with it.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from unionstream.embedded.faults import EmbeddedFault
from unionstream.embedded.stack import Stack

LOOK_EVERY = 0.5


def main(data: str, brokers: str) -> int:
    """Runs until told to stop (0); 1 when the stack could not start."""
    try:
        with Stack(Path(data), int(brokers), say=_say) as stack:
            _say("Everything is ready")
            _watch(stack)
    except EmbeddedFault as fault:
        _say(f"{fault.code}: {fault.message}")
        _say(f"What to do: {fault.remedy}")
        return 1
    except SystemExit:
        _say("Everything is stopped")
    return 0


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
    sys.exit(main(*sys.argv[1:3]))
