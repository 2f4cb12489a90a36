"""Facilities and assets: bought as planned, given on paper, disposed of with the approval from above."""

from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.finance.domain import assets, facilities
from services.finance.domain.assets import Asset, Disposal
from services.finance.domain.facilities import FacilityInvestment, Plan, Purchase, investor_of
from shared.approval import ApproverIsRecorder
from shared.contracts.finance import AssetRegistered, AssetTransferredIn, AssetTransferredOut, Goods
from shared.contracts.money import moved
from shared.stages import StepOutOfTurn

TOWN, UNION, OTHER = (UUID(int=0x0196F000_0000_7000_8000_0000000000D0 + n) for n in range(3))
DAY = date(2013, 5, 1)
STANDS = Goods(item="basketball_stands", quantity=4, value_fen=40_000)


def facility(payer: str = "union") -> FacilityInvestment:
    planned = facilities.decide_budget(Plan(TOWN, "courts", payer, 50_000, DAY), "ada", grassroots=False)
    return facilities.evolve(None, planned[0])


def bought(payer: str = "union") -> FacilityInvestment:
    held = facility(payer)
    return reduce(
        facilities.evolve, facilities.decide_purchase(held, Purchase((STANDS,), "收1号", DAY), "bo"), held
    )


@pytest.mark.parametrize(
    ("payer", "grassroots", "investor"),
    [
        ("union", False, "federation"),
        ("union", True, "enterprise"),
        ("employer", False, "enterprise"),
        ("fiscal", True, "fiscal"),
    ],
)
def test_the_investor_follows_from_the_payer_and_the_level(
    payer: str, *, grassroots: bool, investor: str
) -> None:
    assert investor_of(payer, grassroots=grassroots) == investor


def test_a_purchase_keeps_to_the_plan_and_to_two_people() -> None:
    dear = Purchase((STANDS.model_copy(update={"value_fen": 50_001}),), "收1号", DAY)
    with pytest.raises(facilities.PurchaseBeyondPlan):
        facilities.decide_purchase(facility(), dear, "bo")
    with pytest.raises(ApproverIsRecorder):
        facilities.decide_purchase(facility(), Purchase((STANDS,), "收1号", DAY), "ada")


@pytest.mark.parametrize(
    ("payer", "postings"),
    [("union", moved(40_000, to="spent_capital", out_of="bank")), ("employer", ())],
)
def test_only_union_money_is_posted(payer: str, postings: tuple[object, ...]) -> None:
    (event,) = facilities.decide_purchase(facility(payer), Purchase((STANDS,), "收1号", DAY), "bo")
    assert (event.amount_fen, event.postings) == (40_000, postings)


def test_a_facility_goes_from_hand_to_hand_in_turn() -> None:
    held = bought()
    with pytest.raises(StepOutOfTurn):
        facilities.decide_put_in_use(held, DAY)
    held = reduce(facilities.evolve, facilities.decide_hand_over(held, UNION, "赠1号", DAY), held)
    with pytest.raises(StepOutOfTurn):
        facilities.decide_hand_over(held, UNION, "赠1号", DAY)
    held = reduce(facilities.evolve, facilities.decide_put_in_use(held, DAY), held)
    held = reduce(facilities.evolve, facilities.decide_close(held, DAY), held)
    assert (held.stage, held.receiver) == ("closed", UNION)


def asset(**but: Any) -> Asset:
    usual: dict[str, Any] = {
        "occurredon": DAY,
        "union": UNION,
        "kind": "vehicle",
        "quantity": 1,
        "book_value_fen": 9_000_000,
        "acquired_on": DAY,
        "recorder": "ada",
    }
    (event,) = assets.decide_register(AssetRegistered(**(usual | but)))
    return assets.evolve(None, event)


def disposal(**but: Any) -> Disposal:
    usual: dict[str, Any] = {
        "way": "sold",
        "proceeds_fen": 500_000,
        "approving_union": TOWN,
        "document": "批1号",
        "on": DAY,
    }
    return Disposal(**(usual | but))


def test_an_asset_is_acquired_before_it_is_registered() -> None:
    with pytest.raises(assets.AcquiredLater):
        asset(acquired_on=date(2013, 5, 2))


def test_a_transfer_moves_the_asset_as_it_stands() -> None:
    held = reduce(assets.evolve, assets.decide_put_in_use(asset(), DAY), asset())
    out, into = assets.decide_transfer(held, OTHER, "调1号", DAY)
    assert isinstance(out, AssetTransferredOut)
    assert isinstance(into, AssetTransferredIn)
    assert out.in_use
    assert into.in_use
    after = assets.evolve(assets.evolve(held, out), into)
    assert (after.union, after.stage) == (OTHER, "in use")
    with pytest.raises(assets.TransferToItself):
        assets.decide_transfer(held, UNION, "调1号", DAY)


@pytest.mark.parametrize(
    ("said", "approver", "why"),
    [
        ({"document": None}, "bo", assets.DisposalUnapproved),
        ({"approving_union": None}, "bo", assets.DisposalUnapproved),
        ({"approving_union": OTHER}, "bo", assets.ApprovingUnionNotAbove),
        ({}, "ada", ApproverIsRecorder),
    ],
)
def test_nobody_disposes_of_assets_alone(said: dict[str, Any], approver: str, why: type[Exception]) -> None:
    with pytest.raises(why):
        assets.decide_dispose(asset(), disposal(**said), (TOWN,), approver)


def test_what_a_disposal_brings_in_is_posted_and_it_happens_once() -> None:
    held = asset()
    (event,) = assets.decide_dispose(held, disposal(), (TOWN,), "bo")
    assert event.postings == moved(500_000, to="bank", out_of="asset_sales")
    with pytest.raises(StepOutOfTurn):
        assets.decide_dispose(assets.evolve(held, event), disposal(), (TOWN,), "bo")
