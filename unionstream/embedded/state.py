"""What is known about a running stack from outside: one file beside its data, written whole each time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from unionstream.embedded.child import same_process
from unionstream.embedded.faults import AlreadyRunning, NotRunning, UnusableFolder

FILE = "state.json"
Phase = Literal["starting", "ready", "stopping"]


class Running(BaseModel):
    """One process: `started` (epoch seconds) tells it from a later one with the same pid."""

    model_config = ConfigDict(frozen=True)

    name: str
    pid: int
    started: float
    log: str
    address: str | None = None

    @property
    def alive(self) -> bool:
        return same_process(self.pid, self.started)


class State(BaseModel):
    """A stack as its supervisor last described it. Passwords are not in it."""

    model_config = ConfigDict(frozen=True)

    phase: Phase
    supervisor: Running
    processes: tuple[Running, ...] = ()
    broker: str = ""
    bootstrap: str = ""
    partitions: int = 6
    urls: dict[str, str] = {}
    operations: dict[str, str] = {}
    """Where health and metrics of each service are."""
    outside: str | None = None
    """Where PostgreSQL's files are when they are not inside the stack's folder."""


def write(data: Path, state: State) -> None:
    unfinished = data / f".{FILE}.{os.getpid()}"
    unfinished.write_text(state.model_dump_json(indent=1), encoding="utf-8")
    unfinished.replace(data / FILE)


def read(data: Path) -> State | None:
    """The state of the stack in `data`, which may be stale; None when none was left behind."""
    try:
        return State.model_validate_json((data / FILE).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as why:
        raise UnusableFolder(
            f"{data / FILE} cannot be read: {why}",
            remedy="Stop what runs there by hand, then remove that file.",
        ) from why


def forget(data: Path) -> None:
    (data / FILE).unlink(missing_ok=True)


def running(data: Path) -> State:
    """The state of a stack that runs in `data`; raises NotRunning."""
    state = read(data)
    if state is None or not state.supervisor.alive:
        raise NotRunning(f"No stack runs in {data}.", remedy="Start one with `unionstream up`.")
    return state


def urls(data: Path) -> dict[str, str]:
    """The HTTP address of each service of the stack that runs in `data`; raises NotRunning."""
    return running(data).urls


@contextmanager
def sole_owner(data: Path) -> Iterator[None]:
    """Holds the folder for one supervisor; the system lets go when that process ends, however it ends.

    Raises AlreadyRunning while another holds it.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "lock").open("a")
    except OSError as why:
        raise UnusableFolder(
            f"{data} cannot be used: {why.strerror}.", remedy="Name a folder that may be written with --data."
        ) from why
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as why:
            raise AlreadyRunning(
                f"A stack runs in {data} already.",
                remedy="See it with `unionstream status`, or stop it with `unionstream down`.",
            ) from why
        yield
