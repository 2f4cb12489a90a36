"""Dues of employers."""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


@released
class DuesAssessed(FinanceEvent):
    """The employer owes this for a period: payroll times rate in basis points (DOMAIN FIN-01).

    Payroll and rate are 0 where the assessor gave the amount itself; only another than `assessor` may write
    it off.
    """

    assessment: UUID
    employer: UUID | None
    period: str
    payroll_fen: int
    rate_bp: int
    amount_fen: int
    due_on: date
    assessor: str = ""


@released
class DuesReceived(Posted, FinanceEvent):
    """Money arrived on `occurredon` through a channel: own, tax, fiscal (DOMAIN FIN-06).

    By the collection regime (catalogue `collection_regimes`, DOMAIN FIN-05) it is with the union, or with
    `collector`, which owes the union `rebate_fen`; who has it owes `upper_fen` upwards. Without postings the
    money is with the collector, or the event is older than they are. `payer_size` is that of the day.
    """

    receipt: UUID
    channel: str
    period: str
    amount_fen: int
    employer: UUID | None = None
    assessment: UUID | None = None
    regime: str | None = None
    collector: UUID | None = None
    upper_fen: int = 0
    rebate_fen: int = 0
    payer_size: str | None = None


@released
class DuesRefunded(Posted, FinanceEvent):
    """Part or all of one receipt was paid back, by whom the money is with; shares of it are taken back."""

    receipt: UUID
    channel: str
    period: str
    amount_fen: int
    upper_fen: int = 0
    rebate_fen: int = 0


@released
class DuesOverdueFlagged(FinanceEvent):
    """On `occurredon`, after the due day, this much of an assessment was still open."""

    assessment: UUID
    amount_fen: int


@released
class DuesWrittenOff(FinanceEvent):
    """The open rest of an assessment was given up, with approval."""

    assessment: UUID
    amount_fen: int


@released
class DuesTargetSet(FinanceEvent):
    """Dues to receive in a year, set for this unit by its parent."""

    year: int
    old_fen: int | None
    amount_fen: int
    issuer: UUID
