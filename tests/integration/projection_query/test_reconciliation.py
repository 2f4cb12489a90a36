"""What ought to agree and does not is found, with the events behind it; what agrees is left in peace."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.projection.queries.question import Asked
from services.projection.queries.snapshot import snapshot
from services.projection.reconciling.differences import Difference, Spot
from services.projection.reconciling.run import reconcile
from shared.contracts import affairs as a
from shared.contracts import membership as m
from tests.integration.projection_query.conftest import NOW
from tests.support.closing import Closer
from tests.support.printed import printed
from tests.support.province import Province
from tests.support.world import day, named
from tests.unit.projection.test_relations import MISFITS

YEAR = ("2010-01-01", "2010-12-31")
NAMES = "north", "mill", "forge", "dairy", "mine", "prefecture", "east", "south", "river", "shift"
UNITS = dict(enumerate(NAMES, 1))


async def found(province: Province, unit: str, **more: Any) -> list[Difference]:
    async with snapshot(province.world.pool, lambda: NOW) as moment:
        asked = Asked(str(named(unit)), day(YEAR[0]), day(YEAR[1]), **more)
        return (await reconcile(moment, asked)).differences


def declares(
    province: Province, unit: str, figure: str, told: tuple[str, str] | str, source: str = "1"
) -> None:
    """A number, exact unless a qualifier is given with it."""
    value, qualifier = (told, "exact") if isinstance(told, str) else told
    event = a.FigureDeclared(
        occurredon=date(2011, 1, 5), union=named(unit), first_day=day(YEAR[0]), last_day=day(YEAR[1]),
        line="territorial", figure=figure, old_value=None, value=value, qualifier=qualifier, source=source,
    )  # fmt: skip
    province.world.record(event, unit, f"{figure} of {unit} in {source}")


async def test_a_quiet_province_agrees_everywhere(province: Province) -> None:
    province.joins("a", "mill", "2010-03-01")
    province.joins("b", "shift", "2010-03-02")
    province.pays("dairy", "2010-04-01", 500)
    province.moves("mill", "north", "south", "2010-06-01")
    province.joins_line("dairy", "education", "east", "2010-02-01")
    province.merges("forge", "mill", "2010-07-01")
    province.pays("mill", "2010-09-01", 70)
    await province.world.settle()
    for unit in ("province", "prefecture", "east", "north", "south", "mill", "shift"):
        assert await found(province, unit) == [], unit
    assert await found(province, "east", line="education") == []


async def test_a_wrong_sum_above_its_children_is_found_with_its_month_and_child(province: Province) -> None:
    province.pays("mill", "2010-04-01", 500)
    province.pays("mill", "2010-05-01", 300)
    province.pays("dairy", "2010-04-20", 90)
    await province.world.settle()
    await province.world.pool.execute(
        "UPDATE rollup SET amount = amount + 1 WHERE amount = 500 AND grain = 0"
    )
    (difference,) = [each for each in await found(province, "north") if each.check == "children"]
    assert (difference.figure, difference.expected, difference.found) == ("dues_received", "800", "801")
    assert difference.spots == [Spot(day("2010-04-01"), day("2010-04-30"), named("mill"), 500, 501)]
    assert len(difference.events) == 1
    assert await found(province, "east") == []


async def test_the_child_whose_own_sum_is_wrong_is_named_at_every_level(province: Province) -> None:
    province.pays("mill", "2010-04-01", 500)
    province.pays("dairy", "2010-04-20", 500)
    await province.world.settle()
    await province.world.pool.execute("UPDATE rollup SET amount = 499 WHERE amount = 500 AND grain = 0")
    await province.world.pool.execute("UPDATE rollup SET amount = 999 WHERE amount = 1000 AND grain = 0")
    for unit, child in (("province", "prefecture"), ("prefecture", "east"), ("east", None)):
        (difference,) = [each for each in await found(province, unit) if each.check == "children"]
        (spot,) = difference.spots
        assert spot.child == (named(child) if child else None), unit
        assert len(difference.events) == 2


async def test_a_stock_that_moved_is_wrong_in_the_month_of_the_move(province: Province) -> None:
    province.joins("a", "mill", "2010-02-10")
    province.moves("mill", "north", "south", "2010-06-15")
    await province.world.settle()
    assert await found(province, "south") == []
    await province.world.pool.execute(
        "UPDATE rollup SET amount = 3 WHERE ancestor = (SELECT key FROM node WHERE name = 'south')"
        " AND metric = (SELECT number FROM metric WHERE id = 'members') AND grain = 0"
    )
    (difference,) = await found(province, "south")
    assert difference.spots == [Spot(day("2010-06-01"), day("2010-06-30"), named("mill"), 1, 3)]
    assert len(difference.events) == 1


async def test_a_unit_of_the_base_whose_place_is_lost_is_told_with_its_facts(province: Province) -> None:
    province.joins("a", "shift", "2010-02-10")
    await province.world.settle()
    await province.world.pool.execute(
        "DELETE FROM span WHERE unit = (SELECT key FROM node WHERE name = 'shift')"
        " AND ancestor = (SELECT key FROM node WHERE name = 'mill')"
    )
    told = {each.figure: each for each in await found(province, "mill")}
    assert told["members"].spots == [Spot(day("2010-02-01"), day("2010-02-28"), named("shift"), 1, 0)]
    assert len(told["members"].events) == 1


async def test_what_is_in_no_part_is_told_with_its_events(province: Province) -> None:
    province.joins("a", "mill", "2010-02-10")
    province.joins("b", "shift", "2010-02-11")
    await province.world.settle()
    await province.world.pool.execute("UPDATE combo SET dims = dims - 'sex' WHERE dims ? 'sex'")
    for unit in ("province", "north", "mill"):
        told = {each.figure: each for each in await found(province, unit)}
        assert {each.check for each in told.values()} == {"parts"}
        assert (told["members_joined"].about, told["members_joined"].found) == ("sex", "2")
        assert len(told["members_joined"].events) == 2


async def test_a_transfer_without_its_other_end_is_found(province: Province) -> None:
    moved = {"occurredon": day("2010-05-01"), "person": named("a"), "sex": "male", "worker_kind": "worker"}
    moved |= {"standing": "in_service"}
    province.joins("a", "mill", "2010-03-01")
    out = m.MemberTransferredOut.model_validate(moved | {"destination": named("dairy")})
    province.world.record(out, "mill", "a at mill")
    await province.world.settle()
    assert await found(province, "province") == []  # its other end may be on its way in another stream
    await province.world.pool.execute("UPDATE stream_progress SET end_reached = '2026-03-01'")
    (difference,) = await found(province, "province")
    assert (difference.check, difference.figure, difference.unit, len(difference.events)) == (
        "transfers", "members_transferred_out", named("mill"), 1,
    )  # fmt: skip
    back = m.MemberTransferredIn.model_validate(moved | {"origin": named("mill")})
    province.world.record(back, "dairy", "a at dairy")
    await province.world.settle()
    assert await found(province, "province") == []


async def test_declared_figures_are_held_against_the_computed_ones(province: Province) -> None:
    for number in range(12):
        province.joins(str(number), "mill", "2010-03-01")
    exact = [("12", "exact"), ("13", "exact")]
    rounded = [("10", "over"), ("13", "over"), ("13", "nearly"), ("11", "about"), ("5", "about")]
    for source, told in enumerate(exact + rounded):
        declares(province, "mill", "members_joined", told, str(source))
    declares(province, "mill", "nonsense", "1", source="x")
    await province.world.settle()
    differing = {(each.about, each.found, each.expected) for each in await found(province, "mill")}
    assert differing == {
        ("exact", "13", "12"),
        ("over", "13", "12"),
        ("about", "5", "12"),
        ("exact", "1", "unknown-figure"),
    }


async def test_a_rate_follows_from_its_parts(province: Province) -> None:
    for figure, value in (("members_total", "99"), ("workers_total", "100"), ("join_rate", "98.5")):
        declares(province, "mill", figure, value)
    await province.world.settle()
    (rate,) = [each for each in await found(province, "mill") if each.check == "rate"]
    assert (rate.figure, rate.expected, rate.found, len(rate.events)) == ("join_rate", "99.0", "98.5", 3)


async def test_what_was_reported_otherwise_is_found(province: Province) -> None:
    closer = Closer(province.world)
    await province.world.settle()
    await closer.close("mill", YEAR, "members_total", wrong={"members_total": "3"})
    await closer.compare()
    (difference,) = await found(province, "mill")
    assert (difference.check, difference.expected, difference.found) == ("reported", "0", "3")


async def test_the_misfits_of_the_ten_summaries_are_found_when_they_are_declared(province: Province) -> None:
    for chapter, figures in printed().items():
        for name, told in figures.items():
            declares(province, UNITS[chapter], name, (told.value, told.qualifier))
    await province.world.settle()
    relations, alike = set(), set()
    for chapter, unit in UNITS.items():
        for each in await found(province, unit):
            assert each.events
            if each.check == "relation":
                relations.add((chapter, each.figure))
            if each.check == "identical":
                alike.add(frozenset((each.expected, each.found)))
    assert relations == MISFITS
    assert alike == {frozenset((str(named(UNITS[5])), str(named(UNITS[10]))))}


@pytest.mark.parametrize("unit", ["mill", "dairy"])
async def test_a_withdrawn_figure_is_held_against_nothing(province: Province, unit: str) -> None:
    declares(province, unit, "members_joined", "7")
    event = a.FigureDeclarationWithdrawn(
        occurredon=date(2011, 1, 6), union=named(unit), first_day=day(YEAR[0]), last_day=day(YEAR[1]),
        line="territorial", figure="members_joined", value="7",
    )  # fmt: skip
    province.world.record(event, unit, f"members_joined of {unit} in 1")
    await province.world.settle()
    assert await found(province, unit) == []
