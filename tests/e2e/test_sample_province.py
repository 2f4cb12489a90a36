"""Two chapters told in the real places of a province: every figure comes out, at every level."""

from __future__ import annotations

import httpx

from tests.e2e.settling import logged
from unionstream.demo.coverage import Coverage
from unionstream.demo.kept import Places, coverage
from unionstream.demo.land import Land
from unionstream.demo.loading import load
from unionstream.demo.story import expected
from unionstream.demo.telling import Story


async def test_every_printed_figure_is_right(
    places: Places, stories: list[Story], urls: dict[str, str], http: httpx.AsyncClient
) -> None:
    found = await coverage(stories, places, urls["projection"], http)
    assert [(each.id, each.ask, each.value) for each in found.wrong] == []
    printed = {id_ for id_, each in expected().items() if each.chapter in {1, 6}}
    assert found.reproduced == printed
    assert dict(Coverage([]).misses()).keys() == expected().keys()


async def test_told_again_it_records_nothing_and_finds_the_same_ids(
    places: Places, sample: Land, stories: list[Story], urls: dict[str, str], http: httpx.AsyncClient
) -> None:
    before = await logged(http, urls)
    assert await load(sample, stories, urls, http) == places
    assert await logged(http, urls) == before
