"""The contracts of `make arch` hold water: each forbidden import, planted in a small layout, is found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
LAYOUT = (
    "services",
    "services/membership",
    "services/membership/domain",
    "services/finance",
    "services/finance/domain",
    "services/projection",
    "services/projection/fold",
    "shared",
    "shared/contracts",
    "unionstream",
)


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    for package in LAYOUT:
        folder = tmp_path / package
        folder.mkdir()
        (folder / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return tmp_path


def verdict(layout: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=layout,
        env={**os.environ, "PYTHONPATH": str(layout)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_bare_layout_keeps_every_contract(layout: Path) -> None:
    code, told = verdict(layout)
    assert (code, "0 broken" in told) == (0, True), told


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("services/finance", "services.membership"),
        ("services/finance", "unionstream"),
        ("shared", "services.finance"),
        ("shared", "unionstream"),
        ("unionstream", "services.finance"),
        ("services/finance/domain", "asyncpg"),
        ("services/membership/domain", "fastapi"),
        ("services/projection/fold", "aiokafka"),
        ("shared/contracts", "asyncpg"),
    ],
)
def test_a_forbidden_import_breaks_a_contract(layout: Path, importer: str, imported: str) -> None:
    (layout / importer / "planted.py").write_text(f"import {imported}\n", encoding="ascii")
    code, told = verdict(layout)
    assert (code, "1 broken" in told) == (1, True), told
