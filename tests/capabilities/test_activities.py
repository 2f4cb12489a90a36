"""Culture and sports from the plan to the corrected report, at every level."""

from __future__ import annotations

import pytest

from tests.support.field import Body, Field
from tests.support.rows import people, told

PAPER = "镇工〔2013〕7号"
DAYS = {"planned_for": "2013-05-01", "planned_on": "2013-04-01"}


def one(activity: object, verb: str) -> str:
    return f"activities/{activity}/{verb}"


async def held(field: Field, union: object, kind: str, day: str = "2013-05-01", **more: object) -> object:
    said = {"union": union, "activity_kind": kind, "planned_for": day, "planned_on": "2013-01-05"}
    activity = await field.tell("events", "activities", said | more)
    await field.tell("events", one(activity, "hold"), {"held_on": day})
    return activity


async def reported(field: Field, activity: object, **counts: int) -> None:
    said = {"counts": counts, "reported_on": "2013-12-20"}
    await field.tell("events", one(activity, "report"), said)


async def of_the_past(field: Field) -> None:
    past = {"union": field.union, "held_on": "2013-10-01"}
    kinds = {"walk": 1000, "trail_race": 500, "table_tennis": 32}
    rows = [past | {"activity_kind": kind, "counts": {"people": n}} for kind, n in kinds.items()]
    rows.append(past | {"activity_kind": "basketball_friendly", "counts": {"times": 3, "person_times": 60}})
    await told(field, "events", "activities/record/bulk", rows)
    shared = {"activity_kind": "badminton", "counts": {}, "partners": [{"union": field.other}]}
    await field.tell("events", "activities/record", past | shared)
    early = past | {"activity_kind": "walk", "counts": {}, "held_on": "1999-12-31"}
    assert await field.refused("events", "activities/record", early) == (409, "before-establishment")


@pytest.mark.capability("CAP-084")
async def test_a_tug_of_war_between_eight_teams(field: Field) -> None:
    """Two unions hold it: each has it in its figures, the town counts it once."""
    said: Body = {"union": field.union, "activity_kind": "tug_of_war", "activity_occasion": "may_day"}
    partners = [{"union": field.other, "role": "carry_out"}]
    pull = await field.tell("events", "activities", said | DAYS | {"partners": partners})
    announced = {"document": PAPER, "announced_on": "2013-04-02"}
    await field.tell("events", one(pull, "announce"), announced)
    limits = {"closes_on": "2013-04-25", "max_teams": 8, "max_people": 2, "opened_on": "2013-04-05"}
    await field.tell("events", one(pull, "open"), limits)
    day = {"registered_on": "2013-04-20"}
    teams = [day | {"activity": pull, "union": field.union, "team": n, "people": 10} for n in range(1, 9)]
    await told(field, "events", "activities/teams/bulk", teams)
    ninth = {"union": field.other, "people": 10} | day
    assert await field.refused("events", one(pull, "register-team"), ninth) == (409, "teams-full")
    gone = {"union": field.union, "team": 8, "withdrawn_on": "2013-04-21"}
    await field.tell("events", one(pull, "withdraw-team"), gone)
    await field.tell("events", one(pull, "register-team"), ninth)

    ann, bob, eve = await people(field, 3)
    rows = [day | {"activity": pull, "person": person} for person in (ann, bob)]
    await told(field, "events", "activities/registrations/bulk", rows)
    path = one(pull, "register")
    assert await field.refused("events", path, day | {"person": ann}) == (409, "already-registered")
    assert await field.refused("events", path, day | {"person": eve}) == (409, "registration-full")
    await field.tell("events", one(pull, "withdraw"), {"person": bob, "withdrawn_on": "2013-04-21"})
    late = {"person": bob, "registered_on": "2013-04-26"}
    assert await field.refused("events", path, late) == (409, "registration-closed")
    counts = {"people": 80, "teams": 8, "audience": 300, "cost_fen": 200_000}
    report = {"counts": counts, "reported_on": "2013-05-02"}
    assert await field.refused("events", one(pull, "report"), report) == (409, "activity-not-held")
    await field.tell("events", one(pull, "hold"), {"held_on": "2013-05-01"})
    came = [{"activity": pull, "person": person, "told_on": "2013-05-02"} for person in (ann, eve)]
    await told(field, "events", "activities/attendances/bulk", came)
    again = await field.refused("events", one(pull, "attend"), {"person": ann, "told_on": "2013-05-02"})
    assert again == (409, "already-attended")
    letters = report | {"counts": counts | {"copies": 1}}
    assert await field.refused("events", one(pull, "report"), letters) == (409, "count-not-of-this-kind")
    await told(field, "events", "activities/reports/bulk", [report | {"activity": pull}])
    right = {"counts": counts | {"people": 81}, "document": PAPER, "corrected_on": "2013-06-01"}
    await field.tell("events", one(pull, "correct"), right)

    wet = await field.tell("events", "activities", said | DAYS | {"activity_kind": "swimming"})
    await field.tell("events", one(wet, "cancel"), {"reason": "weather", "cancelled_on": "2013-04-30"})
    await of_the_past(field)
    figures = {
        "tug_of_war_teams": 8,
        "table_tennis_entrants": 32,
        "walk_participants": 1000,
        "trail_race_participants": 500,
        "basketball_friendlies": 3,
        "culture_sports_activities": 8,
        "culture_sports_participants": 1613,
        "activities_planned": 7,
        "activities_announced": 1,
        "activities_opened": 1,
        "activity_people_registered": 1,
        "activity_teams_registered": 8,
        "activity_team_people": 80,
        "activities_hosted": 6,
        "activities_held": 6,
        "activities_cancelled": 1,
        "activities_reported": 6,
        "activity_reports_corrected": 1,
        "activity_participants": 1613,
        "activity_participants_by_person": 2,
        "activity_attendances": 60,
        "activities_cost": 200_000,
    }
    await field.agree(figures, field.union, field.town, field.county)
    together = {"activities_carried_out": 1, "activities_assisted": 1, "activity_parts_taken": 8}
    await field.agree(together, field.town, field.county)
    partner = {"activities_hosted": 0, "activities_held": 2, "activity_parts_taken": 2}
    await field.agree(partner, field.other)


@pytest.mark.capability("CAP-087")
async def test_programmes_for_teachers_day(field: Field) -> None:
    said = {"activity_occasion": "teachers_day", "programmes": 12}
    show = await held(field, field.union, "show", "2013-09-10", **said)
    await reported(field, show, programmes=11, audience=400, commended=6)
    wrong = {"union": field.union, "activity_kind": "outing", "programmes": 1} | DAYS
    assert await field.refused("events", "activities", wrong) == (409, "count-not-of-this-kind")
    figures = {
        "teachers_day_programmes_planned": 12,
        "celebrations_held": 1,
        "celebration_programmes": 11,
        "people_commended_at_meetings": 6,
    }
    await field.agree(figures, field.union, field.town, field.prefecture)


@pytest.mark.capability("CAP-094")
async def test_a_quiz_on_lifts(field: Field) -> None:
    lifts = await held(field, field.union, "quiz", activity_topic="lift_safety")
    await reported(field, lifts, units=21, people=63)
    law = await held(field, field.other, "quiz", activity_topic="law")
    await reported(field, law, units=5, people=20)
    unknown = {"union": field.union, "activity_kind": "quiz", "activity_topic": "weather"} | DAYS
    assert await field.refused("events", "activities", unknown) == (422, "not-in-catalogue")
    figures = {
        "lift_contest_units": 21,
        "lift_contest_people": 63,
        "quizzes_held": 2,
        "quiz_entrants": 83,
        "quiz_units": 26,
    }
    await field.agree(figures, field.town, field.county)


@pytest.mark.capability("CAP-095")
async def test_a_speech_contest_before_an_audience(field: Field) -> None:
    """13 speak."""
    speech = await field.tell(
        "events", "activities", {"union": field.union, "activity_kind": "speech_contest"} | DAYS
    )
    early = {"counts": {"people": 13}, "reported_on": "2013-05-02"}
    assert await field.refused("events", one(speech, "report"), early) == (409, "activity-not-held")
    await field.tell("events", one(speech, "hold"), {"held_on": "2013-05-01"})
    await reported(field, speech, people=13, audience=200, awarded=6)
    essays = await held(field, field.union, "essay_contest")
    await reported(field, essays, people=30, entries=34, awarded=9)
    figures = {
        "speech_contestants": 13,
        "speech_audience": 200,
        "creative_contests_held": 2,
        "creative_entrants": 43,
        "creative_entries": 34,
        "activity_people_awarded": 15,
    }
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-096")
async def test_women_count_banknotes(field: Field) -> None:
    said = {"union": field.union, "activity_kind": "women_contest", "activity_topic": "banknotes"} | DAYS
    contest = await field.tell("events", "activities", said)
    await field.tell("events", one(contest, "open"), {"closes_on": "2013-04-25", "opened_on": "2013-04-05"})
    (person,) = await people(field, 1)
    await field.tell("events", one(contest, "register"), {"person": person, "registered_on": "2013-04-10"})
    await field.tell("events", one(contest, "hold"), {"held_on": "2013-05-01"})
    late = {"person": person, "registered_on": "2013-05-01"}
    assert await field.refused("events", one(contest, "register"), late) == (
        409,
        "activity-not-at-this-stage",
    )
    await reported(field, contest, people=24)
    feast = await held(field, field.union, "women_celebration", "2013-03-08", activity_occasion="womens_day")
    await reported(field, feast, people=60)
    figures = {"women_activities_held": 2, "women_activity_entrants": 84}
    await field.agree(figures, field.union, field.town, field.county)
