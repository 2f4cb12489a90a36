"""Funds raised and expenses disclosed, at every level."""

from __future__ import annotations

import pytest

from tests.support.field import Field


@pytest.mark.capability("CAP-082")
async def test_funds_and_goods_are_raised_and_given(field: Field) -> None:
    opened = {"union": field.town, "purpose": "condolence", "opened_on": "2013-01-10"}
    drive = await field.tell("finance", "fundraising", opened)
    path = f"fundraising/{drive}"
    for group, people, fen in (("party_members", 80, 2_000_000), ("enterprises", None, 162_300)):
        gift = {"donor_group": group, "people": people, "amount_fen": fen, "raised_on": "2013-01-15"}
        await field.tell("finance", f"{path}/funds", gift)
    bags = {"donor_group": "party_members", "item": "fertiliser", "quantity": 3, "value_fen": 45_000}
    await field.tell("finance", f"{path}/goods", bags | {"raised_on": "2013-01-15"})
    spend = {"amount_fen": 1_081_150, "households": 20, "evidence": "领1号", "spent_on": "2013-02-01"}
    assert await field.refused("finance", f"{path}/spend", spend) == (409, "approver-is-recorder")
    await field.tell("finance", f"{path}/spend", spend, actor="bo")
    beyond = spend | {"amount_fen": 1_081_151}
    refused = await field.refused("finance", f"{path}/spend", beyond, actor="bo")
    assert refused == (409, "spent-beyond-raised")
    give = {
        "item": "fertiliser",
        "quantity": 1,
        "households": 1,
        "evidence": "领2号",
        "given_on": "2013-02-01",
    }
    await field.tell("finance", f"{path}/give", give, actor="bo")
    await field.tell("finance", f"{path}/close", {"closed_on": "2013-03-01"})
    late = {"donor_group": "enterprise_workers", "amount_fen": 1, "raised_on": "2013-03-02"}
    assert await field.refused("finance", f"{path}/funds", late) == (409, "step-out-of-turn")

    figures = {
        "condolence_funds_raised": 2_162_300,
        "funds_raised": 2_162_300,
        "funds_raised_people": 80,
        "raised_funds_spent": 1_081_150,
        "raised_funds_left": 1_081_150,
        "raised_funds_spent_percent": 50,
        "fertiliser_bags_raised": 3,
        "fertiliser_given": 1,
        "fertiliser_left": 2,
        "goods_raised_value": 45_000,
        "raised_households": 21,
        "collections_open": 0,
        "money_held": 1_081_150,
        "money_balance": 0,
    }
    await field.agree(figures, field.town, field.county, field.province)
    groups = await field.parts(field.county, "funds_raised", "donor_group")
    assert groups == {"party_members": 2_000_000, "enterprises": 162_300}


@pytest.mark.capability("CAP-083")
async def test_expenses_are_disclosed_for_a_time(field: Field) -> None:
    lines = [("travel_abroad", 0), ("vehicles_run", 800_000), ("official_reception", 1_200_000)]
    items = [{"item": item, "amount_fen": fen} for item, fen in lines]
    show = {"union": field.county, "kind": "public_expenses", "year": 2012, "items": items}
    first = await field.tell("finance", "disclosures", show | {"prepared_on": "2013-02-01"})
    budget = {"union": field.town, "kind": "budget", "year": 2013, "prepared_on": "2013-02-01"}
    budget |= {"items": [{"item": "expense_total", "amount_fen": 5_000_000}]}
    second = await field.tell("finance", "disclosures", budget)
    up = {"channel": "board", "posted_until": "2013-05-31", "published_on": "2013-03-01"}
    own = await field.refused("finance", f"disclosures/{first}/publish", up)
    assert own == (409, "approver-is-recorder")
    for id_ in (first, second):
        await field.tell("finance", f"disclosures/{id_}/publish", up, actor="bo")
    down = {"document": "撤1号", "withdrawn_on": "2013-04-01"}
    await field.tell("finance", f"disclosures/{second}/withdraw", down)

    figures = {
        "budget_disclosures": 2,
        "public_expense_disclosures": 1,
        "disclosure_items_published": 4,
        "public_expenses_disclosed": 2_000_000,
        "budget_disclosures_withdrawn": 1,
        "disclosures_prepared": 2,
        "unions_disclosing": 2,
    }
    await field.agree(figures, field.county, field.province)
    for last, posted in (("2013-03-31", 2), ("2013-04-01", 1), ("2013-05-31", 1), ("2013-06-01", 0)):
        await field.agree({"budget_disclosures_posted": posted}, field.county, last=last)
    await field.agree({"budget_disclosures_posted": 0}, field.town, last="2013-04-01")
