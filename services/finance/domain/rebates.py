"""What a collecting union owes one union: accrued, suspended, released, paid (DOMAIN FIN-05, FIN-13).

At every moment: accrued less taken back = suspended + payable + ordered + paid; what an heir takes over, and
what goes to heirs, counts as accrued and taken back. `payable_fen` may fall below
zero when a receipt goes back after its rebate was paid; later accruals make up for it.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID, uuid5

from shared.approval import refuse_own
from shared.contracts.finance import (
    RebateAccrued,
    RebateHandedOver,
    RebatePaid,
    RebatePaidOut,
    RebatePaymentOrdered,
    RebateReleased,
    RebateSuspended,
    RebateTakenBack,
    RebateTakenOver,
)
from shared.contracts.money import moved
from shared.errors import NotFound, Refused
from shared.frozen import Frozen

NO_ACCOUNT = "no_verified_account"

RebateEvent = (
    RebateAccrued
    | RebateSuspended
    | RebateReleased
    | RebateTakenBack
    | RebatePaymentOrdered
    | RebatePaid
    | RebateHandedOver
    | RebateTakenOver
)

_NAMESPACE = UUID("5f6f9a57-bd32-5c5a-9d43-1d5c4e6c8d10")


class RebateSuspendedStill(Refused):
    """Without a verified account of its own nothing is paid to a union."""

    code = "rebate-suspended"


class RebateBeyondPayable(Refused):
    """More than has accrued and is neither suspended nor ordered."""

    code = "rebate-beyond-payable"


class RebatePaymentUnknown(NotFound):
    """No such payment waits to be paid."""

    code = "rebate-payment-unknown"


class BeforePaymentOrdered(Refused):
    """It was ordered on a later day."""

    code = "before-payment-ordered"


class Ordered(Frozen):
    """A payment that waits for somebody else to pay it."""

    amount_fen: int
    ordered_on: date
    recorder: str


class RebateEntitlement(Frozen):
    """The state between one union and one collector."""

    union: UUID
    collector: UUID
    accrued_fen: int = 0
    taken_back_fen: int = 0
    suspended_fen: int = 0
    payable_fen: int = 0
    paid_fen: int = 0
    ordered: Mapping[UUID, Ordered] = {}

    @property
    def open_fen(self) -> int:
        """Neither paid nor ordered."""
        return self.suspended_fen + self.payable_fen

    @property
    def ordered_fen(self) -> int:
        """On its way."""
        return sum(each.amount_fen for each in self.ordered.values())


class Accrual(NamedTuple):
    """A share of one receipt."""

    receipt: UUID
    amount_fen: int
    on: date
    payer_size: str | None


@lru_cache(maxsize=65536)
def entitlement_id(union: UUID, collector: UUID) -> UUID:
    """The entitlement of a union against a collector."""
    return uuid5(_NAMESPACE, f"rebate-entitlement/{union}/{collector}")


def decide_accrue(
    rebate: RebateEntitlement, accrual: Accrual, *, account_verified: bool
) -> tuple[RebateAccrued | RebateSuspended, ...]:
    """Suspended at once while the union has no verified account (DOMAIN FIN-13)."""
    accrued = RebateAccrued(
        occurredon=accrual.on,
        receipt=accrual.receipt,
        collector=rebate.collector,
        amount_fen=accrual.amount_fen,
        payer_size=accrual.payer_size,
    )
    if account_verified:
        return (accrued,)
    return (accrued, suspension(rebate, accrual.amount_fen, accrual.on))


def decide_release(rebate: RebateEntitlement, on: date) -> tuple[RebateReleased, ...]:
    """Everything that is suspended, from the day the account is verified; nothing if nothing is."""
    if not rebate.suspended_fen:
        return ()
    return (RebateReleased(occurredon=on, collector=rebate.collector, amount_fen=rebate.suspended_fen),)


def decide_take_back(rebate: RebateEntitlement, accrual: Accrual) -> tuple[RebateTakenBack, ...]:
    """The share of what went back to the payer: from what is suspended first."""
    if not accrual.amount_fen:
        return ()
    suspended = min(accrual.amount_fen, rebate.suspended_fen)
    return (
        RebateTakenBack(
            occurredon=accrual.on,
            receipt=accrual.receipt,
            collector=rebate.collector,
            amount_fen=accrual.amount_fen,
            suspended_fen=suspended,
            ended=suspended > 0 and suspended == rebate.suspended_fen,
        ),
    )


def decide_order(
    rebate: RebateEntitlement, payment: UUID, amount_fen: int, on: date, recorder: str
) -> tuple[RebatePaymentOrdered]:
    """At most what is payable."""
    if amount_fen > rebate.payable_fen:
        raise _too_much(rebate, amount_fen)
    return (
        RebatePaymentOrdered(
            occurredon=on,
            payment=payment,
            collector=rebate.collector,
            amount_fen=amount_fen,
            recorder=recorder,
        ),
    )


def decide_pay(
    rebate: RebateEntitlement, payment: UUID, on: date, approver: str
) -> tuple[RebatePaid, RebatePaidOut]:
    """By another than the recorder: the money arrives at the union, and leaves the collector."""
    order = rebate.ordered.get(payment)
    if order is None:
        raise RebatePaymentUnknown(
            "no such payment waits to be paid",
            field="payment",
            value=str(payment),
            remedy="order it first",
        )
    refuse_own(order.recorder, approver)
    if on < order.ordered_on:
        raise BeforePaymentOrdered(
            f"it was ordered on {order.ordered_on}",
            field="paid_on",
            value=str(on),
            remedy="give that day or a later one",
        )
    fen = order.amount_fen
    paid = RebatePaid(
        occurredon=on,
        payment=payment,
        collector=rebate.collector,
        amount_fen=fen,
        recorder=order.recorder,
        approver=approver,
        postings=moved(fen, to="bank", out_of="rebates_received"),
    )
    out = RebatePaidOut(
        occurredon=on,
        union=rebate.union,
        payment=payment,
        amount_fen=fen,
        postings=moved(fen, to="rebates_owed", out_of="bank"),
    )
    return paid, out


def evolve(rebate: RebateEntitlement, event: RebateEvent) -> RebateEntitlement:
    """The entitlement after the event."""
    match event:
        case RebateAccrued(amount_fen=fen) | RebateTakenOver(amount_fen=fen):
            return _moved(rebate, accrued_fen=fen, payable_fen=fen)
        case RebateSuspended(amount_fen=fen):
            return _moved(rebate, payable_fen=-fen, suspended_fen=fen)
        case RebateReleased(amount_fen=fen):
            return _moved(rebate, suspended_fen=-fen, payable_fen=fen)
        case (
            RebateTakenBack(amount_fen=fen, suspended_fen=held)
            | RebateHandedOver(amount_fen=fen, suspended_fen=held)
        ):
            return _moved(rebate, taken_back_fen=fen, suspended_fen=-held, payable_fen=held - fen)
        case RebatePaymentOrdered():
            order = Ordered(amount_fen=event.amount_fen, ordered_on=event.occurredon, recorder=event.recorder)
            waiting = {**rebate.ordered, event.payment: order}
            return _moved(rebate, payable_fen=-event.amount_fen).model_copy(update={"ordered": waiting})
        case RebatePaid(payment=payment, amount_fen=fen):
            waiting = {id_: each for id_, each in rebate.ordered.items() if id_ != payment}
            return _moved(rebate, paid_fen=fen).model_copy(update={"ordered": waiting})


def suspension(rebate: RebateEntitlement, fen: int, on: date) -> RebateSuspended:
    """For want of a verified account (DOMAIN FIN-13)."""
    return RebateSuspended(
        occurredon=on,
        collector=rebate.collector,
        amount_fen=fen,
        reason=NO_ACCOUNT,
        began=not rebate.suspended_fen,
    )


def _moved(rebate: RebateEntitlement, **fen: int) -> RebateEntitlement:
    return rebate.model_copy(update={name: getattr(rebate, name) + by for name, by in fen.items()})


def _too_much(rebate: RebateEntitlement, amount_fen: int) -> Refused:
    if rebate.suspended_fen:
        return RebateSuspendedStill(
            f"{rebate.suspended_fen} fen are suspended, {rebate.payable_fen} fen can be paid",
            field="amount_fen",
            value=str(amount_fen),
            remedy="verify an account of the union's own first",
        )
    return RebateBeyondPayable(
        f"{rebate.payable_fen} fen can be paid",
        field="amount_fen",
        value=str(amount_fen),
        remedy=f"order at most {max(rebate.payable_fen, 0)} fen",
    )
