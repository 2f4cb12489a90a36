"""Funds by source, from the first allocation to the end of the year, at every level."""

from __future__ import annotations

import pytest

from tests.support.field import Field

MONEY = {"document": "县财〔2013〕8号", "allocated_on": "2013-01-20"}


@pytest.mark.capability("CAP-073")
async def test_money_by_source_from_above_to_below_and_back(field: Field) -> None:
    fund = {"source": "province", "year": 2013, "opened_on": "2013-01-10"}
    county = await field.tell("welfare", "funds", fund | {"union": field.county})
    town = await field.tell("welfare", "funds", fund | {"union": field.town})
    assert await field.refused("welfare", "funds", fund | {"union": field.town}) == (409, "fund-exists")
    own = await field.tell(
        "welfare", "funds", {"union": field.town, "source": "self_raised", "opened_on": "2013-01-10"}
    )
    await field.tell("welfare", f"funds/{county}/allocate", MONEY | {"fen": 100_000})
    passed = MONEY | {"fen": 60_000, "giver_fund": county}
    await field.tell("welfare", f"funds/{town}/allocate", passed)
    await field.tell("welfare", f"funds/{own}/allocate", MONEY | {"fen": 5_000})
    too_much = {"fen": 60_001, "document": "县财〔2013〕9号", "returned_on": "2013-12-01"}
    path = f"funds/{town}/return"
    assert await field.refused("welfare", path, too_much) == (409, "payment-beyond-balance")
    await field.tell("welfare", path, too_much | {"fen": 10_000, "giver_fund": county})
    await field.tell("welfare", f"funds/{own}/return", too_much | {"fen": 5_000})
    await field.tell("welfare", f"funds/{own}/close", {"closed_on": "2013-12-31"})

    below = {
        "fund_allocated": 65_000,
        "fund_drawn": 0,
        "fund_returned": 15_000,
        "fund_remaining": 50_000,
        "funds_open": 1,
        "money_balance": 0,
        "money_held": 45_000 + 5_000,
    }
    await field.agree(below, field.town)
    # At the county what went to the town and came back from it is inside.
    above = {
        "fund_allocated": 115_000,
        "fund_returned": 15_000,
        "fund_passed_on": 50_000,
        "fund_remaining": 100_000,
        "funds_open": 2,
        "money_balance": 0,
        "money_held": 100_000,
    }
    await field.agree(above, field.county, field.province)
    assert await field.parts(field.county, "fund_allocated", "source") == {
        "province": 110_000,
        "self_raised": 5_000,
    }
    assert await field.parts(field.county, "fund_remaining", "source") == {"province": 100_000}
