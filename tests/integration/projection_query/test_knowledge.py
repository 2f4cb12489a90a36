"""Both times: what happened when, and when it was known. An earlier cut gives the figure as it was then."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.projection.queries.cut import Cut, parse
from services.projection.queries.knowledge import known
from services.projection.queries.refusals import BadCut, CutAhead, NaiveMoment, TwoCuts
from services.projection.queries.snapshot import snapshot
from tests.integration.projection_query.conftest import NOW, Asking
from tests.support.province import Province
from tests.support.streams import FIRST_MOMENT

YEAR = ("2010-01-01", "2010-12-31")
UNITS = ("province", "prefecture", "east", "west", "north", "river", "mill")


async def everything(ask: Asking, **more: Any) -> dict[str, object]:
    """Some of all kinds of figures, everywhere."""
    return {
        f"{name} of {unit} {basis}": await ask.value(name, unit, *YEAR, basis=basis, **more)
        for name in ("members_joined", "members_total", "people_joined", "dues_received", "workers_total")
        for unit in UNITS
        for basis in ("as-was", "as-is")
    }


async def test_an_earlier_cut_gives_every_figure_as_it_was(province: Province, ask: Asking) -> None:
    province.joins("a", "mill", "2010-02-10")
    province.pays("mill", "2010-02-11", 700)
    province.reports("mill", "2010-02-12", 5)
    await province.world.settle()
    before, cut = await everything(ask), await ask.cut()
    province.joins("b", "mill", "2010-02-09")
    await province.world.settle()
    told, later = await everything(ask), await ask.cut()
    province.moves("mill", "north", "river", "2010-02-01")
    province.leaves("a", "mill", "2010-03-01")
    province.union("new", 6, "north")
    province.joins("c", "new", "2010-03-01")
    await province.world.settle()
    now = await everything(ask)
    assert now != told != before
    assert await everything(ask, cut=cut) == before
    assert await everything(ask, cut=later) == told
    assert await everything(ask, cut=await ask.cut()) == now


async def test_a_moment_is_the_last_numbers_given_by_then(province: Province, ask: Asking) -> None:
    await province.world.settle()
    for number in range(30):
        province.joins(f"m{number}", ("mill", "dairy", "mine")[number % 3], "2010-02-10")
    await province.world.settle()
    records = province.world.ledgers["union.membership"].records
    for index in (0, 11, 12, 20, 41):
        async with snapshot(province.world.pool, lambda: NOW) as moment:
            when = await known(moment, "", records[index].sequenced)
        expected: dict[int, int] = {}
        for record in records[: index + 1]:
            expected[record.stream] = record.sequence
        assert when.cut == Cut.of(expected)
    joined = await ask.value("members_joined", "province", *YEAR, known_at=records[26].sequenced)
    assert joined == 15


async def test_a_moment_is_provisional_until_every_stream_was_read_past_it(
    province: Province, ask: Asking
) -> None:
    province.joins("a", "mill", "2010-02-10")
    await province.world.settle()
    pool = province.world.pool
    moment = datetime(2026, 2, 1, tzinfo=UTC)

    async def provisional() -> bool:
        async with snapshot(pool, lambda: NOW) as now:
            return (await known(now, "", moment)).provisional

    assert await provisional()
    await pool.execute("UPDATE stream_progress SET end_reached = $1", moment)
    assert not await provisional()
    await pool.execute("UPDATE stream_progress SET end_reached = '-infinity' WHERE stream = 3")
    assert await provisional()
    async with snapshot(pool, lambda: NOW) as now:
        assert (await known(now, "", FIRST_MOMENT)).provisional


async def test_a_cut_that_is_not_reached_is_refused(province: Province, ask: Asking) -> None:
    await province.world.settle()
    ahead = Cut.of({0: 10_000})
    with pytest.raises(CutAhead):
        await ask.value("members_joined", "province", *YEAR, cut=str(ahead))
    with pytest.raises(CutAhead):
        await ask.value("members_joined", "province", *YEAR, cut=str(Cut.of({200: 1})))


async def test_what_is_no_cut_is_refused(province: Province, ask: Asking) -> None:
    await province.world.settle()
    with pytest.raises(BadCut):
        await ask.value("members_joined", "province", *YEAR, cut="c1abc")
    with pytest.raises(TwoCuts):
        await ask.value("members_joined", "province", *YEAR, cut=await ask.cut(), known_at=NOW)
    with pytest.raises(NaiveMoment):
        await ask.value("members_joined", "province", *YEAR, known_at=datetime(2026, 1, 1))  # noqa: DTZ001


async def test_what_the_roller_has_not_reached_is_not_in_any_answer(province: Province, ask: Asking) -> None:
    province.joins("a", "mill", "2010-02-10")
    await province.world.settle()
    province.joins("b", "mill", "2010-02-10")
    await province.world.take()
    for unit in UNITS:
        assert await ask.value("members_joined", unit, *YEAR) == (0 if unit in {"west", "river"} else 1)
    assert parse(await ask.cut()) == Cut.of(
        {
            row["lane"]: row["sequence"]
            for row in await province.world.pool.fetch("SELECT lane, sequence FROM roller_position")
        }
    )
