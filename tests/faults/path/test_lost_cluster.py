"""The whole Kafka cluster is lost, or what it had confirmed last: it comes back from the logs as it was."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.path.verdicts import check_commands, check_figures, places_of
from tests.support.checker import audit, settled
from tests.support.ledgers import until
from tests.support.load import Client, Land, Load, founded
from tests.support.roles import SERVICES, Roles, role_stack
from tests.support.signing import signing_client
from unionstream.embedded.jobs import run_job
from unionstream.embedded.kafka import Kafka

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow, pytest.mark.timeout(900)]

SEED, CLIENTS, COMMANDS = 20241231, 4, 60


async def test_figures_and_chains_are_the_same_afterwards(folder: Path) -> None:
    with role_stack(folder) as roles:
        async with signing_client(timeout=10) as http:
            client = Client(http, roles.url)
            land = await founded(client)
            load = Load(client, land, random.Random(SEED))
            await _some_more(roles, load)

            kept = folder.parent / "earlier"
            async with _broker_down(roles) as home:
                shutil.copytree(home, kept)
            await _some_more(roles, load)
            async with _broker_down(roles) as home:
                shutil.rmtree(home)
                kept.rename(home)

            await until(lambda: _sent_again(roles), seconds=240, every=1)  # though nobody tells anything new
            await _judged(roles, client, land)

            async with _broker_down(roles) as home:
                shutil.rmtree(home)
            await _under_load(load, COMMANDS // 2)  # commands are taken meanwhile
            await _republish(roles)
            await _some_more(roles, load)
            await _judged(roles, client, land)
            assert roles.fallen() == []


async def _some_more(roles: Roles, load: Load) -> None:
    await _under_load(load, COMMANDS)
    await settled(places_of(roles))


async def _under_load(load: Load, commands: int) -> None:
    load.stopping.clear()
    goal = len(load.client.told) + commands
    running = asyncio.create_task(load.run(CLIENTS))

    async def enough() -> bool:
        return len(load.client.told) >= goal or running.done()

    await until(enough, seconds=240)
    load.stopping.set()
    await running


async def _judged(roles: Roles, client: Client, land: Land) -> None:
    await settled(places_of(roles))
    found = await audit(places_of(roles))
    assert found.early == 0
    check_commands(client.told, found)
    assert await check_figures(client, land, found) > 300


async def _sent_again(roles: Roles) -> bool:
    """The topics hold what the logs hold, byte by byte."""
    try:
        await audit(places_of(roles))
    except AssertionError:
        return False
    return True


@asynccontextmanager
async def _broker_down(roles: Roles) -> AsyncIterator[Path]:
    """The folder of the broker's data while it is dead; afterwards it runs on what is there then."""
    broker = roles.stack.broker
    assert isinstance(broker, Kafka)
    broker.kill()
    yield broker.home / "broker-1" / "log"
    broker.start()
    await asyncio.to_thread(broker.wait_ready)


async def _republish(roles: Roles) -> None:
    reports: list[dict[str, Any]] = []
    for name in SERVICES:
        code = await asyncio.to_thread(run_job, roles.stack.data, name, ["republish"], reports.append)
        assert code == 0, reports
    done = {each["topic"]: each["events"] for each in reports if each["kind"] == "done"}
    assert done["union.membership"] > 0
    assert done["union.finance"] > 0
