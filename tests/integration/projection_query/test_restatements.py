"""What was reported stays; what changes afterwards is told, at every level that has closed the period."""

from __future__ import annotations

from typing import Any

import pytest

from services.projection.colours.frame import of_colour
from shared.contracts.projection import FigureRestated
from shared.envelope import Recorded
from tests.support.closing import Closer, report_of, restated_id
from tests.support.province import Province
from tests.support.world import day, named

YEAR = ("2010-01-01", "2010-12-31")
FIGURES = ("members_joined", "members_total", "dues_received", "join_rate")


@pytest.fixture
def closer(province: Province) -> Closer:
    return Closer(province.world)


def told(events: list[Recorded]) -> set[tuple[Any, ...]]:
    """Report, figure, old and new value."""
    restated = [(each.subject, each.event) for each in events]
    return {
        (subject, event.figure, event.old_value, event.new_value)
        for subject, event in restated
        if isinstance(event, FigureRestated)
    }


async def started(province: Province, closer: Closer, *units: str) -> None:
    province.joins("a", "mill", "2010-03-01")
    province.pays("mill", "2010-03-01", 100)
    await province.world.settle()
    for unit in units:
        await closer.close(unit, YEAR, *FIGURES)
    assert await closer.compare() == []


async def test_a_late_fact_restates_every_level_that_has_closed(province: Province, closer: Closer) -> None:
    await started(province, closer, "mill", "north", "province", "south")
    province.joins("b", "mill", "2010-05-01")
    await province.world.settle()
    events = await closer.compare()
    assert told(events) == {
        (report_of(unit, YEAR), figure, "1", "2")
        for unit in ("mill", "north", "province")
        for figure in ("members_joined", "members_total")
    }
    assert await closer.compare() == []
    for each in events:
        assert isinstance(each.event, FigureRestated)
        assert each.id == restated_id(each.subject, each.event.figure, each.event.new_cut)
        assert (each.event.events, each.provenance.causation) == (1, named(f"event {_joining(province)}"))
    assert {each.place.lineage[0] for each in events} == {named("province")}


def _joining(province: Province) -> int:
    # The last event recorded before the restatements.
    return province.world.events


async def test_what_happens_after_the_period_restates_nothing(province: Province, closer: Closer) -> None:
    await started(province, closer, "mill", "province")
    province.joins("b", "mill", "2011-01-01")
    province.pays("dairy", "2011-01-01", 700)
    await province.world.settle()
    assert await closer.compare() == []


async def test_a_move_recorded_later_restates_both_branches(province: Province, closer: Closer) -> None:
    await started(province, closer, "north", "south", "east")
    province.moves("mill", "north", "south", "2010-02-01")
    await province.world.settle()
    assert told(await closer.compare()) == {
        *((report_of("north", YEAR), figure, "1", "0") for figure in FIGURES[:2]),
        *((report_of("south", YEAR), figure, "0", "1") for figure in FIGURES[:2]),
        (report_of("north", YEAR), "dues_received", "100", "0"),
        (report_of("south", YEAR), "dues_received", "0", "100"),
    }


async def test_a_rate_is_restated_when_its_denominator_is(province: Province, closer: Closer) -> None:
    await started(province, closer, "mill")
    province.reports("mill", "2010-06-01", 4)
    await province.world.settle()
    assert told(await closer.compare()) == {(report_of("mill", YEAR), "join_rate", None, "25.00")}


async def test_a_change_that_is_taken_back_is_told_twice(province: Province, closer: Closer) -> None:
    await started(province, closer, "north")
    province.pays("mill", "2010-12-31", 50)
    await province.world.settle()
    assert told(await closer.compare()) == {(report_of("north", YEAR), "dues_received", "100", "150")}
    province.pays("mill", "2010-12-30", 5)
    province.gets_back("mill", "2010-12-31", 5)
    await province.world.settle()
    (again,) = await closer.compare()
    assert told([again]) == {(report_of("north", YEAR), "dues_received", "150", "155")}
    assert again.version == 2


async def test_what_was_reported_wrongly_is_no_restatement(province: Province, closer: Closer) -> None:
    province.joins("a", "mill", "2010-03-01")
    await province.world.settle()
    await closer.close("mill", YEAR, "members_joined", wrong={"members_joined": "7"})
    assert await closer.compare() == []
    row = await province.world.pool.fetchrow(
        "SELECT r.value, s.own FROM reported r JOIN standing s USING (report, figure)"
    )
    assert row is not None
    assert tuple(row) == ("7", "1")


async def test_a_report_of_units_or_cuts_unknown_is_left_alone(province: Province, closer: Closer) -> None:
    await started(province, closer, "mill")
    province.union("depot", 6, "north", on=day("2011-06-01"))
    closer.say("depot", YEAR, {"members_total": "0"}, (await closer.values("mill", YEAR, ()))[1])
    closer.say("south", YEAR, {"members_total": "0"}, "c1nonsense")
    await province.world.settle()
    assert await closer.compare() == []
    trouble = await province.world.pool.fetch("SELECT trouble FROM checked_report ORDER BY trouble")
    assert [row["trouble"] for row in trouble] == [
        "",
        "malformed-cut",
        "unit-not-yet-established",
    ]


async def test_a_rebuilt_projection_tells_nothing_twice(province: Province, closer: Closer) -> None:
    await started(province, closer, "north", "province")
    province.joins("b", "mill", "2010-05-01")
    await province.world.settle()
    assert len(await closer.compare()) == 4
    for table in ("standing", "checked_report", "restater_position"):
        await province.world.pool.execute(f"DELETE FROM {table}")
    assert await closer.compare() == []
    province.joins("c", "mill", "2010-05-02")
    await province.world.settle()
    again = await closer.compare()
    assert told(again) >= {(report_of("north", YEAR), "members_total", "2", "3")}
    assert {each.version for each in again} == {3, 4}


async def test_only_the_colour_that_answers_tells(province: Province, closer: Closer) -> None:
    await started(province, closer, "north")
    province.joins("b", "mill", "2010-05-01")
    await province.world.settle()
    pool = province.world.pool
    await pool.execute("CREATE SCHEMA green; CREATE TABLE green.roller_position (LIKE roller_position)")
    for statement in ("SET stage = 'kept'", "SET name = 'green', stage = 'active'"):
        await pool.execute(f"UPDATE public.colour {statement}")
    blue = of_colour(province.world.url, "blue")
    assert await closer.passed(blue) == 0
    await pool.execute("UPDATE public.colour SET name = 'blue'")
    assert await closer.passed(blue) == 2
