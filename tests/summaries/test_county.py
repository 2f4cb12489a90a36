"""The county's summary: mutual medical aid of two periods, the hardship archive, help by fund source."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.summaries.county import County, settled
from tests.support.field import Body, Field
from tests.support.rows import told
from unionstream.demo.functions import spread

YEAR = {"first": "2018-01-01", "last": "2018-10-31"}
EVER = {"first": "2000-01-01", "last": "2018-10-31"}


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_the_county_of_2018(nowhere: Field) -> None:
    county = await settled(nowhere)
    await _mutual_aid(county)
    archives = await _filed(county)
    await _assistance(county)
    await _ended(county, archives)
    await nowhere.agree(
        {
            "assistance_amount": 75_861_200,
            "assistance_people": 581,
            "assistance_fund_upper_levels": 28_232_200,
            "assistance_fund_county_fiscal": 45_200_000,
            "assistance_fund_self_raised": 2_429_000,
            "fund_remaining": 0,
            "money_balance": 0,
        },
        *county.levels,
        **YEAR,
    )
    await nowhere.agree(
        {
            "medical_people_insured": 13_890,
            "medical_people_growth": 1_032,
            "medical_units_insured": 187,
            "medical_collected": 170_883_000,
            "medical_collected_growth": 65_201_000,
            "medical_claims_person_times": 1_128,
            "medical_claims_paid": 80_394_400,
            "medical_max_single_claim": 2_259_900,
        },
        *county.levels,
        **YEAR,
    )
    await nowhere.agree(
        {
            "hardship_households_filed": 491,
            "hardship_households_exited": 374,
            "hardship_households_cancelled": 64,
            "hardship_households_current": 53,
        },
        *county.levels,
        **EVER,
    )


async def _mutual_aid(county: County) -> None:
    thirteenth = await _period(county, 13, 2017)
    first = county.in_service[:11_449], county.retired
    await _enrol(county, thirteenth, first, "2017-02-15")
    fourteenth = await _period(county, 14, 2018)
    second = county.in_service, county.retired[:1_401]
    enrolments = await _enrol(county, fourteenth, second, "2018-02-15")
    await _claims(county, enrolments[:1_128])


async def _period(county: County, number: int, year: int) -> UUID:
    body = {
        "organiser": county.prefecture,
        "number": number,
        "products": ["in_service", "retired"],
        "enrol_from": f"{year}-01-01",
        "enrol_until": f"{year}-02-28",
        "starts_on": f"{year}-03-01",
        "ends_on": f"{year + 1}-02-28",
        "opened_on": f"{year - 1}-12-20",
    }
    period = await county.field.tell("welfare", "mutual-aid/periods", body)
    path = f"mutual-aid/periods/{period}"
    await county.field.tell("welfare", f"{path}/begin-collecting", {"begun_on": f"{year}-01-02"})
    return period


async def _enrol(county: County, period: UUID, groups: tuple[list[UUID], list[UUID]], on: str) -> list[UUID]:
    def rows() -> list[Body]:
        return [
            {"period": period, "person": person, "product": product, "payer": "union", "enrolled_on": on}
            | {"collected_on": on}
            for product, people in zip(("in_service", "retired"), groups, strict=True)
            for person in people
        ]

    enrolments = await told(county.field, "welfare", "mutual-aid/enrolments/bulk", rows())
    path = f"mutual-aid/periods/{period}/bring-into-force"
    await county.field.tell("welfare", path, {"in_force_on": f"{on[:4]}-03-01"})
    return enrolments


async def _claims(county: County, enrolments: list[UUID]) -> None:
    """One large claim, one in between, all others alike; 80 % up to 3,000 yuan of own costs, 10 % above."""
    costs = [20_499_000, 128_375, *[86_625] * (len(enrolments) - 2)]
    filed = [
        {"enrolment": enrolment, "kind": "hospital", "own_costs_fen": fen}
        | {"incurred_on": "2018-05-10", "filed_on": "2018-06-01"}
        for enrolment, fen in zip(enrolments, costs, strict=True)
    ]
    field = county.field
    claims = await told(field, "welfare", "mutual-aid/claims/bulk", filed)
    reviewed = [{"claim": claim, "reviewed_on": "2018-06-15"} for claim in claims]
    await told(field, "welfare", "mutual-aid/reviews/bulk", reviewed, actor="bo")
    paid = [{"claim": claim, "paid_on": "2018-07-01"} for claim in claims]
    await told(field, "welfare", "mutual-aid/payments/bulk", paid, actor="cy")


async def _filed(county: County) -> list[UUID]:
    filed = [
        {
            "union": county.unions[n % len(county.unions)],
            "holder": person,
            "household_size": 3,
            "hardship_class": "deep",
            "income_fen": 900_000,
            "standard_fen": 60_000,
            "filed_on": "2016-05-01",
        }
        for n, person in enumerate(county.in_service[:491])
    ]
    archives = await told(county.field, "welfare", "hardship/archives/bulk", filed)
    rows = [{"archive": archive, "verified_on": "2016-06-01"} for archive in archives]
    await told(county.field, "welfare", "hardship/archives/verify/bulk", rows, actor="bo")
    return archives


async def _ended(county: County, archives: list[UUID]) -> None:
    for step, of, body in (
        ("exit", archives[:374], {"above_since": "2017-01-01", "exited_on": "2018-03-01"}),
        ("cancel", archives[374:438], {"cancel_reason": "moved", "cancelled_on": "2018-04-01"}),
    ):
        rows = [{"archive": archive} | body for archive in of]
        await told(county.field, "welfare", f"hardship/archives/{step}/bulk", rows, actor="bo")


async def _assistance(county: County) -> None:
    """Before the Spring Festival: 581 people, out of five sources; each yuan has its source."""
    money = {"central": 10_000_000, "province": 13_232_200, "prefecture": 5_000_000}
    money |= {"county": 45_200_000, "self_raised": 2_429_000}
    funds = {source: await _fund(county, source, fen) for source, fen in money.items()}
    people = county.in_service[:581]
    amounts = spread(sum(money.values()), len(people))
    body = {"union": county.county, "programme": "condolence", "occasion": "two_festivals"}
    applied = [
        body | {"person": person, "requested_fen": fen, "applied_on": "2018-01-10"}
        for person, fen in zip(people, amounts, strict=True)
    ]
    cases = await told(county.field, "welfare", "relief/cases/bulk", applied)
    approved = [{"case": case, "approved_on": "2018-01-15"} for case in cases]
    await told(county.field, "welfare", "relief/cases/approve/bulk", approved, actor="bo")
    left = dict(money)
    paid = [
        {"case": case, "cash_fen": fen, "draws": _draws(funds, left, fen), "paid_on": "2018-02-01"}
        | {"receipt": f"签收{n}号"}
        for n, (case, fen) in enumerate(zip(cases, amounts, strict=True))
    ]
    await told(county.field, "welfare", "relief/cases/pay/bulk", paid, actor="cy")


async def _fund(county: County, source: str, fen: int) -> UUID:
    body = {"union": county.county, "source": source, "year": 2018, "opened_on": "2018-01-02"}
    fund = await county.field.tell("welfare", "funds", body)
    money = {"fen": fen, "document": "县财〔2018〕1号", "allocated_on": "2018-01-05"}
    await county.field.tell("welfare", f"funds/{fund}/allocate", money)
    return fund


def _draws(funds: dict[str, UUID], left: dict[str, int], fen: int) -> list[Body]:
    draws: list[Body] = []
    for source, fund in funds.items():
        taken = min(left[source], fen)
        left[source] -= taken
        fen -= taken
        draws += [{"fund": fund, "fen": taken}] if taken else []
    return draws
