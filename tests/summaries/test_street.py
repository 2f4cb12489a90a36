"""The street's summary: mutual aid by product, service cards, relief through the year, all in 2016.

The printed year is blanked. Its people insured (10,135) are eleven more than the products of the year hold
together (4,886 + 859 + 1,423 + 2,956 = 10,124). Some products run for years, so both are right when eleven
women hold a cover that was bought the year before.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from uuid import UUID

import pytest

from tests.support.codes import credit_code, person_number
from tests.support.field import Body, Field
from tests.support.rows import told
from unionstream.demo.steps import spread

YEAR = {"first": "2016-01-01", "last": "2016-11-30"}
ENTERPRISES, INSURED_ENTERPRISES, FULLY = 223, 49, 32
IN_SERVICE, RETIRED, WOMEN, SEVERE, BEFORE = 4_886, 859, 1_423, 2_956, 11
CARDS = 13_540
_ENROLMENTS = "mutual-aid/enrolments/bulk"


@dataclass
class Street:
    """Ids; `people` are persons of the register: in service, retired, then those who are no members."""

    field: Field
    district: UUID
    street: UUID
    employers: list[UUID]
    unions: list[UUID]
    people: list[UUID]

    @property
    def levels(self) -> tuple[UUID, UUID]:
        return self.street, self.district


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_the_street_of_2016(nowhere: Field) -> None:
    street = await _settled(nowhere)
    await _mutual_aid(street)
    await _cards(street)
    await _hardship(street)
    await _relief(street)
    await nowhere.agree(
        {
            "medical_people_covered": 10_135,
            "medical_enrolments": 10_124,
            "medical_in_service": IN_SERVICE,
            "medical_retired": RETIRED,
            "medical_ankang": WOMEN,
            "medical_special": SEVERE,
            "medical_units_insured": INSURED_ENTERPRISES,
            "medical_enterprises_fully_insured": FULLY,
            "card_info_collected_year": 841,
            "card_issued_year": 242,
            "card_info_collected_cumulative": CARDS,
            "card_issued_cumulative": 9_854,
            "card_merchants": 1,
            "hardship_workers_added": 3,
            "hardship_workers_current": 26,
            "hardship_subsidies_paid": 4_900_000,
            "festival_hardship_workers_visited": 26,
            "festival_condolence_amount": 3_900_000,
            "heat_enterprises": 29,
            "heat_workers": 6_072,
            "heat_goods_value": 26_209_400,
            "tuition_university_students": 6,
            "tuition_secondary_students": 1,
            "tuition_primary_students": 1,
            "tuition_households": 8,
            "tuition_amount": 1_850_000,
            "money_balance": 0,
        },
        *street.levels,
        **YEAR,
    )


async def _settled(field: Field) -> Street:
    province = await field.tell("membership", "unions", _union(1, None, division="330000000000"))
    city = await field.tell("membership", "unions", _union(2, province, division="330200000000"))
    district = await field.tell("membership", "unions", _union(3, city, division="330206000000"))
    street = await field.tell("membership", "unions", _union(4, district, division="330206007000"))
    employers = await told(
        field, "membership", "employers/bulk", (_employer(n, street) for n in range(ENTERPRISES))
    )
    unions = await told(
        field, "membership", "unions/bulk", (_union(6, street, employers=[each]) for each in employers)
    )
    people = await _people(field, street, unions)
    return Street(field, district, street, employers, unions, people)


async def _people(field: Field, street: UUID, unions: list[UUID]) -> list[UUID]:
    numbers = range(IN_SERVICE + RETIRED)
    joined = [
        _person(n) | {"union": unions[n % INSURED_ENTERPRISES], "joined_on": "2010-06-01"} for n in numbers
    ]
    members = await told(field, "membership", "members/bulk", joined)
    for member in members[IN_SERVICE:]:
        await field.tell("membership", f"members/{member}/retire", {"retired_on": "2015-06-30"})
    registered = (_person(n) | {"unit": street} for n in range(CARDS))
    return await told(field, "membership", "people/bulk", registered)


async def _mutual_aid(street: Street) -> None:
    field, no_members = street.field, range(IN_SERVICE + RETIRED, CARDS)
    women = iter([n for n in no_members if n % 2 == 0])  # even serials are women
    before, covered = list(islice(women, BEFORE)), list(islice(women, WOMEN))
    others = (n for n in no_members if n % 2)
    groups = {
        "in_service": range(IN_SERVICE),
        "retired": range(IN_SERVICE, IN_SERVICE + RETIRED),
        "ankang": covered,
        "special": list(islice(others, SEVERE)),
    }
    last = await _period(street, 8, 2015)
    await told(field, "welfare", _ENROLMENTS, (_wish(street, n, "ankang") | _in(last, 2015) for n in before))
    period = await _period(street, 9, 2016)
    rows = (
        _wish(street, n, product) | _in(period, 2016) for product, numbers in groups.items() for n in numbers
    )
    await told(field, "welfare", _ENROLMENTS, rows)
    confirmed = [
        {"period": period, "union": street.unions[n], "employer": street.employers[n], "workers": 200}
        | {"insured": 200 if n < FULLY else 150, "confirmed_on": "2016-06-01"}
        for n in range(INSURED_ENTERPRISES)
    ]
    await told(field, "welfare", "mutual-aid/employers/bulk", confirmed)


def _wish(street: Street, n: int, product: str) -> Body:
    unit = n % INSURED_ENTERPRISES
    where = {"union": street.unions[unit], "employer": street.employers[unit]}
    years = {"years": 4} if product == "ankang" else {}
    return where | years | {"person": street.people[n], "product": product, "payer": "union"}


def _in(period: UUID, year: int) -> Body:
    return {"period": period, "enrolled_on": f"{year}-04-01", "collected_on": f"{year}-04-01"}


async def _period(street: Street, number: int, year: int) -> UUID:
    body = {
        "organiser": street.district,
        "number": number,
        "products": ["in_service", "retired", "ankang", "special"],
        "enrol_from": f"{year}-03-01",
        "enrol_until": f"{year}-04-30",
        "starts_on": f"{year}-05-01",
        "ends_on": f"{year + 1}-04-30",
        "opened_on": f"{year}-02-20",
    }
    period = await street.field.tell("welfare", "mutual-aid/periods", body)
    path = f"mutual-aid/periods/{period}/begin-collecting"
    await street.field.tell("welfare", path, {"begun_on": f"{year}-03-01"})
    return period


async def _cards(street: Street) -> None:
    field, earlier = street.field, CARDS - 841
    collected = [
        {"union": street.unions[n % ENTERPRISES], "person": person}
        | {"collected_on": "2014-05-01" if n < earlier else "2016-05-01"}
        for n, person in enumerate(street.people)
    ]
    cards = await told(field, "welfare", "service-cards/bulk", collected)
    made = [
        {"card": card, "issued_on": "2015-05-01" if n < 9_854 - 242 else "2016-06-01"}
        for n, card in enumerate(cards[:9_854])
    ]
    await told(field, "welfare", "service-cards/issues/bulk", made)
    shop = {"union": street.street, "employer": street.employers[-1], "contracted_on": "2016-03-01"}
    await field.tell("welfare", "card-merchants", shop)


async def _hardship(street: Street) -> None:
    filed = [
        {"union": street.unions[n], "holder": street.people[n], "household_size": 3, "hardship_class": "deep"}
        | {"income_fen": 900_000, "standard_fen": 70_000}
        | {"filed_on": "2014-05-01" if n < 23 else "2016-03-01"}
        for n in range(26)
    ]
    await told(street.field, "welfare", "hardship/archives/bulk", filed)


async def _relief(street: Street) -> None:
    people = street.people
    visit = {"programme": "condolence", "occasion": "two_festivals"}
    visits = [visit | {"person": people[n], "requested_fen": 150_000} for n in range(26)]
    await _given(street, "2016-01-25", visits)
    subsidies = zip(people[:14], spread(4_900_000, 14), strict=True)
    subsidy = {"programme": "hardship_subsidy"}
    await _given(
        street, "2016-05-20", [subsidy | {"person": who, "requested_fen": fen} for who, fen in subsidies]
    )
    await _given(street, "2016-07-20", _heat(street))
    await _given(street, "2016-08-25", _tuition(people))


def _heat(street: Street) -> list[Body]:
    shares = zip(street.employers[:29], spread(6_072, 29), spread(26_209_400, 29), strict=True)
    return [
        {"programme": "heat_relief", "occasion": "summer_heat", "recipient": "employer"}
        | {"employer": employer, "people": workers, "requested_fen": fen}
        for employer, workers, fen in shares
    ]


def _tuition(people: list[UUID]) -> list[Body]:
    stages = ["university"] * 6 + ["secondary", "primary"]
    students = zip(people[-8:], people[:8], stages, [250_000] * 6 + [200_000, 150_000], strict=True)
    aid = {"programme": "tuition_aid", "occasion": "autumn_term"}
    return [
        aid
        | {"person": student, "worker": worker, "stage": stage, "requested_fen": fen}
        | ({"consent": "同意2016第1号"} if stage == "primary" else {})
        for student, worker, stage, fen in students
    ]


async def _given(street: Street, on: str, cases: list[Body]) -> None:
    """Applied, approved and paid on one day, out of a fund of its own; things to cool, else money."""
    field, total = street.field, sum(case["requested_fen"] for case in cases)
    fund = await _fund(street, on, total)
    applied = [case | {"union": street.street, "applied_on": on} for case in cases]
    ids = await told(field, "welfare", "relief/cases/bulk", applied)
    approved = [{"case": case, "approved_on": on} for case in ids]
    await told(field, "welfare", "relief/cases/approve/bulk", approved, actor="bo")
    paid = [
        {"case": id_, "paid_on": on, "receipt": "签收1号"}
        | {"draws": [{"fund": fund, "fen": case["requested_fen"]}]}
        | _form(case)
        for id_, case in zip(ids, cases, strict=True)
    ]
    await told(field, "welfare", "relief/cases/pay/bulk", paid, actor="cy")


def _form(case: Body) -> Body:
    if case["programme"] != "heat_relief":
        return {"cash_fen": case["requested_fen"]}
    return {
        "goods": [
            {"item": "cooling_supplies", "quantity": case["people"], "value_fen": case["requested_fen"]}
        ]
    }


async def _fund(street: Street, on: str, fen: int) -> UUID:
    year = {"union": street.street, "source": "self_raised", "opened_on": on}
    purpose = {"2016-01": "condolence", "2016-05": "hardship_subsidy", "2016-07": "heat_relief"}
    body = year | {"purpose": purpose.get(on[:7], "tuition_aid")}
    fund = await street.field.tell("welfare", "funds", body)
    money = {"fen": fen, "document": "街工〔2016〕1号", "allocated_on": on}
    await street.field.tell("welfare", f"funds/{fund}/allocate", money)
    return fund


def _union(level: int, parent: UUID | None, **more: object) -> Body:
    return {
        "name": f"示例工会{level}",
        "level": level,
        "kind": "enterprise" if level == 6 else "general",
        "parent": parent,
        "approved_on": "2000-03-01" if level == 6 else "2000-01-01",
        "taken_over": True,
    } | more


def _employer(n: int, street: UUID) -> Body:
    return {
        "name": f"示例企业{n}",
        "kind": "private_enterprise",
        "credit_code": credit_code(n, "91"),
        "unit": street,
        "registered_on": "2000-02-01",
    }


def _person(n: int) -> Body:
    return {"document_number": person_number(500_000 + n), "name": f"示例会员{n}"}
