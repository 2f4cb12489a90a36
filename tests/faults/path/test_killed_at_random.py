"""`kill -9` of anything at random moments under load: nothing acknowledged is lost, nothing counts twice."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.faults.path.verdicts import check_commands, check_figures, places_of
from tests.support.checker import audit, settled
from tests.support.load import Client, Land, Load, founded
from tests.support.roles import ONCE, Roles, role_stack
from tests.support.signing import signing_client
from unionstream.embedded.kafka import Kafka

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow, pytest.mark.timeout(900)]

SEED = 20240229
CLIENTS = 6
SERVERS = ("postgres", "kafka")
WRITERS_AND_READERS = (
    "membership-api",
    "membership-relay",
    "finance-relay",
    "finance-worker",
    "projection-worker",
)
TWICE = (*ONCE, "membership-relay-2", "projection-worker-2")
LEADERS = ("membership-relay", "projection-worker-2", "membership-relay-2", "projection-worker")


@pytest.mark.parametrize(
    ("processes", "victims"),
    [
        pytest.param(ONCE, (*WRITERS_AND_READERS, *SERVERS), id="each role once"),
        pytest.param(TWICE, LEADERS, id="two relays and two projection workers"),
    ],
)
async def test_what_was_acknowledged_is_there_once_and_the_figures_are_right(
    folder: Path, processes: Sequence[str], victims: Sequence[str]
) -> None:
    dice = random.Random(SEED)
    with role_stack(folder, processes) as roles:
        async with signing_client(timeout=10) as http:
            client = Client(http, roles.url)
            land = await founded(client)
            load = Load(client, land, dice)
            running = asyncio.create_task(load.run(CLIENTS))
            for number, victim in enumerate(dice.sample(victims, len(victims))):
                await asyncio.sleep(dice.uniform(0.2, 1.2))
                if number == len(victims) // 2:
                    await _move_a_town(client, land)
                await _kill_and_restart(roles, victim, dice.uniform(0.1, 1.5))
                assert roles.fallen() == [], f"after the death of {victim}"
            await asyncio.sleep(1)
            load.stopping.set()
            await running
            places = places_of(roles)
            await settled(places)
            found = await audit(places)
            assert found.early == 0
            check_commands(client.told, found)
            assert await check_figures(client, land, found) > 300
            assert roles.fallen() == []
    _check_that_it_was_a_test(client)


async def _move_a_town(client: Client, land: Land) -> None:
    """Backdated, so that members and dues of two and a half years change their county."""
    town, county = land.towns[1].id, land.counties[1]
    order = {"parent": county, "effective_on": "2008-07-01"}
    told = await client.command("membership", f"/v1/unions/{town}/move", order)
    assert told.acknowledged, told


async def _kill_and_restart(roles: Roles, victim: str, seconds: float) -> None:
    """Started on this thread, to which children are bound; waited for aside, so that the load goes on."""
    stack = roles.stack
    if victim == "postgres":
        stack.postgres.kill()
        await asyncio.sleep(seconds)
        stack.postgres.start()
        await asyncio.to_thread(stack.postgres.wait_ready)
    elif victim == "kafka":
        assert isinstance(stack.broker, Kafka)
        (node,) = stack.broker.nodes
        node.kill()
        await asyncio.sleep(seconds)
        node.start()
        await asyncio.to_thread(node.wait_ready)
    else:
        roles.services[victim].kill()
        await asyncio.sleep(seconds)
        roles.services[victim].start()
        await asyncio.to_thread(roles.services[victim].wait_ready)


def _check_that_it_was_a_test(client: Client) -> None:
    kinds = {each.path.rsplit("/", 1)[1] for each in client.told}
    assert kinds == {"unions", "move", "members", "bulk", "transfer", "leave", "receipts", "refund"}
    refused = {each.code for each in client.told if not each.acknowledged}
    assert {"already-member", "over-refund"} <= refused
    assert len(client.told) > 300
