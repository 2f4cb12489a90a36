"""Targets from the paper to what became of them, at every level; progress comes from figures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.e2e.settling import caught_up
from tests.support.field import Field

TRAINING, TRAINED, TO_ESTABLISH, ESTABLISHED = 1500, 1817, 8, 5
OF_TRAINING = "target_migrants_trained_migrant_workers"
OF_UNIONS = "target_unions_established_above_scale"


@pytest.mark.capability("CAP-108")
async def test_targets_are_handed_down_and_closed(field: Field) -> None:
    target = await _training(field)
    part = {"number": 900, "document": "责2号", "decomposed_on": "2013-01-25"}
    path = f"targets/{target}/decompose"
    answer = await field.post("affairs", path, part | {"union": field.town})
    assert answer.json()["warnings"] == ["parts-differ-from-the-whole"]
    missed = await _to_establish(field)
    await _train(field, field.union, 1200, "2013-05-31")
    await _train(field, field.other, TRAINED - 1200, "2013-10-20")
    for n in range(ESTABLISHED):
        await _establish(field, f"示例企业{n}工会")

    await field.agree(
        {f"{OF_TRAINING}_completion": 80.0, f"{OF_TRAINING}_remaining": 300, f"{OF_TRAINING}_over": 0},
        field.county,
        last="2013-06-30",
    )
    own = {
        "migrant_training_target": TRAINING,
        "migrant_training_target_parts": 900,
        "migrant_training_over_target_percent": 21,
        f"{OF_TRAINING}_completion": 121.13,
        f"{OF_TRAINING}_over": 21.13,
        f"{OF_TRAINING}_remaining": 0,
        "unions_to_establish_target": TO_ESTABLISH,
        "next_unions_to_establish": 3,
        "unions_to_establish_completion": 62.5,
        f"{OF_UNIONS}_remaining": 3,
    }
    await field.agree(own, field.county)
    below = {"migrant_training_target": 900, f"{OF_TRAINING}_completion": 201.89}
    await field.agree(below, field.town)
    assert await field.figures(field.union, f"{OF_TRAINING}_completion") == {
        f"{OF_TRAINING}_completion": None
    }

    await _close(field, target, missed)
    reported = {
        "migrant_training_target_done": TRAINED,
        "migrant_training_target_over": 317,
        "unions_to_establish_done": ESTABLISHED,
    }
    await field.agree(reported, field.county)
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


@pytest.mark.capability("CAP-108")
async def test_what_was_reported_of_a_target_is_held_against_the_figure(field: Field) -> None:
    target = await _training(field)
    await field.tell(
        "affairs", f"targets/{target}/decompose",
        {"number": 900, "document": "责2号", "decomposed_on": "2013-01-25", "union": field.town},
    )  # fmt: skip
    await _train(field, field.union, 1200, "2013-05-31")
    told = {"done_numerator": 1200, "cut_on": "2013-06-30", "recorded_on": "2013-07-01"}
    await field.tell("affairs", f"targets/{target}/progress", told)
    (shown,) = await _shown(field, field.county, "2013-06-30")
    assert (shown["number"], shown["done"]["value"], shown["remaining"]) == (TRAINING, 1200, 300)
    assert (shown["completion"], shown["over"]) == ("80.00", "0.00")
    assert shown["report"] == {
        "cut_on": "2013-06-30", "done": 1200, "became": None, "figure_said": 1200, "agrees": True
    }  # fmt: skip
    assert shown["parts_number"] == 900
    assert [part["unit"] for part in shown["parts"]] == [str(field.town)]

    closed = {"done_numerator": 1500, "cut_on": "2013-10-31", "closed_on": "2013-11-01"}
    await field.tell("affairs", f"targets/{target}/close", closed)
    (shown,) = await _shown(field, field.county, "2013-12-31")
    assert shown["report"] == {
        "cut_on": "2013-10-31", "done": 1500, "became": "met", "figure_said": 1200, "agrees": False
    }  # fmt: skip
    await _train(field, field.other, 300, "2013-10-01")
    (shown,) = await _shown(field, field.county, "2013-12-31")
    assert shown["report"]["agrees"] is True


async def test_a_target_is_given_another_number_and_withdrawn(field: Field) -> None:
    target = await _training(field)
    path = f"targets/{target}/decompose"
    part = {"number": TRAINING, "document": "责2号", "decomposed_on": "2013-01-25", "union": field.town}
    answer = await field.post("affairs", path, part)
    lower = UUID(answer.json()["id"])
    revise = {"number": 1000, "document": "责3号", "revised_on": "2013-03-01"}
    answer = await field.post("affairs", f"targets/{target}/revise", revise)
    assert answer.json()["warnings"] == ["parts-differ-from-the-whole"]
    again = await field.refused("affairs", f"targets/{target}/revise", revise)
    assert again == (409, "target-number-unchanged")
    answer = await field.post("affairs", f"targets/{lower}/revise", revise)
    assert answer.json()["warnings"] == []
    await field.agree({"target_number": 1000, "target_parts": 1000, "targets_revised": 2}, field.county)
    await field.agree({"target_number": 1000, "targets_revised": 1}, field.town)

    withdraw = {"document": "责4号", "withdrawn_on": "2013-04-01"}
    answer = await field.post("affairs", f"targets/{lower}/withdraw", withdraw)
    assert answer.json()["warnings"] == ["parts-differ-from-the-whole"]
    counted = {"target_parts": 0, "targets_withdrawn": 1, "targets_open": 1}
    await field.agree(counted, field.county)
    assert await _shown(field, field.town, "2013-12-31") == []
    early = {"done_numerator": 1, "cut_on": "2013-05-31", "closed_on": "2013-06-01"}
    assert await field.refused("affairs", f"targets/{lower}/close", early) == (409, "step-out-of-turn")
    await field.tell("affairs", path, part | {"number": 1000, "decomposed_on": "2013-04-02"})
    await field.agree({"target_parts": 1000, "targets_open": 2}, field.county)


async def test_a_statistics_year_and_a_calendar_year_stand_side_by_side(field: Field) -> None:
    draft = {"issuer": field.prefecture, "union": field.county, "drafted_on": "2013-01-10"}
    draft |= {"measure": "unions_established", "population": "above_scale"}
    for year, calendar, number in ((2014, "statistics", 6), (2013, "calendar", 8)):
        wish = draft | {"year": year, "calendar": calendar, "number": number}
        id_ = await field.tell("affairs", "targets", wish)
        paper = {"document": f"责{year}号", "assigned_on": "2013-01-15"}
        await field.tell("affairs", f"targets/{id_}/assign", paper)
    await _establish(field, "示例企业甲工会", "2013-07-01")
    await _establish(field, "示例企业乙工会", "2013-11-01")
    shown = {each["calendar"]: each for each in await _shown(field, field.county, "2013-12-31")}
    assert {name: each["done"]["value"] for name, each in shown.items()} == {"calendar": 2, "statistics": 1}
    assert (shown["statistics"]["first_day"], shown["statistics"]["last_day"]) == ("2013-10-01", "2014-09-30")
    assert [each["calendar"] for each in await _shown(field, field.county, "2013-09-30")] == ["calendar"]
    assert [each["calendar"] for each in await _shown(field, field.county, "2014-09-30")] == ["statistics"]
    await field.agree({f"{OF_UNIONS}_completion": 25.0}, field.county)


async def _shown(field: Field, unit: UUID, day: str) -> list[Any]:
    """Targets as the projection answers them."""
    await caught_up(field.http, field.urls)
    answer = await field.get("projection", "targets", unit=unit, to=day)
    shown: list[Any] = answer["targets"]
    return shown


async def _training(field: Field) -> UUID:
    """Accepted; on the way to it, what is refused."""
    draft = {"issuer": field.prefecture, "union": field.county, "year": 2013, "drafted_on": "2013-01-10"}
    training = draft | {"measure": "migrants_trained", "population": "migrant_workers", "number": TRAINING}
    target = await field.tell("affairs", "targets", training)
    upwards = training | {"issuer": field.town}
    assert await field.refused("affairs", "targets", upwards) == (409, "target-outside-subtree")
    assert await field.refused("affairs", "targets", training) == (409, "target-exists")
    women = training | {"population": "women"}
    assert await field.refused("affairs", "targets", women) == (409, "target-population-does-not-fit")
    paper = {"document": "责1号", "assigned_on": "2013-01-15"}
    await field.tell("affairs", f"targets/{target}/assign", paper)
    await field.tell("affairs", f"targets/{target}/accept", {"accepted_on": "2013-01-20"})
    return target


async def _train(field: Field, union: UUID, people: int, on: str) -> None:
    """A class of migrant workers that all of them completed."""
    plan = {"union": union, "programme": "migrant_guidance", "planned": people, "planned_on": "2013-02-01"}
    class_ = await field.tell("events", "trainings", plan)
    held = {"trainees": people, "held_on": on}
    await field.tell("events", f"trainings/{class_}/hold", held)
    done = {"people": people, "completed_on": on, "groups": []}
    await field.tell("events", f"trainings/{class_}/complete", done)


async def _establish(field: Field, name: str, on: str = "2013-08-01") -> None:
    """A union of an enterprise above scale."""
    body = {"name": name, "level": 6, "kind": "enterprise", "parent": field.town, "approved_on": on}
    await field.tell("membership", "unions", body | {"above_scale": True, "taken_over": True})


async def _close(field: Field, target: UUID, missed: UUID) -> None:
    """One met before its year is over, one missed at its end."""
    done = {"done_numerator": TRAINED, "cut_on": "2013-10-31", "closed_on": "2013-11-01"}
    await field.tell("affairs", f"targets/{target}/close", done)
    early = {"done_numerator": ESTABLISHED, "cut_on": "2013-11-30", "closed_on": "2013-12-01"}
    close = f"targets/{missed}/close"
    assert await field.refused("affairs", close, early) == (409, "target-year-not-over")
    over = early | {"cut_on": "2013-12-31", "closed_on": "2013-12-31"}
    await field.tell("affairs", close, over)


async def _to_establish(field: Field) -> UUID:
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
