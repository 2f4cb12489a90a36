"""Chapter 7 told again and in another order: the figures stay; and they add up over the county's towns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.e2e.settling import caught_up
from tests.support.signing import signing_client
from unionstream.demo.asking import Asker, period
from unionstream.demo.drawing import drawn
from unionstream.demo.expanding import Batch
from unionstream.demo.posting import Advanced, Poster
from unionstream.demo.story import scenario
from unionstream.demo.telling import Story, tell

CHAPTER, SEED, COUNTRY = 7, 5, 5
IN_TOWNS = (
    "unions_total",
    "unions_independent",
    "unions_joint",
    "units_covered",
    "members_total",
    "migrant_members",
    "workers_total",
    "migrant_guidance_training_people",
    "migrant_training_women",
    "village_unions_six_haves_accepted",
    "medical_people_insured",
    "medical_units_insured",
    "medical_collected",
    "medical_claims_person_times",
    "hardship_households_filed",
    "wage_contracts_signed",
    "wage_contract_workers_covered",
    "wage_contract_enterprises_covered",
    "unions_holding_congress",
    "units_covered_by_congress",
    "units_with_disclosure",
    "workers_covered_by_disclosure",
    "mutual_audit_due",
    "mutual_audit_done",
    "grassroots_contests_held",
    "grassroots_contests_spending",
    "dues_collected_by_tax_agency",
)
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


class Backwards(Poster):
    """Sends the rows and commands of each step from the last to the first."""

    async def send(self, batch: Batch, source: str, advanced: Advanced) -> list[str]:
        if batch.in_order:
            return await super().send(batch, source, advanced)
        turned = replace(batch, items=batch.items[::-1])
        return (await super().send(turned, source, advanced))[::-1]


def uncounted(_batch: Batch) -> Advanced:
    return lambda _done: None


def story(country: int) -> Story:
    whole = scenario(CHAPTER)
    return Story(whole, drawn(whole, SEED), country)


@asynccontextmanager
async def talking() -> AsyncIterator[httpx.AsyncClient]:
    async with signing_client(timeout=120) as http:
        yield http


async def faults(
    told: Story, names: Mapping[str, Any], urls: Mapping[str, str], http: httpx.AsyncClient
) -> list[tuple[str, str, Any, Any]]:
    await caught_up(http, urls)
    answers = await Asker(told, names, urls["projection"], http).all()
    return [(each.ask.figure, each.ask.at, each.wanted, each.value) for each in answers if not each.right]


async def test_a_county_told_twice_counts_once_and_is_the_sum_of_its_towns(urls: dict[str, str]) -> None:
    once = story(COUNTRY)
    async with talking() as http:
        names = await tell(once, Poster(http, urls), {}, uncounted)
        again = await tell(once, Poster(http, urls), {}, uncounted)
        assert again["members"] == names["members"]
        assert again["county"] == names["county"]
        assert await faults(once, names, urls, http) == []
        assert [each async for each in not_the_sum(once, names, urls, http)] == []
        await the_papers_bear_their_numbers(once, names, urls, http)


async def test_a_county_told_from_the_last_row_to_the_first_is_the_same(urls: dict[str, str]) -> None:
    other = story(COUNTRY + 1)
    async with talking() as http:
        names = await tell(other, Backwards(http, urls), {}, uncounted)
        assert await faults(other, names, urls, http) == []


async def the_papers_bear_their_numbers(
    told: Story, names: Mapping[str, Any], urls: Mapping[str, str], http: httpx.AsyncClient
) -> None:
    said = await http.get(f"{urls['affairs']}/v1/documents", params={"unit": names["county"]})
    numbers = sorted(each["number"] for each in said.raise_for_status().json()["items"])
    year, values = told.values["year"], told.values
    assert numbers == sorted(
        (f"盈办发〔{year}〕{values['paper_of_reform']}号", f"盈办通〔{year}〕{values['paper_of_relief']}号")
    )


async def not_the_sum(
    told: Story, names: Mapping[str, Any], urls: Mapping[str, str], http: httpx.AsyncClient
) -> AsyncIterator[tuple[str, int, int]]:
    """Figures of facts below the county that are not the sum of its towns."""
    for figure in IN_TOWNS:
        first, last = period(told, "year")
        values = []
        for unit in (names["county"], *names["towns"]):
            query = {"unit": unit, "figure": figure, "from": first, "to": last}
            answer = (await http.get(f"{urls['projection']}/v1/figures", params=query)).raise_for_status()
            values.append(int(answer.json()["figures"][0]["value"] or 0))
        if values[0] != sum(values[1:]):
            yield figure, values[0], sum(values[1:])
