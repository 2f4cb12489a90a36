"""Rebates: what a collecting union owes the union whose employers paid (DOMAIN FIN-05, FIN-12, FIN-13).

They count at the union they are for. Of what has accrued, part is suspended, the rest can be paid.
"""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


@released
class RebateAccrued(FinanceEvent):
    """A receipt that `collector` has brought in owes the union this much."""

    receipt: UUID
    collector: UUID
    amount_fen: int
    payer_size: str | None = None


@released
class RebateSuspended(FinanceEvent):
    """It is not paid for now (`reason` of catalogue suspension_reasons); `began`: nothing was before."""

    collector: UUID
    amount_fen: int
    reason: str
    began: bool


@released
class RebateReleased(FinanceEvent):
    """All that was suspended can be paid."""

    collector: UUID
    amount_fen: int


@released
class RebateTakenBack(FinanceEvent):
    """The receipt went back; `suspended_fen` of its share had been suspended. `ended`: nothing is now."""

    receipt: UUID
    collector: UUID
    amount_fen: int
    suspended_fen: int
    ended: bool


@released
class RebatePaymentOrdered(FinanceEvent):
    """A payment was prepared; another person than the recorder pays it."""

    payment: UUID
    collector: UUID
    amount_fen: int
    recorder: str


@released
class RebatePaid(Posted, FinanceEvent):
    """The money is on the union's own account."""

    payment: UUID
    collector: UUID
    amount_fen: int
    recorder: str
    approver: str


@released
class RebatePaidOut(Posted, FinanceEvent):
    """The same at the collecting union, which owes it no more."""

    union: UUID
    payment: UUID
    amount_fen: int
