"""Processes told to end under load drain within their promise; what had to wait for them catches up."""

from __future__ import annotations

import asyncio
import json
import random
import re
from pathlib import Path

import pytest

from tests.faults.path.verdicts import check_commands, check_figures, places_of
from tests.support.checker import audit, settled
from tests.support.ledgers import until
from tests.support.load import Client, Load, founded
from tests.support.roles import ONCE, Roles, role_stack
from tests.support.signing import signing_client

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow, pytest.mark.timeout(900)]

SEED, CLIENTS = 20240630, 6
PROMISED_SECONDS = 10.0
BEHIND = 150
RELAY, WORKER = "membership-relay", "projection-worker"
READ = re.compile(r'unionstream_reader_lag_events{[^}]*topic="union.membership"} (\S+)')


async def test_every_process_drains_and_whoever_fell_behind_catches_up(folder: Path) -> None:
    with role_stack(folder) as roles:
        async with signing_client(timeout=10) as http:
            client = Client(http, roles.url)
            land = await founded(client)
            load = Load(client, land, random.Random(SEED))
            running = asyncio.create_task(load.run(CLIENTS))
            try:
                for name in ONCE:
                    await _asked_to_end(roles, name)
                    await _started(roles, name)
                await _falls_behind(roles, client)
            finally:
                load.stopping.set()
                await running
            await settled(places_of(roles))
            found = await audit(places_of(roles))
            check_commands(client.told, found)
            assert await check_figures(client, land, found) > 300
            assert roles.fallen() == []


async def _asked_to_end(roles: Roles, name: str) -> None:
    """Exit code 0, and by its own account it took no longer than promised."""
    child = roles.services[name].child
    code = await asyncio.to_thread(child.stop)
    assert code == 0, name
    said = [json.loads(line) for line in _lines(child.program.log) if line.startswith("{")]
    drained = [each for each in said if each.get("event") == "stopped"]
    assert "draining" in {each.get("event") for each in said}
    assert drained[-1]["code"] == 0
    assert drained[-1]["seconds"] <= PROMISED_SECONDS, name


def _lines(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8").splitlines()


async def _started(roles: Roles, name: str) -> None:
    roles.services[name].start()
    await asyncio.to_thread(roles.services[name].wait_ready)


async def _falls_behind(roles: Roles, client: Client) -> None:
    """No relay and no projection for so many events; a relay that comes back says how much waits."""
    for name in (RELAY, WORKER):
        await _asked_to_end(roles, name)
    goal = len(client.told) + BEHIND

    async def enough() -> bool:
        return len(client.told) >= goal

    await until(enough, seconds=240)
    for name in (RELAY, WORKER):
        await _started(roles, name)
