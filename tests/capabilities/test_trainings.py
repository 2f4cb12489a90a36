"""Chapter 7: 1,817 people trained against a task of 1,500; parts that overlap are never added up."""

from __future__ import annotations

import pytest

from tests.support.field import Field


@pytest.mark.capability("CAP-097")
async def test_more_are_trained_than_the_target_says(field: Field) -> None:
    task = {"union": field.county, "programme": "migrant_guidance", "year": 2013, "set_on": "2013-01-10"}
    paper = {"document": "州工〔2013〕2号"}
    await field.tell("events", "training-targets", task | paper | {"people": 1400})
    await field.tell("events", "training-targets", task | paper | {"people": 1500})
    said = {"union": field.county, "programme": "migrant_guidance", "planned_on": "2013-02-01"}
    plan = said | {"planned": 1900}
    path = f"trainings/{await field.tell('events', 'trainings', plan)}"
    groups = [{"attribute": "registered_poor", "people": 1070}, {"attribute": "women", "people": 1023}]
    done = {"people": 1817, "groups": groups, "completed_on": "2013-11-20"}
    assert await field.refused("events", f"{path}/complete", done) == (409, "step-out-of-turn")
    await field.tell("events", f"{path}/hold", {"classes": 20, "trainees": 1817, "held_on": "2013-11-01"})
    more = done | {"people": 1818}
    assert await field.refused("events", f"{path}/complete", more) == (409, "completed-beyond-trainees")
    part = done | {"groups": [{"attribute": "women", "people": 1818}]}
    assert await field.refused("events", f"{path}/complete", part) == (409, "group-beyond-completed")
    await field.tell("events", f"{path}/complete", done)
    for programme, classes, people in (("reserve_cadre", 2, 200), ("free_training", 5, 196)):
        other = said | {"union": field.town, "programme": programme, "planned": people}
        id_ = await field.tell("events", "trainings", other)
        held = {"classes": classes, "trainees": people, "held_on": "2013-06-20"}
        await field.tell("events", f"trainings/{id_}/hold", held)

    figures = {
        "training_planned": 2296,
        "training_classes": 27,
        "training_trainees": 2213,
        "training_completed": 1817,
        "training_completion_rate": 82.11,
        "migrant_guidance_training_people": 1817,
        "migrant_training_registered_poor": 1070,
        "migrant_training_women": 1023,
        "farm_training_people": 0,
        "family_salon_lectures": 0,
        "reserve_cadre_classes": 2,
        "reserve_cadre_trainees": 200,
        "free_training_classes": 5,
        "free_training_trainees": 196,
    }
    await field.agree(figures, field.county, field.prefecture)
    target = {"migrant_guidance_target": 1500, "migrant_guidance_target_completion": 121.13}
    await field.agree(target, field.county)
