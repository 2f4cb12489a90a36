"""Help for an assigned village, at every level; the numbers are those that a county printed."""

from __future__ import annotations

import pytest

from tests.support.field import Field
from tests.support.relief import fund
from tests.support.rows import told

OTHERS = {"origin": "coordinated", "source": "county"}


@pytest.mark.capability("CAP-061")
async def test_a_village_from_the_first_project_to_the_last_grade(field: Field) -> None:
    await fund(field, field.county, "self_raised", 32_000_000, purpose="village")
    here = {"union": field.county, "division": "533123200200", "assigned_on": "2013-01-05"}
    village = await field.tell("welfare", "villages", here)
    assert await field.refused("welfare", "villages", here) == (409, "village-assigned-already")
    path = f"villages/{village}"
    plan = {"project_kind": "infrastructure", "planned_fen": 20_000_000, "agreed_on": "2013-02-01"}
    projects = [await field.tell("welfare", f"{path}/projects", plan) for _ in range(6)]
    found = OTHERS | {"fen": 20_000_000, "funded_on": "2013-03-01"}
    for project in projects:
        await field.tell("welfare", f"{path}/projects/{project}/fund", found)
    house = await field.tell("welfare", f"{path}/projects", plan | {"planned_fen": 32_000_000})
    own = {"fen": 32_000_000, "funded_on": "2013-03-01"}
    short = own | {"draws": [{"source": "self_raised", "fen": 31_999_999}]}
    assert await field.refused("welfare", f"{path}/projects/{house}/fund", short) == (
        409,
        "sources-do-not-add-up",
    )
    drawn = own | {"draws": [{"source": "self_raised", "fen": 32_000_000}]}
    await field.tell("welfare", f"{path}/projects/{house}/fund", drawn)
    await field.tell("welfare", f"{path}/projects/{house}/implement", {"implemented_on": "2013-08-01"})
    seen = {"document": "盈工〔2013〕5号", "accepted_on": "2013-09-01"}
    accept = f"{path}/projects/{house}/accept"
    assert await field.refused("welfare", accept, seen) == (409, "approver-is-recorder")
    await field.tell("welfare", accept, seen, actor="bo")
    grants = [
        {"help_kind": "industry", "households": 21, "fen": 3_360_000},
        {"help_kind": "house_building", "households": 9, "fen": 3_600_000},
        {"help_kind": "house_repair", "households": 3, "fen": 600_000},
        {"help_kind": "farm_labour", "households": 178},
        {"help_kind": "cleaning", "households": 256},
    ]
    rows = [OTHERS | each | {"village": village, "granted_on": "2013-06-01"} for each in grants]
    await told(field, "welfare", "villages/grant/bulk", rows)
    for item, quantity in (("desks", 25), ("basketball_stands", 1)):
        gift = {"item": item, "quantity": quantity, "origin": "coordinated", "donated_on": "2013-06-01"}
        await field.tell("welfare", f"{path}/donate", gift)
    for year in (2012, 2013):
        grades = {"year": year, "unit_grade": "excellent", "appraised_on": "2013-12-20"}
        await field.tell("welfare", f"{path}/appraise", grades)

    figures = {
        "villages_assigned": 1,
        "village_projects_agreed": 7,
        "village_projects_implemented": 1,
        "village_projects_accepted": 1,
        "village_infrastructure_projects": 6,
        "village_infrastructure_amount": 120_000_000,
        "village_self_raised_amount": 32_000_000,
        "village_industry_households": 21,
        "village_industry_amount": 3_360_000,
        "house_building_households": 9,
        "house_building_amount": 3_600_000,
        "house_repair_households": 3,
        "house_repair_amount": 600_000,
        "farm_labour_help_households": 178,
        "cleaning_help_households": 256,
        "village_households_helped": 467,
        "village_desks_donated": 25,
        "village_basketball_stands": 1,
        "years_as_excellent_dispatching_unit": 2,
        "fund_remaining": 0,
        "money_balance": 0,
    }
    await field.agree(figures, field.county, field.prefecture)
    assert await field.parts(field.county, "village_funding", "money_origin") == {
        "own": 32_000_000,
        "coordinated": 127_560_000,
    }
