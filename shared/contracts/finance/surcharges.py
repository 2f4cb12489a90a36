"""Surcharge for late dues, separate income (DOMAIN FIN-11)."""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


@released
class DuesSurcharged(FinanceEvent):
    """For the days after `since` up to `occurredon`, on what is open; below the rate where a cap holds."""

    assessment: UUID
    employer: UUID | None
    since: date
    days: int
    rate_bp: int
    open_fen: int
    amount_fen: int


@released
class SurchargeReceived(Posted, FinanceEvent):
    """Money for a surcharge that had been charged."""

    assessment: UUID
    employer: UUID | None
    amount_fen: int
