"""Where a measurement takes place: a temporary folder, servers in it, and nothing left behind."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.markup import escape

from unionstream.embedded.leftovers import erase
from unionstream.embedded.processes import PROCESSES, Process
from unionstream.embedded.stack import Stack

T = TypeVar("T")

# What a server for a province has at the least; the embedded stack makes do with less.
SERVER = {"shared_buffers": "1GB"}


@dataclass(frozen=True)
class Room:
    """What a part gets: servers (and the services, if it asked for them), and where it tells its progress.

    `kept`: its folder stays, and large databases in it are used again.
    """

    stack: Stack
    console: Console
    quick: bool
    kept: bool = False

    def of(self, full: T, quick: T) -> T:
        """The size of something in this run."""
        return quick if self.quick else full

    def say(self, line: str) -> None:
        """One line of progress."""
        tell(self.console, line)


def tell(console: Console, line: str) -> None:
    """Progress is dim: the results are what counts."""
    console.print(f"[dim]· {escape(line)}[/]", highlight=False, soft_wrap=True)


@contextmanager
def room(console: Console, *, quick: bool, services: bool, keep: Path | None = None) -> Iterator[Room]:
    """PostgreSQL and the broker, and every service if wanted; gone afterwards unless there is `keep`."""
    processes: tuple[Process, ...] = PROCESSES if services else ()
    with (
        _kept(keep) if keep else _temporary() as data,
        Stack(
            data, say=lambda line: tell(console, line), processes=processes, postgres_settings=SERVER
        ) as stack,
    ):
        yield Room(stack, console, quick, kept=keep is not None)


@contextmanager
def _kept(folder: Path) -> Iterator[Path]:
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    yield folder / "stack"


@contextmanager
def _temporary() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="unionstream-bench-"))
    folder.chmod(0o711)  # PostgreSQL runs as another account when we are root
    data = folder / "stack"
    try:
        yield data
    finally:
        if data.exists():
            erase(data)
        shutil.rmtree(folder, ignore_errors=True)
