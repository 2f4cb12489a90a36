"""Executing a budget: appropriated, received, spent, and spending taken back (DOMAIN FIN-07, FIN-20)."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.finance.domain.budgets import Budget
from services.finance.domain.heads import heads
from shared.contracts.finance import (
    BudgetAppropriated,
    BudgetExecuted,
    BudgetExecutionReversed,
    BudgetReceived,
)
from shared.contracts.money import moved
from shared.errors import Refused
from shared.stages import refuse_step


class OverBudget(Refused):
    """No budget, no spending: the head has not so much left (DOMAIN FIN-20)."""

    code = "over-budget"


class AppropriatedBeyondBudget(Refused):
    """More would be released than the line has."""

    code = "appropriated-beyond-budget"


class NotIncome(Refused):
    """Income is received under heads of income; expenses are executed by what is spent."""

    code = "head-not-income"


class ReceiptMissing(Refused):
    """Income from dues is booked by its receipt, which has to be named."""

    code = "dues-receipt-missing"


class ReceiptCounted(Refused):
    """This receipt has been counted as income of the budget already."""

    code = "receipt-already-counted"


class Incoming(NamedTuple):
    """Income under a head; `receipt` where it is dues."""

    head: str
    amount_fen: int
    receipt: UUID | None
    on: date


class Spending(NamedTuple):
    """Money that is spent under a head, and the thing that spends it."""

    head: str
    amount_fen: int
    thing: UUID
    on: date


def decide_appropriate(
    budget: Budget, head: str, amount_fen: int, document: str, on: date
) -> tuple[BudgetAppropriated]:
    """Part of an approved line, up to the whole of it."""
    refuse_step(budget, ("approved",), on, "appropriated_on")
    line = budget.line(head)
    if line.appropriated_fen + amount_fen > line.amount_fen:
        raise AppropriatedBeyondBudget(
            f"{line.appropriated_fen} of {line.amount_fen} fen are appropriated",
            field="amount_fen",
            value=str(amount_fen),
            remedy="give at most the rest, or adjust the budget",
        )
    return (
        BudgetAppropriated(
            occurredon=on,
            year=budget.year,
            head=head,
            side=heads()[head].side,
            amount_fen=amount_fen,
            document=document,
        ),
    )


def decide_receive(budget: Budget, incoming: Incoming) -> tuple[BudgetReceived]:
    """Income may exceed its line; dues are posted by their own receipt, anything else here."""
    refuse_step(budget, ("approved",), incoming.on, "received_on")
    head = heads()[incoming.head]
    if head.side != "income":
        raise NotIncome(
            f"{head.id} is a head of {head.side}",
            field="head",
            value=head.id,
            remedy="name a head of income",
        )
    _refuse_receipt(budget, incoming, by_receipt=head.account is None)
    postings = moved(incoming.amount_fen, to="bank", out_of=head.account) if head.account else ()
    return (
        BudgetReceived(
            occurredon=incoming.on,
            year=budget.year,
            head=head.id,
            amount_fen=incoming.amount_fen,
            receipt=incoming.receipt,
            postings=postings,
        ),
    )


def refuse_over_budget(budget: Budget | None, head: str, amount_fen: int) -> None:
    """Raises OverBudget unless an approved budget has so much left under the head."""
    free = budget.line(head).free_fen if budget and budget.stage == "approved" else 0
    if amount_fen > free:
        raise OverBudget(
            f"{free} fen are left under {head}",
            field="amount_fen",
            value=str(amount_fen),
            remedy="spend less, or have the budget of that year approved or adjusted first",
        )


def decide_execute(budget: Budget, spending: Spending) -> tuple[BudgetExecuted]:
    """Spent within the line; raises OverBudget beyond it."""
    refuse_over_budget(budget, spending.head, spending.amount_fen)
    return (
        BudgetExecuted(
            occurredon=spending.on,
            year=budget.year,
            head=spending.head,
            amount_fen=spending.amount_fen,
            spending=spending.thing,
        ),
    )


def decide_reverse(budget: Budget, spending: Spending) -> tuple[BudgetExecutionReversed]:
    """What had been spent is free again."""
    return (
        BudgetExecutionReversed(
            occurredon=spending.on,
            year=budget.year,
            head=spending.head,
            amount_fen=spending.amount_fen,
            spending=spending.thing,
        ),
    )


def _refuse_receipt(budget: Budget, incoming: Incoming, *, by_receipt: bool) -> None:
    if by_receipt and incoming.receipt is None:
        raise ReceiptMissing(
            "income from dues is booked by its receipt",
            field="receipt",
            value="",
            remedy="receive the dues, then name the receipt",
        )
    if incoming.receipt in budget.receipts and incoming.receipt is not None:
        raise ReceiptCounted(
            "this receipt is income of the budget already",
            field="receipt",
            value=str(incoming.receipt),
            remedy="nothing is to be done",
        )
