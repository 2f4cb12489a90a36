"""Signals of a process that holds a stack: asked to end, it unwinds, and then is not disturbed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

ENDING = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def endable() -> Iterator[None]:
    """Within, SIGTERM and SIGHUP raise SystemExit as Ctrl-C raises KeyboardInterrupt.

    Off the main thread, which alone may say so, it does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (*ENDING, signal.SIGINT)}
    for number in ENDING:
        signal.signal(number, _end)
    # A shell starts what runs in its background with SIGINT ignored; a stack must be endable there, too.
    signal.signal(signal.SIGINT, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def deaf() -> None:
    """From now on only stopping goes on: a second Ctrl-C must not leave half of it running."""
    if threading.current_thread() is threading.main_thread():
        for number in (*ENDING, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Within, an end that is asked for waits: raised while a process forks it would be lost, a lock held."""
    _forking.append(0)
    try:
        yield
    finally:
        number = _forking.pop()
    if number:
        _raise(number)


_forking: list[int] = []
"""Which signal came within `undisturbed`, 0 for none; empty outside."""


def _end(number: int, _frame: FrameType | None) -> None:
    if _forking:
        _forking[-1] = number
    else:
        _raise(number)


def _raise(number: int) -> NoReturn:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)
