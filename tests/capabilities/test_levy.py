"""The preparation levy, and what the tax agency collects, at every level."""

from __future__ import annotations

import pytest

from tests.support.area import once_known
from tests.support.codes import credit_code
from tests.support.field import Field


@pytest.mark.capability("CAP-067")
async def test_a_levy_is_assessed_received_and_divided_on_establishment(field: Field) -> None:
    mill = await field.employer()
    levy = {"employer": mill, "period": "2013-06", "payroll_fen": 5_000_150, "assessed_on": "2013-07-01"}
    path = "levies/assessments"
    assert await field.refused("finance", path, levy) == (409, "levy-not-yet-allowed")
    notice = {"document": "通知2013-1", "given_on": "2013-05-20"}
    await field.tell("membership", f"employers/{mill}/notice", notice)
    id_ = await once_known(field, path, levy, "levy-not-yet-allowed")
    paid = {"employer": mill, "period": "2013-06", "channel": "own", "amount_fen": 100_003}
    await field.tell("finance", "levies/receipts", paid | {"received_on": "2013-07-10"})
    refund = {"amount_fen": 10_000, "refunded_on": "2013-07-15"}
    await field.tell("finance", f"levies/{id_}/refund", refund)
    figures = {"levied_units": 1, "levy_assessed": 100_003, "levy_received": 100_003, "levy_held": 90_003}
    await field.agree(figures | {"dues_received": 0}, field.town, field.county, field.province)

    on = {"converted_on": "2013-09-02"}
    assert await field.refused("finance", f"levies/{id_}/convert", on) == (409, "levy-no-union-yet")
    await field.tell("membership", f"unions/{field.union}/cover", {"employer": mill, "on": "2013-09-01"})
    await once_known(field, f"levies/{id_}/convert", on, "levy-no-union-yet")
    late = levy | {"period": "2013-09", "assessed_on": "2013-10-08"}
    assert await field.refused("finance", path, late) == (409, "levy-on-covered-employer")
    figures = {
        "levy_converted": 90_003,
        "levy_returned": 54_002,
        "levy_refunded": 10_000,
        "levy_held": 0,
        "money_held": 90_003,
        "money_balance": 0,
    }
    await field.agree(figures, field.town, field.county)
    await field.agree({"money_held": 54_002, "dues_received": 0}, field.union)


@pytest.mark.capability("CAP-070")
async def test_rows_of_the_tax_agency_are_posted_or_wait(field: Field) -> None:
    mill = await field.employer(field.union)
    code = (await field.get("membership", f"employers/{mill}"))["credit_code"]
    stranger = credit_code(900_001, "91")
    paid = {"payer_credit_code": code, "channel": "own", "period": "2013-05", "amount_fen": 5}
    await field.tell(
        "finance", "dues/receipts", paid | {"received_on": "2013-06-10"}
    )  # finance knows the mill
    row = {"unit": field.county, "batch": "税代收2013-07", "tax_item": "399001010", "period": "2013-06"}
    file = [
        row | {"reference": "1", "payer_credit_code": code, "amount_fen": 1_318_760_000},
        row | {"reference": "2", "payer_credit_code": stranger, "amount_fen": 200},
        row | {"reference": "3", "payer_credit_code": code, "amount_fen": 30, "tax_item": "399001020"},
        row | {"reference": "4", "payer_credit_code": code, "amount_fen": 7, "tax_item": "101010"},
    ]
    dated = [each | {"collected_on": "2013-07-20"} for each in file]
    answers = await field.bulk("finance", "tax-collections/bulk", dated)
    assert [each["status"] for each in answers] == ["created", "created", "created", "refused"]
    assert answers[3]["problem"]["code"] == "tax-item-unknown"
    assert [each["warnings"] for each in answers[:3]] == [[], ["payer-unknown"], ["levy-on-covered-employer"]]
    waiting = await field.get("finance", "tax-collections/unmatched", unit=field.county, limit=1)
    rest = await field.get(
        "finance", "tax-collections/unmatched", unit=field.county, cursor=waiting["cursor"]
    )
    found = {each["id"]: each["reason"] for each in waiting["items"] + rest["items"]}
    assert found == {answers[1]["id"]: "payer_unknown", answers[2]["id"]: "levy_on_covered_employer"}
    figures = {"tax_collections": 1_318_760_230, "tax_unmatched_amount": 230, "tax_unmatched_rows": 2}
    await field.agree(figures, field.county, field.prefecture, field.province)
    await field.agree(
        {"dues_collected_by_tax_agency": 1_318_760_000, "money_balance": 0}, field.union, field.county
    )

    match = f"tax-collections/{answers[1]['id']}/match"
    on = {"matched_on": "2013-08-01"}
    assert await field.refused("finance", match, on) == (409, "collection-still-unmatched")
    await field.employer(field.union, credit_code=stranger)
    await once_known(field, match, on, "collection-still-unmatched")
    assert await field.refused("finance", match, on) == (409, "collection-already-matched")
    figures = {
        "tax_unmatched_amount": 30,
        "tax_unmatched_rows": 1,
        "dues_collected_by_tax_agency": 1_318_760_200,
    }
    await field.agree(figures, field.county, field.province)
    await field.agree({"money_held": 1_318_760_235, "money_balance": 0}, field.county)
