"""Expenditure on purposes of the union, and prizes (DOMAIN FIN-17 to FIN-20)."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


@released
class ExpenseRequested(FinanceEvent):
    """Somebody asks to spend; only another than `recorder` may approve. `level` is the union's."""

    union: UUID
    purpose: str
    head: str
    payer: str
    amount_fen: int
    person_times: int | None
    recorder: str
    level: int | None = None
    warnings: tuple[str, ...] = ()


@released
class ExpenseApproved(FinanceEvent):
    """The request was approved."""

    purpose: str
    head: str
    payer: str
    amount_fen: int
    approver: str


@released
class ExpensePaid(Posted, FinanceEvent):
    """Paid, with the number of the receipt; posted only where the union pays.

    `attended_fen` is the amount where `person_times` are known, else 0.
    """

    purpose: str
    head: str
    payer: str
    amount_fen: int
    person_times: int | None
    attended_fen: int
    evidence: str
    level: int | None = None
    warnings: tuple[str, ...] = ()


@released
class ExpenseCancelled(FinanceEvent):
    """Given up before it was paid; `approved_fen` is what had been approved by then."""

    purpose: str
    head: str
    payer: str
    approved_fen: int


@released
class ExpenseReversed(Posted, FinanceEvent):
    """The whole payment came back."""

    purpose: str
    head: str
    payer: str
    amount_fen: int
    person_times: int | None
    attended_fen: int
    approver: str
    document: str
    level: int | None = None


class Prize(BaseModel):
    """One winner's prize; people who tie have the same rank, and each has a prize."""

    model_config = ConfigDict(frozen=True)

    rank: int
    winner: UUID
    amount_fen: int


@released
class PrizesAwarded(FinanceEvent):
    """Who shall have which prize of one contest; limits bind union money only and are warned of."""

    union: UUID
    discipline: str
    payer: str
    participants: int
    prizes: tuple[Prize, ...]
    recorder: str
    warnings: tuple[str, ...] = ()


@released
class PrizesPaid(Posted, FinanceEvent):
    """All prizes of the contest were paid and signed for; `evidence` is the number of the signed list."""

    discipline: str
    payer: str
    prizes: tuple[Prize, ...]
    amount_fen: int
    approver: str
    evidence: str
    warnings: tuple[str, ...] = ()
