"""A figure as it was known at a cut, and at a moment, whatever is recorded afterwards for earlier days."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.e2e.settling import caught_up
from tests.support.codes import citizen_number
from tests.support.load import Client, Land

FIGURES = ("members_joined", "members_total", "dues_received", "unions_total", "women_members")


async def asked(http: httpx.AsyncClient, url: str, unit: str, **how: str) -> dict[str, Any]:
    """The answer for the year 2007."""
    query = {"unit": unit, "figure": list(FIGURES), "from": "2007-01-01", "to": "2007-12-31", **how}
    answer: dict[str, Any] = (await http.get(f"{url}/v1/figures", params=query)).raise_for_status().json()
    return answer


def values(answer: dict[str, Any]) -> dict[str, object]:
    return {figure["id"]: figure["value"] for figure in answer["figures"]}


async def joins(client: Client, union: str, serials: range, on: str) -> None:
    for serial in serials:
        body = {
            "union": union,
            "document_number": citizen_number(SOMEBODY, serial),
            "name": "示例会员",
            "joined_on": on,
        }
        told = await client.command("membership", "/v1/members", body)
        assert told.acknowledged, told


async def pays(client: Client, union: str, fen: int) -> None:
    body = {
        "union": union,
        "channel": "own",
        "period": "2007-06",
        "amount_fen": fen,
        "received_on": "2007-06-30",
    }
    told = await client.command("finance", "/v1/dues/receipts", body)
    assert told.acknowledged, told


SOMEBODY = datetime(1988, 8, 8, tzinfo=UTC).date()


async def test_figures_of_an_earlier_cut_and_moment_stay_what_they_were(
    client: Client, land: Land, urls: dict[str, str], http: httpx.AsyncClient
) -> None:
    projection, (town, moved, _) = urls["projection"], land.towns
    await joins(client, moved.unions[0], range(6), "2007-03-01")
    await pays(client, moved.unions[0], 12_345)
    cut = await caught_up(http, urls)
    then = {unit: values(await asked(http, projection, unit)) for unit in land.everywhere}
    assert then[land.counties[0]]["members_joined"] == 6
    moment = await a_moment_that_every_stream_has_passed(http, projection)

    await joins(client, town.unions[0], range(10, 15), "2007-02-01")
    await pays(client, moved.unions[0], 1)
    order = {"parent": land.counties[1], "effective_on": "2005-01-01"}
    assert (await client.command("membership", f"/v1/unions/{moved.id}/move", order)).acknowledged
    await caught_up(http, urls)

    now = values(await asked(http, projection, land.counties[0]))
    assert (now["members_joined"], now["dues_received"]) == (5, 0)
    assert values(await asked(http, projection, land.counties[1]))["dues_received"] == 12_346
    for unit, before in then.items():
        assert values(await asked(http, projection, unit, cut=cut)) == before
        known = await asked(http, projection, unit, known_at=moment)
        assert values(known) == before
        assert known["provisional"] is False


async def a_moment_that_every_stream_has_passed(http: httpx.AsyncClient, url: str) -> str:
    """The present moment, once no event numbered before it can arrive any more."""
    moment = datetime.now(UTC).isoformat()
    async with asyncio.timeout(60):
        while True:
            answer = await http.get(f"{url}/v1/cut", params={"known_at": moment})
            if not answer.raise_for_status().json()["provisional"]:
                return moment
            await asyncio.sleep(0.05)
