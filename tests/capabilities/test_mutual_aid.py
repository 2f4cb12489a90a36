"""Mutual medical aid: two periods, several products for one person, claims by the rules, at every level."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.support.field import Field
from tests.support.rows import sent

PRODUCTS = ["in_service", "retired", "special", "ankang"]


async def period(field: Field, number: int, year: int) -> UUID:
    """A period of the county, open for enrolment in the December before its year."""
    plan = {
        "organiser": field.county,
        "number": number,
        "products": PRODUCTS,
        "enrol_from": f"{year - 1}-12-01",
        "enrol_until": f"{year - 1}-12-31",
        "starts_on": f"{year}-01-01",
        "ends_on": f"{year}-12-31",
        "opened_on": f"{year - 1}-11-20",
    }
    id_ = await field.tell("welfare", "mutual-aid/periods", plan)
    path = f"mutual-aid/periods/{id_}"
    early = {"begun_on": f"{year - 1}-11-30"}
    assert await field.refused("welfare", f"{path}/begin-collecting", early) == (409, "before-period-date")
    await field.tell("welfare", f"{path}/begin-collecting", {"begun_on": f"{year - 1}-12-01"})
    return id_


def wish(period: UUID, person: UUID, product: str, on: str, **more: Any) -> dict[str, Any]:
    """One share for one year, paid by the union, the premium with it."""
    usual = {"payer": "union", "enrolled_on": on, "collected_on": on}
    return {"period": period, "person": person, "product": product} | usual | more


@pytest.mark.capability("CAP-049")
async def test_mutual_aid_over_two_periods(field: Field) -> None:
    mill, shop = await field.employer(field.union), await field.employer(field.other)
    mei, lan = [await field.member(field.union, sex="female") for _ in range(2)]
    bo = await field.member(field.other, sex="male")
    old = await field.member(field.union, sex="male")
    await retire(field, old)

    thirteenth = await period(field, 13, 2012)
    early = wish(thirteenth, mei, "in_service", "2011-12-05", employer=mill)
    await field.tell("welfare", "mutual-aid/enrolments", early)
    await field.tell(
        "welfare", f"mutual-aid/periods/{thirteenth}/bring-into-force", {"in_force_on": "2012-01-01"}
    )

    fourteenth = await period(field, 14, 2013)
    wishes = [
        wish(fourteenth, mei, "in_service", "2012-12-05", employer=mill),
        wish(fourteenth, mei, "special", "2012-12-05", employer=mill, shares=2, years=3),
        wish(fourteenth, lan, "ankang", "2012-12-06", employer=mill, years=4, payer="own"),
        wish(fourteenth, bo, "in_service", "2012-12-07", employer=shop),
        wish(fourteenth, bo, "ankang", "2012-12-07", employer=shop),
    ]
    told = await sent(field, "welfare", "mutual-aid/enrolments/bulk", wishes)
    assert [each["status"] for each in told] == ["created"] * 4 + ["refused"]
    assert told[4]["problem"]["code"] == "product-needs-sex"
    hers, special, _, his = [each["id"] for each in told[:4]]
    again = wish(fourteenth, mei, "in_service", "2012-12-08")
    assert await field.refused("welfare", "mutual-aid/enrolments", again) == (409, "already-insured")

    retired = wish(fourteenth, old, "retired", "2012-12-09")
    retired.pop("collected_on")
    id_ = await _until_retired(field, retired)
    bill = {"enrolment": id_, "kind": "hospital", "own_costs_fen": 400_000}
    bill |= {"incurred_on": "2013-04-01", "filed_on": "2013-04-20"}
    await field.tell(
        "welfare", f"mutual-aid/periods/{fourteenth}/bring-into-force", {"in_force_on": "2013-01-01"}
    )
    assert await field.refused("welfare", "mutual-aid/claims", bill) == (409, "fee-not-collected")
    await field.tell("welfare", f"mutual-aid/enrolments/{id_}/collect", {"collected_on": "2012-12-20"})
    wrong = await field.tell(
        "welfare", "mutual-aid/enrolments", wish(fourteenth, lan, "special", "2012-12-20")
    )
    await field.tell("welfare", f"mutual-aid/enrolments/{wrong}/cancel", {"cancelled_on": "2012-12-21"})

    for employer, workers, insured in ((mill, 2, 2), (shop, 3, 1)):
        count = {"union": field.union, "employer": employer, "workers": workers, "insured": insured}
        path = f"mutual-aid/periods/{fourteenth}/confirm-employer"
        await field.tell("welfare", path, count | {"confirmed_on": "2013-01-05"})

    await claims(field, hers, special, his, bill)

    premiums = 6_000 + 6_000 + 12_000 + 5_000 + 6_000 + 13_000
    benefits = 2_259_900 + 190_000
    figures = {
        "medical_people_insured": 4,
        "medical_enrolments": 6,
        "medical_units_insured": 3,
        "medical_in_service": 2,
        "medical_retired": 1,
        "medical_ankang": 1,
        "medical_special": 1,
        "medical_people_covered": 4,
        "medical_people_growth": 3,
        "medical_premiums_due": premiums,
        "medical_collected": premiums,
        "medical_collected_growth": premiums - 12_000,
        "medical_claims_filed": 3,
        "medical_claims_person_times": 2,
        "medical_claims_rejected": 1,
        "medical_claims_paid": benefits,
        "medical_max_single_claim": 2_259_900,
        "medical_pool_held": premiums - benefits,
        "medical_enterprises_fully_insured": 1,
        "medical_participation": 133.33,
        "money_balance": 0,
    }
    for unit in (field.county, field.town):
        assert await field.figures(unit, *figures, first="2011-12-01") == figures
    assert await field.parts(field.county, "medical_people_insured", "period_number", first="2011-12-01") == {
        "13": 1,
        "14": 4,
    }
    of_the_union = {"medical_people_insured": 3, "medical_units_insured": 2, "medical_claims_person_times": 2}
    await field.agree(of_the_union, field.union, first="2012-01-01")
    # The calendar ends what ran a year; what was bought for three or four goes on.
    for day, people in (("2012-01-01", 1), ("2014-01-01", 2), ("2016-01-01", 1), ("2017-01-01", 0)):
        await field.agree({"medical_people_covered": people}, field.town, field.county, first=day, last=day)

    await settle(field, fourteenth)


async def settle(field: Field, period: UUID) -> None:
    """The books must balance."""
    ends = {"premiums_fen": 48_000, "benefits_fen": 40_000, "held_fen": 8_001, "closed_on": "2014-01-10"}
    path = f"mutual-aid/periods/{period}/close"
    assert await field.refused("welfare", path, ends) == (409, "pool-out-of-balance")
    await field.tell("welfare", path, ends | {"held_fen": 8_000})
    settled = {"medical_periods_settled": 1}
    await field.agree(settled, field.county, field.prefecture, first="2014-01-01", last="2014-12-31")


async def retire(field: Field, person: UUID) -> None:
    """The member who is this person retires."""
    roll = (await field.get("membership", "members", union=field.union))["members"]
    member = next(each["id"] for each in roll if UUID(each["person"]) == person)
    await field.tell("membership", f"members/{member}/retire", {"retired_on": "2011-06-30"})


async def claims(field: Field, hers: str, special: str, his: str, bill: dict[str, Any]) -> None:
    """Two are paid, one is rejected, and four are refused."""
    # Renewed without a break: a bill of January is paid; of the one who is new it is not.
    stay = {"kind": "hospital", "incurred_on": "2013-01-15", "filed_on": "2013-02-01"}
    mine = stay | {"enrolment": hers, "own_costs_fen": 20_499_000}
    claim = await field.tell("welfare", "mutual-aid/claims", mine)
    assert await field.refused(
        "welfare", "mutual-aid/claims", stay | {"enrolment": his, "own_costs_fen": 100}
    ) == (409, "claim-within-waiting")
    assert await field.refused("welfare", "mutual-aid/claims", mine | {"enrolment": special}) == (
        409,
        "claim-outside-cover",
    )
    dear = bill | {"asked_fen": 190_001}
    assert await field.refused("welfare", "mutual-aid/claims", dear) == (409, "claim-beyond-limit")
    second = await field.tell("welfare", "mutual-aid/claims", bill | {"asked_fen": 190_000})
    reviewed = {"reviewed_on": "2013-05-01"}
    path = f"mutual-aid/claims/{claim}"
    assert await field.refused("welfare", f"{path}/review", reviewed) == (409, "approver-is-recorder")
    await field.tell("welfare", f"{path}/review", reviewed, actor="bo")
    await field.tell("welfare", f"{path}/pay", {"paid_on": "2013-05-10"})
    path = f"mutual-aid/claims/{second}"
    await field.tell("welfare", f"{path}/review", reviewed, actor="bo")
    third = await field.tell("welfare", "mutual-aid/claims", bill | {"own_costs_fen": 100})
    away = {"reason": "filed_twice", "rejected_on": "2013-05-20"}
    await field.tell("welfare", f"mutual-aid/claims/{third}/reject", away, actor="bo")
    await field.tell("welfare", f"{path}/pay", {"paid_on": "2013-05-11"})


async def _until_retired(field: Field, body: dict[str, Any]) -> UUID:
    """Enrol somebody whose retirement may not have arrived yet."""
    for _ in range(600):
        answer = await field.post("welfare", "mutual-aid/enrolments", body)
        if answer.status_code == 201:
            return UUID(answer.json()["id"])
        assert answer.json()["code"] == "product-needs-standing", answer.text
    raise AssertionError("the retirement did not arrive")
