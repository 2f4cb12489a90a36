"""Hardship funds of enterprises, from the first contribution to the last payment, at every level."""

from __future__ import annotations

import pytest

from tests.support.field import Field
from tests.support.rows import people, told


@pytest.mark.capability("CAP-048")
async def test_funds_of_enterprises(field: Field) -> None:
    mills = [await field.employer(union) for union in (field.union, field.union, field.other, field.other)]
    for mill in mills[:2]:
        big = {"sales_fen": 10_000_000_000, "assessed_on": "2013-01-10"}
        await field.tell("membership", f"employers/{mill}/scale", big)
    said = {"union": field.town, "document": "厂工〔2013〕1号", "established_on": "2013-02-01"}
    rows = [said | {"employer": mill, "above_scale": mill == mills[0]} for mill in mills[:3]]
    funds = await told(field, "welfare", "hardship-funds/bulk", rows)
    assert await field.refused("welfare", "hardship-funds", rows[0]) == (409, "hardship-fund-exists")
    money = [{"fund": each, "fen": 500_000, "contributed_on": "2013-03-01"} for each in funds]
    await told(field, "welfare", "hardship-funds/contribute/bulk", money)
    first, second = await people(field, 2)
    help_ = {"fen": 100_000, "paid_on": "2013-05-01", "receipt": "收2013-5"}
    path = f"hardship-funds/{funds[0]}"
    beyond = help_ | {"person": first, "fen": 500_001}
    assert await field.refused("welfare", f"{path}/pay", beyond) == (409, "payment-beyond-balance")
    await field.tell("welfare", f"{path}/pay", help_ | {"person": first})
    await field.tell("welfare", f"{path}/pay", help_ | {"person": first, "paid_on": "2013-06-01"})
    last = f"hardship-funds/{funds[2]}"
    assert await field.refused("welfare", f"{last}/close", {"closed_on": "2013-07-01"}) == (
        409,
        "fund-not-empty",
    )
    await field.tell("welfare", f"{last}/pay", help_ | {"person": second, "fen": 500_000})
    await field.tell("welfare", f"{last}/close", {"closed_on": "2013-07-01"})
    grown = {"above_scale": True, "reclassified_on": "2013-08-01"}
    await field.tell("welfare", f"hardship-funds/{funds[1]}/reclassify", grown)

    figures = {
        "enterprises_with_hardship_fund": 2,
        "above_scale_enterprises_with_hardship_fund": 2,
        "hardship_fund_coverage_percent": 50.0,
        "hardship_fund_coverage_of_unions_percent": 100.0,
        "hardship_fund_above_scale_coverage_percent": 100.0,
        "hardship_fund_total": 800_000,
        "hardship_fund_contributed": 1_500_000,
        "hardship_fund_paid": 700_000,
        "hardship_fund_recipients": 2,
        "hardship_fund_person_times": 3,
        "money_balance": 0,
    }
    await field.agree(figures, field.town, field.county)
    spring = await field.figures(
        field.county, "enterprises_with_hardship_fund", "hardship_fund_coverage_percent", last="2013-06-30"
    )
    assert spring == {"enterprises_with_hardship_fund": 3, "hardship_fund_coverage_percent": 75.0}
