"""A loan: recommended, reviewed by the bank, confirmed, disbursed, repaid (DOMAIN WEL-16).

Overdue is seen by the calendar: what is open on the day after the due day counts, whoever looks.
"""

from datetime import date, timedelta
from typing import Literal, NamedTuple, assert_never
from uuid import UUID

from shared.approval import refuse_own
from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.welfare import (
    LoanConfirmed,
    LoanDisbursed,
    LoanDropped,
    LoanRecommended,
    LoanRepaid,
    LoanReviewed,
)
from shared.errors import Malformed, Refused
from shared.frozen import Frozen

LoanEvent = LoanRecommended | LoanReviewed | LoanConfirmed | LoanDisbursed | LoanRepaid | LoanDropped
Stage = Literal["recommended", "reviewed", "refused", "confirmed", "disbursed", "repaid", "dropped"]


class Scheme(Entry):
    """Who may borrow under it."""

    borrower: Literal["person", "enterprise"]


def schemes() -> Catalogue[Scheme]:
    """All schemes."""
    return catalogue_of("loan_schemes", Scheme)


class LoanStageWrong(Refused):
    """The loan is at another stage of its course."""

    code = "loan-stage-wrong"


class BorrowerKindWrong(Malformed):
    """The scheme lends to the other kind of borrower."""

    code = "borrower-kind-wrong"


class BeforeLoanStep(Refused):
    """The date lies before the step it follows."""

    code = "before-loan-step"


class LoanBeyondReview(Refused):
    """More than the bank agreed to."""

    code = "loan-beyond-review"


class RepaidBeyondLoan(Refused):
    """More than is still open."""

    code = "repaid-beyond-loan"


class DueBeforeDisbursed(Malformed):
    """The due day lies before the day of payment."""

    code = "due-before-disbursed"


class Loan(Frozen):
    """One loan under one scheme; `amount_fen` is what was last said of its size."""

    union: UUID
    scheme: str
    borrower: UUID
    recorder: str
    amount_fen: int
    stage: Stage = "recommended"
    latest_on: date
    due_on: date | None = None
    open_fen: int = 0


class Recommendation(NamedTuple):
    """Who shall have how much, under which scheme."""

    scheme: str
    person: UUID | None
    employer: UUID | None
    amount_fen: int
    on: date


def decide_recommend(union: UUID, wish: Recommendation, recorder: str) -> tuple[LoanRecommended]:
    """The scheme says whether the borrower is a person or an enterprise."""
    scheme = schemes().checked(wish.scheme, "scheme")
    borrower = wish.person if scheme.borrower == "person" else wish.employer
    other = wish.employer if scheme.borrower == "person" else wish.person
    if borrower is None or other is not None:
        raise BorrowerKindWrong(
            f"{scheme.id} lends to a {scheme.borrower}",
            field="person" if scheme.borrower == "person" else "employer",
            value=scheme.id,
            remedy=f"name one {scheme.borrower} and nobody else",
        )
    return (
        LoanRecommended(
            occurredon=wish.on,
            union=union,
            scheme=scheme.id,
            borrower=borrower,
            amount_fen=wish.amount_fen,
            recorder=recorder,
        ),
    )


def decide_review(state: Loan, amount_fen: int, on: date) -> tuple[LoanReviewed]:
    """The bank's word; 0 fen means that it says no."""
    _refuse_step(state, on, "reviewed_on", "recommended")
    return (
        LoanReviewed(
            occurredon=on,
            scheme=state.scheme,
            borrower=state.borrower,
            passed=amount_fen > 0,
            amount_fen=amount_fen,
        ),
    )


def decide_confirm(state: Loan, on: date, approver: str) -> tuple[LoanConfirmed]:
    """By another than who recommended it."""
    _refuse_step(state, on, "confirmed_on", "reviewed")
    refuse_own(state.recorder, approver)
    return (
        LoanConfirmed(
            occurredon=on,
            scheme=state.scheme,
            borrower=state.borrower,
            amount_fen=state.amount_fen,
            approver=approver,
        ),
    )


def decide_disburse(state: Loan, amount_fen: int, due_on: date, on: date) -> tuple[LoanDisbursed]:
    """Up to what the bank agreed to."""
    _refuse_step(state, on, "disbursed_on", "confirmed")
    if amount_fen > state.amount_fen:
        raise LoanBeyondReview(
            f"the bank agreed to {state.amount_fen} fen",
            field="amount_fen",
            value=str(amount_fen),
            remedy=f"give at most {state.amount_fen} fen",
        )
    if due_on < on:
        raise DueBeforeDisbursed(
            f"it was paid out on {on}", field="due_on", value=str(due_on), remedy="give a later day"
        )
    return (
        LoanDisbursed(
            occurredon=on,
            scheme=state.scheme,
            borrower=state.borrower,
            amount_fen=amount_fen,
            due_on=due_on,
        ),
    )


def decide_repay(state: Loan, amount_fen: int, on: date) -> tuple[LoanRepaid]:
    """Part or all of what is open."""
    _refuse_step(state, on, "repaid_on", "disbursed")
    assert state.due_on is not None
    if amount_fen > state.open_fen:
        raise RepaidBeyondLoan(
            f"{state.open_fen} fen are open",
            field="amount_fen",
            value=str(amount_fen),
            remedy=f"give at most {state.open_fen} fen",
        )
    overdue_from = max(on, state.due_on + timedelta(1))
    closed = amount_fen == state.open_fen
    return (
        LoanRepaid(
            occurredon=on,
            scheme=state.scheme,
            borrower=state.borrower,
            amount_fen=amount_fen,
            open_fen=state.open_fen - amount_fen,
            lessens_overdue_on=overdue_from,
            closed_on=overdue_from if closed else None,
        ),
    )


def decide_drop(state: Loan, on: date) -> tuple[LoanDropped]:
    """Before any money was paid out."""
    _refuse_step(state, on, "dropped_on", "recommended", "reviewed", "confirmed")
    return (
        LoanDropped(occurredon=on, scheme=state.scheme, borrower=state.borrower, amount_fen=state.amount_fen),
    )


def evolve(state: Loan | None, event: LoanEvent) -> Loan:
    """The loan after the event."""
    if isinstance(event, LoanRecommended):
        return Loan(
            union=event.union,
            scheme=event.scheme,
            borrower=event.borrower,
            recorder=event.recorder,
            amount_fen=event.amount_fen,
            latest_on=event.occurredon,
        )
    assert state is not None
    return state.model_copy(update={"latest_on": event.occurredon, **_changed(event)})


def _changed(
    event: LoanReviewed | LoanConfirmed | LoanDisbursed | LoanRepaid | LoanDropped,
) -> dict[str, object]:
    match event:
        case LoanReviewed():
            stage = "reviewed" if event.passed else "refused"
            return {"stage": stage, "amount_fen": event.amount_fen}
        case LoanConfirmed():
            return {"stage": "confirmed"}
        case LoanDisbursed():
            said = {"amount_fen": event.amount_fen, "open_fen": event.amount_fen, "due_on": event.due_on}
            return {"stage": "disbursed", **said}
        case LoanRepaid():
            return {"stage": "disbursed" if event.open_fen else "repaid", "open_fen": event.open_fen}
        case LoanDropped():
            return {"stage": "dropped"}
        case _:
            assert_never(event)


def _refuse_step(state: Loan, on: date, field: str, *stages: Stage) -> None:
    if state.stage not in stages:
        raise LoanStageWrong(
            f"the loan is {state.stage}",
            field="loan",
            value=state.stage,
            remedy=f"this is done while it is {' or '.join(stages)}",
        )
    if on < state.latest_on:
        raise BeforeLoanStep(
            f"the step before it is of {state.latest_on}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
