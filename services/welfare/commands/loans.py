"""Loans by scheme: recommend, tell what the bank says, confirm, disburse, repay, drop."""

from uuid import UUID

from pydantic import BaseModel

from services.welfare.domain import loans
from services.welfare.domain.loans import (
    Loan,
    Recommendation,
    decide_confirm,
    decide_disburse,
    decide_drop,
    decide_recommend,
    decide_repay,
    decide_review,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    EmployerText,
    Fen,
    FenOrZero,
    PlannedDate,
    UnionText,
)
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_employer, find_union, need_of_employer, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Copied, Need
from shared.work.roles import APPROVER
from shared.work.work import Work

LOAN: Kind[Loan] = Kind("loan", Loan, loans.evolve, lambda state: state.union)


class RecommendLoan(Command):
    """The borrower is a person or an employer, as the scheme has it."""

    union: UnionText
    scheme: CatalogueId
    person: UUID | None = None
    employer: EmployerText | None = None
    amount_fen: Fen
    recommended_on: BusinessDate


class ReviewLoan(Command):
    """What the bank agreed to; 0 when it said no."""

    loan: UUID
    amount_fen: FenOrZero
    reviewed_on: BusinessDate


class ConfirmLoan(Command):
    """The actor is another than the one who recommended it."""

    loan: UUID
    confirmed_on: BusinessDate


class DisburseLoan(Command):
    """The bank paid it out."""

    loan: UUID
    amount_fen: Fen
    due_on: PlannedDate
    disbursed_on: BusinessDate


class RepayLoan(Command):
    """Part or all of what is open came back to the bank."""

    loan: UUID
    amount_fen: Fen
    repaid_on: BusinessDate


class DropLoan(Command):
    """Given up before any money was paid out."""

    loan: UUID
    dropped_on: BusinessDate


def recommend(work: Work, command: RecommendLoan) -> Answer:
    """The id answered is the loan's."""
    needs: list[Need] = [need_of_union(command.union)]
    needs += [need_of_employer(command.employer)] if command.employer else []
    needs += [Copied(PERSON.name, command.person)] if command.person else []
    work.want(*needs)
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.recommended_on, "recommended_on")
    employer = find_employer(work, command.employer) if command.employer else None
    if command.person:
        work.copied(PERSON, command.person)
    wish = Recommendation(
        command.scheme, command.person, employer, command.amount_fen, command.recommended_on
    )
    return work.record(LOAN, work.new_id(), decide_recommend(union, wish, work.actor), union)


def review(work: Work, command: ReviewLoan) -> Answer:
    """The bank's word."""
    refuse_future(command.reviewed_on, work.today, "reviewed_on")
    loan = find(work, LOAN, command.loan)
    events = decide_review(loan, command.amount_fen, command.reviewed_on)
    return work.record(LOAN, command.loan, events, loan.union)


def confirm(work: Work, command: ConfirmLoan) -> Answer:
    """By another than who recommended it."""
    refuse_future(command.confirmed_on, work.today, "confirmed_on")
    loan = find(work, LOAN, command.loan)
    events = decide_confirm(loan, command.confirmed_on, work.actor)
    return work.record(LOAN, command.loan, events, loan.union)


def disburse(work: Work, command: DisburseLoan) -> Answer:
    """Up to what the bank agreed to."""
    refuse_future(command.disbursed_on, work.today, "disbursed_on")
    loan = find(work, LOAN, command.loan)
    events = decide_disburse(loan, command.amount_fen, command.due_on, command.disbursed_on)
    return work.record(LOAN, command.loan, events, loan.union)


def repay(work: Work, command: RepayLoan) -> Answer:
    """Part or all."""
    refuse_future(command.repaid_on, work.today, "repaid_on")
    loan = find(work, LOAN, command.loan)
    events = decide_repay(loan, command.amount_fen, command.repaid_on)
    return work.record(LOAN, command.loan, events, loan.union)


def drop(work: Work, command: DropLoan) -> Answer:
    """Before any money was paid out."""
    refuse_future(command.dropped_on, work.today, "dropped_on")
    loan = find(work, LOAN, command.loan)
    return work.record(LOAN, command.loan, decide_drop(loan, command.dropped_on), loan.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    RecommendLoan: recommend,
    ReviewLoan: review,
    ConfirmLoan: confirm,
    DisburseLoan: disburse,
    RepayLoan: repay,
    DropLoan: drop,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/loans", RecommendLoan, "Recommend a borrower", creates=True),
    BulkRoute("/loans/bulk", RecommendLoan, "Recommend many borrowers"),
    CommandRoute("/loans/{loan}/review", ReviewLoan, "Tell what the bank agreed to", role=APPROVER),
    CommandRoute("/loans/{loan}/confirm", ConfirmLoan, "Confirm a borrower", role=APPROVER),
    CommandRoute("/loans/{loan}/disburse", DisburseLoan, "Tell that the bank paid out"),
    CommandRoute("/loans/{loan}/repay", RepayLoan, "Tell what came back"),
    CommandRoute("/loans/{loan}/drop", DropLoan, "Give a loan up"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/loans", LOAN, "Loans"),)
