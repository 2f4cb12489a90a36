"""Grants from a union to one below it. What leaves the one comes to the other, under one correlation id."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


@released
class GrantApplied(FinanceEvent):
    """`receiver` asks `granter` for money for a purpose; counted at the granter."""

    granter: UUID
    receiver: UUID
    purpose: str
    amount_fen: int
    recorder: str


@released
class GrantApproved(FinanceEvent):
    """Approved in full or in part, by another than its recorder."""

    receiver: UUID
    purpose: str
    applied_fen: int
    amount_fen: int
    approver: str


@released
class GrantPaid(Posted, FinanceEvent):
    """Money left the granter."""

    receiver: UUID
    purpose: str
    amount_fen: int
    evidence: str
    warnings: tuple[str, ...] = ()


@released
class GrantReceived(Posted, FinanceEvent):
    """The same money came to the receiver."""

    grant: UUID
    granter: UUID
    purpose: str
    amount_fen: int


@released
class GrantAccounted(FinanceEvent):
    """The receiver has accounted for the whole grant: so much spent, the rest returned. At the granter."""

    receiver: UUID
    purpose: str
    paid_fen: int
    spent_fen: int
    returned_fen: int
    document: str


@released
class GrantReturned(Posted, FinanceEvent):
    """The unspent rest left the receiver again."""

    grant: UUID
    granter: UUID
    purpose: str
    amount_fen: int


@released
class GrantTakenBack(Posted, FinanceEvent):
    """The unspent rest came back to the granter."""

    receiver: UUID
    purpose: str
    amount_fen: int
