"""Stacks of folders of tests: in a folder of their own that goes with them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from unionstream.embedded.processes import PROCESSES, Process
from unionstream.embedded.stack import Stack


@contextmanager
def running_stack(name: str, processes: Sequence[Process] = PROCESSES) -> Iterator[Stack]:
    """The whole system or some of it, embedded, within reach of the account that PostgreSQL runs as."""
    top = Path(tempfile.mkdtemp(prefix=f"unionstream-{name}-"))
    top.chmod(0o711)
    try:
        with Stack(top / "data", processes=processes) as running:
            yield running
    finally:
        shutil.rmtree(top, ignore_errors=True)
