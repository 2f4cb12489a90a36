"""The whole database of the projection is lost: it comes back from the streams, what it had told included."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from tests.faults.path.verdicts import PERIODS, places_of
from tests.support.checker import audit, settled
from tests.support.codes import person_number
from tests.support.ledgers import until
from tests.support.load import Client, Land, founded
from tests.support.roles import Roles, role_stack
from tests.support.signing import signing_client

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow, pytest.mark.timeout(900)]

OF_PROJECTION = ("projection-relay", "projection-worker", "projection-api")
PROCESSES = ("membership-api", "membership-relay", "affairs-api", "affairs-relay", "affairs-worker")
PERIOD = {"first_day": "2013-01-01", "last_day": "2013-12-31"}
FIGURES = ("members_joined", "members_total", "unions_total", "periods_closed")
LOG = "SELECT stream, sequence, sequenced, chain FROM event_number ORDER BY stream, sequence"
TRAIL = "SELECT lane, sequence, id, type, version, day, actor, chain FROM trail ORDER BY lane, sequence"
RESTATED = (
    "SELECT report, figure, old_value, new_value, old_cut, new_cut FROM restated ORDER BY lane, sequence"
)


async def test_figures_trail_and_what_was_told_come_back(folder: Path) -> None:
    with role_stack(folder, (*PROCESSES, *OF_PROJECTION)) as roles:
        async with signing_client(timeout=30) as http:
            client = Client(http, roles.url)
            land = await founded(client)
            await _close_and_restate(roles, client, land)
            before = await _everything(roles, client, land)

            for name in OF_PROJECTION:
                roles.services[name].kill()
            await _lose_the_database(roles)
            roles.start(OF_PROJECTION)
            await settled(places_of(roles))
            await audit(places_of(roles))
            assert await _everything(roles, client, land) == before
            metrics = (await http.get(f"{roles.services['projection-relay'].operations_url}/metrics")).text
            assert 'unionstream_log_adopted_events_total{topic="union.projection"} 1.0' in metrics
            assert 'unionstream_relay_fork{topic="union.projection"} 0.0' in metrics

            await _join(client, land, 3, "2013-05-01")  # and it goes on: the next restatement has number 2
            await _restated(roles, 2)
            await settled(places_of(roles))
            await audit(places_of(roles))


async def _close_and_restate(roles: Roles, client: Client, land: Land) -> None:
    """A year is closed, and somebody is found to have joined in it."""
    await _join(client, land, 1, "2013-03-01")
    await settled(places_of(roles))
    query: dict[str, str] = {"unit": land.province, "from": "2013-01-01", "to": "2013-12-31"}
    answer = await client.http.get(
        f"{roles.url('projection')}/v1/figures", params=query | {"figure": "members_joined"}
    )
    shown = answer.raise_for_status().json()
    figures = [{"figure": "members_joined", "value": str(shown["figures"][0]["value"])}]
    closing = {"union": land.province, **PERIOD, "cut": shown["cut"], "figures": figures}
    told = await client.command("affairs", "/v1/closings", closing | {"closed_on": "2014-01-10"})
    assert told.acknowledged, told
    await settled(places_of(roles))
    await _join(client, land, 2, "2013-04-01")
    await _restated(roles, 1)
    await settled(places_of(roles))


async def _join(client: Client, land: Land, number: int, day: str) -> None:
    body = {"union": land.unions[0], "document_number": person_number(number), "name": "示例会员"}
    told = await client.command("membership", "/v1/members", body | {"joined_on": day})
    assert told.acknowledged, told


async def _restated(roles: Roles, count: int) -> None:
    """So many restatements are known, and no more."""

    async def known() -> bool:
        return len(await _rows(roles, RESTATED)) >= count

    await until(known, seconds=240, every=0.2)
    assert len(await _rows(roles, RESTATED)) == count


async def _everything(roles: Roles, client: Client, land: Land) -> dict[str, Any]:
    found: dict[str, Any] = {name: await _rows(roles, query) for name, query in QUERIES.items()}
    for unit in land.everywhere:
        for period in PERIODS:
            days = {"unit": unit, "from": period.first, "to": period.last}
            params = httpx.QueryParams([*days.items(), *(("figure", each) for each in FIGURES)])
            answer = await client.http.get(f"{roles.url('projection')}/v1/figures", params=params)
            found[f"{unit} {period.first}"] = {
                each["id"]: each["value"] for each in answer.raise_for_status().json()["figures"]
            }
    return found


QUERIES = {"log": LOG, "trail": TRAIL, "restated": RESTATED}


async def _rows(roles: Roles, query: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(roles.database("projection"))
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


async def _lose_the_database(roles: Roles) -> None:
    """An empty one in its place, as an operator would make it."""
    connection = await asyncpg.connect(roles.stack.postgres.url())
    try:
        await connection.execute("DROP DATABASE projection WITH (FORCE)")
        await connection.execute("CREATE DATABASE projection OWNER projection")
    finally:
        await connection.close()
    await roles.migrate("projection")
