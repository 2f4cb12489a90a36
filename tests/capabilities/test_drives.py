"""Donation drives, from the opening to the published account, at every level."""

from __future__ import annotations

import pytest

from tests.support.field import Field
from tests.support.rows import told


@pytest.mark.capability("CAP-062")
async def test_what_came_in_and_what_went_out(field: Field) -> None:
    """12,000 yuan of government staff among 120,000 yuan of the whole town."""
    said = {
        "union": field.town,
        "drive_kind": "public",
        "drive_purpose": "poverty_relief",
        "opened_on": "2013-10-10",
    }
    assert await field.refused("welfare", "drives", said) == (409, "certificate-missing")
    drive = await field.tell("welfare", "drives", said | {"certificate": "53-2013-1", "edition": 1})
    day = {"drive": drive, "received_on": "2013-10-17"}
    rows = [
        day | {"donor_group": "government_staff", "fen": 1_200_000, "donors": 90},
        day | {"donor_group": "enterprises", "fen": 10_800_000},
    ]
    await told(field, "welfare", "drives/receive/bulk", rows)
    out = {"people": 10, "households": 4, "document": "镇工〔2013〕9号", "spent_on": "2013-11-01"}
    path = f"drives/{drive}"
    beyond = await field.refused("welfare", f"{path}/spend", out | {"fen": 12_000_001})
    assert beyond == (409, "payment-beyond-balance")
    await field.tell("welfare", f"{path}/spend", out | {"fen": 9_000_000})
    end = {"settled_on": "2013-12-01"}
    assert await field.refused("welfare", f"{path}/settle", end) == (409, "drive-money-left")
    before = await field.figures(field.county, "donation_left", "money_held")
    assert before == {"donation_left": 3_000_000, "money_held": 3_000_000}
    await field.tell("welfare", f"{path}/spend", out | {"fen": 3_000_000})
    await field.tell("welfare", f"{path}/settle", end)
    shown = {"document": "镇工〔2013〕10号", "published_on": "2013-12-05"}
    await field.tell("welfare", f"{path}/publish", shown)
    school = {"union": field.union, "year": 2013, "reported_on": "2013-09-10"}
    await field.tell("welfare", "dropouts", school | {"children": 1})
    await field.tell("welfare", "dropouts", school | {"children": 0})

    figures = {
        "donation_drives": 1,
        "donation_town_total": 12_000_000,
        "donation_government_staff": 1_200_000,
        "donation_donors": 90,
        "donation_spent": 12_000_000,
        "donation_left": 0,
        "donation_people_helped": 20,
        "donation_households_helped": 8,
        "donation_drives_settled": 1,
        "donation_drives_published": 1,
        "children_dropping_out_for_poverty": 0,
        "money_balance": 0,
    }
    await field.agree(figures, field.town, field.county)
    assert await field.parts(field.county, "donation_drives", "edition") == {"1": 1}
    assert await field.parts(field.county, "donation_town_total", "drive_donor_group") == {
        "government_staff": 1_200_000,
        "enterprises": 10_800_000,
    }
