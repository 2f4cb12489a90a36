"""Raising funds and goods from donor groups, and what became of them."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


@released
class FundraisingOpened(FinanceEvent):
    """A collection for a purpose begins; only another than `recorder` may approve its spending."""

    union: UUID
    purpose: str
    recorder: str


@released
class FundsRaised(Posted, FinanceEvent):
    """Money from so many people of a donor group."""

    purpose: str
    donor_group: str
    people: int | None
    amount_fen: int


@released
class GoodsRaised(FinanceEvent):
    """Goods from a donor group, with what they are worth where that is known."""

    purpose: str
    donor_group: str
    item: str
    quantity: int
    value_fen: int | None


@released
class RaisedFundsSpent(Posted, FinanceEvent):
    """Money went to its purpose."""

    purpose: str
    households: int | None
    amount_fen: int
    approver: str
    evidence: str


@released
class RaisedGoodsGiven(FinanceEvent):
    """Goods went to their purpose."""

    purpose: str
    item: str
    quantity: int
    households: int | None
    approver: str
    evidence: str


@released
class FundraisingClosed(FinanceEvent):
    """Nothing is taken in any more; what is left may still be spent."""

    purpose: str
    left_fen: int
