"""One tiny process under the real supervisor: `python -m tests.support.tiny_stack DATA BROKERS`."""

from __future__ import annotations

import sys
from pathlib import Path

from unionstream.embedded.detached import run
from unionstream.embedded.processes import Process

TINY = (Process("tiny", "tests.support.tiny", topic="union.tiny", role="tiny", keys=("MASTER_KEY_FILE",)),)

if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), int(sys.argv[2]), TINY))
