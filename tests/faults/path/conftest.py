"""Folders for stacks of role processes, and everything found out about them afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    """Within reach of the account that PostgreSQL runs as."""
    top = Path(tempfile.mkdtemp(prefix="unionstream-path-"))
    top.chmod(0o711)
    yield top / "data"
    shutil.rmtree(top, ignore_errors=True)
