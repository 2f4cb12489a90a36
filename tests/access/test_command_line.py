"""Tokens and refusals from the command line."""

from __future__ import annotations

import httpx

from tests.access.people import headers
from tests.e2e.conftest import CommandLine
from tests.support.field import Field
from unionstream.embedded.stack import Stack

DAYS = {"figure": "members_total", "from": "2013-01-01", "to": "2013-12-31"}


async def figures(land: Field, unit: object, token: str) -> int:
    """The status of a question that a token asks."""
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        url, signed = f"{land.urls['projection']}/v1/figures", {"Authorization": f"Bearer {token}"}
        return (await http.get(url, params={"unit": str(unit), **DAYS}, headers=signed)).status_code


async def test_a_token_for_a_role_at_a_union(land: Field, stack: Stack) -> None:
    cli = CommandLine(stack.data)
    await land.figures(land.town, "members_total")
    made = cli("token", "--role", "viewer", "--unit", str(land.town))
    assert made.code == 0, made.err
    again = cli("token", "--role", "viewer", "--unit", str(land.town))
    assert again.code == 0, again.err
    token = made.out.strip()
    assert await figures(land, land.union, token) == 200
    assert await figures(land, land.far, token) == 403
    assert await figures(land, land.far, cli("token").out.strip()) == 200  # a founder's
    half = cli("token", "--role", "viewer")
    assert half.code == 2
    assert "give both" in half.err


async def test_refusals_of_all_services_at_a_union(land: Field, stack: Stack) -> None:
    cli = CommandLine(stack.data)
    await land.figures(land.town, "members_total")
    async with httpx.AsyncClient(timeout=30, trust_env=False, headers=headers("nobody", land)) as http:
        await http.get(f"{land.urls['projection']}/v1/figures", params={"unit": str(land.other), **DAYS})
        await http.get(f"{land.urls['membership']}/v1/members", params={"union": str(land.other)})
    found = cli("refusals", str(land.other), "--json").json["refusals"]
    told = {(each["service"], each["operation"]) for each in found if each["actor"].startswith("nobody:")}
    assert {("projection", "GET /v1/figures"), ("membership", "GET /v1/members")} <= told
    shown = cli("refusals", str(land.town))
    assert shown.code == 0
    assert "GET /v1/members" in shown.out
