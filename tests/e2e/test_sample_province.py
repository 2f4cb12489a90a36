"""The two printed summaries, told through the public interfaces: every figure comes out, at every level."""

from __future__ import annotations

from uuid import UUID

import httpx

from tests.e2e.settling import logged
from unionstream.demo.checking import check, expectations, places
from unionstream.demo.loading import load
from unionstream.demo.scenario import Scenario


async def test_every_expected_figure_is_right(
    known: dict[str, UUID], scenario: Scenario, urls: dict[str, str], http: httpx.AsyncClient
) -> None:
    results = await check(places(scenario, known), urls["projection"], http)
    assert [each for each in results if not each.right] == []
    assert len(results) == len(list(expectations())) >= 45


async def test_told_again_it_records_nothing_and_finds_the_same_ids(
    known: dict[str, UUID], scenario: Scenario, urls: dict[str, str], http: httpx.AsyncClient
) -> None:
    before = await logged(http, urls)
    assert await load(scenario, urls, http) == known
    assert await logged(http, urls) == before
