"""Volunteers, letters, journeys, education and outreach: what unions do beside culture and sports."""

from __future__ import annotations

import pytest

from tests.capabilities.test_activities import PAPER, held, one, reported
from tests.support.field import Field
from tests.support.rows import people, told


@pytest.mark.capability("CAP-102")
async def test_volunteers_give_hours(field: Field) -> None:
    """One person helps twice: two attendances, one person, all hours."""
    ann, bob = await people(field, 2)
    for day in ("2013-03-05", "2013-10-13"):
        action = await held(field, field.union, "visit_to_the_old", day)
        came = [{"activity": action, "person": person, "hours": 3, "told_on": day} for person in (ann, bob)]
        await told(field, "events", "activities/attendances/bulk", came)
        few = {"counts": {"hours": 5}, "reported_on": day}
        assert await field.refused("events", one(action, "report"), few) == (409, "count-below-attended")
        await reported(field, action, places=1)
    figures = {
        "volunteer_hours": 12,
        "volunteers": 4,
        "volunteer_actions_held": 2,
        "homes_for_the_old_visited": 2,
        "activity_participants_by_person": 2,
    }
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-103")
async def test_letters_are_handed_out_and_signed(field: Field) -> None:
    """More than 10,000 copies; the first count was wrong."""
    letter = await held(field, field.union, "initiative_letter", activity_topic="environment")
    await reported(field, letter, copies=9_000, signatures=800)
    new = {"counts": {"copies": 10_000, "signatures": 800}, "document": PAPER, "corrected_on": "2013-12-21"}
    await field.tell("events", one(letter, "correct"), new)
    assert await field.refused("events", one(letter, "correct"), new) == (409, "nothing-corrected")
    figures = {"initiative_letters_distributed": 10_000, "initiative_signatures": 800}
    await field.agree(figures, field.union, field.town, field.province)


@pytest.mark.capability("CAP-104")
async def test_chairs_of_seven_unions_travel(field: Field) -> None:
    visit = await held(field, field.town, "study_visit")
    wrong = {"counts": {"people": 9, "person_times": 8}, "reported_on": "2013-05-02"}
    refused = await field.refused("events", one(visit, "report"), wrong)
    assert refused == (409, "person-times-below-people")
    await reported(field, visit, unions=7, people=9, places=3)
    summer = await held(field, field.union, "summer_activity", "2013-07-20", edition=3)
    await reported(field, summer, people=40, places=1)
    figures = {"joint_unions_in_study_visit": 7, "study_visit_people": 49, "study_visit_places": 4}
    await field.agree(figures, field.town, field.county)
    assert await field.parts(field.county, "activities_hosted", "edition") == {"3": 1, "unknown": 1}


@pytest.mark.capability("CAP-105")
async def test_education_counts_times_people_and_attendances_apart(field: Field) -> None:
    lessons = await held(field, field.union, "theme_education", activity_topic="honour_and_shame")
    stage = await field.refused("events", one(lessons, "hold"), {"held_on": "2013-05-02"})
    assert stage == (409, "activity-not-at-this-stage")
    await reported(field, lessons, times=4, people=120, person_times=410)
    ethics = await held(field, field.other, "ethics_education", activity_topic="professional_ethics")
    await reported(field, ethics, people=30)
    figures = {"theme_education_times": 5, "theme_education_people": 150, "theme_education_person_times": 410}
    await field.agree(figures, field.town, field.county)


@pytest.mark.capability("CAP-106")
async def test_families_are_visited(field: Field) -> None:
    school = await held(field, field.union, "parents_school")
    wrong = {"counts": {"hours": 2}, "reported_on": "2013-05-02"}
    assert await field.refused("events", one(school, "report"), wrong) == (409, "count-not-of-this-kind")
    await reported(field, school, times=2, people=90)
    visits = await held(field, field.union, "family_visit", "2013-11-11")
    await reported(field, visits, households=56, people=14)
    figures = {"outreach_times": 3, "families_visited": 56, "parents_schools_held": 2}
    await field.agree(figures, field.union, field.town, field.county)
