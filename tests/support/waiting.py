"""Waiting for what another thread or process does."""

import time
from collections.abc import Callable


def until(happened: Callable[[], bool], seconds: float = 30) -> None:
    """Returns as soon as `happened()` is true; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)
