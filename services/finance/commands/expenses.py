"""Request, approve, pay, cancel and reverse expenditure."""

from uuid import UUID

from pydantic import BaseModel

from services.finance.commands.fields import BusinessDate, Command, Fen, UnionText
from services.finance.commands.spending import (
    checked_payer,
    checked_purpose,
    doubts_about,
    execute,
    is_grassroots,
    refuse_unbudgeted,
    take_back,
)
from services.finance.domain import expenses
from services.finance.domain.executing import Spending
from services.finance.domain.expenses import (
    Expense,
    Wish,
    decide_approve,
    decide_cancel,
    decide_pay,
    decide_request,
    decide_reverse,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import CatalogueId, Count, DocumentNumber
from shared.http.listing import Listing
from shared.referring import area_of, find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.roles import APPROVER
from shared.work.work import Work

EXPENSE: Kind[Expense] = Kind("expense", Expense, expenses.evolve, lambda state: state.union)


class RequestExpense(Command):
    """Ask to spend on a purpose; `person_times` is how many attendances it is for."""

    union: UnionText
    purpose: CatalogueId
    payer: CatalogueId = "union"
    amount_fen: Fen
    person_times: Count | None = None
    requested_on: BusinessDate


class ApproveExpense(Command):
    """The request is approved by another than its recorder."""

    expense: UUID
    approved_on: BusinessDate


class PayExpense(Command):
    """Paid; `evidence` is the number of the receipt."""

    expense: UUID
    evidence: DocumentNumber
    paid_on: BusinessDate


class CancelExpense(Command):
    """Given up before payment."""

    expense: UUID
    cancelled_on: BusinessDate


class ReverseExpense(Command):
    """The whole payment came back; `document` says why."""

    expense: UUID
    document: DocumentNumber
    reversed_on: BusinessDate


def request_expense(work: Work, command: RequestExpense) -> Answer:
    """The id answered is the expenditure's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.requested_on, "requested_on")
    wish = Wish(
        union,
        checked_purpose(command.purpose),
        checked_payer(command.payer),
        command.amount_fen,
        command.person_times,
        command.requested_on,
        area_of(work, union),
        work.copied(UNIT, union).level,
    )
    (event,) = decide_request(wish, work.actor, grassroots=is_grassroots(work, union))
    answer = work.record(EXPENSE, id_, [event], union)
    return Answer(id_, answer.version, event.warnings)


def approve_expense(work: Work, command: ApproveExpense) -> Answer:
    """Refused beyond the budget of the year, for what cannot be paid should not be promised."""
    expense = find(work, EXPENSE, command.expense)
    refuse_bad_date(work, expense.union, command.approved_on, "approved_on")
    events = decide_approve(expense, command.approved_on, work.actor)
    if expense.of_union:
        year = command.approved_on.year
        refuse_unbudgeted(work, expense.union, expense.head, expense.amount_fen, year)
    return work.record(EXPENSE, command.expense, events, expense.union)


def pay_expense(work: Work, command: PayExpense) -> Answer:
    """Within the budget of the year of payment, whatever the year of approval."""
    expense = find(work, EXPENSE, command.expense)
    refuse_bad_date(work, expense.union, command.paid_on, "paid_on")
    doubts = doubts_about(work, expense.union, expense.amount_fen) if expense.of_union else ()
    (event,) = decide_pay(expense, command.evidence, command.paid_on, doubts)
    answer = work.record(EXPENSE, command.expense, [event], expense.union)
    if expense.of_union:
        execute(work, expense.union, _spending(expense, command.expense, command))
    return Answer(answer.id, answer.version, event.warnings)


def cancel_expense(work: Work, command: CancelExpense) -> Answer:
    """Also for a union that has ended."""
    refuse_future(command.cancelled_on, work.today, "cancelled_on")
    expense = find(work, EXPENSE, command.expense)
    events = decide_cancel(expense, command.cancelled_on)
    return work.record(EXPENSE, command.expense, events, expense.union)


def reverse_expense(work: Work, command: ReverseExpense) -> Answer:
    """The budget of the year of payment is free again."""
    expense = find(work, EXPENSE, command.expense)
    refuse_bad_date(work, expense.union, command.reversed_on, "reversed_on")
    events = decide_reverse(expense, command.document, command.reversed_on, work.actor)
    answer = work.record(EXPENSE, command.expense, events, expense.union)
    if expense.of_union:
        back = Spending(expense.head, expense.amount_fen, command.expense, command.reversed_on)
        take_back(work, expense.union, back, expense.since.year)
    return answer


def _spending(expense: Expense, id_: UUID, command: PayExpense) -> Spending:
    return Spending(expense.head, expense.amount_fen, id_, command.paid_on)


USE_CASES: dict[type[BaseModel], UseCase] = {
    RequestExpense: request_expense,
    ApproveExpense: approve_expense,
    PayExpense: pay_expense,
    CancelExpense: cancel_expense,
    ReverseExpense: reverse_expense,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/expenses", RequestExpense, "Ask to spend", creates=True),
    BulkRoute("/expenses/bulk", RequestExpense, "Ask to spend, many at once"),
    CommandRoute("/expenses/{expense}/approve", ApproveExpense, "Approve an expenditure", role=APPROVER),
    CommandRoute("/expenses/{expense}/pay", PayExpense, "Pay an expenditure"),
    CommandRoute("/expenses/{expense}/cancel", CancelExpense, "Give an expenditure up"),
    CommandRoute("/expenses/{expense}/reverse", ReverseExpense, "Take a payment back", role=APPROVER),
)
LISTINGS: tuple[Listing, ...] = (Listing("/expenses", EXPENSE, "Expenditure"),)
