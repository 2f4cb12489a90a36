"""Folders and settings for stacks that a test starts for itself."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with an awkward name, within reach of the account that PostgreSQL runs as."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # the tiny process is not installed
    top = Path(tempfile.mkdtemp(prefix="unionstream-test-"))
    top.chmod(0o711)
    yield top / "a b'ü会"
    shutil.rmtree(top, ignore_errors=True)
