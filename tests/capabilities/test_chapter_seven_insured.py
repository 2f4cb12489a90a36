"""Chapter 7's fourteenth period of mutual aid against the thirteenth, person by person, to the fen.

The chapter tells the sums alone. Here everybody holds the in-service product, some thousands three shares of
severe illness for three years, and a few a little more, all at the prices of the rules.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.support.crowds import registered
from tests.support.field import Body, Field
from tests.support.rows import sent

FOURTEENTH, THIRTEENTH = 13_890, 12_858
UNITS = 187
LONG = {13: (0, 1_585), 14: (1_585, 6_448)}  # who begins three years of severe illness, by place in the roll
CLAIMS = 1_128
FIRST = 7_000_000


async def period(field: Field, number: int, year: int) -> UUID:
    plan = {
        "organiser": field.county,
        "number": number,
        "products": ["in_service", "special", "ankang"],
        "enrol_from": f"{year - 1}-12-01",
        "enrol_until": f"{year - 1}-12-31",
        "starts_on": f"{year}-01-01",
        "ends_on": f"{year}-12-31",
        "opened_on": f"{year - 1}-11-20",
    }
    id_ = await field.tell("welfare", "mutual-aid/periods", plan)
    path = f"mutual-aid/periods/{id_}"
    await field.tell("welfare", f"{path}/begin-collecting", {"begun_on": f"{year - 1}-12-01"})
    await field.tell("welfare", f"{path}/bring-into-force", {"in_force_on": f"{year}-01-01"})
    return id_


def wishes(people: list[UUID], number: int, wish: Body) -> list[Body]:
    """Everybody in service; then who begins three years; then one year or women's illness, to the yuan."""
    rows = [wish | {"person": person, "product": "in_service"} for person in people]
    first, last = LONG[number]
    rows += [
        wish | {"person": person, "product": "special", "shares": 3, "years": 3}
        for person in people[first:last]
    ]
    if number == 13:
        return rows + [wish | {"person": person, "product": "special"} for person in people[-2:]]
    return rows + [wish | {"person": person, "product": "ankang"} for person in people[:12:2]]


async def enrolled(field: Field, people: list[UUID], number: int, units: list[UUID]) -> list[str]:
    """In time, premium and all, through the units in turn; the enrolments, the in-service ones first."""
    year = 2013 + number - 14
    day = f"{year - 1}-12-10"
    wish: dict[str, Any] = {"payer": "union", "enrolled_on": day, "collected_on": day}
    wish["period"] = await period(field, number, year)
    rows = [
        row | {"employer": units[place % UNITS]} for place, row in enumerate(wishes(people, number, wish))
    ]
    told = await sent(field, "welfare", "mutual-aid/enrolments/bulk", rows)
    assert {each["status"] for each in told} == {"created"}
    return [str(each["id"]) for each in told]


async def claimed(field: Field, enrolments: list[str]) -> None:
    """One bill of 204,990 yuan, one of 1,565.25 and 1,126 of 866; filed by one, reviewed by another."""
    costs = [20_499_000, 156_525, *[86_600] * (CLAIMS - 2)]
    stay = {"kind": "hospital", "incurred_on": "2013-03-01", "filed_on": "2013-04-01"}
    rows = [
        stay | {"enrolment": enrolment, "own_costs_fen": fen}
        for enrolment, fen in zip(enrolments, costs, strict=False)
    ]
    claims = [str(each["id"]) for each in await sent(field, "welfare", "mutual-aid/claims/bulk", rows)]
    reviews = [{"claim": claim, "reviewed_on": "2013-05-01"} for claim in claims]
    own = (await sent(field, "welfare", "mutual-aid/reviews/bulk", reviews[:1]))[0]
    assert own["problem"]["code"] == "approver-is-recorder"
    await sent(field, "welfare", "mutual-aid/reviews/bulk", reviews, actor="bo")
    payments = [{"claim": claim, "paid_on": "2013-06-01"} for claim in claims]
    await sent(field, "welfare", "mutual-aid/payments/bulk", payments)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.capability("CAP-049")
async def test_chapter_seven_compares_its_fourteenth_period_with_the_thirteenth(field: Field) -> None:
    people, _ = await registered(field, FOURTEENTH, FOURTEENTH, FIRST)
    units = [await field.employer() for _ in range(UNITS)]
    await enrolled(field, people[:THIRTEENTH], 13, units)
    enrolments = await enrolled(field, people, 14, units)
    await claimed(field, enrolments[:CLAIMS])

    # Enrolment and premiums of the fourteenth period fall in December 2012.
    figures = {
        "medical_units_insured": 187,
        "medical_people_insured": 13_890,
        "medical_people_growth": 1_032,
        "medical_collected": 170_883_000,
        "medical_collected_growth": 65_201_000,
        "medical_claims_person_times": 1_128,
        "medical_claims_paid": 80_394_400,
        "medical_max_single_claim": 2_259_900,
        "medical_payout_ratio": 47.05,
    }
    for unit in (field.town, field.county):
        assert await field.figures(unit, *figures, first="2012-12-01", last="2013-10-31") == figures
    for name, (now, before) in {
        "medical_people_insured": (13_890, 12_858),
        "medical_collected": (170_883_000, 105_682_000),
    }.items():
        parts = await field.parts(field.county, name, "period_number", first="2011-12-01")
        assert parts == {"14": now, "13": before}
