"""Growth by its rule, ranks, the largest of one subject, parts that count something else."""

from tests.integration.projection_query.conftest import Asking
from tests.support.province import Province
from tests.support.special import goes_for, has_rank, helps_a_family
from tests.support.world import day

YEAR = ("2010-01-01", "2010-12-31")


async def test_growth_is_told_in_percent_absolute_and_in_points(province: Province, ask: Asking) -> None:
    for number in range(4):
        province.joins(f"old {number}", "mill", "2009-05-01")
    for number in range(3):
        province.joins(f"new {number}", "dairy", "2010-05-01")
    province.reports("mill", "2009-05-01", 10)
    await province.world.settle()
    assert str(await ask.value("members_growth_percent", "east", *YEAR)) == "75.00"
    assert await ask.value("members_growth_number", "east", *YEAR) == 3
    assert str(await ask.value("join_rate_growth_points", "east", *YEAR)) == "30.00"
    before = await ask.facts("join_rate_growth_points", "east", *YEAR, part="before")
    assert [fact.unit_name for fact in before] == ["mill"] * 4


async def test_growth_on_the_period_before(province: Province, ask: Asking) -> None:
    province.pays("mill", "2010-02-01", 100_000)
    province.pays("mill", "2010-04-30", 250_000)
    province.joins("a", "mill", "2010-01-05")
    province.joins("b", "mill", "2010-06-05")
    await province.world.settle()
    quarter = ("2010-04-01", "2010-06-30")
    grown = await ask.measured("dues_received_growth_on_period_amount", "north", *quarter)
    assert grown.value == 150_000
    assert grown.denominator is not None
    assert (str(grown.denominator.first), str(grown.denominator.last)) == ("2010-01-01", "2010-03-31")
    assert str(await ask.value("members_growth_on_period_percent", "north", *quarter)) == "100.00"
    facts = await ask.facts("dues_received_growth_on_period_amount", "north", *quarter, part="before")
    assert [fact.amount for fact in facts] == [100_000]


async def test_without_a_period_before_there_is_no_growth(province: Province, ask: Asking) -> None:
    province.joins("a", "mill", "2010-05-01")
    province.union("depot", 6, "north", on=day("2010-02-01"))
    province.joins("b", "depot", "2010-05-02")
    await province.world.settle()
    from_none = await ask.measured("members_growth_percent", "mill", *YEAR)
    assert (from_none.value, from_none.state) == (None, "no-data")
    assert await ask.value("members_growth_number", "mill", *YEAR) == 1
    unborn = await ask.measured("members_growth_number", "depot", *YEAR)
    assert (unborn.value, unborn.state) == (None, "no-data")
    assert (await ask.measured("join_rate_growth_points", "north", *YEAR)).state == "no-data"


async def test_a_rank_is_the_best_one_that_was_not_taken_back(province: Province, ask: Asking) -> None:
    await province.world.settle()
    silent = await ask.measured("hazardous_chemical_contest_rank", "province", *YEAR)
    assert (silent.value, silent.state) == (None, "no-data")
    has_rank(province, "mill", "2010-05-01", 12)
    has_rank(province, "dairy", "2010-06-01", 3)
    has_rank(province, "mine", "2010-07-01", 1, discipline="welding")
    await province.world.settle()
    assert await ask.value("hazardous_chemical_contest_rank", "province", *YEAR) == 3
    assert await ask.value("hazardous_chemical_contest_rank", "north", *YEAR) == 12
    assert await ask.value("hazardous_chemical_contest_rank", "province", "2010-01-01", "2010-05-31") == 12


async def test_the_goal_of_a_competition_is_the_highest_one(province: Province, ask: Asking) -> None:
    goes_for(province, "mill", "2010-03-01", None)
    await province.world.settle()
    silent = await ask.measured("quality_competition_target_percent", "province", *YEAR)
    assert (silent.value, silent.state) == (None, "no-data")
    goes_for(province, "mill", "2010-04-01", 98)
    goes_for(province, "dairy", "2010-04-02", 100)
    await province.world.settle()
    assert await ask.value("quality_competition_target_percent", "province", *YEAR) == 100
    assert await ask.value("quality_competition_target_percent", "north", *YEAR) == 98


async def test_households_break_into_students(province: Province, ask: Asking) -> None:
    helps_a_family(province, "mill", "2010-08-20", {"a": "university", "b": "primary"})
    helps_a_family(province, "dairy", "2010-08-21", {"c": "university"})
    await province.world.settle()
    aided = await ask.measured("tuition_households", "east", *YEAR, by="student_stage")
    assert (aided.value, aided.parts) == (2, {"university": 2, "primary": 1})
    assert aided.parts_of is not None
    assert aided.parts_of.unit == "people"
