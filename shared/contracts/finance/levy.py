"""The preparation levy of employers without a union (DOMAIN FIN-08, FIN-09, FIN-10): never dues."""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


@released
class PreparationFundAssessed(FinanceEvent):
    """The employer owes this for a period, since a preparation began or notice was given on `basis_on`.

    `basis` is preparation or notice; payroll and rate are 0 where the amount itself was given.
    """

    employer: UUID
    period: str
    payroll_fen: int
    rate_bp: int
    amount_fen: int
    basis: str
    basis_on: date


@released
class PreparationFundReceived(Posted, FinanceEvent):
    """It is with the higher union, kept apart from dues."""

    employer: UUID
    receipt: UUID
    period: str
    channel: str
    amount_fen: int


@released
class PreparationFundConverted(Posted, FinanceEvent):
    """`union` now covers the employer: it gets `returned_fen`, the higher union keeps the rest."""

    employer: UUID
    union: UUID
    return_bp: int
    amount_fen: int
    returned_fen: int
    kept_fen: int


@released
class PreparationFundRefunded(Posted, FinanceEvent):
    """Paid back to the employer."""

    employer: UUID
    amount_fen: int


@released
class PreparationFundShareReceived(Posted, FinanceEvent):
    """The new union has its share of what the employer had paid to `holder`."""

    employer: UUID
    holder: UUID
    amount_fen: int
