"""Budgets, accounts and public expenses shown to those whose money it is."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent


class DisclosedItem(BaseModel):
    """One line of what is shown."""

    model_config = ConfigDict(frozen=True)

    item: str
    amount_fen: int


@released
class DisclosurePrepared(FinanceEvent):
    """The lines were put together; only another than `recorder` may publish."""

    union: UUID
    kind: str
    year: int
    items: tuple[DisclosedItem, ...]
    recorder: str


@released
class BudgetDisclosed(FinanceEvent):
    """Published; `posted_until` is the last day on which it hangs there, None where it stays for good."""

    kind: str
    year: int
    channel: str
    items: tuple[DisclosedItem, ...]
    posted_until: date | None
    approver: str


@released
class DisclosureWithdrawn(FinanceEvent):
    """Taken down on `occurredon`, the first day on which it hangs there no more."""

    kind: str
    year: int
    channel: str
    old_posted_until: date | None
    document: str
