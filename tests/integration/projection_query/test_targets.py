"""Progress of targets: read from the figures of their measures, at any unit, day and cut."""

from __future__ import annotations

from datetime import date

from services.projection.queries.parameters import OfTargets
from services.projection.queries.snapshot import snapshot
from services.projection.queries.targets import Target, targets
from shared.contracts import rights as r
from tests.integration.projection_query.conftest import Asking
from tests.support.province import Province
from tests.support.world import day, named

NAME = "target_members_joined"


async def shown(ask: Asking, unit: str, on: str, cut: str = "") -> list[Target]:
    async with snapshot(ask.world.pool, lambda: ask.now) as moment:
        asked = OfTargets.model_validate({"unit": str(named(unit)), "to": on, "cut": cut}).asked
        return (await targets(moment, asked)).targets


async def test_progress_follows_the_figure_day_by_day(province: Province, ask: Asking) -> None:
    province.is_to_reach("east", 4)
    for n, on in enumerate(("2010-02-01", "2010-03-01", "2010-09-01")):
        province.joins(f"m{n}", "mill", on)
    province.joins("earlier", "mill", "2009-12-31")
    await province.world.settle()
    ends = ("2010-02-28", "2010-12-31")
    completed = [str(await ask.value(f"{NAME}_completion", "east", "2010-01-15", to)) for to in ends]
    assert completed == ["25.00", "75.00"]
    assert [await ask.value(f"{NAME}_remaining", "east", "2010-01-01", to) for to in ends] == [3, 1]
    (target,) = await shown(ask, "east", "2010-12-31")
    assert (target.number, target.done.value, target.told("remaining")) == (4, 3, 1)
    assert (target.first_day, target.last_day) == (date(2010, 1, 1), date(2010, 12, 31))
    assert await shown(ask, "east", "2011-01-01") == []
    assert await shown(ask, "prefecture", "2010-12-31") == []


async def test_targets_of_a_year_to_come_are_shown_without_progress(province: Province, ask: Asking) -> None:
    first, last = day("2027-01-01"), day("2027-12-31")
    province.is_to_reach("east", 9, year=2027, first_day=first, last_day=last)
    province.joins("now", "mill", "2026-10-01")
    await province.world.settle()
    (target,) = await shown(ask, "east", "2027-12-31")
    assert (target.number, target.done.value, target.told("remaining")) == (9, 0, 9)


async def test_more_than_was_asked_is_told_against_the_task(province: Province, ask: Asking) -> None:
    province.is_to_reach("east", 2)
    for n in range(3):
        province.joins(f"m{n}", "mill", "2010-02-01")
    await province.world.settle()
    assert str(await ask.value(f"{NAME}_over", "east", "2010-01-01", "2010-12-31")) == "50.00"
    assert str(await ask.value(f"{NAME}_completion", "east", "2010-01-01", "2010-12-31")) == "150.00"
    assert await ask.value(f"{NAME}_remaining", "east", "2010-01-01", "2010-12-31") == 0


async def test_a_report_is_held_against_the_figure_of_its_day_at_every_cut(
    province: Province, ask: Asking
) -> None:
    province.is_to_reach("east", 2)
    province.joins("first", "mill", "2010-02-01")
    province.says_it_reached("east", 2, "2010-06-30")
    await province.world.settle()
    before = await ask.cut()
    province.joins("told late", "dairy", "2010-03-01")
    province.joins("after the report", "dairy", "2010-07-01")
    await province.world.settle()
    (then,), (now,) = await shown(ask, "east", "2010-12-31", before), await shown(ask, "east", "2010-12-31")
    assert then.report
    assert now.report
    assert (then.report.figure_said, then.report.agrees) == (1, False)
    assert (now.report.figure_said, now.report.agrees, now.done.value) == (2, True, 3)


async def test_a_rate_is_measured_against_its_target_without_rounding(
    province: Province, ask: Asking
) -> None:
    province.is_to_reach("north", 100, measure="contract_sign_rate")
    province.world.record(
        r.SignRateRecorded(
            occurredon=day("2010-05-01"), kind="wage", basis="workers", numerator=8043, denominator=8081,
            document="〔2010〕1号", old_numerator=0, old_denominator=0, union=named("north"),
        ),
        "north",
        "rate",
    )  # fmt: skip
    await province.world.settle()
    name = "target_contract_sign_rate"
    done = await ask.measured(f"{name}_completion", "north", "2010-01-01", "2010-12-31")
    assert (str(done.value), str(done.numerator and done.numerator.value)) == ("99.53", "99.53")
    assert str(await ask.value(f"{name}_remaining", "north", "2010-01-01", "2010-12-31")) == "0.47"
    (fact,) = await ask.facts(f"{name}_completion", "north", "2010-01-01", "2010-12-31", part="numerator")
    assert fact.amount == 8043


async def test_a_target_without_data_is_not_a_target_missed(province: Province, ask: Asking) -> None:
    province.is_to_reach("north", 95, measure="contract_sign_rate")
    await province.world.settle()
    (target,) = await shown(ask, "north", "2010-12-31")
    assert (target.done.state, target.told("completion"), target.told("remaining")) == ("no-data", None, None)
