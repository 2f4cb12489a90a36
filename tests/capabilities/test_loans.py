"""Loans by scheme, as chapter 7 counts them, and one that comes back late."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.support.field import Field


async def confirmed(field: Field, scheme: str, borrower: dict[str, UUID], fen: int) -> str:
    """Recommended, passed by the bank and confirmed; the path of the loan."""
    wish = {"union": field.union, "scheme": scheme, "amount_fen": fen, "recommended_on": "2013-02-01"}
    loan = await field.tell("welfare", "loans", wish | borrower)
    path = f"loans/{loan}"
    await field.tell("welfare", f"{path}/review", {"amount_fen": fen, "reviewed_on": "2013-02-10"})
    on = {"confirmed_on": "2013-02-15"}
    assert await field.refused("welfare", f"{path}/confirm", on) == (409, "approver-is-recorder")
    await field.tell("welfare", f"{path}/confirm", on, actor="bo")
    return path


async def disbursed(field: Field, scheme: str, borrower: dict[str, UUID], fen: int) -> str:
    """The same, and paid out in March for a year."""
    path = await confirmed(field, scheme, borrower, fen)
    paid = {"amount_fen": fen, "due_on": "2014-03-01", "disbursed_on": "2013-03-01"}
    await field.tell("welfare", f"{path}/disburse", paid)
    return path


@pytest.mark.capability("CAP-056")
async def test_loans_by_scheme(field: Field) -> None:
    people = [{"person": await field.member(field.union)} for _ in range(18)]
    mill = {"employer": await field.employer(field.union)}
    amounts = [10_000_000] * 12 + [8_000_000] * 2
    startups = [
        await disbursed(field, "startup", who, fen) for who, fen in zip(people, amounts, strict=False)
    ]
    for who in people[14:]:
        await disbursed(field, "small_guaranteed", who, 10_000_000)
    await disbursed(field, "labour_intensive", mill, 200_000_000)

    wrong = {"union": field.union, "scheme": "labour_intensive", "amount_fen": 1} | people[0]
    wrong["recommended_on"] = "2013-04-01"
    assert await field.refused("welfare", "loans", wrong) == (422, "borrower-kind-wrong")
    refused = await field.tell("welfare", "loans", wrong | {"scheme": "startup"})
    no = {"amount_fen": 0, "reviewed_on": "2013-04-02"}
    await field.tell("welfare", f"loans/{refused}/review", no)
    dropped = await confirmed(field, "startup", people[0], 500)
    await field.tell("welfare", f"{dropped}/drop", {"dropped_on": "2013-04-03"})

    # One pays in time, one in part and too late; of the others nothing has come back by the due day.
    early, late = startups[0], startups[1]
    await field.tell("welfare", f"{early}/repay", {"amount_fen": 10_000_000, "repaid_on": "2013-12-01"})
    await field.tell("welfare", f"{late}/repay", {"amount_fen": 4_000_000, "repaid_on": "2013-12-01"})
    too_much = {"amount_fen": 6_000_001, "repaid_on": "2014-03-10"}
    assert await field.refused("welfare", f"{late}/repay", too_much) == (409, "repaid-beyond-loan")
    await field.tell("welfare", f"{late}/repay", too_much | {"amount_fen": 6_000_000})

    figures = {
        "startup_loan_people": 14,
        "startup_loan_amount": 136_000_000,
        "small_guaranteed_loan_people": 4,
        "small_guaranteed_loan_amount": 40_000_000,
        "labour_intensive_enterprises_funded": 1,
        "labour_intensive_loan_amount": 200_000_000,
        "loans_disbursed": 376_000_000,
        "loan_borrowers": 19,
        "loan_per_borrower": 19_789_474,
        "loans_recommended": 21,
        "loans_passed": 20,
        "loans_refused": 1,
        "loans_confirmed": 20,
        "loans_dropped": 1,
        "loans_repaid": 14_000_000,
        "loans_outstanding": 362_000_000,
        "loans_overdue": 0,
        "money_balance": 0,
    }
    await field.agree(figures, field.union, field.town, field.county)
    day = {"first": "2014-03-01", "last": "2014-03-02"}
    overdue = {"loans_overdue": 362_000_000, "loans_overdue_cases": 18}
    await field.agree(overdue, field.town, field.county, **day)
    day = {"first": "2014-03-01", "last": "2014-03-10"}
    await field.agree({"loans_overdue": 356_000_000, "loans_overdue_cases": 17}, field.county, **day)
