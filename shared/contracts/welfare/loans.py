"""Loans by scheme: recommended by a union, decided and paid by a bank, so no account of the union moves."""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.welfare.base import WelfareEvent


class OfLoan(WelfareEvent):
    """Something about one loan; the borrower is a person or an employer."""

    scheme: str
    borrower: UUID


@released
class LoanRecommended(OfLoan):
    """A union recommends a borrower for an amount."""

    union: UUID
    amount_fen: int
    recorder: str


@released
class LoanReviewed(OfLoan):
    """The bank has looked into it: passed for an amount, or not (then `amount_fen` is 0)."""

    passed: bool
    amount_fen: int


@released
class LoanConfirmed(OfLoan):
    """The union confirms the borrower as one it supports; another than the recorder does."""

    amount_fen: int
    approver: str


@released
class LoanDisbursed(OfLoan):
    """The bank paid it out, to be paid back by `due_on`."""

    amount_fen: int
    due_on: date


@released
class LoanRepaid(OfLoan):
    """Part or all came back. What was not back by the due day is overdue from the next day on.

    `lessens_overdue_on` is that next day, or the day of the payment when it came later; `closed_on` the same
    when nothing is left to pay, else None.
    """

    amount_fen: int
    open_fen: int
    lessens_overdue_on: date
    closed_on: date | None


@released
class LoanDropped(OfLoan):
    """It was given up before any money was paid out."""

    amount_fen: int
