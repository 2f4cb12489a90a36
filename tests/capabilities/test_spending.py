"""Budgets, expenditure and prizes, from the plan to the receipt, at every level."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from tests.support.field import Field
from tests.support.rows import told

PAPERS = {
    "committee_document": "委〔2013〕1号",
    "audit_document": "经审〔2013〕1号",
    "higher_document": "总〔2013〕1号",
    "approved_on": "2013-01-20",
}


async def budgeted(field: Field, union: UUID, year: int = 2013, **lines: int) -> UUID:
    """An approved budget with these heads."""
    budget = None
    for head, fen in lines.items():
        line = {"union": union, "year": year, "head": head, "amount_fen": fen, "drafted_on": f"{year}-01-05"}
        budget = await field.tell("finance", "budgets/lines", line)
    assert budget is not None
    papers = PAPERS | {"approved_on": f"{year}-01-20"}
    await field.tell("finance", f"budgets/{budget}/approve", papers, actor="bo")
    return budget


@pytest.mark.capability("CAP-071")
async def test_dues_of_fiscally_paid_units_from_the_budget_to_their_arrival(field: Field) -> None:
    budget = await budgeted(
        field, field.county, fiscal_dues=1_029_121_000, appropriation=50_000, services=90_000
    )
    path = f"budgets/{budget}"
    release = {"head": "fiscal_dues", "amount_fen": 800_000_000, "document": "财〔2013〕3号"}
    await field.tell("finance", f"{path}/appropriate", release | {"appropriated_on": "2013-03-01"})
    paid = {"union": field.county, "channel": "fiscal", "period": "2013", "amount_fen": 600_000_000}
    receipt = await field.tell("finance", "dues/receipts", paid | {"received_on": "2013-03-05"})
    arrived = {"head": "fiscal_dues", "amount_fen": 600_000_000, "received_on": "2013-03-05"}
    assert await field.refused("finance", f"{path}/receive", arrived) == (409, "dues-receipt-missing")
    await field.tell("finance", f"{path}/receive", arrived | {"receipt": receipt})
    more = {"head": "appropriation", "amount_fen": 50_000, "received_on": "2013-04-01"}
    await field.tell("finance", f"{path}/receive", more)

    request = {"union": field.county, "purpose": "condolence", "amount_fen": 90_000}
    expense = await field.tell("finance", "expenses", request | {"requested_on": "2013-05-01"})
    await field.tell("finance", f"expenses/{expense}/approve", {"approved_on": "2013-05-02"}, actor="bo")
    pay = {"evidence": "收据7号", "paid_on": "2013-05-03"}
    await field.tell("finance", f"expenses/{expense}/pay", pay)
    change = {"lines": [{"head": "services", "amount_fen": 120_000}], "document": "总〔2013〕9号"}
    change |= {"adjusted_on": "2013-07-01"}
    await field.tell("finance", f"{path}/adjust", change, actor="bo")
    again = change | {"lines": [{"head": "services", "amount_fen": 130_000}]}
    assert await field.refused("finance", f"{path}/adjust", again, actor="bo") == (
        409,
        "budget-changed-enough",
    )

    figures = {
        "dues_in_fiscal_budget": 1_029_121_000,
        "fiscal_dues_appropriated": 800_000_000,
        "fiscal_dues_arrived": 600_000_000,
        "budget_income": 1_029_171_000,
        "budget_income_arrived": 600_050_000,
        "budget_expense": 120_000,
        "budget_spent": 90_000,
        "budget_execution": 75,
        "budget_drafted": 1_029_261_000,
        "budgets_approved": 1,
        "budget_changes": 1,
    }
    await field.agree(figures, field.county, field.prefecture, field.province)
    assert (await field.figures(field.town, "budget_expense")) == {"budget_expense": 0}
    assert len((await field.get("finance", "budgets", unit=field.county))["items"]) == 1


@pytest.mark.capability("CAP-074")
async def test_spending_on_contests_from_the_request_to_its_reversal(field: Field) -> None:
    union = field.union
    await budgeted(field, union, activities=41_000_000)
    request = {"union": union, "purpose": "contests", "requested_on": "2013-03-01"}
    rows = [
        request | {"amount_fen": 39_640_000, "person_times": 400},
        request | {"amount_fen": 1_000_000, "purpose": "culture"},
        request | {"amount_fen": 36_000},
        request | {"amount_fen": 60_000_000},
    ]
    ids = await told(field, "finance", "expenses/bulk", rows)
    approve = {"approved_on": "2013-03-05"}
    own = await field.refused("finance", f"expenses/{ids[0]}/approve", approve)
    assert own == (409, "approver-is-recorder")
    over = await field.refused("finance", f"expenses/{ids[3]}/approve", approve, actor="bo")
    assert over == (409, "over-budget")
    for id_ in ids[:3]:
        await field.tell("finance", f"expenses/{id_}/approve", approve, actor="bo")
    for id_ in ids[:2]:
        pay = {"evidence": "收据3号", "paid_on": "2013-03-10"}
        answer = await field.post("finance", f"expenses/{id_}/pay", pay)
        assert answer.json()["warnings"] == ["beyond-money-held"], answer.text
    given_up = {"document": "退〔2013〕1号", "reversed_on": "2013-04-01"}
    await field.tell("finance", f"expenses/{ids[1]}/reverse", given_up, actor="bo")
    await field.tell("finance", f"expenses/{ids[3]}/cancel", {"cancelled_on": "2013-04-01"})

    figures = {
        "grassroots_contests_spending": 39_640_000,
        "expenses_requested": 100_676_000,
        "expenses_paid": 39_640_000,
        "expenses_reversed": 1_000_000,
        "expenses_unpaid": 36_000,
        "activities_spending": 39_640_000,
        "expense_attendances": 400,
        "spending_per_person_time": 99_100,
        "budget_spent": 39_640_000,
        "money_balance": 0,
    }
    await field.agree(figures, union, field.town, field.county)
    parts = await field.parts(field.county, "expenses_requested", "spending_purpose")
    assert parts == {"contests": 99_676_000, "culture": 1_000_000}
    await _county_spends_on_contests(field)
    apart = {"grassroots_contests_spending": 39_640_000, "contests_spending": 39_690_000}
    await field.agree(apart, field.county, field.prefecture)


async def _county_spends_on_contests(field: Field) -> None:
    request = {"union": field.county, "purpose": "contests", "payer": "employer", "amount_fen": 50_000}
    expense = await field.tell("finance", "expenses", request | {"requested_on": "2013-03-01"})
    await field.tell("finance", f"expenses/{expense}/approve", {"approved_on": "2013-03-05"}, actor="bo")
    pay = {"evidence": "收据9号", "paid_on": "2013-03-10"}
    await field.tell("finance", f"expenses/{expense}/pay", pay)


@pytest.mark.capability("CAP-075")
async def test_prizes_by_rank_with_ties(field: Field) -> None:
    union = field.union
    await budgeted(field, union, activities=200_000)
    stamping = {"union": union, "discipline": "stamping", "payer": "employer", "participants": 30}
    stamping |= {"awarded_on": "2013-11-10"}
    prizes = [
        {"rank": n, "winner": uuid4(), "amount_fen": fen}
        for n, fen in ((1, 50_000), (2, 30_000), (3, 20_000))
    ]
    first = await field.tell("finance", "prizes", stamping | {"prizes": prizes})
    ranks = ((1, 30_000), (2, 20_000), (2, 20_000), (3, 10_000), (3, 10_000))
    tied = [{"rank": n, "winner": uuid4(), "amount_fen": fen} for n, fen in ranks]
    lathe = stamping | {"discipline": "cnc_lathe", "payer": "union", "awarded_on": "2013-06-10"}
    second = await field.tell("finance", "prizes", lathe | {"prizes": tied})
    twice = await field.refused("finance", "prizes", lathe | {"prizes": [tied[0], tied[0]]})
    assert twice == (409, "winner-twice")
    await field.tell("finance", "prizes", lathe | {"prizes": tied[:1], "awarded_on": "2013-12-01"})
    pay = {"evidence": "签收3号", "paid_on": "2013-11-20"}
    assert await field.refused("finance", f"prizes/{first}/pay", pay) == (409, "approver-is-recorder")
    for id_ in (first, second):
        await field.tell("finance", f"prizes/{id_}/pay", pay, actor="bo")

    figures = {
        "stamping_prize_rank1": 50_000,
        "stamping_prize_rank2": 30_000,
        "stamping_prize_rank3": 20_000,
        "cnc_lathe_prize_rank1": 30_000,
        "cnc_lathe_prize_rank2": 20_000,
        "cnc_lathe_prize_rank3": 10_000,
        "prizes_paid": 190_000,
        "prizes_given": 8,
        "prize_winners": 8,
        "prizes_due": 30_000,
        "budget_spent": 90_000,
    }
    await field.agree(figures, union, field.town, field.county)
    parts = await field.parts(field.county, "prizes_given", "prize_rank")
    assert parts == {"1": 2, "2": 3, "3": 3}
