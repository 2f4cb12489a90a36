"""Small disks of their own for PostgreSQL and for one broker, so that each can be full.

A disk is a tmpfs, which only root may mount. Where that is refused, nothing is mounted and the plan leaves
`disk full` out; the report then says so.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

SIZES = {"postgres": "1500m", "kafka/broker-2": "700m"}
BALLAST = "ballast"
BLOCK = 1024 * 1024


def fill(disk: Path) -> None:
    """To the last byte."""
    with (disk / BALLAST).open("wb") as ballast:
        for size in (BLOCK, 4096, 1):
            with contextlib.suppress(OSError):
                while True:
                    os.write(ballast.fileno(), b"\0" * size)


def free(disk: Path) -> None:
    (disk / BALLAST).unlink(missing_ok=True)


@contextmanager
def mounted(data: Path) -> Iterator[dict[str, Path]]:
    """The disks by victim; empty where they cannot be."""
    names = {"postgres": "postgres", "kafka/broker-2": "kafka-2"}
    with ExitStack() as undo:
        disks: dict[str, Path] = {}
        for folder, size in SIZES.items():
            place = data / folder
            place.mkdir(parents=True, exist_ok=True)
            done = subprocess.run(
                ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", str(place)],
                capture_output=True,
                check=False,
            )
            if done.returncode == 0:
                undo.callback(subprocess.run, ["umount", "--lazy", str(place)], check=True)
                disks[names[folder]] = place
        yield disks
