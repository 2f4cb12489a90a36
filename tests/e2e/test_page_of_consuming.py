"""The page on building on the streams does what it says: its commands and its program, as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.servers import ROOT
from unionstream.demo.kept import Places
from unionstream.embedded.stack import Stack

PAGE = (ROOT / "docs" / "consuming.md").read_text("utf-8")
COMMANDS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
PROGRAM = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
STAND_IN = f'#!/bin/sh\nexec "{sys.executable}" -m tests.support.kcat "$@"\n'
SCHEMA = ROOT / "docs/contracts/events/union.membership.MemberJoined.v1.json"


@pytest.fixture
def environment(stack: Stack, places: Places, tmp_path: Path) -> dict[str, str]:
    given = {**os.environ, "BROKER": stack.broker.bootstrap, "PYTHONPATH": str(ROOT)}
    if shutil.which("kcat") is None:  # then ours, with the options that the page uses
        (tmp_path / "kcat").write_text(STAND_IN)
        (tmp_path / "kcat").chmod(0o755)
        given["PATH"] = f"{tmp_path}:{given['PATH']}"
    return given


def test_the_commands_show_types_and_numbers(environment: dict[str, str], tmp_path: Path) -> None:
    types, numbers = (
        subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        ).stdout
        for command in COMMANDS
    )
    assert re.search(r'\d+ "type":"union\.finance\.DuesReceived\.v1"', types)
    assert len(re.findall(r"^stream=\d+,sequence=\d+$", numbers, re.MULTILINE)) == 3


def test_the_program_counts_every_member_once(environment: dict[str, str], tmp_path: Path) -> None:
    (program,) = PROGRAM
    (tmp_path / "members.py").write_text(program, "utf-8")
    done = subprocess.run(
        [sys.executable, "members.py", SCHEMA],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"[1-9]\d* members joined, [1-9]\d+ events read\n", done.stdout)
