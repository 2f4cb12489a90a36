"""What unions arrange for people, at every level; counts as chapters 7 and 8 print them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.support.field import Field
from tests.support.rows import sent


async def scheduled(field: Field, kind: str, places: int = 100, **more: Any) -> str:
    """Planned for July at the union, whose employer pays; the path of the occasion."""
    plan = {"union": field.union, "kind": kind, "payer": "employer", "planned_on": "2013-06-01"}
    id_ = await field.tell("welfare", "benefits", plan | more)
    days = {"starts_on": "2013-07-01", "ends_on": "2013-07-05", "places": places}
    await field.tell("welfare", f"benefits/{id_}/schedule", days | {"scheduled_on": "2013-06-10"})
    return f"benefits/{id_}"


def groups(**people: int) -> list[dict[str, Any]]:
    return [{"group": group, "people": count} for group, count in people.items()]


async def hold(field: Field, path: str, **counted: Any) -> None:
    await field.tell("welfare", f"{path}/hold", {"held_on": "2013-07-05"} | counted)


@pytest.mark.capability("CAP-052")
async def test_health_checks(field: Field) -> None:
    counted = await scheduled(field, "health_check")
    await hold(field, counted, groups=groups(women=20, retired=6, chairs=12), cost_fen=500_000)

    plan = {"union": field.union, "kind": "health_check", "payer": "union", "by_name": True}
    answer = await field.post("welfare", "benefits", plan | {"planned_on": "2013-08-01"})
    assert answer.json()["warnings"] == ["not-from-grassroots-union-money"]
    named = await scheduled(field, "health_check", by_name=True)
    twice = {"held_on": "2013-07-05", "groups": groups(women=1)}
    assert await field.refused("welfare", f"{named}/hold", twice) == (422, "people-told-twice")
    await hold(field, named)
    people = [await field.member(field.union) for _ in range(4)]
    benefit = named.removeprefix("benefits/")
    rows = [{"benefit": benefit, "person": person, "group": "front_line"} for person in people]
    told = await sent(field, "welfare", "benefit-attendances/bulk", rows)
    assert [each["status"] for each in told] == ["created"] * 4
    assert await field.refused("welfare", "benefit-attendances", rows[0]) == (409, "attended-already")
    await field.tell("welfare", f"benefit-attendances/{told[3]['id']}/withdraw", {})

    over = await scheduled(field, "health_check")
    await field.tell("welfare", f"{over}/cancel", {"cancelled_on": "2013-06-20"})
    assert await field.refused("welfare", f"{over}/hold", twice) == (409, "benefit-stage-wrong")

    figures = {
        "health_check_people": 41,
        "health_check_persons": 3,
        "health_check_women": 20,
        "health_check_retired": 6,
        "health_checks_held": 2,
        "benefits_planned": 4,
        "benefits_cancelled": 1,
        "benefit_cost": 500_000,
    }
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-053")
async def test_recuperation_by_level_of_role_model(field: Field) -> None:
    path = await scheduled(field, "recuperation", 54)
    again = {"starts_on": "2013-07-01", "ends_on": "2013-07-05", "places": 60}
    await field.tell("welfare", f"{path}/schedule", again | {"scheduled_on": "2013-06-11"})
    early = {"held_on": "2013-06-30", "groups": groups(front_line=50)}
    assert await field.refused("welfare", f"{path}/hold", early) == (409, "held-before-start")
    models = groups(front_line=50, province_model=2, prefecture_model=1, county_model=1)
    await hold(field, path, groups=models, cost_fen=10_800_000)
    figures = {
        "recuperation_people": 54,
        "recuperation_national_models": 0,
        "recuperation_province_models": 2,
        "recuperation_prefecture_models": 1,
        "recuperation_county_models": 1,
        "recuperation_places": 60,
        "recuperation_cost": 10_800_000,
    }
    await field.agree(figures, field.union, field.town, field.county)
    assert await field.parts(field.county, "recuperation_people", "benefit_group") == {
        "front_line": 50,
        "province_model": 2,
        "prefecture_model": 1,
        "county_model": 1,
    }


@pytest.mark.capability("CAP-057")
async def test_workers_find_work_again(field: Field) -> None:
    fair = await scheduled(field, "job_fair")
    await hold(field, fair, person_times=350)
    mill = await field.employer(field.union)
    people = [await field.member(field.union) for _ in range(4)]
    rows = [{"union": field.union, "person": each, "registered_on": "2013-03-01"} for each in people]
    seekers = [each["id"] for each in await sent(field, "welfare", "job-seekers/bulk", rows)]
    assert await field.refused("welfare", "job-seekers", rows[0]) == (409, "already-seeking")
    for seeker in seekers[:2]:
        referral = {"employer": mill, "referred_on": "2013-04-01"}
        await field.tell("welfare", f"job-seekers/{seeker}/refer", referral)
    work: list[dict[str, Any]] = [{"job_seeker": each, "employed_on": "2013-05-01"} for each in seekers[:2]]
    work[0]["employer"] = mill
    await sent(field, "welfare", "job-seekers/employed/bulk", work)
    await field.tell("welfare", f"job-seekers/{seekers[2]}/end", {"ended_on": "2013-06-01"})
    over = {"employed_on": "2013-07-01"}
    path = f"job-seekers/{seekers[2]}/employ"
    assert await field.refused("welfare", path, over) == (409, "job-search-over")
    await field.tell("welfare", "job-seekers", rows[2] | {"registered_on": "2013-08-01"})
    figures = {
        "workers_reemployed": 2,
        "job_seekers_registered": 5,
        "job_seekers": 2,
        "job_referrals": 2,
        "job_searches_ended": 1,
        "reemployment_rate": 40.0,
        "job_fairs": 1,
        "job_fair_person_times": 350,
    }
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-060")
async def test_summer_care_and_camps_count_children_and_never_name_them(field: Field) -> None:
    care = await scheduled(field, "child_care", 130)
    await hold(field, care, children=120, classes=4)
    camp = await scheduled(field, "summer_camp", 30, edition=3)
    await hold(field, camp, children=30)
    plan = {"union": field.union, "kind": "summer_camp", "payer": "fiscal", "planned_on": "2013-06-01"}
    assert await field.refused("welfare", "benefits", plan | {"by_name": True}) == (
        422,
        "benefit-not-by-name",
    )
    off = await scheduled(field, "child_care")
    assert await field.refused("welfare", f"{off}/hold", {"held_on": "2013-07-05"}) == (422, "nobody-counted")
    await field.tell("welfare", f"{off}/cancel", {"cancelled_on": "2013-07-01"})
    figures = {
        "summer_care_classes": 4,
        "summer_care_children": 120,
        "summer_camp_children": 30,
        "summer_camps": 1,
        "benefits_cancelled": 1,
    }
    await field.agree(figures, field.union, field.town, field.county)
    assert await field.parts(field.county, "summer_camps", "edition") == {"3": 1}


@pytest.mark.capability("CAP-063")
async def test_pairs_pledge_and_give(field: Field) -> None:
    cadre, teacher, worker = [await field.member(field.union) for _ in range(3)]
    pair = {"union": field.union, "helped": worker, "matched_on": "2013-02-01"}
    rows = [
        pair | {"kind": "one_on_one", "helper": cadre, "pledged_fen": 100_000},
        pair | {"kind": "home_tutoring", "helper": teacher},
    ]
    told = await sent(field, "welfare", "help-pairs/bulk", rows)
    money, lessons = [UUID(each["id"]) for each in told]
    assert await field.refused("welfare", "help-pairs", rows[0]) == (409, "help-pair-exists")
    alone = rows[0] | {"helper": worker}
    assert await field.refused("welfare", "help-pairs", alone) == (422, "helps-oneself")
    gift = {"given_fen": 60_000, "delivered_on": "2013-03-01"}
    await field.tell("welfare", f"help-pairs/{money}/deliver", gift)
    more = await field.post("welfare", f"help-pairs/{money}/deliver", gift | {"delivered_on": "2013-09-01"})
    assert more.json()["warnings"] == ["given-more-than-pledged"]
    tutored = {"sessions": 12, "delivered_on": "2013-06-30"}
    await field.tell("welfare", f"help-pairs/{lessons}/deliver", tutored)
    await field.tell("welfare", f"help-pairs/{lessons}/end", {"ended_on": "2013-07-01"})
    figures = {
        "help_pairs": 1,
        "help_pairs_matched": 2,
        "help_pairs_ended": 1,
        "help_pledged": 100_000,
        "help_given": 120_000,
        "help_given_rate": 120.0,
        "help_sessions": 12,
        "people_helped": 1,
        "money_balance": 0,
    }
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-064")
async def test_care_for_the_retired(field: Field) -> None:
    visit = await scheduled(field, "retiree_visit")
    await hold(field, visit, groups=groups(retired=15), cost_fen=300_000)
    outing = await scheduled(field, "retiree_activity", by_name=True)
    await hold(field, outing)
    person = await field.member(field.union)
    row = {"benefit": outing.removeprefix("benefits/"), "person": person, "group": "retired"}
    await field.tell("welfare", "benefit-attendances", row)
    late = {"cancelled_on": "2013-08-01"}
    assert await field.refused("welfare", f"{outing}/cancel", late) == (409, "benefit-stage-wrong")
    figures = {"retirees_served": 16, "retiree_occasions": 2, "benefit_cost": 300_000}
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-065")
async def test_counselling_and_salons(field: Field) -> None:
    advice = await scheduled(field, "counselling")
    await hold(field, advice, groups=groups(women=8, others=4), sessions=6)
    salon = await scheduled(field, "family_salon", 20)
    crowded = {"held_on": "2013-07-05", "groups": groups(women=25), "sessions": 1}
    answer = await field.post("welfare", f"{salon}/hold", crowded)
    assert answer.json()["warnings"] == ["more-people-than-places"]
    assert await field.refused("welfare", f"{salon}/hold", crowded) == (409, "benefit-stage-wrong")
    figures = {"counselling_times": 2, "counselling_people": 37, "counselling_sessions": 7}
    await field.agree(figures, field.union, field.town, field.county)
