"""Putting the finished bytes in their place: whole, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from unionstream.summary.faults import PathUnusable, UnknownEnding

ENDINGS = (".docx", ".html", ".md", ".json")


def usable(path: Path) -> None:
    """Raises UnknownEnding or PathUnusable before any work is done."""
    if path.suffix.lower() not in ENDINGS:
        raise UnknownEnding(path)
    folder = path.parent
    if not folder.is_dir():
        raise PathUnusable(
            f"There is no folder {folder}.", "Make it first, or name another place with --out."
        )
    if path.is_dir() or not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise _unwritable(path)


def write(path: Path, content: bytes) -> None:
    """The file appears under its name only once it is complete; raises PathUnusable."""
    name = ""
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            name = file.name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        if name:
            with suppress(OSError):
                Path(name).unlink()
        raise _unwritable(path) from error


def _unwritable(path: Path) -> PathUnusable:
    return PathUnusable(
        f"{path} cannot be written.", "Close it where it is open, or name another place with --out."
    )
