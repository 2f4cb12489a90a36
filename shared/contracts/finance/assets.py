"""Assets of the union, which belong in the end to the whole federation (DOMAIN FIN-22)."""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


@released
class AssetRegistered(FinanceEvent):
    """An asset came onto the books of `union`, with its book value."""

    union: UUID
    kind: str
    quantity: int
    book_value_fen: int
    acquired_on: date
    recorder: str


@released
class AssetPutInUse(FinanceEvent):
    """In use from this day on."""

    kind: str
    quantity: int


@released
class AssetTransferredOut(FinanceEvent):
    """Left the books of this unit for those of another union."""

    to: UUID
    kind: str
    quantity: int
    book_value_fen: int
    in_use: bool
    document: str


@released
class AssetTransferredIn(FinanceEvent):
    """Came onto the books of this unit from another union."""

    came_from: UUID
    kind: str
    quantity: int
    book_value_fen: int
    in_use: bool


@released
class AssetDisposed(Posted, FinanceEvent):
    """Disposed of with the approval of the union above; what it brought in is posted."""

    way: str
    kind: str
    quantity: int
    book_value_fen: int
    in_use: bool
    proceeds_fen: int
    approving_union: UUID
    approval_document: str
    approver: str
