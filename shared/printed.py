"""What a program prints, within a time and a size: it is ended with all that it started, whatever it does."""

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Sequence

LARGEST = 16 * 1024


class ProgramFailed(Exception):
    """Why there is no answer; never what the program said."""


def printed(words: Sequence[str], seconds: float) -> bytes:
    """Its standard output, once it has ended with exit code 0; raises ProgramFailed.

    It is given no input. What it says besides is read by nobody: it may hold secrets.
    """
    try:
        program = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise ProgramFailed(f"it cannot be started ({type(error).__name__})") from None
    deadline = time.monotonic() + seconds
    try:
        said = _read(program, deadline)
        code = program.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise ProgramFailed(f"it did not end within {seconds:g} seconds") from None
    finally:
        _end(program)
    if code != 0:
        raise ProgramFailed(f"it ended with exit code {code}")
    return said


def _read(program: "subprocess.Popen[bytes]", deadline: float) -> bytes:
    """Until it is closed by everybody who holds it; raises ProgramFailed, TimeoutExpired."""
    assert program.stdout is not None
    said = b""
    with selectors.DefaultSelector() as selector:
        selector.register(program.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise subprocess.TimeoutExpired(program.args, 0)
            piece = os.read(program.stdout.fileno(), LARGEST)
            if not piece:
                return said
            said += piece
            if len(said) > LARGEST:
                raise ProgramFailed(f"it printed more than {LARGEST} bytes")


def _end(program: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(program.pid, signal.SIGKILL)
    program.wait()
    assert program.stdout is not None
    program.stdout.close()
