"""Budgets of a unit for a calendar year, by heads (DOMAIN FIN-07, FIN-14, FIN-20, FIN-21)."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


class BudgetLine(BaseModel):
    """What a budget says of one head; `side` is income or expense."""

    model_config = ConfigDict(frozen=True)

    head: str
    side: str
    amount_fen: int


class BudgetChange(BaseModel):
    """One head before and after a change of the budget."""

    model_config = ConfigDict(frozen=True)

    head: str
    side: str
    old_fen: int
    amount_fen: int


@released
class BudgetDrafted(FinanceEvent):
    """A line was drafted or redrafted; only another than `recorder` may approve the budget."""

    union: UUID
    year: int
    head: str
    side: str
    old_fen: int | None
    amount_fen: int
    recorder: str


@released
class BudgetApproved(FinanceEvent):
    """The whole budget of a year passed the committee, the audit committee and the higher union."""

    year: int
    lines: tuple[BudgetLine, ...]
    approver: str
    committee_document: str
    audit_document: str | None = None
    higher_document: str | None = None
    warnings: tuple[str, ...] = ()


@released
class BudgetAdjusted(FinanceEvent):
    """The approved budget was changed; `change` is the number of the change within the year."""

    year: int
    change: int
    lines: tuple[BudgetChange, ...]
    approver: str
    document: str


@released
class BudgetAppropriated(FinanceEvent):
    """Part of a line was released: by the finance department (income), or for spending (expense)."""

    year: int
    head: str
    side: str
    amount_fen: int
    document: str


@released
class BudgetReceived(Posted, FinanceEvent):
    """Income of a line arrived. Where it is dues, `receipt` booked the money and nothing is posted here."""

    year: int
    head: str
    amount_fen: int
    receipt: UUID | None = None


@released
class BudgetExecuted(FinanceEvent):
    """Money was spent on a line: `spending` is the expenditure, grant or purchase that moved it."""

    year: int
    head: str
    amount_fen: int
    spending: UUID


@released
class BudgetExecutionReversed(FinanceEvent):
    """Spending was taken back, and the line is as free as it was before."""

    year: int
    head: str
    amount_fen: int
    spending: UUID
