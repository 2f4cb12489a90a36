"""A child process that cannot outlive us: its log, its signals, its end."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from unionstream.embedded.deadline import Deadline, wait_until
from unionstream.embedded.endable import undisturbed
from unionstream.embedded.faults import DiedAtStart, NeverReady, tail
from unionstream.embedded.unprivileged import Account

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Program:
    """What to run: `argv`, the whole environment, the log both outputs are appended to, and the account."""

    name: str
    argv: Sequence[str]
    log: Path
    env: Mapping[str, str]
    account: Account | None = None
    folder: Path | None = None
    # Sent when we die first. SIGKILL is the one signal that leaves nothing behind for certain.
    orphaned: signal.Signals = signal.SIGKILL
    # How to ask for a clean end, and how long that may take before it is killed.
    ending: signal.Signals = signal.SIGTERM
    patience: float = 15.0


@dataclass
class Child:
    """One start of a program. Linux binds it to the thread that starts it, which must live as long."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    expected_end: bool = field(default=False)
    logged: int = 0
    """How long the log was when this start began."""

    def start(self) -> None:
        program = self.program
        program.log.parent.mkdir(parents=True, exist_ok=True)
        account = program.account
        self.expected_end = False
        with program.log.open("ab") as log, undisturbed():
            self.logged = log.tell()
            self.process = subprocess.Popen(
                program.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(program.env),
                cwd=program.folder or "/",
                start_new_session=True,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                preexec_fn=_bound_to(os.getpid(), program.orphaned),  # noqa: PLW1509 - it makes system calls only
            )
        self.started = started_at(self.process.pid) or 0.0

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def code(self) -> int | None:
        """The exit code, negative for a signal; None while it runs or before its start."""
        return self.process.poll() if self.process else None

    def wait_ready(self, ready: Callable[[], bool], seconds: float) -> None:
        """Returns once `ready()`; raises DiedAtStart or NeverReady otherwise."""
        wait_until(lambda: not self.alive or ready(), Deadline(seconds))
        name, log = self.program.name, self.program.log
        if not self.alive:
            raise DiedAtStart(
                f"{name} ended with code {self.code} before it was ready.\n{tail(log, start=self.logged)}",
                remedy=f"The whole log: {log}",
            )
        if not ready():
            raise NeverReady(
                f"{name} was not ready within {seconds:.0f} s.\n{tail(log, start=self.logged)}",
                remedy=f"The machine may be too busy; try again. The whole log: {log}",
            )

    def kill(self) -> None:
        """`kill -9`, as a power cut would; returns when the process is gone."""
        self.expected_end = True
        if self.process and self.alive:
            self.process.kill()
            self.process.wait()

    def ask_to_stop(self) -> None:
        """Sends the clean signal and returns at once."""
        self.expected_end = True
        if self.process and self.alive:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(self.program.ending)

    def stop(self) -> int | None:
        """Asks, waits for the program's patience, then kills. The exit code; None if it never ran."""
        self.ask_to_stop()
        return self.await_stop()

    def await_stop(self) -> int | None:
        """The second half of `stop`, for several children asked at the same time."""
        if self.process is None:
            return None
        try:
            self.process.wait(self.program.patience)
        except subprocess.TimeoutExpired:
            self.kill()
        return self.process.returncode


def started_at(pid: int) -> float | None:
    """When a process was started, which with the pid names it for good; None when there is none."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return process.create_time()
    except psutil.Error:
        return None


def same_process(pid: int, started: float) -> bool:
    """Whether the process recorded as (pid, start time) is still the one that has this pid."""
    now = started_at(pid)
    return now is not None and abs(now - started) < 1.0


def _bound_to(parent: int, orphaned: signal.Signals) -> Callable[[], None]:
    libc = _LIBC

    def bind() -> None:
        if libc is None:
            return
        libc.prctl(PR_SET_PDEATHSIG, int(orphaned), 0, 0, 0)
        # The parent may have died between fork and prctl, and then no signal will come.
        if os.getppid() != parent:
            os._exit(1)

    return bind
