"""What stands between a payment and its money: balances under pressure, yearly caps, campaigns."""

from __future__ import annotations

import asyncio

from tests.support.field import Field
from tests.support.relief import approved, cash, fund
from tests.support.rows import people

WARM = {"programme": "condolence", "occasion": "two_festivals", "applied_on": "2013-01-10"}


async def test_payments_at_the_same_time_never_overdraw_a_fund(field: Field) -> None:
    await fund(field, field.union, "county", 250_000)
    said = WARM | {"union": field.union, "requested_fen": 100_000}
    cases = [await approved(field, said | {"person": person}) for person in await people(field, 6)]
    paid = cash(100_000, "county", "2013-01-20")
    answers = await asyncio.gather(
        *(field.post("welfare", f"relief/cases/{case}/pay", paid) for case in cases[:3])
    )
    codes = sorted(answer.json().get("code", "") for answer in answers)
    assert codes == ["", "", "payment-beyond-balance"]
    rows = [
        cash(fen, "county", "2013-01-20") | {"case": case, "reference": f"{case}"}
        for case, fen in zip(cases[3:], (30_000, 30_000, 20_000), strict=True)
    ]
    results = await field.bulk("welfare", "relief/cases/pay/bulk", rows)
    assert [each["status"] for each in results] == ["created", "refused", "created"]
    assert results[1]["problem"]["code"] == "payment-beyond-balance"
    figures = {
        "fund_drawn": 250_000,
        "fund_remaining": 0,
        "condolence_amount": 250_000,
        "condolence_people": 4,
    }
    await field.agree(figures, field.union, field.town)


async def test_the_year_of_a_person_is_counted_across_unions(field: Field) -> None:
    (person,) = await people(field, 1)
    warnings = []
    for union in (field.union, field.other):
        await fund(field, union, "county", 600_000)
    for union, on in ((field.union, "2013-01-20"), (field.other, "2013-05-01"), (field.union, "2013-10-01")):
        case = await approved(field, WARM | {"union": union, "person": person, "requested_fen": 300_000})
        answer = await field.post("welfare", f"relief/cases/{case}/pay", cash(300_000, "county", on))
        assert answer.status_code == 200, answer.text
        warnings.append(answer.json()["warnings"])
    assert warnings == [[], [], ["above-cap-a-year"]]


async def test_a_campaign_bears_the_name_of_its_festival(field: Field) -> None:
    """The money counts on the day it is paid, the campaign by the year of the festival."""
    await fund(field, field.union, "county", 200_000)
    first, second = await people(field, 2)
    said = WARM | {"union": field.union, "requested_fen": 100_000}
    for person, year, on in ((first, None, "2013-02-01"), (second, 2014, "2013-12-30")):
        case = await approved(field, said | {"person": person, "campaign_year": year})
        await field.tell("welfare", f"relief/cases/{case}/pay", cash(100_000, "county", on))
    parts = await field.parts(field.county, "festival_condolence_amount", "campaign_year")
    assert parts == {"2013": 100_000, "2014": 100_000}
