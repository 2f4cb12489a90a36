"""Committees and their terms, officers, women workers' committees, trainings of cadres."""

from __future__ import annotations

import pytest

from tests.support.field import Body, Field


async def member(field: Field, **more: object) -> str:
    return str(await field.member(field.union, **more))


@pytest.mark.capability("CAP-014")
async def test_a_committee_from_its_term_to_the_next_election(field: Field) -> None:
    union = f"unions/{field.union}"
    entered = {"union": field.union, "ordinal": 3, "seats": 5, "since": "2008-07-01"}
    assert await field.refused("membership", "committees", entered | {"term_years": 4}) == (
        409,
        "term-length-not-allowed",
    )
    await field.tell("membership", "committees", entered | {"term_years": 5})
    town = {"union": field.town, "ordinal": 1, "seats": 9, "since": "2010-01-01", "term_years": 5}
    await field.tell("membership", "committees", town)
    # By the calendar alone: nobody has said anything in July 2013.
    on_time, over = {"last": "2013-06-30"}, {"last": "2013-07-01"}
    await field.agree({"unions_term_due": 0, "committees_total": 2}, field.town, field.county, **on_time)
    await field.agree({"unions_term_due": 1}, field.union, field.county, **over)

    delay = {"until": "2013-09-30", "requested_on": "2013-06-20"}
    await field.tell("membership", f"{union}/term/request-delay", delay)
    approval = {"document": "镇工〔2013〕20号", "approved_on": "2013-06-25"}
    assert await field.refused("membership", f"{union}/term/approve-delay", approval) == (
        409,
        "approver-is-recorder",
    )
    await field.tell("membership", f"{union}/term/approve-delay", approval, actor="bo")
    await field.agree({"unions_term_due": 0}, field.union, field.county, last="2013-09-30")
    await field.agree({"unions_term_due": 1}, field.union, field.county, last="2013-10-01")

    prepared = {"seats": 5, "planned_on": "2013-10-10", "prepared_on": "2013-09-20"}
    await field.tell("membership", f"{union}/election/prepare", prepared)
    held: Body = {"held_on": "2013-10-10", "seats": 4, "candidates": 4, "entitled": 50, "voting": 60}
    assert await field.refused("membership", f"{union}/election/hold", held) == (
        422,
        "more-voters-than-entitled",
    )
    answer = await field.post("membership", f"{union}/election/hold", held | {"voting": 45})
    assert answer.json()["warnings"] == ["election-margin-small", "even-number-of-seats"]
    told = {"document": "选1号", "reported_on": "2013-10-12"}
    await field.tell("membership", f"{union}/election/report", told)
    approved: Body = {"document": "镇工〔2013〕31号", "term_years": 3, "approved_on": "2013-10-20"}
    assert await field.refused("membership", f"{union}/election/approve", approved) == (
        409,
        "approver-is-recorder",
    )
    id_ = await field.tell("membership", f"{union}/election/approve", approved, actor="bo")
    seen = await field.get("membership", f"committees/{id_}")
    assert (seen["ordinal"], seen["until"]) == (4, "2016-10-19")
    figures = {
        "unions_term_due": 0,
        "unions_reelected": 1,
        "elections_prepared": 1,
        "elections_held": 1,
        "elections_reported": 1,
        "election_turnout_percent": 90.0,
        "term_delays_requested": 1,
        "term_delays": 1,
    }
    await field.agree(figures, field.union, field.town, field.county)
    assert await field.parts(field.county, "unions_reelected", "committee_ordinal") == {"4": 1}
    # The new term is over in 2016, the town's in 2014.
    await field.agree({"unions_term_due": 1}, field.union, first="2016-01-01", last="2016-10-20")
    await field.agree({"unions_term_due": 2}, field.county, first="2016-01-01", last="2016-10-20")


@pytest.mark.capability("CAP-013")
async def test_officers_from_their_appointment_to_their_successors(field: Field) -> None:
    ada, bo = await member(field), await member(field)
    await field.tell(
        "membership",
        "committees",
        {"union": field.union, "ordinal": 1, "seats": 3, "since": "2012-01-01", "term_years": 3},
    )
    for role, posts in (("chair", 1), ("member", 2)):
        path = f"unions/{field.union}/officer-posts"
        await field.tell("membership", path, {"role": role, "posts": posts, "set_on": "2012-01-01"})
    office = {"union": field.union, "appointed_on": "2012-01-05"}
    chair = await field.tell(
        "membership", "officers", office | {"person": ada, "role": "chair", "time": "full_time"}
    )
    second = office | {"person": bo, "role": "chair"}
    assert await field.refused("membership", "officers", second) == (409, "office-taken")
    await field.tell("membership", "officers", office | {"person": bo, "role": "member"})
    stranger = {"unit": field.town, "document_kind": "passport", "document_number": "E99999901"}
    outside = await field.tell("membership", "people", stranger | {"name": "示例职工", "sex": "male"})
    answer = await field.post("membership", "officers", office | {"person": outside, "role": "cadre"})
    assert answer.json()["warnings"] == ["officer-not-a-member"]
    duties = {"duties": ["overall", "finance"], "assigned_on": "2013-01-10"}
    await field.tell("membership", f"officers/{chair}/duties", duties)
    figures = {
        "officers_total": 3,
        "officers_full_time": 1,
        "officers_part_time": 2,
        "officers_part_time_share": 66.67,
        "chairs_total": 1,
        "officer_posts_total": 3,
        "officer_vacancies": 0,
        "duties_assigned": 1,
    }
    await field.agree(figures, field.union, field.town, field.county)

    path = f"officers/{chair}/replace"
    answer = await field.post("membership", path, {"reason": "transferred", "left_on": "2013-05-01"})
    assert answer.json()["warnings"] == ["replaced-early-without-consent"]
    again = {"reason": "resigned", "left_on": "2013-05-02"}
    assert await field.refused("membership", path, again) == (409, "officer-left")
    gone = {"officers_replaced": 1, "officers_replaced_early": 1, "officer_vacancies": 1, "chairs_total": 0}
    await field.agree(gone, field.union, field.county)
    later = {"union": field.union, "person": bo, "role": "chair", "appointed_on": "2013-06-01"}
    await field.tell("membership", "officers", later)
    await field.agree({"officers_appointed": 1, "chairs_total": 1}, field.union, field.town, field.county)
    assert await field.parts(field.county, "officers_total", "office_role") == {
        "cadre": 1,
        "chair": 1,
        "member": 1,
    }
    await field.tell(
        "membership", f"unions/{field.union}/dissolve", {"reason": "employer_ended", "on": "2013-12-01"}
    )
    await field.agree({"officers_total": 0, "committees_total": 0}, field.town, field.county)


@pytest.mark.capability("CAP-018")
async def test_women_workers_get_a_committee_or_a_commissioner(field: Field) -> None:
    for _ in range(9):
        await field.member(field.union, sex="female")
    formed = {"union": field.union, "formed_on": "2013-03-08"}
    answer = await field.post("membership", "women-committees", formed)
    assert answer.json()["warnings"] == ["women-too-few-for-a-committee"]
    one = {"union": field.other, "body": "commissioner", "formed_on": "2013-03-08"}
    await field.tell("membership", "women-committees", one)
    assert await field.refused("membership", "women-committees", one) == (409, "nothing-changes")
    await field.agree({"womens_committees": 1}, field.union, field.county)
    figures = {"womens_committees": 1, "womens_commissioners": 1, "women_members": 9}
    await field.agree(figures, field.town, field.county)
    enough = one | {"union": field.union, "formed_on": "2013-04-01"}
    await field.member(field.union, sex="female")
    answer = await field.post("membership", "women-committees", enough)
    assert answer.json()["warnings"] == ["women-enough-for-a-committee"]
    await field.agree({"womens_committees": 0, "womens_commissioners": 2}, field.town, field.county)


@pytest.mark.capability("CAP-012")
async def test_cadres_are_trained_by_role_and_level(field: Field) -> None:
    ada, bo = await member(field), await member(field)
    plan = {"union": field.town, "topic": "chair_study", "places": 30, "planned_on": "2013-03-01"}
    first = await field.tell("membership", "trainings", plan)
    second = await field.tell("membership", "trainings", plan | {"topic": "law"})
    chair = {"person": ada, "role": "chair", "level": 6}
    delegate = {"person": bo, "role": "delegate", "level": 6}
    held = {"held_on": "2013-04-01", "hours": 16, "person_times": 4, "trainees": [chair, delegate]}
    twice = held | {"trainees": [chair, chair]}
    assert await field.refused("membership", f"trainings/{first}/hold", twice) == (422, "trainee-twice")
    await field.tell("membership", f"trainings/{first}/hold", held)
    once = {"held_on": "2013-05-01", "hours": 8, "person_times": 1, "trainees": [chair]}
    await field.tell("membership", f"trainings/{second}/hold", once)
    done = {"passed": [ada], "completed_on": "2013-04-02"}
    await field.tell("membership", f"trainings/{first}/complete", done)
    assert await field.refused("membership", f"trainings/{first}/complete", done) == (
        409,
        "training-not-at-this-stage",
    )
    figures = {
        "cadre_trainings_planned": 2,
        "cadre_trainings": 2,
        "cadres_trained": 2,
        "chairs_trained": 1,
        "cadre_training_person_times": 5,
        "cadre_training_hours": 24,
        "cadres_passed": 1,
    }
    await field.agree(figures, field.town, field.county, field.province)
