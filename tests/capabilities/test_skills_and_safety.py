"""Sent to contests of others, the safety competition, masters and apprentices, lectures on demand."""

from __future__ import annotations

import pytest

from tests.support.field import Field
from tests.support.rows import people, told

SEVERITIES = ("particularly_major", "major", "serious", "ordinary", "minor_injury")


@pytest.mark.capability("CAP-091")
async def test_those_who_are_sent_come_back_with_a_grade(field: Field) -> None:
    """Chapter 4: two sent, both outstanding, both technicians; chapter 8: third in hazardous chemicals."""
    both = await people(field, 2)
    common = {
        "union": field.union,
        "contest_level": "group",
        "discipline": "cnc_lathe",
        "sent_on": "2013-05-01",
    }
    path = f"delegations/{await field.tell('events', 'delegations', common | {'people': 2})}"
    result = {"award": "outstanding", "people": 2, "held_on": "2013-05-10"}
    early = await field.refused("events", f"{path}/results", result | {"held_on": "2013-04-30"})
    assert early == (409, "result-before-sent")
    grade = {"person": both[0], "grade": "technician", "certificate": "S13-1", "promoted_on": "2013-06-01"}
    assert await field.refused("events", f"{path}/promote", grade) == (409, "promoted-before-result")
    await field.tell("events", f"{path}/results", result)
    await field.tell("events", f"{path}/promote", grade)
    other = grade | {"person": both[1]}
    assert await field.refused("events", f"{path}/promote", other) == (409, "certificate-taken")
    await field.tell("events", f"{path}/promote", other | {"certificate": "S13-2"})
    firms = common | {"contest_level": "county", "discipline": "hazardous_chemicals", "edition": 6}
    sent = await field.tell("events", "delegations", firms | {"people": 6, "items": 3, "enterprises": 2})
    third = {"award": "ranked", "rank": 3, "people": 3, "held_on": "2013-09-01"}
    await field.tell("events", f"delegations/{sent}/results", third)
    figures = {
        "delegated_people": 8,
        "external_contest_honoured": 5,
        "hazardous_chemical_contest_items": 3,
        "hazardous_chemical_contest_enterprises": 2,
        "delegation_results": 5,
        "promoted_to_technician": 2,
    }
    await field.agree(figures, field.union, field.county)
    assert await field.parts(field.county, "delegated_people", "edition") == {"6": 6, "unknown": 2}


@pytest.mark.capability("CAP-092")
async def test_no_accident_is_told_as_zero(field: Field) -> None:
    """Chapter 4: seven plants, two companies, 38 teams, 1,400 people; no major accident; two commended."""
    entry = {"union": field.union, "round": "round_2018", "entered_on": "2018-03-01"}
    counts = {"plants": 7, "subsidiaries": 2, "production_teams": 38, "participants": 1400}
    cup = await field.tell("events", "ankang-cups", entry | counts)
    assert await field.refused("events", "ankang-cups", entry) == (409, "cup-entered-already")
    done = {"advanced_units": 2, "document": "工〔2020〕1号", "assessed_on": "2020-01-20"}
    path = f"ankang-cups/{cup}"
    assert await field.refused("events", f"{path}/assess", done) == (409, "accidents-not-reported")
    period = {"first": "2018-01-01", "last": "2020-12-31"}
    nothing = await field.figures(field.county, "major_accidents", **period)
    assert nothing == {"major_accidents": None}
    said = {"cup": cup, "document": "应急〔2020〕3号", "reported_on": "2020-01-10"}
    rows = [
        said | {"year": year, "severity": each, "accidents": 2 if each == "minor_injury" else 0}
        for year in (2018, 2019)
        for each in SEVERITIES
    ]
    await told(field, "events", "ankang-cups/accidents/bulk", rows)
    later = {name: value for name, value in rows[0].items() if name != "cup"} | {"year": 2020}
    assert await field.refused("events", f"{path}/accidents", later) == (409, "year-outside-round")
    await field.tell("events", f"{path}/assess", done)
    figures = {
        "ankang_plants": 7,
        "ankang_subsidiaries": 2,
        "ankang_production_teams": 38,
        "ankang_participants": 1400,
        "major_accidents": 0,
        "ankang_accidents": 4,
        "ankang_advanced_units": 2,
        "ankang_advanced_teams": 0,
        "ankang_people": 0,
        "ankang_organisers": 0,
    }
    await field.agree(figures, field.union, field.county, **period)


@pytest.mark.capability("CAP-099")
async def test_an_apprentice_has_one_master_at_a_time(field: Field) -> None:
    master, first, second = await people(field, 3)
    day = {"union": field.union, "mentor": master, "formed_on": "2013-02-01"}
    alone = await field.refused("events", "mentor-pairs", day | {"apprentice": master})
    assert alone == (409, "own-apprentice")
    pair = await field.tell("events", "mentor-pairs", day | {"apprentice": first})
    await field.tell("events", "mentor-pairs", day | {"apprentice": second})
    again = await field.refused("events", "mentor-pairs", day | {"mentor": second, "apprentice": first})
    assert again == (409, "apprentice-has-master")
    end = {"outcome": "mastered", "completed_on": "2013-12-01"}
    await field.tell("events", f"mentor-pairs/{pair}/complete", end)
    figures = {"mentor_pairs_formed": 2, "mentor_pairs_active": 1, "mentor_pairs_completed": 1}
    await field.agree(figures, field.union, field.county)


@pytest.mark.capability("CAP-098")
async def test_employers_choose_a_lecture_that_costs_them_nothing(field: Field) -> None:
    employer = await field.employer(field.union)
    ask = {"union": field.union, "employer": employer, "topic": "first_aid", "requested_on": "2013-03-01"}
    path = f"lectures/{await field.tell('events', 'lectures', ask)}"
    await field.tell("events", "lectures", ask | {"topic": "law"})
    hour = {"minutes": 75, "attendances": 40, "held_on": "2013-04-01"}
    assert await field.refused("events", f"{path}/hold", hour) == (409, "step-out-of-turn")
    await field.tell("events", f"{path}/match", {"matched_on": "2013-03-10"})
    answer = await field.post("events", f"{path}/hold", hour)
    assert answer.json()["warnings"] == ["lecture-longer-than-an-hour"]
    figures = {
        "lectures_requested": 2,
        "lectures_waiting": 1,
        "one_hour_lectures_held": 1,
        "one_hour_lectures_in_period": 1,
        "lecture_attendances": 40,
        "one_hour_lecture_enterprise_cost": 0,
    }
    await field.agree(figures, field.union, field.county)
