"""A database restored to an earlier moment than its topic: the service refuses to send, and says why."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.faults.path.verdicts import places_of
from tests.support.checker import audit, settled, topic_length
from tests.support.load import Client, Land, founded
from tests.support.roles import Roles, role_stack
from tests.support.signing import signing_client

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow]

TOPIC = "union.membership"
OF_MEMBERSHIP = ("membership-api", "membership-relay")


async def test_membership_restored_refuses_with_a_fork_and_its_topic_stays_as_it_was(folder: Path) -> None:
    with role_stack(folder) as roles:
        async with signing_client(timeout=10) as http:
            client = Client(http, roles.url)
            land = await founded(client)
            await settled(places_of(roles))
            stop(roles)
            await copy(roles, "membership", "backup")
            roles.start(OF_MEMBERSHIP)
            await _dissolve(client, land.unions[0])
            await settled(places_of(roles))
            stop(roles)
            await _restore(roles)
            before = await topic_length(roles.kafka, TOPIC)

            for name in OF_MEMBERSHIP:
                roles.services[name].start()
            relay = roles.services["membership-relay"].operations_url
            reason = await _why_not_ready(http, relay)
            assert reason.startswith("fork: stream ")
            assert "restored to an earlier moment" in reason
            assert "new topic" in reason
            metrics = await http.get(f"{relay}/metrics")
            assert f'unionstream_relay_fork{{topic="{TOPIC}"}} 1.0' in metrics.text

            api = roles.services["membership-api"].operations_url  # a process of its own
            told = await _why_not_ready(http, api)
            assert told == reason
            assert (await http.get(f"{roles.url('membership')}/v1/unions/{land.province}")).is_success
            await _dissolve(client, land.unions[0])  # the log takes it; the topic must not
            assert (await http.get(f"{relay}/health/live")).is_success
            assert await topic_length(roles.kafka, TOPIC) == before

            await _restore_the_newest(roles, client, land)


async def _why_not_ready(http: httpx.AsyncClient, url: str) -> str:
    """The reason that readiness gives, as soon as it gives one of its own."""
    async with asyncio.timeout(60):
        while True:
            with contextlib.suppress(httpx.TransportError):
                answer = await http.get(f"{url}/health/ready")
                if answer.status_code == 503:
                    return str(answer.json()["reason"])
            await asyncio.sleep(0.05)


async def _restore_the_newest(roles: Roles, client: Client, land: Land) -> None:
    """The way out that the refusal names: a copy of the database that holds the topic's numbers."""
    stop(roles)
    await copy(roles, "latest", "membership")
    roles.start(OF_MEMBERSHIP)
    await _dissolve(client, land.unions[1])
    await settled(places_of(roles))
    assert len((await audit(places_of(roles))).events) == len(land.everywhere) + 2


async def _dissolve(client: Client, union: str) -> None:
    order = {"reason": "employer_ended", "on": "2012-01-01"}
    told = await client.command("membership", f"/v1/unions/{union}/dissolve", order)
    assert told.acknowledged, told


def stop(roles: Roles) -> None:
    """Both processes of membership."""
    for name in OF_MEMBERSHIP:
        roles.services[name].stop()


async def _restore(roles: Roles) -> None:
    await copy(roles, "membership", "latest")
    await copy(roles, "backup", "membership")


async def copy(roles: Roles, source: str, target: str) -> None:
    """The database `source` as `target`, whatever that was before, as from a backup."""
    connection = await asyncpg.connect(roles.stack.postgres.url())
    try:
        await connection.execute(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
        await connection.execute(f"CREATE DATABASE {target} TEMPLATE {source} OWNER membership")
    finally:
        await connection.close()
