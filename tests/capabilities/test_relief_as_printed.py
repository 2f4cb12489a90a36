"""Relief as a county and a street printed it, told through the interfaces and read at two levels."""

from __future__ import annotations

import asyncio
from uuid import UUID

from tests.support.field import Body, Field
from tests.support.relief import cash, fund, helped
from tests.support.rows import people, told


def spread(fen: int, heads: int) -> list[int]:
    """`fen` over so many heads, as evenly as whole fen allow."""
    return [fen // heads + (n < fen % heads) for n in range(heads)]


async def test_a_countys_assistance_by_source(field: Field) -> None:
    """282,322 yuan from above, 452,000 from the county's budget, 24,290 of its own: 758,612 for 581 people.

    Of these, temporary relief was given 67 times, 190,100 yuan in all.
    """
    upper, county, own = 28_232_200, 45_200_000, 2_429_000
    for source, fen in (("province", upper), ("county", county), ("self_raised", own)):
        await fund(field, field.county, source, fen)
    everybody = await people(field, 581)
    said, paid = list[Body](), list[Body]()
    temporary = spread(19_010_000, 67)
    for person, fen in zip(
        everybody, [*temporary, *spread(upper + county + own - 19_010_000, 514)], strict=True
    ):
        programme = "temporary_relief" if len(said) < len(temporary) else "condolence"
        occasion = "none" if programme == "temporary_relief" else "spring_festival"
        said.append(
            {
                "union": field.county,
                "programme": programme,
                "occasion": occasion,
                "person": person,
                "requested_fen": fen,
                "applied_on": "2013-01-10",
            }
        )
        paid.append({"cash_fen": fen, "receipt": "收2013-1", "paid_on": "2013-02-01", "draws": []})
    pots = {"province": upper, "county": county, "self_raised": own}
    for payment in paid:
        payment["draws"] = list(_drawn(pots, payment["cash_fen"]))
    await helped(field, said, paid)
    printed = {
        "assistance_amount": 75_861_200,
        "assistance_people": 581,
        "assistance_person_times": 581,
        "assistance_fund_upper_levels": 28_232_200,
        "assistance_fund_county_fiscal": 45_200_000,
        "assistance_fund_self_raised": 2_429_000,
        "temporary_relief_person_times": 67,
        "temporary_relief_amount": 19_010_000,
        "fund_drawn": 75_861_200,
        "fund_remaining": 0,
        "money_balance": 0,
    }
    await field.agree(printed, field.county, field.prefecture, field.province)
    assert await field.parts(field.county, "assistance_funding", "source") == {
        "province": upper,
        "county": county,
        "self_raised": own,
    }


def _drawn(pots: dict[str, int], fen: int) -> list[Body]:
    draws = []
    for source, left in pots.items():
        if part := min(left, fen):
            draws.append({"source": source, "fen": part})
            pots[source] -= part
            fen -= part
    return draws


async def test_a_streets_workers_in_hardship_and_what_they_got(field: Field) -> None:
    """3 added, 26 in all; 26 visited at the festivals with 39,000 yuan; 49,000 yuan of subsidies."""
    await fund(field, field.town, "self_raised", 8_800_000)
    holders = await people(field, 26)
    file = {
        "union": field.town,
        "household_size": 3,
        "hardship_class": "subsistence",
        "income_fen": 1_000_000,
    }
    filed = [
        file | {"holder": holder, "filed_on": "2012-06-01" if n < 23 else "2013-01-15"}
        for n, holder in enumerate(holders)
    ]
    await told(field, "welfare", "hardship/archives/bulk", filed)
    case = {"union": field.town, "requested_fen": 150_000, "applied_on": "2013-01-16"}
    warm = [
        case | {"programme": "condolence", "occasion": "two_festivals", "person": holder}
        for holder in holders
    ]
    parcel = {"item": "gift_sets", "quantity": 1, "value_fen": 50_000}
    both = cash(100_000, "self_raised", "2013-01-30") | {
        "goods": [parcel],
        "draws": [{"source": "self_raised", "fen": 150_000}],
    }
    await helped(field, warm, [both] * 26)
    amounts = spread(4_900_000, 10)
    subsidies = [
        case | {"programme": "hardship_subsidy", "person": holder, "requested_fen": fen}
        for holder, fen in zip(holders, amounts, strict=False)
    ]
    await helped(field, subsidies, [cash(fen, "self_raised", "2013-06-01") for fen in amounts])
    printed = {
        "hardship_workers_added": 3,
        "hardship_workers_current": 26,
        "festival_hardship_workers_visited": 26,
        "festival_condolence_amount": 3_900_000,
        "hardship_subsidies_paid": 4_900_000,
    }
    await field.agree(printed, field.town, field.county, last="2013-11-30")


async def test_a_streets_relief_in_the_heat(field: Field) -> None:
    """29 enterprises, 6,072 workers, 262,094 yuan of goods."""
    await fund(field, field.town, "self_raised", 26_209_400)
    employers = await _enterprises(field, 29)
    values, workers = spread(26_209_400, 29), spread(6_072, 29)
    said = [
        {
            "union": field.town,
            "programme": "heat_relief",
            "occasion": "summer_heat",
            "recipient": "employer",
            "employer": employer,
            "people": there,
            "requested_fen": fen,
            "applied_on": "2013-07-01",
        }
        for employer, there, fen in zip(employers, workers, values, strict=True)
    ]
    paid = [
        {
            "goods": [{"item": "cooling_supplies", "quantity": there, "value_fen": fen}],
            "draws": [{"source": "self_raised", "fen": fen}],
            "paid_on": "2013-07-20",
        }
        for there, fen in zip(workers, values, strict=True)
    ]
    await helped(field, said, paid)
    printed = {"heat_enterprises": 29, "heat_workers": 6_072, "heat_goods_value": 26_209_400}
    await field.agree(printed, field.town, field.county)


async def test_a_streets_hardship_funds(field: Field) -> None:
    """217 of 223 enterprises have a fund: 97.3 %; 5,878,000 yuan in them after 176,000 yuan for 38 people."""
    employers = await _enterprises(field, 223)
    said = {"union": field.town, "document": "厂工〔2013〕1号", "established_on": "2013-02-01"}
    rows = [said | {"employer": employer, "above_scale": False} for employer in employers[:217]]
    funds = await told(field, "welfare", "hardship-funds/bulk", rows)
    money = [
        {"fund": each, "fen": fen, "contributed_on": "2013-03-01"}
        for each, fen in zip(funds, spread(587_800_000 + 17_600_000, 217), strict=True)
    ]
    await told(field, "welfare", "hardship-funds/contribute/bulk", money)
    helped_people = await people(field, 38)
    paid = [
        {"fund": each, "person": person, "fen": fen, "paid_on": "2013-10-01"}
        for each, person, fen in zip(funds, helped_people, spread(17_600_000, 38), strict=False)
    ]
    await told(field, "welfare", "hardship-funds/pay/bulk", paid)
    printed = {
        "enterprises_with_hardship_fund": 217,
        "hardship_fund_coverage_percent": 97.3,
        "hardship_fund_total": 587_800_000,
        "hardship_fund_paid": 17_600_000,
        "hardship_fund_recipients": 38,
    }
    await field.agree(printed, field.town, field.county, last="2013-11-30")


async def _enterprises(field: Field, count: int) -> list[UUID]:
    rows = [
        {
            "name": "示例企业",
            "kind": "private_enterprise",
            "unit": field.town,
            "registered_on": "2000-01-01",
        }
        for _ in range(count)
    ]
    employers = await told(field, "membership", "employers/bulk", rows)
    path = f"unions/{field.union}/cover"
    await asyncio.gather(
        *(field.tell("membership", path, {"employer": each, "on": "2000-01-01"}) for each in employers)
    )
    return employers
