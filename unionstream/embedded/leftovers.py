"""What an earlier stack left behind: processes, where the system could not end them; and all its data."""

from __future__ import annotations

import contextlib
import shutil
import signal
from pathlib import Path

import psutil

from unionstream.embedded import keys, state
from unionstream.embedded.unprivileged import account_for_servers, place_for

KEYS = ("*-master.key", "*-checkpoint.key", "checkpoint.keys", "issuer.*")
OWN = ("postgres", "kafka", "broker", "logs", keys.FILE, state.FILE)
PATIENCE = 10.0


def end_leftovers(data: Path) -> None:
    """Ends the processes that the state of a dead supervisor names, if they are still the same ones.

    The caller holds the folder.
    """
    left = state.read(data)
    if left is None:
        return
    processes = [found for each in left.processes if (found := _same(each))]
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            # PostgreSQL takes SIGTERM for "when all sessions have ended", SIGINT for "now".
            process.send_signal(signal.SIGINT if process.name() == "postgres" else signal.SIGTERM)
    _, stubborn = psutil.wait_procs(processes, timeout=PATIENCE)
    for process in stubborn:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(stubborn, timeout=PATIENCE)
    state.forget(data)


def _same(recorded: state.Running) -> psutil.Process | None:
    if not recorded.alive:
        return None
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(recorded.pid)
    return None


def erase(data: Path) -> None:
    """Removes what a stack made in `data`, and nothing else; raises AlreadyRunning while one runs there."""
    with state.sole_owner(data):
        end_leftovers(data)
        place = place_for(data, account_for_servers())
        if not place.is_relative_to(data):
            shutil.rmtree(place.parent, ignore_errors=True)
        keys = [key for pattern in KEYS for key in data.glob(pattern)]
        for path in [*(data / name for name in OWN), *keys]:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    (data / "lock").unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # something of the user's is in it
        data.rmdir()
