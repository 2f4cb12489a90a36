"""Waiting: poll until true, until a child is dead, or until time is up."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")

Say = Callable[[str], None]
"""Tells the user about progress: one short line, no newline."""


def silent(_line: str) -> None:
    """Progress for nobody."""


@dataclass
class Deadline:
    """A span of time that runs from the moment the object is made."""

    seconds: float
    started: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.started

    @property
    def left(self) -> float:
        return max(0.0, self.seconds - self.elapsed)

    @property
    def over(self) -> bool:
        return self.elapsed >= self.seconds


def wait_until(true: Callable[[], bool], deadline: Deadline, *, every: float = 0.05) -> bool:
    """True as soon as `true()` is; False when the deadline passes first."""
    while not true():
        if deadline.over:
            return False
        time.sleep(every)
    return True


def run_aside(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Runs a coroutine to its end whether or not the calling thread already has an event loop.

    Child processes must not be started inside: they would be bound to a thread that is about to end.
    """
    with ThreadPoolExecutor(max_workers=1) as aside:
        return aside.submit(lambda: asyncio.run(work())).result()
