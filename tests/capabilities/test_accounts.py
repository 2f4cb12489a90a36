"""Accounts of unions' own, and the rebates that wait for them, at every level."""

from __future__ import annotations

import pytest

from tests.support.area import settled
from tests.support.field import Field


@pytest.mark.capability("CAP-069")
async def test_an_account_is_opened_verified_and_closed(field: Field) -> None:
    opened = {"union": field.union, "document": "开户许可2013-1", "opened_on": "2013-03-01"}
    account = await field.tell("finance", "union-accounts", opened)
    verify = {"union": field.union, "verified_on": "2013-03-05"}
    assert await field.refused("finance", "union-accounts/verify", verify) == (409, "approver-is-recorder")
    await field.tell("finance", "union-accounts/verify", verify, actor="bo")
    rules = {"union": field.union, "document": "制度2013-1", "adopted_on": "2013-03-06"}
    await field.tell("finance", "union-accounts/rules", rules)
    assert await field.refused("finance", "union-accounts", opened) == (409, "account-already-open")
    assert (await field.get("finance", f"union-accounts/{account}"))["status"] == "verified"

    levels = (field.town, field.county, field.province)
    figures = {
        "unions_with_independent_account": 1,
        "unions_without_independent_account": 1,
        "unions_with_financial_rules": 1,
        "unions_with_account_and_rules": 1,
    }
    await field.agree(figures, *levels)
    await field.tell("finance", "union-accounts/close", {"union": field.union, "closed_on": "2013-09-01"})
    without = {"unions_with_independent_account": 0, "unions_without_independent_account": 2}
    await field.agree(without, *levels)
    await field.agree(figures, *levels, last="2013-08-31")


@pytest.mark.capability("CAP-068")
async def test_a_rebate_waits_for_an_account_and_is_paid(field: Field) -> None:
    area = await settled(field, "411502000000")
    county, town, union = area.county, area.town, area.union
    paid = {"employer": area.mill, "channel": "tax", "period": "2021-02", "received_on": "2021-03-10"}
    receipt = await field.tell("finance", "dues/receipts", paid | {"amount_fen": 100_003})
    await field.tell(
        "finance", "dues/receipts", paid | {"amount_fen": 5_000, "payer_size": "micro", "period": "2021-01"}
    )
    year = {"first": "2021-01-01", "last": "2021-12-31"}
    waiting = {"rebates_accrued": 65_002, "rebates_suspended": 65_002, "rebate_unions_suspended": 1}
    await field.agree(waiting, union, town, county, field.province, **year)
    await field.agree({"dues_received": 105_003, "dues_collected_for_others": 105_003}, county, **year)
    await field.agree({"money_held": 105_003, "money_balance": 0}, county, **year)

    (rebate,) = (await field.get("finance", "rebates", unit=union))["items"]
    payments = f"rebates/{rebate['id']}/payments"
    order = {"amount_fen": 20_000, "ordered_on": "2021-05-03"}
    assert await field.refused("finance", payments, order) == (409, "rebate-suspended")
    opened = {"union": union, "document": "开户许可2021-1", "opened_on": "2021-04-01"}
    await field.tell("finance", "union-accounts", opened)
    await field.tell(
        "finance", "union-accounts/verify", {"union": union, "verified_on": "2021-05-01"}, actor="bo"
    )
    refund = {"amount_fen": 50_000, "refunded_on": "2021-05-02"}
    await field.tell("finance", f"dues/receipts/{receipt}/refund", refund)
    payment = await field.tell("finance", payments, order)
    on = {"paid_on": "2021-05-04"}
    assert await field.refused("finance", f"{payments}/{payment}/pay", on) == (409, "approver-is-recorder")
    await field.tell("finance", f"{payments}/{payment}/pay", on, actor="bo")

    # of 100,003 fen 50,000 went back: 60 % of 50,003 is 30,002, and all of the small firm's 5,000
    figures = {
        "rebates_accrued": 35_002,
        "rebates_suspended": 0,
        "rebates_released": 65_002,
        "rebates_paid": 20_000,
        "rebate_unions_paid": 1,
        "rebates_open": 15_002,
    }
    await field.agree(figures, union, town, county, **year)
    await field.agree({"money_held": 20_000, "money_received": -20_000}, union, town, **year)
    await field.agree({"money_held": 55_003, "money_balance": 0}, county, field.province, **year)
