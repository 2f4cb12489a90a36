"""The query API as a caller meets it: answers, refusals with code, field and remedy, its description."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from services.projection.api import router
from services.projection.catalogue import load
from shared.http.app import application
from tests.integration.projection_query.conftest import NOW
from tests.support.province import Province
from tests.support.signing import known_tokens, signing_client
from tests.support.world import named

YEAR = {"from": "2010-01-01", "to": "2010-12-31"}


@pytest.fixture
async def http(province: Province) -> AsyncIterator[httpx.AsyncClient]:
    province.union("harbour", 4, "west", division="999999002000")
    province.joins("a", "mill", "2010-02-10", sex="female")
    province.pays("mill", "2010-02-10", 75_861_200)
    await province.world.settle()
    app = application("Projection", [router(province.world.pool, lambda: NOW)], known_tokens())
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with signing_client(transport=transport, base_url="http://projection") as client:
        yield client


async def test_figures_of_a_union(http: httpx.AsyncClient) -> None:
    wanted = ["members_joined", "dues_received", "join_rate"]
    asked = {"unit": str(named("east")), "figure": wanted} | YEAR
    body = (await http.get("/v1/figures", params=asked)).json()
    assert [(f["id"], f["value"], f["display"], f["state"]) for f in body["figures"]] == [
        ("members_joined", 1, "1人", "exact"),
        ("dues_received", 75_861_200, "75.8612万元", "exact"),
        ("join_rate", None, "无数据", "no-data"),
    ]
    assert body["unit"]["name"] == "east"
    assert (body["line"], body["basis"], body["provisional"]) == ("territorial", "as-was", False)
    again = (await http.get("/v1/figures", params=asked | {"cut": body["cut"]})).json()
    assert again == body
    known = (await http.get("/v1/figures", params=asked | {"known_at": "2026-01-01T08:00:00+08:00"})).json()
    assert known["figures"][0]["value"] == 0
    assert known["provisional"]


async def test_a_breakdown_has_labels_and_says_how_it_divides(http: httpx.AsyncClient) -> None:
    asked = {"unit": str(named("east")), "figure": "members_joined", "by": "sex"} | YEAR
    by = (await http.get("/v1/figures", params=asked)).json()["figures"][0]["by"]
    assert (by["dimension"], by["how"]) == ("sex", "partition")
    assert [(part["value"], part["label"], part["amount"], part["display"]) for part in by["parts"]] == [
        ("female", "女", 1, "1人")
    ]


async def test_a_trace_names_stream_and_number_of_its_record(http: httpx.AsyncClient) -> None:
    asked = {"unit": str(named("east")), "figure": "dues_received"} | YEAR
    body = (await http.get("/v1/trace", params=asked)).json()
    assert (body["value"], body["display"], body["adds_up"], body["next"]) == (
        75_861_200,
        "75.8612万元",
        True,
        "",
    )
    assert body["facts"][0]["topic"] == "union.finance"
    assert body["facts"][0]["sequence"] == 1


async def test_the_trail_of_a_subtree_is_complete_and_newest_first(
    http: httpx.AsyncClient, province: Province
) -> None:
    province.joins("b", "mine", "2010-02-11")
    await province.world.settle()
    found = await _trail(http, "east", 3)
    assert [event["recorded"] for event in found] == sorted((e["recorded"] for e in found), reverse=True)
    assert len({event["id"] for event in found}) == len(found) == 9
    assert {event["unit_name"] for event in found} == {
        "east", "north", "south", "mill", "forge", "dairy", "shift",
    }  # fmt: skip
    chains = {record.chain.hex() for ledger in province.world.ledgers.values() for record in ledger.records}
    assert {event["chain"] for event in found} <= chains


async def test_the_trail_from_above_holds_that_of_every_part(http: httpx.AsyncClient) -> None:
    above = [event["id"] for event in await _trail(http, "prefecture", 5)]
    parts = [await _trail(http, name, 4) for name in ("east", "west")]
    own = [
        event["id"] for event in await _trail(http, "prefecture", 500) if event["unit_name"] == "prefecture"
    ]
    assert sorted(above) == sorted([event["id"] for part in parts for event in part] + own)


async def _trail(http: httpx.AsyncClient, unit: str, limit: int) -> list[Any]:
    found: list[Any] = []
    asked: dict[str, Any] = {"unit": str(named(unit)), "limit": limit}
    while True:
        page = (await http.get("/v1/trail", params=asked)).json()
        found += page["events"]
        if not page["next"]:
            return found
        asked["cursor"] = page["next"]


async def test_units_by_code_by_name_and_below(http: httpx.AsyncClient) -> None:
    one = (await http.get("/v1/units/999999002")).json()
    assert (one["unit"]["name"], [each["name"] for each in one["above"]]) == (
        "harbour",
        ["province", "prefecture", "west"],
    )
    below = (await http.get("/v1/units", params={"under": str(named("west"))})).json()["units"]
    assert sorted(unit["name"] for unit in below) == ["harbour", "mine", "river"]
    pages, asked = [], {"name": "R", "limit": "2"}
    while True:
        page = (await http.get("/v1/units", params=asked)).json()
        pages += [unit["name"] for unit in page["units"]]
        if not page["next"]:
            break
        asked["cursor"] = page["next"]
    assert sorted(pages) == ["dairy", "forge", "harbour", "north", "prefecture", "province", "river"]
    coded = (await http.get("/v1/units", params={"code": "999999"})).json()["units"]
    assert [unit["name"] for unit in coded] == ["harbour"]


async def test_the_catalogue_lists_what_may_be_asked(http: httpx.AsyncClient) -> None:
    body = (await http.get("/v1/catalogue")).json()
    joined = next(figure for figure in body["figures"] if figure["id"] == "members_joined")
    assert [dim["id"] for dim in joined["by"]] == ["sex", "worker_kind"]
    assert body["lines"][0]["id"] == "territorial"


async def test_the_cut_tells_every_stream(http: httpx.AsyncClient, province: Province) -> None:
    body = (await http.get("/v1/cut")).json()
    records = [each for ledger in province.world.ledgers.values() for each in ledger.records]
    last = {f"{each.topic}/{each.stream}": each.sequence for each in records}
    assert {lane: number for lane, number in body["lanes"].items() if number} == last
    assert len(body["lanes"]) == len(load().lanes)
    assert body["heads"] == {}


async def test_the_cut_tells_the_chain_of_every_stream(http: httpx.AsyncClient, province: Province) -> None:
    body = (await http.get("/v1/cut", params={"heads": True})).json()
    records = [each for ledger in province.world.ledgers.values() for each in ledger.records]
    assert body["heads"] == {f"{each.topic}/{each.stream}": each.chain.hex() for each in records}


EAST = str(named("east"))


REFUSALS: list[tuple[str, dict[str, Any], tuple[int, str, str]]] = [
    ("figures", {"unit": str(named("nobody"))}, (404, "unknown-unit", "unit")),
    ("figures", {"unit": "888888"}, (404, "unknown-unit", "unit")),
    ("figures", {"figure": "member_joined"}, (404, "unknown-figure", "figure")),
    ("figures", {"figure": ["members_joined"] * 51}, (422, "malformed", "query.figure")),
    ("figures", {"line": "seafaring"}, (404, "unknown-line", "line")),
    ("figures", {"by": "colour"}, (422, "unknown-dimension", "by")),
    ("figures", {"figure": "join_rate", "by": "sex"}, (422, "unknown-dimension", "by")),
    ("figures", {"from": "2011-01-01"}, (422, "from-after-to", "from")),
    ("figures", {"from": "2026-11-02", "to": "2026-12-31"}, (409, "period-not-begun", "from")),
    ("figures", {"from": "2004-01-01", "to": "2004-12-31"}, (409, "unit-not-yet-established", "to")),
    ("figures", {"from": "2023-02-29"}, (422, "malformed", "query.from")),
    ("figures", {"from": "1700000000"}, (422, "malformed", "query.from")),
    ("figures", {"to": "9999-12-31"}, (422, "malformed", "query.to")),
    ("figures", {"cut": "c1nonsense"}, (422, "malformed-cut", "cut")),
    ("figures", {"known_at": "2026-01-01T00:00:00"}, (422, "moment-without-offset", "known_at")),
    ("figures", {"known_at": "yesterday"}, (422, "malformed", "query.known_at")),
    ("figures", {"basis": "as-if"}, (422, "malformed", "query.basis")),
    ("figures", {"metric": "members_joined"}, (422, "malformed", "query.metric")),
    ("figures", {"unit": "x\x00y"}, (422, "malformed", "query.unit")),
    ("trace", {"cursor": "bm9uZQ"}, (422, "malformed-cursor", "cursor")),
    ("trace", {"limit": "501"}, (422, "malformed", "query.limit")),
    ("trace", {"part": "numerator"}, (422, "no-such-part", "part")),
]


async def test_what_cannot_be_answered_says_why(http: httpx.AsyncClient) -> None:
    for path, asked, refusal in REFUSALS:
        usual = {"unit": EAST, "figure": "members_joined"} | YEAR
        answer = await http.get(f"/v1/{path}", params=usual | asked)
        body = answer.json()
        assert (answer.status_code, body["code"], body["field"]) == refusal, body
        assert answer.headers["content-type"] == "application/problem+json"
        assert body["detail"]
        assert body["remedy"]


async def test_a_misspelt_figure_gets_its_neighbours(http: httpx.AsyncClient) -> None:
    asked = {"unit": EAST, "figure": "member_joined"} | YEAR
    assert "members_joined" in (await http.get("/v1/figures", params=asked)).json()["remedy"]


async def test_names_with_odd_characters_find_nothing_and_break_nothing(http: httpx.AsyncClient) -> None:
    for name in ("%", "_", "'; DROP TABLE node", "\ud7ff", "工会", "\\"):
        assert (await http.get("/v1/units", params={"name": name})).json()["units"] == []
    assert (await http.get("/v1/units?name=%00")).status_code == 422
    assert (await http.get("/v1/units?name=%ED%A0%80")).status_code == 200


async def test_the_description_is_openapi_3_1_and_names_the_problems(http: httpx.AsyncClient) -> None:
    body = (await http.get("/v1/openapi.json")).json()
    assert body["openapi"].startswith("3.1")
    figures = body["paths"]["/v1/figures"]["get"]
    assert {each["name"] for each in figures["parameters"]} == {
        "unit", "figure", "from", "to", "line", "basis", "known_at", "cut", "by", "round",
    }  # fmt: skip
    assert {"200", "404", "409", "422", "503"} <= set(figures["responses"])


async def test_a_report_may_round_and_sees_the_exact_number_beside(http: httpx.AsyncClient) -> None:
    wanted = ["dues_received", "members_joined"]
    asked = {"unit": str(named("east")), "figure": wanted, "round": "10000:down"} | YEAR
    money, people = (await http.get("/v1/figures", params=asked)).json()["figures"]
    assert money["display"] == "75.8612万元"
    assert money["rounded"] == {"value": 75_000_000, "qualifier": "余", "display": "75万余元"}
    assert people["rounded"] == {"value": 1, "qualifier": "", "display": "1人"}
    assert (money["unit"], money["population"], money["to"]) == (
        "fen",
        load().figure("dues_received").population,
        "2010-12-31",
    )
    refused = await http.get("/v1/figures", params=asked | {"round": "7"})
    assert (refused.status_code, refused.json()["field"]) == (422, "query.round")
