"""A standing stack from outside: brought up and taken down by a command that does not stay."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil

from unionstream.embedded import state
from unionstream.embedded.deadline import Deadline, Say, wait_until
from unionstream.embedded.detached import fault_file
from unionstream.embedded.faults import AlreadyRunning, DiedAtStart, NeverReady, NotRunning, tail

LOG = "supervisor.log"
SUPERVISOR = "unionstream.embedded.detached"
# Recovery of a large database and the first fetch of Kafka take minutes; progress is shown meanwhile.
START_SECONDS = 900.0
# The services drain for up to 12 s, then PostgreSQL for up to 20 s, then the brokers for up to 15 s.
STOP_SECONDS = 50.0

# Supervisors outlive us on purpose; a forgotten Popen would warn about it.
_STANDING: list[subprocess.Popen[bytes]] = []


def bring_up(data: Path, brokers: int, say: Say, supervisor: str = SUPERVISOR) -> state.State:
    """Starts a supervisor for `data` that outlives us, and returns when everything is ready.

    Raises AlreadyRunning, or DiedAtStart with what the supervisor said. Interrupted, it stops what it
    started.
    """
    with contextlib.suppress(NotRunning):
        state.running(data)
        raise AlreadyRunning(
            f"A stack runs in {data} already.",
            remedy="See it with `unionstream status`, or stop it with `unionstream down`.",
        )
    log = data / "logs" / LOG
    with state.sole_owner(data):  # also tells plainly when the folder cannot be used
        log.parent.mkdir(exist_ok=True)
        fault_file(data).unlink(missing_ok=True)
    with log.open("ab") as written:
        start = written.tell()
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", supervisor, str(data), str(brokers)],
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=data,
        )
    _STANDING.append(process)
    try:
        return _await_ready(data, process, _Reader(log, start), say)
    except BaseException:
        process.terminate()
        process.wait()
        raise


def take_down(data: Path) -> None:
    """Stops the stack in `data` and returns when nothing of it runs; raises NotRunning."""
    running = state.running(data)
    supervisor = psutil.Process(running.supervisor.pid)
    with contextlib.suppress(psutil.NoSuchProcess):
        supervisor.terminate()
        if not wait_until(lambda: not running.supervisor.alive, Deadline(STOP_SECONDS)):
            supervisor.kill()  # and the system ends its children
            psutil.wait_procs([supervisor], timeout=10)


def new_lines(logs: list[Path]) -> Iterator[tuple[Path, str]]:
    """Every line added to any of the logs from now on, for ever."""
    readers = {log: _Reader(log, log.stat().st_size) for log in logs}
    while True:
        for log, reader in readers.items():
            for line in reader.lines():
                yield log, line
        wait_until(lambda: any(reader.has_more() for reader in readers.values()), Deadline(5), every=0.2)


class _Reader:
    """Reads whole lines from where it stopped the last time."""

    def __init__(self, log: Path, start: int) -> None:
        self._log = log
        self._at = start

    def has_more(self) -> bool:
        return self._log.stat().st_size > self._at

    def lines(self) -> list[str]:
        with self._log.open("rb") as text:
            text.seek(self._at, os.SEEK_SET)
            added = text.read()
        whole = added[: added.rfind(b"\n") + 1]
        self._at += len(whole)
        return whole.decode(errors="replace").splitlines()


def _await_ready(data: Path, supervisor: subprocess.Popen[bytes], log: _Reader, say: Say) -> state.State:
    deadline = Deadline(START_SECONDS)
    while not deadline.over:
        ended = supervisor.poll() is not None
        for line in log.lines():
            if not ended:  # the last lines tell the fault, which is told better below
                say(_without_time(line))
        known = state.read(data)
        if known and known.phase == "ready" and known.supervisor.pid == supervisor.pid:
            return known
        if ended:
            raise _fault(data)
        wait_until(lambda: log.has_more() or supervisor.poll() is not None, Deadline(1.0))
    raise NeverReady("The stack did not become ready.", remedy=f"The logs are in {data / 'logs'}.")


def _fault(data: Path) -> DiedAtStart:
    try:
        told = json.loads(fault_file(data).read_text(encoding="utf-8"))
    except FileNotFoundError:
        log = data / "logs" / LOG
        return DiedAtStart(f"The supervisor ended at once.\n{tail(log)}", remedy=f"The whole log: {log}")
    return DiedAtStart(told["message"], remedy=told["remedy"])


def _without_time(line: str) -> str:
    return line.partition(" ")[2]
