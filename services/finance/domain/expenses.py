"""An expenditure: requested, approved by another, paid against a receipt, or cancelled, or reversed."""

from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from services.finance.domain.heads import Purpose, account_of_head, purposes
from shared.approval import refuse_own
from shared.contracts.finance import (
    ExpenseApproved,
    ExpenseCancelled,
    ExpensePaid,
    ExpenseRequested,
    ExpenseReversed,
)
from shared.contracts.money import Posting, moved
from shared.frozen import Frozen
from shared.rules import rule_or_none
from shared.stages import refuse_step

ExpenseEvent = ExpenseRequested | ExpenseApproved | ExpensePaid | ExpenseCancelled | ExpenseReversed

UNION = "union"
PAYER_MISMATCH = "payer-mismatch"
PER_PERSON_ABOVE_CAP = "per-person-above-cap"


class Expense(Frozen):
    """One expenditure; only where the payer is the union does its money and its budget move."""

    union: UUID
    purpose: str
    head: str
    payer: str
    amount_fen: int
    person_times: int | None
    level: int | None = None
    recorder: str
    stage: str = "requested"
    since: date

    @property
    def of_union(self) -> bool:
        """Whether the union's own money is spent."""
        return self.payer == UNION

    @property
    def attended_fen(self) -> int:
        """What is spent with attendances known, so that spending per attendance can be told."""
        return self.amount_fen if self.person_times else 0


class Wish(NamedTuple):
    """What somebody asks to spend; `level` is the union's, `area` the division whose rules hold."""

    union: UUID
    purpose: str
    payer: str
    amount_fen: int
    person_times: int | None
    on: date
    area: str = ""
    level: int | None = None


def decide_request(wish: Wish, recorder: str, *, grassroots: bool) -> tuple[ExpenseRequested]:
    """Warns of what a grassroots union's money is not for, and of too much a person (FIN-17, FIN-19)."""
    purpose = purposes()[wish.purpose]
    return (
        ExpenseRequested(
            occurredon=wish.on,
            union=wish.union,
            purpose=purpose.id,
            head=purpose.head,
            payer=wish.payer,
            amount_fen=wish.amount_fen,
            person_times=wish.person_times,
            recorder=recorder,
            level=wish.level,
            warnings=_doubts(wish, purpose, grassroots=grassroots) if wish.payer == UNION else (),
        ),
    )


def decide_approve(expense: Expense, on: date, approver: str) -> tuple[ExpenseApproved]:
    """By somebody who did not request it (DOMAIN FIN-20)."""
    refuse_step(expense, ("requested",), on, "approved_on")
    refuse_own(expense.recorder, approver)
    return (
        ExpenseApproved(
            occurredon=on,
            purpose=expense.purpose,
            head=expense.head,
            payer=expense.payer,
            amount_fen=expense.amount_fen,
            approver=approver,
        ),
    )


def decide_pay(
    expense: Expense, evidence: str, on: date, warnings: tuple[str, ...] = ()
) -> tuple[ExpensePaid]:
    """Only what is approved, and only with the number of a receipt."""
    refuse_step(expense, ("approved",), on, "paid_on")
    return (
        ExpensePaid(
            occurredon=on,
            purpose=expense.purpose,
            head=expense.head,
            payer=expense.payer,
            amount_fen=expense.amount_fen,
            person_times=expense.person_times,
            attended_fen=expense.attended_fen,
            evidence=evidence,
            level=expense.level,
            warnings=warnings,
            postings=_spent(expense),
        ),
    )


def decide_cancel(expense: Expense, on: date) -> tuple[ExpenseCancelled]:
    """Given up while nothing has been paid."""
    refuse_step(expense, ("requested", "approved"), on, "cancelled_on")
    approved = expense.amount_fen if expense.stage == "approved" else 0
    return (
        ExpenseCancelled(
            occurredon=on,
            purpose=expense.purpose,
            head=expense.head,
            payer=expense.payer,
            approved_fen=approved,
        ),
    )


def decide_reverse(expense: Expense, document: str, on: date, approver: str) -> tuple[ExpenseReversed]:
    """The whole payment comes back, with the approval of another than its recorder."""
    refuse_step(expense, ("paid",), on, "reversed_on")
    refuse_own(expense.recorder, approver)
    back = tuple(Posting(account=each.account, fen=-each.fen) for each in _spent(expense))
    return (
        ExpenseReversed(
            occurredon=on,
            purpose=expense.purpose,
            head=expense.head,
            payer=expense.payer,
            amount_fen=expense.amount_fen,
            person_times=expense.person_times,
            attended_fen=expense.attended_fen,
            approver=approver,
            document=document,
            level=expense.level,
            postings=back,
        ),
    )


def evolve(expense: Expense | None, event: ExpenseEvent) -> Expense:
    """The expenditure after the event."""
    if isinstance(event, ExpenseRequested):
        said = event.model_dump(exclude={"occurredon", "warnings"})
        return Expense(**said, since=event.occurredon)
    assert expense is not None
    match event:
        case ExpenseApproved():
            stage = "approved"
        case ExpensePaid():
            stage = "paid"
        case ExpenseCancelled():
            stage = "cancelled"
        case ExpenseReversed():
            stage = "reversed"
        case _:
            assert_never(event)
    return expense.model_copy(update={"stage": stage, "since": event.occurredon})


def _doubts(wish: Wish, purpose: Purpose, *, grassroots: bool) -> tuple[str, ...]:
    cap = rule_or_none(purpose.per_person, wish.on, wish.area) if purpose.per_person else None
    above = cap is not None and wish.person_times is not None and wish.amount_fen > cap * wish.person_times
    mismatch = grassroots and not purpose.union_money
    return tuple(
        doubt for doubt, holds in ((PAYER_MISMATCH, mismatch), (PER_PERSON_ABOVE_CAP, above)) if holds
    )


def _spent(expense: Expense) -> tuple[Posting, ...]:
    if not expense.of_union:
        return ()
    return moved(expense.amount_fen, to=account_of_head(expense.head), out_of="bank")
