"""Chapter 8's insured people and service cards, person by person: 10,135 and 13,540 of them.

The chapter prints 10,135 people insured, and 4,886 + 859 + 1,423 + 2,956 = 10,124 by product. Some run for
years, so both are right at once when eleven women hold a cover that was bought the year before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

import pytest

from tests.support.crowds import registered
from tests.support.field import Body, Field
from tests.support.rows import sent

IN_SERVICE, RETIRED, ANKANG, SPECIAL, BEFORE = 4_886, 859, 1_423, 2_956, 11
INSURED = IN_SERVICE + RETIRED + ANKANG + SPECIAL + BEFORE
COLLECTED, COLLECTED_BEFORE, MADE, MADE_BEFORE = 13_540, 12_699, 9_854, 9_612
UNITS, WHOLE = 49, 32
FIRST = 5_000_000
AT_ONCE = 16


async def people(field: Field) -> list[UUID]:
    """Registered one by one, the even ones women; those who will be insured are members."""
    ids, members = await registered(field, COLLECTED, INSURED, FIRST)
    limit = asyncio.Semaphore(AT_ONCE)

    async def retire(member: str) -> None:
        async with limit:
            await field.tell("membership", f"members/{member}/retire", {"retired_on": "2010-06-30"})

    await asyncio.gather(*(retire(each) for each in members[1 : 2 * RETIRED : 2]))
    return ids


async def period(field: Field, number: int, year: int) -> UUID:
    """A period of the county's whose window is January and which runs from February to January."""
    plan = {
        "organiser": field.county,
        "number": number,
        "products": ["in_service", "retired", "special", "ankang"],
        "enrol_from": f"{year}-01-01",
        "enrol_until": f"{year}-01-31",
        "starts_on": f"{year}-02-01",
        "ends_on": f"{year + 1}-01-31",
        "opened_on": f"{year}-01-01",
    }
    id_ = await field.tell("welfare", "mutual-aid/periods", plan)
    await field.tell("welfare", f"mutual-aid/periods/{id_}/begin-collecting", {"begun_on": f"{year}-01-01"})
    return id_


def wishes(people: list[UUID], last: UUID, now: UUID) -> Iterator[Body]:
    """Every person one product, each for what it takes: the retired, women, the others."""
    retired, women = people[1 : 2 * RETIRED : 2], iter(people[0::2])
    usual = {"payer": "union"}
    last_year = usual | {"period": last, "enrolled_on": "2012-01-15", "collected_on": "2012-01-15"}
    this_year = usual | {"period": now, "enrolled_on": "2013-01-15", "collected_on": "2013-01-15"}
    for person in islice(women, BEFORE):
        yield last_year | {"person": person, "product": "ankang", "years": 4}
    for person in islice(women, ANKANG):
        yield this_year | {"person": person, "product": "ankang", "years": 4}
    for person in retired:
        yield this_year | {"person": person, "product": "retired"}
    others = iter([*women, *people[2 * RETIRED + 1 :: 2]])
    for person in islice(others, SPECIAL):
        yield this_year | {"person": person, "product": "special", "shares": 2}
    for person in others:
        yield this_year | {"person": person, "product": "in_service"}


async def insured(field: Field, people: list[UUID]) -> None:
    """Through 49 enterprises, 32 of which insure everybody."""
    last, now = await period(field, 4, 2012), await period(field, 5, 2013)
    units = [await field.employer() for _ in range(UNITS)]
    rows = [wish | {"employer": units[n % UNITS]} for n, wish in enumerate(wishes(people, last, now))]
    told = await sent(field, "welfare", "mutual-aid/enrolments/bulk", rows)
    assert {each["status"] for each in told} == {"created"}
    counts: dict[str, Any] = {"period": now, "union": field.union, "confirmed_on": "2013-01-31"}
    rolls = [
        counts | {"employer": employer, "workers": 200, "insured": 200 if n < WHOLE else 150}
        for n, employer in enumerate(units)
    ]
    await sent(field, "welfare", "mutual-aid/employers/bulk", rolls)


async def carded(field: Field, people: list[UUID]) -> None:
    """Most of them in earlier years; one merchant."""
    rows = [
        {"union": field.union, "person": person}
        | {"collected_on": "2012-05-01" if n < COLLECTED_BEFORE else "2013-05-01"}
        for n, person in enumerate(people)
    ]
    cards = [each["id"] for each in await sent(field, "welfare", "service-cards/bulk", rows)]
    made = [
        {"card": card, "issued_on": "2012-06-01" if n < MADE_BEFORE else "2013-06-01"}
        for n, card in enumerate(cards[:MADE_BEFORE] + cards[MADE_BEFORE - MADE :])
    ]
    await sent(field, "welfare", "service-cards/issues/bulk", made)
    shop = {"union": field.town, "employer": await field.employer(), "contracted_on": "2013-03-01"}
    await field.tell("welfare", "card-merchants", shop)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.capability("CAP-049", "CAP-055")
async def test_chapter_eight_counts_its_insured_people_and_its_cards(field: Field) -> None:
    everybody = await people(field)
    await insured(field, everybody[:INSURED])
    await carded(field, everybody)
    figures = {
        "medical_people_covered": 10_135,
        "medical_enrolments": 10_124,
        "medical_in_service": 4_886,
        "medical_retired": 859,
        "medical_ankang": 1_423,
        "medical_special": 2_956,
        "medical_units_insured": 49,
        "medical_enterprises_fully_insured": 32,
        "card_info_collected_year": 841,
        "card_issued_year": 242,
        "card_info_collected_cumulative": 13_540,
        "card_issued_cumulative": 9_854,
        "card_conversion": 28.78,
        "card_conversion_cumulative": 72.78,
        "card_merchants": 1,
    }
    await field.agree(figures, field.town, field.county)
    premiums = 4_886 * 60 + 859 * 130 + 1_423 * 50 + 2_956 * 40
    await field.agree({"medical_collected": premiums * 100}, field.town, field.county)
    held = {"medical_pool_held": (premiums + 11 * 50) * 100, "money_balance": 0}
    await field.agree(held, field.town, field.county)
