"""The service card: from particulars to use, this year's and since the beginning."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.field import Field
from tests.support.rows import sent


@pytest.mark.capability("CAP-055")
async def test_service_cards_from_particulars_to_use(field: Field) -> None:
    people = [await field.member(field.union) for _ in range(5)]
    rows: list[dict[str, Any]] = [
        {"union": field.union, "person": person} | {"collected_on": "2012-05-01" if n < 2 else "2013-05-01"}
        for n, person in enumerate(people)
    ]
    told = await sent(field, "welfare", "service-cards/bulk", rows)
    assert {each["status"] for each in told} == {"created"}
    cards = [each["id"] for each in told]
    again = {"union": field.union, "person": people[0], "collected_on": "2013-05-02"}
    assert await field.refused("welfare", "service-cards", again) == (409, "card-exists")

    made = [
        {"card": card, "issued_on": "2012-06-01" if n == 0 else "2013-06-01"}
        for n, card in enumerate(cards[:4])
    ]
    assert all(each["id"] for each in await sent(field, "welfare", "service-cards/issues/bulk", made))
    first = f"service-cards/{cards[0]}"
    use = {"times": 3, "used_on": "2013-06-20"}
    assert await field.refused("welfare", f"{first}/use", use) == (409, "card-stage-wrong")
    await field.tell("welfare", f"{first}/deliver", {"delivered_on": "2013-06-10"})
    await field.tell("welfare", f"{first}/use", use)
    await field.tell("welfare", f"{first}/use", {"used_on": "2013-06-21"})
    await field.tell("welfare", f"{first}/lose", {"lost_on": "2013-07-01"})
    await field.tell("welfare", f"{first}/replace", {"replaced_on": "2013-07-05"})
    await field.tell("welfare", f"{first}/deliver", {"delivered_on": "2013-07-06"})
    second = f"service-cards/{cards[1]}"
    await field.tell("welfare", f"{second}/deliver", {"delivered_on": "2013-07-06"})
    await field.tell("welfare", f"{second}/cancel", {"cancelled_on": "2013-08-01"})
    await field.tell("welfare", "service-cards", again | {"person": people[1], "collected_on": "2013-08-02"})

    terms = {"union": field.union, "contracted_on": "2013-03-01"}
    shop, inn = [terms | {"employer": await field.employer()} for _ in range(2)]
    await field.tell("welfare", "card-merchants", shop)
    merchant = await field.tell("welfare", "card-merchants", inn)
    assert await field.refused("welfare", "card-merchants", inn) == (409, "merchant-contracted-already")
    await field.tell("welfare", f"card-merchants/{merchant}/end", {"ended_on": "2013-09-01"})

    figures = {
        "card_info_collected_year": 4,
        "card_issued_year": 3,
        "card_info_collected_cumulative": 6,
        "card_issued_cumulative": 4,
        "card_conversion": 75.0,
        "card_conversion_cumulative": 66.67,
        "cards_delivered": 3,
        "cards_held": 1,
        "card_uses": 4,
        "card_users": 1,
        "cards_activated": 1,
        "cards_lost": 1,
        "cards_replaced": 1,
        "cards_cancelled": 1,
        "card_merchants": 1,
    }
    await field.agree(figures, field.union, field.town, field.county)
    await field.agree({"card_merchants": 2}, field.town, field.county, first="2013-01-01", last="2013-08-31")
