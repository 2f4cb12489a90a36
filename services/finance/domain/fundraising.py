"""Raising funds and goods: opened, taken in from donor groups, given to the purpose, closed.

Money spent never exceeds money raised, nor goods given those raised, item by item.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from shared.approval import refuse_own
from shared.contracts.finance import (
    FundraisingClosed,
    FundraisingOpened,
    FundsRaised,
    GoodsRaised,
    RaisedFundsSpent,
    RaisedGoodsGiven,
)
from shared.contracts.money import moved
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_out_of_turn, refuse_step

FundraisingEvent = (
    FundraisingOpened | FundsRaised | GoodsRaised | RaisedFundsSpent | RaisedGoodsGiven | FundraisingClosed
)


class SpentBeyondRaised(Refused):
    """More than is left of what was raised."""

    code = "spent-beyond-raised"


class GivenBeyondRaised(Refused):
    """More goods than are left of what was raised."""

    code = "given-beyond-raised"


class BeforeOpening(Refused):
    """The date lies before the collection was opened."""

    code = "before-fundraising-opened"


class Fundraising(Frozen):
    """Totals of one collection; goods as quantities by item."""

    union: UUID
    purpose: str
    recorder: str
    raised_fen: int = 0
    spent_fen: int = 0
    goods: Mapping[str, int] = {}
    stage: str = "open"
    since: date

    @property
    def left_fen(self) -> int:
        """Raised and not spent."""
        return self.raised_fen - self.spent_fen


class Donation(NamedTuple):
    """Money that came in."""

    donor_group: str
    people: int | None
    amount_fen: int
    on: date


class DonatedGoods(NamedTuple):
    """Goods that came in."""

    donor_group: str
    item: str
    quantity: int
    value_fen: int | None
    on: date


class Use(NamedTuple):
    """What went to the purpose: `amount` is fen or a quantity."""

    amount: int
    households: int | None
    evidence: str
    on: date


def decide_raise(drive: Fundraising, donation: Donation) -> tuple[FundsRaised]:
    """While it is open."""
    refuse_out_of_turn(drive, "open")
    _refuse_early(drive, donation.on, "raised_on")
    return (
        FundsRaised(
            occurredon=donation.on,
            purpose=drive.purpose,
            donor_group=donation.donor_group,
            people=donation.people,
            amount_fen=donation.amount_fen,
            postings=moved(donation.amount_fen, to="raised_funds", out_of="raised"),
        ),
    )


def decide_raise_goods(drive: Fundraising, goods: DonatedGoods) -> tuple[GoodsRaised]:
    """While it is open."""
    refuse_out_of_turn(drive, "open")
    _refuse_early(drive, goods.on, "raised_on")
    return (
        GoodsRaised(
            occurredon=goods.on,
            purpose=drive.purpose,
            donor_group=goods.donor_group,
            item=goods.item,
            quantity=goods.quantity,
            value_fen=goods.value_fen,
        ),
    )


def decide_spend(drive: Fundraising, use: Use, approver: str) -> tuple[RaisedFundsSpent]:
    """Up to what is left; also after it was closed."""
    _refuse_early(drive, use.on, "spent_on")
    refuse_own(drive.recorder, approver)
    if use.amount > drive.left_fen:
        raise SpentBeyondRaised(
            f"{drive.left_fen} fen are left",
            field="amount_fen",
            value=str(use.amount),
            remedy="spend at most that much",
        )
    return (
        RaisedFundsSpent(
            occurredon=use.on,
            purpose=drive.purpose,
            households=use.households,
            amount_fen=use.amount,
            approver=approver,
            evidence=use.evidence,
            postings=moved(use.amount, to="spent_services", out_of="raised_funds"),
        ),
    )


def decide_give(drive: Fundraising, item: str, use: Use, approver: str) -> tuple[RaisedGoodsGiven]:
    """Up to what is left of the item; also after it was closed."""
    _refuse_early(drive, use.on, "given_on")
    refuse_own(drive.recorder, approver)
    left = drive.goods.get(item, 0)
    if use.amount > left:
        raise GivenBeyondRaised(
            f"{left} of {item} are left",
            field="quantity",
            value=str(use.amount),
            remedy="give at most that many",
        )
    return (
        RaisedGoodsGiven(
            occurredon=use.on,
            purpose=drive.purpose,
            item=item,
            quantity=use.amount,
            households=use.households,
            approver=approver,
            evidence=use.evidence,
        ),
    )


def decide_close(drive: Fundraising, on: date) -> tuple[FundraisingClosed]:
    """Nothing more comes in."""
    refuse_step(drive, ("open",), on, "closed_on")
    return (FundraisingClosed(occurredon=on, purpose=drive.purpose, left_fen=drive.left_fen),)


def evolve(drive: Fundraising | None, event: FundraisingEvent) -> Fundraising:
    """The collection after the event."""
    if isinstance(event, FundraisingOpened):
        return Fundraising(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert drive is not None
    changes: dict[str, object]
    match event:
        case FundsRaised():
            changes = {"raised_fen": drive.raised_fen + event.amount_fen}
        case RaisedFundsSpent():
            changes = {"spent_fen": drive.spent_fen + event.amount_fen}
        case GoodsRaised():
            changes = {"goods": _added(drive.goods, event.item, event.quantity)}
        case RaisedGoodsGiven():
            changes = {"goods": _added(drive.goods, event.item, -event.quantity)}
        case FundraisingClosed():
            changes = {"stage": "closed"}
        case _:
            assert_never(event)
    return drive.model_copy(update=changes)


def _added(goods: Mapping[str, int], item: str, quantity: int) -> Mapping[str, int]:
    return {**goods, item: goods.get(item, 0) + quantity}


def _refuse_early(drive: Fundraising, on: date, field: str) -> None:
    # What is raised may be told in any order, so only the opening comes before everything else.
    if on < drive.since:
        raise BeforeOpening(
            f"it was opened on {drive.since}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
