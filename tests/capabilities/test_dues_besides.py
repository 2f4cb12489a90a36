"""What belongs to dues besides: remittances upwards, surcharges, dues of members, the list of the overdue."""

from __future__ import annotations

import pytest

from tests.support.area import settled
from tests.support.field import Field


@pytest.mark.capability("CAP-066")
async def test_late_dues_are_listed_surcharged_received_and_shared(field: Field) -> None:
    area = await settled(field, "110101000000")
    owed = {"union": area.union, "employer": area.mill, "period": "2013-06", "payroll_fen": 5_000_000}
    assessment = await field.tell("finance", "dues/assessments", owed | {"assessed_on": "2013-07-01"})
    listed = await field.get("finance", "dues/overdue", unit=area.union, on="2013-07-16")
    assert [each["id"] for each in listed["items"]] == [str(assessment)]
    assert not (await field.get("finance", "dues/overdue", unit=area.union, on="2013-07-15"))["items"]

    path = f"dues/assessments/{assessment}/surcharge"
    await field.tell("finance", path, {"charged_on": "2013-07-25"})
    again = await field.refused("finance", path, {"charged_on": "2013-07-25"})
    assert again == (409, "nothing-to-surcharge")
    paid = {"amount_fen": 5_000, "received_on": "2013-07-26"}
    await field.tell("finance", f"{path}/receive", paid)
    assert await field.refused("finance", f"{path}/receive", paid) == (409, "surcharge-beyond-charged")
    receipt = {"employer": area.mill, "channel": "own", "period": "2013-06", "amount_fen": 100_000}
    await field.tell("finance", "dues/receipts", receipt | {"received_on": "2013-07-26"})
    assert not (await field.get("finance", "dues/overdue", unit=area.union, on="2013-12-31"))["items"]

    share = {"union": area.union, "amount_fen": 40_000, "remitted_on": "2013-08-01"}
    await field.tell("finance", "dues/remittances", share)
    assert await field.refused("finance", "dues/remittances", share) == (409, "remittance-beyond-owed")
    members = {"union": area.union, "month": "2013-07", "received_on": "2013-07-31"}
    await field.tell("finance", "member-dues", members | {"wages_fen": [456_700, 300_000]})
    await field.tell("finance", "member-dues", members | {"members": 3, "amount_fen": 4_500})

    figures = {
        "dues_received": 100_000,
        "dues_surcharged": 5_000,
        "surcharges_received": 5_000,
        "member_dues_received": 8_280,
        "member_dues_payments": 5,
        "upper_share_remitted": 40_000,
        "upper_share_owed": 0,
        "money_balance": 0,
    }
    await field.agree(figures, area.union, area.town, area.county)
    held = {"money_held": 73_280, "money_received": -113_280, "money_passed_on": 40_000}
    await field.agree(held, area.union)
    await field.agree({"money_held": 113_280}, area.town, area.county)
