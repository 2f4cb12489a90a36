"""Every kind of figure, at every level, told by a small province."""

import pytest

from tests.integration.projection_query.conftest import Asking
from tests.support.province import Province
from tests.support.special import meets, signs

LEVELS = ("province", "prefecture", "east", "north", "mill")


@pytest.mark.parametrize("unit", LEVELS)
async def test_a_flow_counts_the_days_of_its_period(province: Province, ask: Asking, unit: str) -> None:
    for person, on in (("a", "2010-01-31"), ("b", "2010-02-01"), ("c", "2010-03-15"), ("d", "2010-03-16")):
        province.joins(person, "mill", on)
    await province.world.settle()
    assert await ask.value("members_joined", unit, "2010-02-01", "2010-03-15") == 2
    assert await ask.value("members_joined", unit, "2010-01-31", "2010-03-31") == 4
    assert await ask.value("members_joined", unit, "2010-03-16", "2010-03-16") == 1
    assert await ask.value("members_joined", unit, "2010-04-01", "2010-12-31") == 0


@pytest.mark.parametrize("unit", LEVELS)
async def test_a_stock_stands_at_the_end_of_a_day(province: Province, ask: Asking, unit: str) -> None:
    province.joins("a", "mill", "2010-01-31")
    province.joins("b", "mill", "2010-02-10")
    province.leaves("a", "mill", "2010-02-20")
    await province.world.settle()
    standing = [
        await ask.value("members_total", unit, "2010-01-01", last)
        for last in ("2010-01-30", "2010-01-31", "2010-02-10", "2010-02-19", "2010-02-20", "2010-02-28")
    ]
    assert standing == [0, 1, 2, 2, 1, 1]


async def test_a_person_who_joined_in_two_towns_is_one_person(province: Province, ask: Asking) -> None:
    province.joins("a", "mill", "2010-01-05")
    province.joins("a", "dairy", "2010-06-05")
    province.joins("b", "dairy", "2010-06-06")
    await province.world.settle()
    assert await ask.value("people_joined", "east", "2010-01-01", "2010-12-31") == 2
    assert await ask.value("members_joined", "east", "2010-01-01", "2010-12-31") == 3
    assert await ask.value("people_joined", "south", "2010-01-01", "2010-12-31") == 2


async def test_breakdowns_add_up_and_name_their_parts(province: Province, ask: Asking) -> None:
    province.joins("a", "mill", "2010-01-05", sex="female", worker_kind="migrant")
    province.joins("b", "dairy", "2010-01-06", sex="female")
    province.joins("c", "mine", "2010-01-07")
    await province.world.settle()
    year = ("2010-01-01", "2010-12-31")
    by_sex = await ask.measured("members_joined", "province", *year, by="sex")
    assert by_sex.parts == {"female": 2, "male": 1}
    assert await ask.value("women_members", "province", *year) == 2
    assert await ask.value("migrant_members", "province", *year) == 1
    people = await ask.measured("people_joined", "province", *year, by="worker_kind")
    assert people.parts == {"migrant": 1, "worker": 2}


async def test_money_received_less_refunds(province: Province, ask: Asking) -> None:
    province.pays("mill", "2010-01-05", 100_000, employer="Mill Ltd")
    province.pays("mill", "2010-03-05", 50_000, employer="Mill Ltd", channel="tax")
    province.gets_back("mill", "2010-03-09", 20_000)
    await province.world.settle()
    assert await ask.value("dues_received", "north", "2010-01-01", "2010-12-31") == 150_000
    assert await ask.value("dues_received_net", "north", "2010-01-01", "2010-12-31") == 130_000
    assert await ask.value("dues_payers", "north", "2010-01-01", "2010-12-31") == 1
    by_channel = await ask.measured("dues_received", "north", "2010-01-01", "2010-12-31", by="channel")
    assert by_channel.parts == {"own": 100_000, "tax": 50_000}


async def test_a_target_is_the_units_own_and_of_its_year(province: Province, ask: Asking) -> None:
    province.has_to_receive("east", 2010, 160_000_000)
    province.has_to_receive("north", 2010, 90_000_000)
    province.has_to_receive("east", 2011, 200_000_000)
    province.pays("mill", "2010-07-31", 91_280_000)
    province.pays("mill", "2010-08-01", 1)
    await province.world.settle()
    done = await ask.measured("dues_target_completion_percent", "east", "2010-06-01", "2010-07-31")
    assert str(done.value) == "57"
    assert done.numerator is not None
    assert done.denominator is not None
    assert (done.numerator.value, done.denominator.value) == (91_280_000, 160_000_000)
    assert str(done.denominator.last) == "2010-12-31"
    assert await ask.value("dues_target", "east", "2010-03-01", "2010-05-31") == 160_000_000
    unset = await ask.measured("dues_target_completion_percent", "west", "2010-01-01", "2010-07-31")
    assert (unset.value, unset.state) == (None, "no-data")


async def test_what_is_short_of_the_target_is_not_all_of_it(province: Province, ask: Asking) -> None:
    province.has_to_receive("north", 2010, 1_000_000)
    province.pays("mill", "2010-02-01", 999_999)
    await province.world.settle()
    assert str(await ask.value("dues_target_completion_percent", "north", "2010-01-01", "2010-12-31")) == "99"


async def test_a_rate_without_its_denominator_is_no_data(province: Province, ask: Asking) -> None:
    province.joins("a", "mill", "2010-01-05")
    await province.world.settle()
    rate = await ask.measured("join_rate", "north", "2010-01-01", "2010-12-31")
    assert (rate.value, rate.state) == (None, "no-data")
    province.reports("mill", "2010-01-10", 3)
    await province.world.settle()
    assert str(await ask.value("join_rate", "north", "2010-01-01", "2010-12-31")) == "33.33"


@pytest.mark.parametrize("unit", LEVELS)
async def test_a_report_of_none_is_not_silence(province: Province, ask: Asking, unit: str) -> None:
    await province.world.settle()
    silent = await ask.measured("workers_total", unit, "2010-01-01", "2010-12-31")
    assert (silent.value, silent.state) == (None, "no-data")
    province.reports("mill", "2010-01-10", 0)
    await province.world.settle()
    told = await ask.measured("workers_total", unit, "2010-01-01", "2010-12-31")
    assert (told.value, told.state) == (0, "exact")


async def test_growth_is_against_the_same_day_a_year_before(province: Province, ask: Asking) -> None:
    for number in range(4):
        province.joins(f"old {number}", "mill", "2009-05-01")
    for number in range(3):
        province.joins(f"new {number}", "dairy", "2010-05-01")
    await province.world.settle()
    grown = await ask.measured("members_growth_percent", "east", "2010-01-01", "2010-06-30")
    assert str(grown.value) == "75.00"
    first = await ask.measured("members_growth_percent", "east", "2009-01-01", "2009-06-30")
    assert (first.value, first.state) == (None, "no-data")


async def test_unions_and_groups_are_counted_at_their_own_levels(province: Province, ask: Asking) -> None:
    await province.world.settle()
    year = ("2005-01-01", "2010-12-31")
    assert await ask.value("unions_total", "province", *year) == 4
    assert await ask.value("unions_established", "east", *year) == 3
    assert await ask.value("bodies_total", "province", *year) == 7
    assert await ask.value("union_groups_total", "mill", *year) == 1
    assert await ask.value("unions_total", "shift", *year) == 0


async def test_an_event_nobody_could_read_makes_figures_incomplete(province: Province, ask: Asking) -> None:
    province.joins("a", "mill", "2010-01-05")
    ledger = province.world.ledgers["union.membership"]
    province.world.waiting.append(ledger.add(0, b'{"type": "union.membership.MemberLeft.v1"}'))
    await province.world.settle()
    year = ("2010-01-01", "2010-12-31")
    total = await ask.measured("members_total", "province", *year)
    assert (total.value, total.state) == (1, "incomplete")
    assert (await ask.measured("dues_received", "province", *year)).state == "exact"
    assert (await ask.measured("members_growth_percent", "province", *year)).state == "no-data"


async def test_units_of_a_congress_that_meets_twice_are_counted_once(province: Province, ask: Asking) -> None:
    meets(province, "mill", "2010-02-01", 1, 3)
    meets(province, "mill", "2010-09-01", 2, 5)
    meets(province, "dairy", "2010-03-01", 1, 2)
    await province.world.settle()
    for unit, units in (("mill", 5), ("north", 5), ("east", 7), ("province", 7)):
        assert await ask.value("units_covered_by_congress", unit, "2010-01-01", "2010-12-31") == units
    assert await ask.value("units_covered_by_congress", "mill", "2010-01-01", "2010-06-30") == 3
    assert await ask.value("units_covered_by_congress", "west", "2010-01-01", "2010-12-31") == 0


async def test_workers_under_two_contracts_are_counted_once(province: Province, ask: Asking) -> None:
    signs(province, "mill", "2010-02-01", "enterprise", {"works": 40})
    signs(province, "mill", "2010-08-01", "enterprise", {"works": 42})
    signs(province, "north", "2010-05-01", "regional", {"works": 41, "shop": 5})
    await province.world.settle()
    year = ("2010-01-01", "2010-12-31")
    assert await ask.value("wage_contract_workers_covered", "north", *year) == 47
    assert await ask.value("wage_contract_workers_covered", "mill", *year) == 42
    by_level = await ask.measured("wage_contract_workers_covered", "east", *year, by="agreement_level")
    assert by_level.parts == {"enterprise": 42, "regional": 46}
    facts = await ask.facts("units_covered_by_congress", "mill", *year)
    assert facts == []
    traced = await ask.facts("wage_contract_workers_covered", "mill", *year)
    assert [fact.amount for fact in traced] == [40, 42]
