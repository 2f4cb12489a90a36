"""Rows of the tax agency's collection files (DOMAIN FIN-06, COD-11), at the union that the agency pays."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


@released
class TaxCollectionImported(FinanceEvent):
    """One row: the payer paid this much for a period; `stream` (dues, levy) follows from the tax item.

    `batch` is the number of the file.
    """

    batch: str
    payer_credit_code: str
    item: str
    stream: str
    period: str
    amount_fen: int
    payer_size: str | None = None


@released
class TaxCollectionMatched(Posted, FinanceEvent):
    """The payer is known, and the money was posted as `receipt` at `union`; `waited`: it was unmatched."""

    stream: str
    employer: UUID
    union: UUID
    receipt: UUID
    amount_fen: int
    by_hand: bool
    waited: bool


@released
class TaxCollectionUnmatched(Posted, FinanceEvent):
    """Nobody knows yet whose it is (`reason` of catalogue unmatched_reasons); it stays visible."""

    stream: str
    amount_fen: int
    reason: str
