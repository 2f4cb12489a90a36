"""Publicity of the law, participation, surveys and work safety, at every level."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.support.field import Field
from tests.support.rows import told


async def planned(field: Field, kind: str, union: UUID | None = None) -> str:
    body = {"union": union or field.union, "kind": kind, "planned_on": "2013-03-01"}
    return f"rights-actions/{await field.tell('rights', 'rights-actions', body)}"


async def hold(field: Field, path: str, **counted: Any) -> None:
    await field.tell("rights", f"{path}/hold", {"held_on": "2013-03-15"} | counted)


@pytest.mark.capability("CAP-030")
async def test_publicity_of_the_law(field: Field) -> None:
    lecture = await planned(field, "law_lecture")
    nobody = await field.refused("rights", f"{lecture}/hold", {"held_on": "2013-03-15"})
    assert nobody == (422, "nobody-reached")
    await hold(field, lecture, people=120, copies=200)
    street = await planned(field, "law_street_day", field.town)
    await hold(field, street, person_times=800, copies=1500)
    off = await planned(field, "law_study")
    await field.tell("rights", f"{off}/cancel", {"cancelled_on": "2013-03-10"})
    figures = {
        "legal_publicity_events": 2,
        "legal_publicity_people": 120,
        "legal_publicity_person_times": 800,
        "legal_materials": 1700,
        "rights_actions_planned": 3,
        "rights_actions_cancelled": 1,
    }
    await field.agree(figures, field.town, field.county)
    await field.agree({"legal_publicity_events": 1, "legal_materials": 200}, field.union)


@pytest.mark.capability("CAP-041")
async def test_taking_part_in_policy_and_investigations(field: Field) -> None:
    accident = await planned(field, "accident_investigation")
    policy = await planned(field, "policy_consultation")
    missed = await planned(field, "policy_consultation")
    told_on = {"outcome": "adopted", "recorded_on": "2013-04-01"}
    assert await field.refused("rights", f"{policy}/outcome", told_on) == (409, "step-out-of-turn")
    for path in (accident, policy):
        await hold(field, path, people=2)
    odd = await field.refused("rights", f"{accident}/outcome", told_on)
    assert odd == (422, "outcome-not-of-kind")
    await field.tell("rights", f"{accident}/outcome", told_on | {"outcome": "concluded"})
    await field.tell("rights", f"{policy}/outcome", told_on)
    await field.tell("rights", f"{missed}/cancel", {"cancelled_on": "2013-04-01"})
    figures = {
        "participations_invited": 3,
        "participations_joined": 2,
        "accident_investigations_joined": 1,
        "policy_consultations_joined": 1,
        "participation_outcomes": 2,
    }
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-043")
async def test_safety_trainings_and_hazards(field: Field) -> None:
    training = await planned(field, "safety_training")
    await hold(field, training, people=60, person_times=90)
    signing = await planned(field, "safety_signing")
    await hold(field, signing, signatures=300)
    employer = await field.employer(field.union)
    found = {"union": field.union, "kind": "fire", "items": 5, "found_on": "2013-03-01"}
    rows = [found | {"employer": employer}, found | {"kind": "height", "items": 3}]
    fire, _ = await told(field, "rights", "hazards/bulk", rows)
    right = {"items": 6, "rectified_on": "2013-04-01"}
    more = await field.refused("rights", f"hazards/{fire}/rectify", right)
    assert more == (409, "more-rectified-than-found")
    await field.tell("rights", f"hazards/{fire}/rectify", right | {"items": 4})
    figures = {
        "safety_trainings": 1,
        "safety_people_trained": 60,
        "safety_signatures": 300,
        "hazards_found": 8,
        "hazards_rectified": 4,
        "hazards_open": 4,
        "hazard_rectified_percent": 50,
    }
    await field.agree(figures, field.union, field.town, field.county)
    assert await field.parts(field.county, "hazards_found", "hazard_kind") == {"fire": 5, "height": 3}


@pytest.mark.capability("CAP-032")
async def test_surveys_of_enterprises(field: Field) -> None:
    """A street of chapter 8: about 50 enterprises, 12,500 person-times."""
    opening = {"union": field.town, "topic": "migrant_workers", "opened_on": "2013-03-01"}
    survey = await field.tell("rights", "surveys", opening)
    employer = await field.employer(field.union)
    visit = {"survey": survey, "visited_on": "2013-04-01"}
    rows = [visit | {"employer": employer, "person_times": 250} for _ in range(2)]
    rows.append(visit | {"enterprises": 49, "person_times": 12_000})
    await told(field, "rights", "surveys/visit/bulk", rows)
    early = {"document": "调〔2013〕1号", "reported_on": "2013-05-01"}
    assert await field.refused("rights", f"surveys/{survey}/report", early) == (409, "step-out-of-turn")
    await field.tell("rights", f"surveys/{survey}/close", {"closed_on": "2013-05-01"})
    await field.tell("rights", f"surveys/{survey}/report", early)
    figures = {
        "surveys_opened": 1,
        "survey_enterprises_visited": 50,
        "survey_person_times": 12_500,
        "surveys_running": 0,
        "surveys_reported": 1,
    }
    await field.agree(figures, field.town, field.county)
    await field.agree({"surveys_running": 1}, field.county, last="2013-04-30")


@pytest.mark.capability("CAP-044")
async def test_a_joint_union_as_a_pilot_in_safety(field: Field) -> None:
    chosen = {"union": field.union, "document": "安〔2013〕1号", "selected_on": "2013-03-01"}
    pilot = await field.tell("rights", "safety-pilots", chosen)
    assert await field.refused("rights", "safety-pilots", chosen) == (409, "safety-pilot-exists")
    other = await field.tell("rights", "safety-pilots", chosen | {"union": field.other})
    sign = {"document": "安〔2013〕2号", "signed_on": "2013-05-01"}
    assert await field.refused("rights", f"safety-pilots/{pilot}/sign", sign) == (409, "step-out-of-turn")
    committee = {"members": 5, "formed_on": "2013-03-10"}
    for each in (pilot, other):
        await field.tell("rights", f"safety-pilots/{each}/committee", committee)
    for kind, items in (("opinion_box", 3), ("safety_card", 200)):
        body = {"kind": kind, "items": items, "issued_on": "2013-04-01"}
        await field.tell("rights", f"safety-pilots/{pilot}/issue", body)
    await field.tell("rights", f"safety-pilots/{pilot}/sign", sign)
    await field.tell("rights", f"safety-pilots/{other}/end", {"ended_on": "2013-06-01"})
    figures = {
        "safety_pilot_unions": 1,
        "safety_pilot_committees": 1,
        "safety_opinion_boxes": 3,
        "safety_cards": 200,
        "safety_agreements": 1,
    }
    await field.agree(figures, field.union, field.town, field.county)
    await field.agree({"safety_pilot_unions": 2}, field.county, last="2013-05-31")
