"""A release in the place of the one before, process by process, under load: nothing lost, nothing twice.

The old code is that of the last commit that changed it before this one. Where there is no such history (a
shallow clone, an archive) it is a copy of ours: then processes are replaced, not code. Schemas come first, as
at every upgrade; then old and new processes of each role run side by side on one Kafka and one PostgreSQL.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.path.verdicts import check_commands, check_figures, places_of
from tests.support.checker import audit, settled
from tests.support.ledgers import until
from tests.support.load import Client, Load, founded
from tests.support.roles import ONCE, Roles, tell_faults
from tests.support.servers import ROOT
from tests.support.signing import signing_client
from unionstream.embedded.stack import Stack

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow, pytest.mark.timeout(600)]

CODE = ("services", "shared", "unionstream")
CLIENTS = 4
ANSWERS = 20
SECONDS = 60.0
# Readers first, then those who write what they read.
ORDER = (
    "projection-worker",
    "projection-api",
    "finance-worker",
    "finance-relay",
    "membership-relay",
    "finance-api",
    "membership-api",
)


def _archived() -> bytes:
    """The code before its last change; empty where nobody knows it."""

    def git(*words: str) -> bytes:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=True).stdout

    try:
        commits = git("log", "-2", "--format=%H", "--", *CODE).decode().split()
        return git("archive", commits[1], *CODE) if len(commits) > 1 else b""
    except (OSError, subprocess.CalledProcessError):
        return b""


@pytest.fixture
def old_code(tmp_path: Path) -> Path:
    old = tmp_path / "old"
    if archive := _archived():
        old.mkdir()
        subprocess.run(["tar", "-x", "-C", old], input=archive, check=True)
    else:
        for name in CODE:
            shutil.copytree(ROOT / name, old / name, ignore=shutil.ignore_patterns("__pycache__"))
    imported = subprocess.run(
        [sys.executable, "-P", "-c", "import shared; print(shared.__file__)"],
        env={**os.environ, "PYTHONPATH": str(old)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert imported.stdout.startswith(str(old))  # and not the code beside this test
    return old


class _Either:
    """Where a service answers: at its old process, its new one, or either while both run."""

    def __init__(self, roles: Roles, dice: random.Random) -> None:
        self._roles = roles
        self._dice = dice

    def __call__(self, service: str) -> str:
        names = [name for name in (f"{service}-api", f"{service}-api-2") if self._alive(name)]
        return self._roles.services[self._dice.choice(names)].url

    def _alive(self, name: str) -> bool:
        service = self._roles.services.get(name)
        return service is not None and service.alive


async def test_old_and_new_run_side_by_side_and_lose_nothing(folder: Path, old_code: Path) -> None:
    assert sorted(ORDER) == sorted(ONCE)
    with Stack(folder, processes=()) as stack:
        roles = Roles(stack, environments={name: {"PYTHONPATH": str(old_code)} for name in ONCE})
        try:
            roles.start(ONCE)
            await _upgraded(roles)
        except BaseException:
            tell_faults(folder / "logs")
            raise


async def _upgraded(roles: Roles) -> None:
    dice = random.Random(2013)
    async with signing_client(timeout=10) as http:
        client = Client(http, _Either(roles, dice))
        land = await founded(client)
        load = Load(client, land, dice)
        running = asyncio.create_task(load.run(CLIENTS))
        try:
            for name in ORDER:
                await _replace(roles, name, client)
        finally:
            load.stopping.set()
        await running
        places = places_of(roles)
        await settled(places)
        found = await audit(places)
        check_commands(client.told, found)
        figures = Client(http, lambda service: roles.services[f"{service}-api-2"].url)
        assert await check_figures(figures, land, found) > 100
        assert roles.fallen() == []


async def _replace(roles: Roles, name: str, client: Client) -> None:
    """Both have worked side by side before the old one is told to stop, then the new one alone."""
    await asyncio.to_thread(roles.begin(f"{name}-2").wait_ready)
    await _answered(client)
    await asyncio.to_thread(roles.services[name].stop)
    await _answered(client)
    assert roles.fallen() == []


async def _answered(client: Client) -> None:
    wanted = len(client.told) + ANSWERS

    async def told() -> bool:
        return len(client.told) >= wanted

    await until(told, SECONDS)
