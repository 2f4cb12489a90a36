"""Grants, facilities and assets, at every level."""

from __future__ import annotations

import pytest

from tests.capabilities.test_spending import budgeted
from tests.support.field import Field
from tests.support.rows import told


@pytest.mark.capability("CAP-072")
async def test_grants_from_the_application_to_the_last_fen(field: Field) -> None:
    await budgeted(field, field.county, grants_down=200_000_000)
    asked = {"granter": field.county, "purpose": "sports", "applied_on": "2013-04-01"}
    wanted = ((field.union, 100_000_000), (field.other, 60_000_000), (field.other, 90_000_000))
    rows = [asked | {"receiver": receiver, "amount_fen": fen} for receiver, fen in wanted]
    first, second, third = await told(field, "finance", "grants/bulk", rows)
    up = asked | {"receiver": field.province, "amount_fen": 1}
    assert await field.refused("finance", "grants", up) == (409, "granter-not-above")
    yes = {"approved_on": "2013-04-10", "amount_fen": 100_000_000}
    assert await field.refused("finance", f"grants/{first}/approve", yes) == (409, "approver-is-recorder")
    await field.tell("finance", f"grants/{first}/approve", yes, actor="bo")
    await field.tell("finance", f"grants/{second}/approve", yes | {"amount_fen": 60_000_000}, actor="bo")
    pay = {"evidence": "汇〔2013〕1号", "paid_on": "2013-05-01"}
    for id_ in (first, second):
        await field.tell("finance", f"grants/{id_}/pay", pay)
    beyond = yes | {"amount_fen": 90_000_000}
    assert await field.refused("finance", f"grants/{third}/approve", beyond, actor="bo") == (
        409,
        "over-budget",
    )
    account = {"spent_fen": 94_500_000, "returned_fen": 5_500_000, "document": "报〔2013〕1号"}
    account |= {"accounted_on": "2013-10-01"}
    short = account | {"spent_fen": 1}
    assert await field.refused("finance", f"grants/{first}/account", short) == (
        409,
        "grant-not-accounted-whole",
    )
    await field.tell("finance", f"grants/{first}/account", account)

    figures = {
        "grassroots_activity_subsidy": 154_500_000,
        "grants_applied": 250_000_000,
        "grants_approved": 160_000_000,
        "grants_paid": 154_500_000,
        "grants_received": 154_500_000,
        "grants_returned": 5_500_000,
        "grants_spent": 94_500_000,
        "grants_unaccounted": 60_000_000,
        "unions_granted": 2,
        "grants_per_union": 77_250_000,
        "budget_spent": 154_500_000,
        "money_balance": 0,
        "money_held": 0,
    }
    await field.agree(figures, field.county, field.prefecture, field.province)
    await field.agree({"grants_received": 154_500_000, "money_held": 154_500_000}, field.town)
    await field.agree({"grants_received": 94_500_000, "grants_paid": 0}, field.union)


@pytest.mark.capability("CAP-076")
async def test_facilities_from_the_budget_to_their_use(field: Field) -> None:
    await budgeted(field, field.town, capital=6_000_000)
    plan = {"union": field.town, "kind": "sports_goods", "payer": "union", "amount_fen": 6_000_000}
    given = await field.tell("finance", "facilities", plan | {"budgeted_on": "2013-02-01"})
    goods = [
        {"item": "basketball_stands", "quantity": 4, "value_fen": 2_000_000},
        {"item": "table_tennis_tables", "quantity": 5, "value_fen": 2_500_000},
        {"item": "sports_goods", "quantity": 101, "value_fen": 1_500_000},
    ]
    buy = {"goods": goods, "evidence": "发票〔2013〕3号", "purchased_on": "2013-03-01"}
    own = await field.refused("finance", f"facilities/{given}/purchase", buy)
    assert own == (409, "approver-is-recorder")
    await field.tell("finance", f"facilities/{given}/purchase", buy, actor="bo")
    over = {"receiver": field.union, "document": "赠〔2013〕1号", "handed_over_on": "2013-04-01"}
    await field.tell("finance", f"facilities/{given}/hand-over", over)

    centre = given
    for union, fen in ((field.union, 41_000_000), (field.other, 9_500_000)):
        plan = {"union": union, "kind": "activity_centre", "payer": "employer", "amount_fen": fen}
        centre = await field.tell("finance", "facilities", plan | {"budgeted_on": "2013-02-01"})
        works = [{"item": "building_works", "quantity": 1, "value_fen": fen}]
        await field.tell("finance", f"facilities/{centre}/purchase", buy | {"goods": works}, actor="bo")
        await field.tell("finance", f"facilities/{centre}/hand-over", over | {"receiver": union})
        early = await field.refused("finance", f"facilities/{centre}/use", {"in_use_on": "2013-03-31"})
        assert early == (409, "before-last-step")
        await field.tell("finance", f"facilities/{centre}/use", {"in_use_on": "2013-06-01"})
    await field.tell("finance", f"facilities/{centre}/close", {"closed_on": "2013-12-01"})

    figures = {
        "facility_investment_street": 6_000_000,
        "facility_investment_enterprises": 50_500_000,
        "facility_investment_top_enterprise": 41_000_000,
        "facility_investment": 56_500_000,
        "facilities_planned": 56_500_000,
        "basketball_stands_given": 4,
        "table_tennis_tables_given": 5,
        "sports_goods_given": 101,
        "sports_goods_bought": 101,
        "facility_goods_given_value": 56_500_000,
        "facilities_handed_over": 3,
        "facilities_in_use": 1,
        "activity_centres_in_use": 1,
        "budget_spent": 6_000_000,
    }
    await field.agree(figures, field.town, field.county, field.province)
    await field.agree({"facility_investment_enterprises": 41_000_000}, field.union)
    assert await field.parts(field.county, "facility_investment", "investor") == {
        "enterprise": 50_500_000,
        "federation": 6_000_000,
    }


@pytest.mark.capability("CAP-077")
async def test_assets_from_the_register_to_their_disposal(field: Field) -> None:
    car = {"union": field.union, "kind": "vehicle", "book_value_fen": 9_000_000}
    car |= {"acquired_on": "2012-12-01", "registered_on": "2013-01-10"}
    chairs = car | {"kind": "furniture", "quantity": 20, "book_value_fen": 100_000}
    first, second = await told(field, "finance", "assets/bulk", [car, chairs])
    for id_ in (first, second):
        await field.tell("finance", f"assets/{id_}/use", {"in_use_on": "2013-01-11"})
    move = {"to": field.other, "document": "调〔2013〕1号", "transferred_on": "2013-05-01"}
    await field.tell("finance", f"assets/{second}/transfer", move)
    gone = {"way": "sold", "proceeds_fen": 500_000, "disposed_on": "2013-09-01"}
    path = f"assets/{first}/dispose"
    assert await field.refused("finance", path, gone, actor="bo") == (409, "disposal-unapproved")
    paper = {"approving_union": field.town, "approval_document": "批〔2013〕1号"}
    await field.tell("finance", path, gone | paper, actor="bo")

    await field.agree({"assets_total": 0, "assets_transferred_out": 20, "assets_disposed": 1}, field.union)
    await field.agree({"assets_total": 20, "assets_book_value": 100_000, "assets_in_use": 20}, field.other)
    figures = {
        "assets_total": 20,
        "assets_book_value": 100_000,
        "assets_in_use": 20,
        "assets_registered": 21,
        "assets_disposed": 1,
        "assets_disposed_value": 9_000_000,
        "asset_proceeds": 500_000,
        "assets_transferred_out": 20,
        "assets_transferred_in": 20,
    }
    await field.agree(figures, field.town, field.county)
    assert await field.parts(field.county, "assets_book_value", "asset_kind") == {"furniture": 100_000}
    early = {"assets_total": 21, "assets_book_value": 9_100_000}
    await field.agree(early, field.county, last="2013-06-30")
