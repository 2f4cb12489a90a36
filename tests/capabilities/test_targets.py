"""Targets from the paper to what became of them, at every level."""

from __future__ import annotations

import pytest

from tests.support.field import Field

TRAINING, TRAINED, TO_ESTABLISH, ESTABLISHED = 1500, 1817, 8, 5


@pytest.mark.capability("CAP-108")
async def test_targets_are_handed_down_and_closed(field: Field) -> None:
    draft = {"issuer": field.prefecture, "union": field.county, "year": 2013, "drafted_on": "2013-01-10"}
    training = draft | {"measure": "migrants_trained", "population": "migrant_workers", "number": TRAINING}
    target = await field.tell("affairs", "targets", training)
    upwards = training | {"issuer": field.town}
    assert await field.refused("affairs", "targets", upwards) == (409, "target-outside-subtree")
    assert await field.refused("affairs", "targets", training) == (409, "target-exists")
    women = training | {"population": "women"}
    assert await field.refused("affairs", "targets", women) == (
        409,
        "target-population-does-not-fit",
    )
    await field.tell(
        "affairs", f"targets/{target}/assign", {"document": "责1号", "assigned_on": "2013-01-15"}
    )
    await field.tell("affairs", f"targets/{target}/accept", {"accepted_on": "2013-01-20"})
    part = {"number": 900, "document": "责2号", "decomposed_on": "2013-01-25"}
    path = f"targets/{target}/decompose"
    answer = await field.post("affairs", path, part | {"union": field.town})
    assert answer.json()["warnings"] == ["parts-differ-from-the-whole"]
    done = {"done_numerator": 1200, "cut_on": "2013-06-30", "recorded_on": "2013-07-01"}
    await field.tell("affairs", f"targets/{target}/progress", done)
    done = {"done_numerator": TRAINED, "cut_on": "2013-10-31", "closed_on": "2013-11-01"}
    await field.tell("affairs", f"targets/{target}/close", done)
    missed = await _to_establish(field)
    early = {"done_numerator": ESTABLISHED, "cut_on": "2013-11-30", "closed_on": "2013-12-01"}
    close = f"targets/{missed}/close"
    assert await field.refused("affairs", close, early) == (409, "target-year-not-over")
    over = early | {"cut_on": "2013-12-31", "closed_on": "2013-12-31"}
    await field.tell("affairs", close, over)

    own = {
        "migrant_training_target": TRAINING,
        "migrant_training_target_parts": 900,
        "migrant_training_target_done": TRAINED,
        "migrant_training_target_over": 317,
        "migrant_training_over_target_percent": 21,
        "unions_to_establish_target": TO_ESTABLISH,
        "next_unions_to_establish": 3,
        "unions_to_establish_done": ESTABLISHED,
        "unions_to_establish_completion": 62.5,
    }
    await field.agree(own, field.county)
    assert await field.figures(field.town, "migrant_training_target") == {"migrant_training_target": 900}
    counted = {
        "targets_assigned": 4,
        "targets_accepted": 2,
        "targets_met": 1,
        "targets_over_fulfilled": 1,
        "targets_missed": 1,
        "targets_met_percent": 50,
        "targets_open": 2,
    }
    await field.agree(counted, field.county, field.prefecture, field.province)
    await field.agree({"targets_assigned": 1, "targets_open": 1}, field.town)


async def _to_establish(field: Field) -> object:
    """This year's task, accepted, and the next year's, assigned."""
    draft = {"issuer": field.prefecture, "union": field.county, "drafted_on": "2013-01-10"}
    draft |= {"measure": "unions_established", "population": "above_scale"}
    ids = []
    for year, number in ((2013, TO_ESTABLISH), (2014, 3)):
        id_ = await field.tell("affairs", "targets", draft | {"year": year, "number": number})
        paper = {"document": f"责{year}号", "assigned_on": "2013-01-15"}
        await field.tell("affairs", f"targets/{id_}/assign", paper)
        ids.append(id_)
    await field.tell("affairs", f"targets/{ids[0]}/accept", {"accepted_on": "2013-01-20"})
    return ids[0]
