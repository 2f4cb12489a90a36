"""Closed periods and restatements as a caller meets them; the events between two cuts; the command line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.projection.api import router
from shared.http.app import application
from tests.integration.projection_query.conftest import NOW
from tests.support.closing import Closer, report_of
from tests.support.province import Province
from tests.support.signing import known_tokens, signing_client
from tests.support.world import named

YEAR = ("2010-01-01", "2010-12-31")


@pytest.fixture
async def http(province: Province) -> AsyncIterator[httpx.AsyncClient]:
    closer = Closer(province.world)
    province.joins("a", "mill", "2010-03-01")
    await province.world.settle()
    await closer.close("north", YEAR, "members_total", "dues_received", wrong={"dues_received": "5"})
    await closer.compare()
    for number in range(3):
        province.joins(f"late {number}", "mill", f"2010-05-0{number + 1}")
        province.pays("dairy", "2010-05-01", 100)
        await province.world.settle()
        await closer.compare()
    app = application("Projection", [router(province.world.pool, lambda: NOW)], known_tokens())
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with signing_client(transport=transport, base_url="http://projection") as client:
        yield client


async def asked(http: httpx.AsyncClient, path: str, **query: Any) -> Any:
    answer = await http.get(f"/v1/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_closing_is_held_against_the_projections_own_figures(http: httpx.AsyncClient) -> None:
    (closing,) = (await asked(http, "closings", unit=named("north")))["closings"]
    shown = {name: closing[name] for name in ("from", "to", "checked", "differing", "figures", "trouble")}
    assert shown == {
        "from": YEAR[0], "to": YEAR[1], "checked": True, "differing": 1, "figures": 2, "trouble": ""
    }  # fmt: skip
    figures = (await asked(http, f"closings/{closing['report']}"))["figures"]
    told = {each["figure"]: (each["reported"], each["own"], each["standing"]) for each in figures}
    assert told == {"dues_received": ("5", "0", "0"), "members_total": ("1", "1", "4")}
    assert [each["display"] for each in figures] == ["0.05元", "1人"]
    assert [(each["differs"], each["restated"]) for each in figures] == [(True, False), (False, True)]


async def test_restatements_come_newest_first_in_pages(http: httpx.AsyncClient) -> None:
    first = await asked(http, "restatements", unit=named("north"), limit=2)
    rest = await asked(http, "restatements", unit=named("north"), limit=2, cursor=first["next"])
    both = first["restatements"] + rest["restatements"]
    told = [(each["old_display"], each["new_display"]) for each in both]
    assert told == [("3人", "4人"), ("2人", "3人"), ("1人", "2人")]
    assert rest["next"] == ""
    assert {UUID(each["report"]) for each in first["restatements"]} == {report_of("north", YEAR)}
    assert (await asked(http, "restatements", unit=named("south")))["restatements"] == []


async def test_the_events_between_both_cuts_are_those_behind_the_change(http: httpx.AsyncClient) -> None:
    newest = (await asked(http, "restatements", unit=named("north"), limit=1))["restatements"][0]
    question = {"unit": named("north"), "figure": newest["figure"], "to": YEAR[1]}
    cuts = {"since": newest["old_cut"], "until": newest["new_cut"]}
    events = (await asked(http, "between", **question, **cuts))["events"]
    assert [(each["type"], each["unit_name"], each["day"]) for each in events] == [
        ("union.membership.MemberJoined.v1", "mill", "2010-05-03")
    ]
    assert newest["events"] == len(events)
    trail = await asked(http, "trail", unit=named("province"), limit=500)
    told = [each for each in trail["events"] if each["type"] == "union.projection.FigureRestated.v1"]
    assert newest["id"] in {each["id"] for each in told}


async def test_what_is_not_there_is_refused(http: httpx.AsyncClient) -> None:
    between = {"unit": str(named("north")), "to": YEAR[1], "since": "c1x"}
    for path, query, told in (
        (f"closings/{uuid4()}", {}, (404, "unknown-report")),
        ("closings", {"unit": "330000"}, (404, "unknown-unit")),
        ("between", between | {"figure": "nonsense"}, (404, "unknown-figure")),
        ("between", between | {"figure": "members_total"}, (422, "malformed-cut")),
    ):
        answer = await http.get(f"/v1/{path}", params=query)
        assert (answer.status_code, answer.json()["code"]) == told
        assert answer.json()["remedy"]
