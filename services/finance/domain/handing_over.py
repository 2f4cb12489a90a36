"""What a collector owes a union that has ended goes to the heirs (DOMAIN ORG-13)."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from services.finance.domain.rebates import RebateEntitlement, suspension
from shared.contracts.finance import RebateHandedOver, RebateSuspended, RebateTakenOver
from shared.errors import Refused


class RebatePaymentPending(Refused):
    """A payment that was ordered must be paid before the money is closed."""

    code = "rebate-payment-pending"


def decide_hand_over(
    rebate: RebateEntitlement, parts: Mapping[UUID, int], on: date
) -> tuple[RebateHandedOver, ...]:
    """All that is open, in parts by heir that add up to it; raises RebatePaymentPending."""
    if rebate.ordered:
        raise RebatePaymentPending(
            f"{len(rebate.ordered)} payments are ordered",
            field="union",
            value=str(rebate.union),
            remedy="pay them first",
        )
    waiting, events = rebate.suspended_fen, []
    for heir, fen in parts.items():
        held = min(waiting, max(fen, 0))
        waiting -= held
        ended = held > 0 and not waiting
        events.append(
            RebateHandedOver(
                occurredon=on,
                collector=rebate.collector,
                heir=heir,
                amount_fen=fen,
                suspended_fen=held,
                ended=ended,
            )
        )
    return tuple(events)


def decide_take_over(
    rebate: RebateEntitlement, given: RebateHandedOver, from_union: UUID, *, account_verified: bool
) -> tuple[RebateTakenOver | RebateSuspended, ...]:
    """Suspended again while the heir has no verified account."""
    taken = RebateTakenOver(
        occurredon=given.occurredon,
        collector=rebate.collector,
        from_union=from_union,
        amount_fen=given.amount_fen,
    )
    if account_verified or given.amount_fen <= 0:
        return (taken,)
    return (taken, suspension(rebate, given.amount_fen, given.occurredon))
