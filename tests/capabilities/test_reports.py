"""Periods closed, summaries frozen to the byte, figures declared: what is kept, and what is refused."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest

from tests.support.field import SECONDS, Body, Field

PERIOD = {"first_day": "2013-01-01", "last_day": "2013-12-31"}
CUT = "c1abcdefgh"


@pytest.mark.capability("CAP-126")
async def test_a_period_is_closed_once_and_figures_are_declared(field: Field) -> None:
    figures = [{"figure": f"f_{n}", "value": str(n)} for n in range(1200)]
    period: Body = {"union": field.town, **PERIOD, "cut": CUT}
    closing = period | {"figures": figures, "closed_on": "2014-01-10"}
    early = closing | {"closed_on": "2013-12-30"}
    assert await field.refused("affairs", "closings", early) == (409, "period-not-over")
    closed = await field.tell("affairs", "closings", closing)
    state = await field.get("affairs", f"closings/{closed}")
    assert (state["figures"], state["cut"], len(state["sha256"])) == (1200, CUT, 64)
    assert await field.refused("affairs", "closings", closing) == (409, "period-closed-already")
    other = closing | {"cut": "c1another"}
    assert await field.refused("affairs", "closings", other) == (409, "period-closed-at-another-cut")
    paper: Body = {"union": field.town, **PERIOD, "figure": "members_total", "value": "376"}
    paper |= {"source": "镇工〔2014〕1号", "declared_on": "2014-01-11"}
    declared = await field.tell("affairs", "declarations", paper)
    assert await field.refused("affairs", "declarations", paper) == (409, "figure-declared-already")
    await field.tell("affairs", "declarations", paper | {"value": "377", "qualifier": "about"})
    assert (await field.get("affairs", f"declarations/{declared}"))["value"] == "377"
    await field.tell("affairs", f"declarations/{declared}/withdraw", {"withdrawn_on": "2014-01-12"})
    told = {"periods_closed": 1, "figures_declared": 2}
    await field.agree(told, field.town, field.county, first="2014-01-01", last="2014-12-31")


@pytest.mark.capability("CAP-124")
async def test_a_frozen_summary_is_read_again_to_the_byte(field: Field) -> None:
    text = json.dumps({"title": "工作总结", "lines": ["会员 376 人"] * 9000}, ensure_ascii=False, indent=1)
    frozen: Body = {"union": field.town, **PERIOD, "cut": CUT, "template": "town@1", "document": text}
    frozen |= {"frozen_on": "2014-01-10"}
    broken = frozen | {"document": text[:-1]}
    assert await field.refused("affairs", "summaries", broken) == (422, "document-not-json")
    first = await field.tell("affairs", "summaries", frozen)
    answer = await field.http.get(f"{field.urls['affairs']}/v1/summaries/{first}/document")
    assert answer.content == text.encode()
    assert answer.headers["etag"] == f'"{sha256(text.encode()).hexdigest()}"'
    await field.tell("affairs", f"summaries/{first}/publish", {"published_on": "2014-01-11"})
    again = frozen | {"document": '{"title":""}', "frozen_on": "2014-01-12"}
    assert await field.refused("affairs", "summaries", again) == (409, "summary-frozen-already")
    second = await field.tell("affairs", "summaries", again | {"replaces": first})
    shown = await field.get("affairs", "summaries", unit=field.town)
    assert {each["id"]: each["stage"] for each in shown["items"]} == {
        str(first): "superseded",
        str(second): "frozen",
    }
    assert "会员" not in str(shown)
    kept = await field.http.get(f"{field.urls['affairs']}/v1/summaries/{first}/document")
    assert kept.content == text.encode()
    erase = {"reason": "unlawful", "erased_on": "2014-02-01"}
    await field.tell("affairs", f"summaries/{first}/erase", erase, actor="bo")
    assert await field.refused("affairs", f"summaries/{first}/erase", erase) == (
        409,
        "summary-erased-already",
    )
    gone = await field.http.get(f"{field.urls['affairs']}/v1/summaries/{first}/document")
    assert (gone.status_code, gone.json()["code"]) == (410, "summary-erased")
    told = {"summaries_frozen": 1, "summaries_published": 1}
    await field.agree(told, field.town, field.county, first="2014-01-01", last="2014-12-31")


@pytest.mark.capability("CAP-124")
async def test_a_late_fact_restates_what_was_closed_above(field: Field) -> None:
    await field.member(field.union, joined_on="2013-03-01")
    await field.figures(field.county, "members_joined")
    for unit in (field.town, field.county):
        year = {"from": "2013-01-01", "to": "2013-12-31"}
        shown = await field.get("projection", "figures", unit=unit, figure="members_joined", **year)
        value = str(shown["figures"][0]["value"])
        closing = {"union": unit, **PERIOD, "cut": shown["cut"], "closed_on": "2014-01-10"}
        figures = [{"figure": "members_joined", "value": value}]
        await field.tell("affairs", "closings", closing | {"figures": figures})
    await _until(field, field.county, "closings", lambda told: told[0]["checked"])
    await field.member(field.union, joined_on="2013-04-01")
    for unit in (field.town, field.county):
        (told,) = await _until(field, unit, "restatements", len)
        assert (told["old_value"], told["new_value"], told["events"]) == ("1", "2", 1)
        (closed,) = (await field.get("projection", "closings", unit=unit))["closings"]
        assert (closed["differing"], closed["restatements"]) == (0, 1)


async def _until(field: Field, unit: UUID, what: str, there: Callable[[Any], Any]) -> Any:
    async with asyncio.timeout(SECONDS):
        while True:
            told = (await field.get("projection", what, unit=unit))[what]
            if told and there(told):
                return told
            await asyncio.sleep(0.1)
