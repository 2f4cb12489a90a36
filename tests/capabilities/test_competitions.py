"""Competitions: workplaces, crafts and classrooms, as chapters 2, 4, 7 and 8 count them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.support.field import Field
from tests.support.rows import people, told

SAID = {"document": "工〔2013〕3号", "announced_on": "2013-03-01"}


async def announced(field: Field, kind: str, **more: Any) -> UUID:
    return await field.tell("events", "competitions", {"union": field.union, "kind": kind, **SAID, **more})


async def entered(field: Field, contest: UUID, kind: str, entrants: list[UUID]) -> list[UUID]:
    day = {"competition": contest, "entrant_kind": kind, "entered_on": "2013-03-10"}
    rows = [day | {"entrant": each} for each in entrants]
    return await told(field, "events", "competitions/enter/bulk", rows)


def ranks(entries: list[UUID], *numbers: int) -> dict[str, Any]:
    listed = [{"entry": entry, "rank": rank} for entry, rank in zip(entries, numbers, strict=True)]
    return {"ranks": listed, "ranked_on": "2013-05-20"}


@pytest.mark.capability("CAP-088")
async def test_seven_plants_compete_for_order_at_work(field: Field) -> None:
    """Seven plants; 52 enterprises in three-for; a pilot; one cancelled."""
    plants = await announced(field, "site_management", theme="workplace", pilot=True)
    path = f"competitions/{plants}"
    await field.tell("events", f"{path}/start", {"started_on": "2013-04-01"})
    nobody = await field.refused("events", f"{path}/hold", {"held_on": "2013-06-01"})
    assert nobody == (409, "competition-without-participants")
    heat = {"entries": 7, "held_on": "2013-05-01"}
    assert await field.refused("events", f"{path}/rounds", heat | {"number": 2}) == (
        409,
        "round-out-of-order",
    )
    await field.tell("events", f"{path}/rounds", heat | {"number": 1})
    held = {"units": 7, "participants": 1300, "held_on": "2013-06-01"}
    await field.tell("events", f"{path}/hold", held)
    praise = {"units": 5, "people": 42, "document": "工〔2013〕9号", "commended_on": "2013-12-20"}
    await field.tell("events", f"{path}/commend", praise)
    await field.tell("events", f"{path}/close", {"closed_on": "2013-12-25"})
    again = await field.refused("events", f"{path}/cancel", {"cancelled_on": "2013-12-26"})
    assert again == (409, "step-out-of-turn")
    three = await announced(field, "labour_competition", theme="three_for")
    many = {"units": 52, "times": 70, "person_times": 3200, "held_on": "2013-11-30"}
    await field.tell("events", f"competitions/{three}/hold", many)
    never = await announced(field, "quality_competition")
    await field.tell("events", f"competitions/{never}/cancel", {"cancelled_on": "2013-04-01"})

    figures = {
        "competitions_announced": 3,
        "labour_competition_pilots": 1,
        "competition_rounds": 1,
        "grassroots_contests_held": 71,
        "grassroots_contests_person_times": 3200,
        "competition_participants": 1300,
        "competition_units": 59,
        "plants_in_site_management_competition": 7,
        "enterprises_in_three_for_competition": 52,
        "competition_commended_units": 5,
        "competition_commended_teams": 0,
        "competition_commended_people": 42,
        "competitions_cancelled": 1,
        "competitions_open": 1,
    }
    await field.agree(figures, field.union, field.county)

    own = await announced(field, "skill_contest", union=field.county, discipline="car_repair")
    many = {"participants": 52, "person_times": 60, "held_on": "2013-11-30"}
    await field.tell("events", f"competitions/{own}/hold", many)
    with_the_countys = {
        "grassroots_contests_held": 71,
        "grassroots_contests_person_times": 3200,
        "competitions_held": 72,
        "competition_person_times": 3260,
    }
    await field.agree(with_the_countys, field.county, field.prefecture)
    levels = await field.parts(field.county, "competitions_held", "level")
    assert levels == {"3": 1, "6": 71}


@pytest.mark.capability("CAP-090")
async def test_ties_share_ranks_and_repeat_prizes(field: Field) -> None:
    """Chapter 4: lathe work 1, 2, 2, 3, 3, 4, 4 for 300, 200, 100; stamping 1, 2, 3 for 500, 300, 200."""
    lathe = await announced(field, "skill_contest", discipline="cnc_lathe")
    entries = await entered(field, lathe, "person", await people(field, 8))
    gone = {"entry": entries[7], "withdrawn_on": "2013-05-10"}
    await field.tell("events", f"competitions/{lathe}/withdraw", gone)
    rank = f"competitions/{lathe}/rank"
    final = ranks(entries[:7], 1, 2, 2, 3, 3, 4, 4)
    assert await field.refused("events", rank, final) == (409, "result-before-held")
    await field.tell("events", f"competitions/{lathe}/hold", {"held_on": "2013-05-20"})
    hole = ranks(entries[:7], 1, 2, 2, 4, 4, 5, 5)
    assert await field.refused("events", rank, hole) == (409, "ranks-with-hole")
    await field.tell("events", rank, ranks(entries[:7], 1, 1, 1, 2, 3, 4, 5))
    await field.tell("events", rank, final)
    money = [{"rank": n, "fen": fen} for n, fen in ((1, 30_000), (2, 20_000), (3, 10_000))]
    decided = {"prizes": money, "decided_on": "2013-05-30"}
    await field.tell("events", f"competitions/{lathe}/prizes", decided)
    late = await field.refused("events", rank, final | {"ranked_on": "2013-06-01"})
    assert late == (409, "prizes-decided-already")

    press = await announced(field, "skill_contest", discipline="stamping")
    three = await entered(field, press, "person", await people(field, 3))
    await field.tell("events", f"competitions/{press}/hold", {"held_on": "2013-05-15"})
    await field.tell("events", f"competitions/{press}/rank", ranks(three, 1, 2, 3))
    money = [{"rank": n, "fen": fen} for n, fen in ((1, 50_000), (2, 30_000), (3, 20_000))]
    await field.tell("events", f"competitions/{press}/prizes", decided | {"prizes": money})

    cars = await announced(field, "skill_contest", discipline="car_repair", single_events=12, edition=1)
    held = {"teams": 8, "participants": 52, "held_on": "2013-08-01"}
    await field.tell("events", f"competitions/{cars}/hold", held)
    tea = await announced(field, "skill_contest", discipline="tea_picking")
    held = {"units": 4, "participants": 28, "held_on": "2013-04-20"}
    await field.tell("events", f"competitions/{tea}/hold", held)
    figures = {
        "skill_contests_held": 4,
        "competition_contestants": 10,
        "competition_entries": 10,
        "competition_teams": 8,
        "competition_single_events": 15,
        "car_repair_contest_teams": 8,
        "car_repair_contest_single_events": 12,
        "car_repair_contest_people": 52,
        "tea_picking_contest_offices": 4,
        "tea_picking_contest_people": 28,
        "bamboo_weaving_contest_people": 0,
        "fastener_park_contest_people": 0,
        "cnc_lathe_rank1_winners": 1,
        "cnc_lathe_rank2_winners": 2,
        "cnc_lathe_rank3_winners": 2,
        "cnc_lathe_rank4_winners": 2,
        "stamping_ranked_winners": 3,
        "competition_ranked": 10,
        "competition_prizes": 190_000,
    }
    await field.agree(figures, field.union, field.town, field.county)
    editions = await field.parts(field.county, "skill_contests_held", "edition")
    assert editions == {"1": 1, "unknown": 3}


@pytest.mark.capability("CAP-101")
async def test_five_basic_skills_of_teachers(field: Field) -> None:
    """Ranked by skill: who is first in one may be last in another."""
    contest = await announced(field, "teaching_skills", discipline="teaching", single_events=5)
    first, second = await entered(field, contest, "person", await people(field, 2))
    await field.tell("events", f"competitions/{contest}/hold", {"held_on": "2013-05-20"})
    path = f"competitions/{contest}/rank"
    for skill in range(1, 6):
        both = [first, second] if skill % 2 else [second, first]
        await field.tell("events", path, {"single_event": skill, **ranks(both, 1, 2)})
    sixth = {"single_event": 6, **ranks([first, second], 1, 2)}
    assert await field.refused("events", path, sixth) == (409, "single-event-unknown")
    figures = {"basic_skill_events": 5, "competition_ranked": 10}
    await field.agree(figures, field.union, field.county)
