"""Behind every number its events: complete, without doubles, adding up to it exactly."""

from uuid import UUID

import pytest

from services.projection.queries.question import Asked
from services.projection.queries.refusals import BadCursor, NotTraceable
from services.projection.queries.snapshot import snapshot
from services.projection.queries.trace import trace
from shared.contracts import membership as m
from tests.integration.projection_query.conftest import NOW, Asking
from tests.support.province import Province
from tests.support.world import day, named

YEAR = ("2010-01-01", "2010-12-31")


@pytest.fixture
async def busy(province: Province) -> Province:
    for number in range(40):
        union = ("mill", "forge", "dairy", "mine", "shift")[number % 5]
        province.joins(f"m{number}", union, f"2010-{number % 12 + 1:02d}-{number % 28 + 1:02d}")
        province.pays(union, f"2010-{number % 12 + 1:02d}-03", 1_000 + number)
    province.gets_back("mill", "2010-05-05", 77)
    province.leaves("m0", "mill", "2010-11-11")
    province.moves("mill", "north", "river", "2010-07-01")
    await province.world.settle()
    return province


@pytest.mark.parametrize("limit", [1, 3, 7, 500])
@pytest.mark.parametrize("basis", ["as-was", "as-is"])
async def test_all_pages_add_up_to_the_figure(busy: Province, ask: Asking, limit: int, basis: str) -> None:
    for figure in ("members_joined", "members_total", "dues_received_net"):
        for unit in ("province", "east", "river", "mill") if limit > 1 else ("river",):
            facts = await ask.facts(figure, unit, *YEAR, limit=limit, basis=basis)
            assert sum(fact.amount for fact in facts) == await ask.value(figure, unit, *YEAR, basis=basis)


async def test_a_prefecture_with_few_of_all_facts_is_traced_to_the_end(
    busy: Province, ask: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.projection.queries.trace.MOST_LOOKED_AT", 5)
    busy.union("far", 2, "province")
    busy.union("lake", 6, "far")
    busy.joins("last", "lake", "2010-12-31")
    await busy.world.settle()
    for unit, count in (("far", 1), ("prefecture", 40)):
        assert len(await ask.facts("members_joined", unit, *YEAR, limit=4)) == count


async def test_no_fact_of_one_event_is_lost_between_pages(busy: Province, ask: Asking) -> None:
    trainees = tuple(m.Trainee(person=named(f"cadre {n}"), role="chair", level=6) for n in range(10))
    held = m.CadreTrainingHeld(
        occurredon=day("2010-06-01"), topic="law", hours=2, person_times=10, trainees=trainees
    )
    busy.world.record(held, "mill", "training")
    await busy.world.settle()
    for unit in ("province", "north", "mill"):
        asked, people, cursor = Asked(str(named(unit)), day(YEAR[0]), day(YEAR[1])), list[UUID | None](), ""
        while True:
            async with snapshot(busy.world.pool, lambda: NOW) as moment:
                page = await trace(moment, asked, ("cadres_trained", ""), (cursor, 3))
            people += [fact.subject for fact in page.facts]
            cursor = page.next
            if not cursor:
                break
        assert sorted(map(str, people)) == sorted(str(each.person) for each in trainees)


async def test_every_fact_names_its_event(busy: Province, ask: Asking) -> None:
    facts = await ask.facts("members_joined", "mill", "2010-01-01", "2010-01-31")
    assert {fact.type for fact in facts} == {"union.membership.MemberJoined.v1"}
    one = next(fact for fact in facts if fact.subject == named("m0"))
    assert (one.unit, one.unit_name, one.actor) == (named("mill"), "mill", "tester")
    assert one.event is not None


async def test_parts_of_rates_are_traced(busy: Province, ask: Asking) -> None:
    busy.has_to_receive("north", 2010, 50_000)
    await busy.world.settle()
    done = await ask.facts(
        "dues_target_completion_percent", "north", "2010-05-01", "2010-06-30", part="numerator"
    )
    assert {fact.day.month for fact in done} == {1, 2, 3, 4, 5, 6}
    target = await ask.facts(
        "dues_target_completion_percent", "north", "2010-05-01", "2010-06-30", part="denominator"
    )
    assert [fact.amount for fact in target] == [50_000]
    assert await ask.facts("members_growth_percent", "north", *YEAR, part="before") == []
    with pytest.raises(NotTraceable):
        await ask.facts("members_joined", "north", *YEAR, part="numerator")


async def test_pages_stay_true_while_events_arrive(busy: Province, ask: Asking) -> None:
    asked = Asked(str(named("province")), day(YEAR[0]), day(YEAR[1]))
    seen, cursor = 0, ""
    value = await ask.value("members_joined", "province", *YEAR)
    for turn in range(100):
        async with snapshot(busy.world.pool, lambda: NOW) as moment:
            page = await trace(moment, asked, ("members_joined", ""), (cursor, 7))
        seen += sum(fact.amount for fact in page.facts)
        assert page.value == value
        if not page.next:
            break
        cursor = page.next
        busy.joins(f"late {turn}", ("shift", "mine", "mill")[turn % 3], "2010-06-06")
        busy.moves("dairy", "south", "north", f"2010-0{turn % 9 + 1}-01")
        await busy.world.settle()
    assert seen == value


async def test_a_cursor_answers_only_its_own_question(busy: Province, ask: Asking) -> None:
    asked = Asked(str(named("province")), day(YEAR[0]), day(YEAR[1]))
    async with snapshot(busy.world.pool, lambda: NOW) as moment:
        page = await trace(moment, asked, ("members_joined", ""), ("", 3))
        with pytest.raises(BadCursor):
            await trace(moment, asked, ("members_total", ""), (page.next, 3))
        with pytest.raises(BadCursor):
            await trace(moment, asked, ("members_joined", ""), ("x" * 30, 3))


async def test_at_an_earlier_cut_the_facts_are_those_of_then(busy: Province, ask: Asking) -> None:
    cut = await ask.cut()
    before = {unit: await ask.facts("members_total", unit, *YEAR) for unit in ("east", "west", "mill")}
    busy.joins("late", "mill", "2010-01-01")
    busy.moves("forge", "north", "river", "2009-01-01")
    await busy.world.settle()
    for unit, facts in before.items():
        assert await ask.facts("members_total", unit, *YEAR, cut=cut) == facts
