"""Dues of employers, from assessment to target, at every level."""

from __future__ import annotations

import pytest

from tests.support.field import Field


@pytest.mark.capability("CAP-066")
async def test_dues_from_assessment_to_the_target(field: Field) -> None:
    mill = await field.employer(field.union)
    owed = {"union": field.union, "employer": mill, "period": "2013-06", "payroll_fen": 5_000_000_000}
    assessment = await field.tell("finance", "dues/assessments", owed | {"assessed_on": "2013-07-01"})
    paid = {"employer": mill, "channel": "tax", "period": "2013-06", "amount_fen": 91_280_000}
    receipt = await field.tell("finance", "dues/receipts", paid | {"received_on": "2013-07-10"})
    await field.tell("finance", f"dues/assessments/{assessment}/overdue", {"flagged_on": "2013-07-16"})
    back = {"amount_fen": 30_000, "refunded_on": "2013-08-01"}
    await field.tell("finance", f"dues/receipts/{receipt}/refund", back)
    given_up = {"written_off_on": "2013-12-31"}
    path = f"dues/assessments/{assessment}/write-off"
    assert await field.refused("finance", path, given_up) == (409, "approver-is-recorder")
    await field.tell("finance", path, given_up, actor="bo")
    for unit, issuer in ((field.town, field.county), (field.county, field.province)):
        target = {
            "unit": unit,
            "year": 2013,
            "amount_fen": 160_140_000,
            "issuer": issuer,
            "set_on": "2013-01-10",
        }
        await field.tell("finance", "dues/targets", target)

    figures = {
        "dues_assessed": 100_000_000,
        "dues_received": 91_280_000,
        "dues_received_net": 91_250_000,
        "dues_overdue_flagged": 8_720_000,
        "dues_written_off": 8_750_000,
        "dues_payers": 1,
    }
    await field.agree(figures, field.union, field.town, field.county, field.province)
    await field.agree(
        {"dues_target": 160_140_000, "dues_target_completion_percent": 57}, field.town, field.county
    )
