"""Relief from the nomination to the payment and its reversal, at every level."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.support.field import Field
from tests.support.relief import approved, cash, fund, helped
from tests.support.rows import people

SPRING = {"programme": "condolence", "occasion": "two_festivals", "applied_on": "2013-01-10"}


@pytest.mark.capability("CAP-045")
async def test_condolence_festival_goods_and_visits(field: Field) -> None:
    await fund(field, field.union, "county", 400_000)
    own = await fund(field, field.town, "self_raised", 900_000)
    holder, other, model = await people(field, 3)
    file = {
        "union": field.union,
        "holder": holder,
        "household_size": 3,
        "hardship_class": "subsistence",
        "income_fen": 1_000_000,
        "filed_on": "2013-01-05",
    }
    await field.tell("welfare", "hardship/archives", file)
    central = await fund(field, field.town, "central", 100_000)
    warm = SPRING | {"union": field.union, "requested_fen": 310_000}
    case = await approved(field, warm | {"person": holder})
    path = f"relief/cases/{case}/pay"
    given = cash(250_000, "county", "2013-01-30") | {
        "goods": [{"item": "rice_bags", "quantity": 2, "value_fen": 60_000}],
        "draws": [{"source": "county", "fen": 210_000}, {"fund": central, "fen": 100_000}],
    }
    short = given | {"draws": [{"source": "county", "fen": 309_999}]}
    assert await field.refused("welfare", path, short) == (409, "sources-do-not-add-up")
    beyond = given | {"draws": [{"source": "county", "fen": 200_001}, {"fund": central, "fen": 109_999}]}
    assert await field.refused("welfare", path, beyond) == (409, "payment-beyond-balance")
    answer = await field.post("welfare", path, given)
    assert answer.json()["warnings"] == ["above-cap-a-time"]
    second = await approved(field, warm | {"person": other})
    stranger = cash(100_000, "x", "2013-01-30") | {"draws": [{"fund": central, "fen": 100_000}]}
    assert await field.refused("welfare", f"relief/cases/{second}/pay", stranger) == (
        409,
        "source-for-file-holders",
    )
    await field.tell("welfare", f"relief/cases/{second}/pay", cash(100_000, "county", "2013-01-30"))
    await field.tell("welfare", f"relief/cases/{second}/reverse", {"reversed_on": "2013-02-01"})

    goods = {
        "union": field.union,
        "programme": "festival_goods",
        "occasion": "mid_autumn",
        "recipient": "members",
        "people": 200,
        "requested_fen": 800_000,
        "applied_on": "2013-09-01",
    }
    feast = await approved(field, goods)
    draws = {"draws": [{"fund": own, "fen": 800_000}], "paid_on": "2013-09-15"}
    assert await field.refused("welfare", f"relief/cases/{feast}/pay", draws | {"cash_fen": 800_000}) == (
        409,
        "cash-for-festival-goods",
    )
    sets = [{"item": "festival_sets", "quantity": 200, "value_fen": 800_000}]
    await field.tell("welfare", f"relief/cases/{feast}/pay", draws | {"goods": sets})
    visit = {
        "union": field.union,
        "programme": "household_visit",
        "recipient": "household",
        "households": 256,
        "requested_fen": 0,
        "applied_on": "2013-05-01",
    }
    bag = {"item": "fertiliser_bags", "quantity": 1, "value_fen": 0, "in_kind": True}
    await field.tell(
        "welfare",
        f"relief/cases/{await approved(field, visit)}/pay",
        {"goods": [bag], "paid_on": "2013-05-02"},
    )
    books = {
        "union": field.union,
        "programme": "childrens_day",
        "occasion": "childrens_day",
        "recipient": "group",
        "people": 50,
        "requested_fen": 500_000,
        "applied_on": "2013-05-20",
    }
    gift = {
        "payer": "donor",
        "goods": [{"item": "book_sets", "quantity": 50, "value_fen": 500_000}],
        "paid_on": "2013-06-01",
    }
    await field.tell("welfare", f"relief/cases/{await approved(field, books)}/pay", gift)

    figures = {
        "condolence_amount": 310_000,
        "condolence_people": 1,
        "festival_condolence_amount": 310_000,
        "festival_hardship_workers_visited": 1,
        "assistance_amount": 310_000,
        "assistance_people": 1,
        "assistance_person_times": 1,
        "assistance_funding": 310_000,
        "assistance_fund_upper_levels": 100_000,
        "assistance_fund_county_fiscal": 210_000,
        "assistance_fund_self_raised": 0,
        "households_visited": 256,
        "fertiliser_bags_given": 1,
        "childrens_day_amount": 500_000,
        "childrens_day_book_sets": 50,
        "festival_goods_value": 800_000,
        "festival_goods_person_times": 200,
        "relief_amount": 1_610_000,
        "relief_people": 1,
        "relief_reversed_amount": 100_000,
    }
    await field.agree(figures, field.union, field.town, field.county)
    assert await field.parts(field.county, "condolence_amount", "relief_form") == {
        "cash": 250_000,
        "goods": 60_000,
    }
    assert await field.parts(field.town, "relief_funding", "source") == {
        "central": 100_000,
        "county": 210_000,
        "donated": 500_000,
        "self_raised": 800_000,
    }
    left = {"fund_drawn": 1_110_000, "fund_remaining": 290_000, "money_balance": 0}
    await field.agree(left, field.town, field.county)
    assert model != holder


@pytest.mark.capability("CAP-047")
async def test_temporary_relief_and_subsidies(field: Field) -> None:
    await fund(field, field.union, "county", 300_000)
    first, second = await people(field, 2)
    said = {
        "union": field.union,
        "programme": "temporary_relief",
        "requested_fen": 60_000,
        "applied_on": "2013-03-01",
    }
    case = await field.tell("welfare", "relief/cases", said | {"person": first})
    day = {"approved_on": "2013-03-02", "approved_fen": 50_000}
    assert await field.refused("welfare", f"relief/cases/{case}/approve", day) == (
        409,
        "approver-is-recorder",
    )
    await field.tell("welfare", f"relief/cases/{case}/approve", day, actor="bo")
    paid = cash(50_000, "county", "2013-03-05")
    too_much = cash(50_001, "county", "2013-03-05")
    assert await field.refused("welfare", f"relief/cases/{case}/pay", too_much) == (409, "above-approved")
    donated = cash(50_000, "donated", "2013-03-05")
    assert await field.refused("welfare", f"relief/cases/{case}/pay", donated) == (404, "fund-missing")
    theirs = await fund(field, field.other, "county", 50_000)
    strange = paid | {"draws": [{"fund": theirs, "fen": 50_000}]}
    assert await field.refused("welfare", f"relief/cases/{case}/pay", strange) == (409, "fund-of-stranger")
    await field.tell("welfare", f"relief/cases/{case}/pay", paid)
    again = await helped(field, [said | {"person": first}], [cash(60_000, "county", "2013-06-05")])
    subsidy = said | {"programme": "hardship_subsidy", "person": second}
    await helped(field, [subsidy], [cash(60_000, "county", "2013-04-01")])
    refused = await field.tell("welfare", "relief/cases", said | {"person": second})
    no = {"refusal": "helped_already", "refused_on": "2013-03-03"}
    await field.tell("welfare", f"relief/cases/{refused}/refuse", no, actor="bo")
    withdrawn = await field.tell("welfare", "relief/cases", said | {"person": second})
    await field.tell("welfare", f"relief/cases/{withdrawn}/withdraw", {"withdrawn_on": "2013-03-03"})
    wrong = await helped(field, [said | {"person": second}], [cash(60_000, "county", "2013-05-05")])
    await field.tell("welfare", f"relief/cases/{wrong[0]}/reverse", {"reversed_on": "2013-05-06"})
    unknown = await field.refused("welfare", f"relief/cases/{uuid4()}/reverse", {"reversed_on": "2013-05-06"})
    assert unknown == (404, "relief-case-unknown")
    assert len(again) == 1

    figures = {
        "temporary_relief_person_times": 2,
        "temporary_relief_people": 1,
        "temporary_relief_amount": 110_000,
        "hardship_subsidies_paid": 60_000,
        "relief_applications": 6,
        "relief_approved": 4,
        "relief_approved_amount": 230_000,
        "relief_refused": 1,
        "relief_withdrawn": 1,
        "relief_reversed_amount": 60_000,
        "fund_drawn": 170_000,
    }
    await field.agree(figures, field.union, field.town, field.county)
    await field.agree({"fund_remaining": 130_000}, field.union)


@pytest.mark.capability("CAP-050")
async def test_tuition_aid_by_stage(field: Field) -> None:
    """6 university students, 1 secondary, 1 primary: 8 households, 18,500 yuan."""
    await fund(field, field.town, "self_raised", 1_850_000, purpose="tuition_aid")
    parents, students = await people(field, 8), await people(field, 8)
    stages = ["university"] * 6 + ["secondary", "primary"]
    amounts = [250_000] * 6 + [200_000, 150_000]
    said = [
        {
            "union": field.town,
            "programme": "tuition_aid",
            "occasion": "autumn_term",
            "person": student,
            "worker": parent,
            "stage": stage,
            "requested_fen": fen,
            "applied_on": "2013-08-20",
        }
        | ({"consent": "同意2013-8"} if stage == "primary" else {})
        for student, parent, stage, fen in zip(students, parents, stages, amounts, strict=True)
    ]
    pupil = said[-1] | {"consent": None}
    assert await field.refused("welfare", "relief/cases", pupil) == (409, "consent-missing")
    await helped(field, said, [cash(fen, "self_raised", "2013-09-01") for fen in amounts])
    assert await field.refused("welfare", "relief/cases", said[0]) == (409, "double-aid")
    printed = {
        "tuition_students": 8,
        "tuition_university_students": 6,
        "tuition_secondary_students": 1,
        "tuition_primary_students": 1,
        "tuition_households": 8,
        "tuition_amount": 1_850_000,
    }
    await field.agree(printed, field.town, field.county, field.prefecture)


@pytest.mark.capability("CAP-051")
async def test_relief_in_the_heat_by_enterprise(field: Field) -> None:
    await fund(field, field.town, "self_raised", 500_000)
    mill, yard = await field.employer(field.union), await field.employer(field.other)
    said = {
        "union": field.town,
        "programme": "heat_relief",
        "occasion": "summer_heat",
        "recipient": "employer",
        "requested_fen": 200_000,
        "applied_on": "2013-07-01",
    }
    nobody = said | {"employer": mill}
    assert await field.refused("welfare", "relief/cases", nobody) == (422, "recipient-incomplete")
    drinks = {
        "goods": [{"item": "drinks", "quantity": 40, "value_fen": 120_000}],
        "draws": [{"source": "self_raised", "fen": 120_000}],
        "paid_on": "2013-07-15",
    }
    gift = {"item": "cooling_supplies", "quantity": 100, "value_fen": 80_000, "in_kind": True}
    await helped(
        field,
        [nobody | {"people": 60}, said | {"employer": yard, "people": 40}],
        [drinks, drinks | {"goods": [*drinks["goods"], gift]}],
    )
    figures = {
        "heat_enterprises": 2,
        "heat_workers": 100,
        "heat_goods_value": 320_000,
        "heat_goods_per_worker": 3_200,
    }
    await field.agree(figures, field.town, field.county)
    assert await field.parts(field.county, "relief_goods", "goods_item") == {
        "drinks": 80,
        "cooling_supplies": 100,
    }


@pytest.mark.capability("CAP-054")
async def test_role_models_apply_and_are_visited(field: Field) -> None:
    """Two national and five provincial models apply; one provincial, eight of the prefecture are visited."""
    await fund(field, field.county, "province", 3_000_000, purpose="role_models")
    models = await people(field, 16)
    common = {"union": field.county, "requested_fen": 500_000, "applied_on": "2013-01-10"}
    levels = ["national"] * 2 + ["province"] * 5
    subsidies = [
        common | {"programme": "role_model_subsidy", "person": model, "level": level}
        for model, level in zip(models[:7], levels, strict=True)
    ]
    cases = [await field.tell("welfare", "relief/cases", each) for each in subsidies]
    for case in cases[:4]:
        await field.tell("welfare", f"relief/cases/{case}/approve", {"approved_on": "2013-02-01"}, actor="bo")
    for case in cases[:2]:
        await field.tell("welfare", f"relief/cases/{case}/pay", cash(500_000, "province", "2013-02-05"))
    plain = subsidies[0] | {"level": None}
    assert await field.refused("welfare", "relief/cases", plain) == (422, "recipient-incomplete")
    visits = [
        common
        | {"programme": "role_model_visit", "occasion": "spring_festival", "person": model, "level": level}
        for model, level in zip(models[7:], ["province"] + ["prefecture"] * 8, strict=True)
    ]
    await helped(field, visits, [cash(100_000, "province", "2013-02-06") for _ in visits])
    figures = {
        "national_models_subsidy_applied": 2,
        "province_models_subsidy_applied": 5,
        "role_model_subsidy_applied": 7,
        "role_model_subsidy_approved": 4,
        "role_model_subsidy_paid": 2,
        "role_model_subsidy_amount": 1_000_000,
        "province_models_visited": 1,
        "prefecture_models_visited": 8,
        "national_models_visited": 0,
        "role_models_visited": 9,
    }
    await field.agree(figures, field.county, field.prefecture)
    assert await field.parts(field.county, "role_model_subsidy_approved", "model_level") == {
        "national": 2,
        "province": 2,
    }
