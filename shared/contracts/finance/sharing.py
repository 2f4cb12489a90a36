"""Dues on their way between unions: collected above the union, remitted upwards (DOMAIN FIN-04, FIN-05)."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


@released
class DuesCollected(Posted, FinanceEvent):
    """Dues of `union` came to this unit: it owes the union `rebate_fen`, those above `onward_fen`."""

    union: UUID
    receipt: UUID
    amount_fen: int
    rebate_fen: int
    onward_fen: int


@released
class DuesReturned(Posted, FinanceEvent):
    """This unit paid back money it had collected for `union`; the shares of it are owed no more."""

    union: UUID
    receipt: UUID
    amount_fen: int
    rebate_fen: int
    onward_fen: int


@released
class UpperShareRemitted(Posted, FinanceEvent):
    """Owed upwards and now paid; without receiver to a union outside this system."""

    receiver: UUID | None
    amount_fen: int


@released
class UpperShareReceived(Posted, FinanceEvent):
    """A share came from `sender` below; `onward_fen` of it is owed further up."""

    sender: UUID
    amount_fen: int
    onward_fen: int
