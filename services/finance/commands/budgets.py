"""Draft, approve, change, release and execute a unit's budget."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.finance.commands.fields import BusinessDate, Command, Fen, UnionText
from services.finance.commands.kinds import ACCOUNT
from services.finance.commands.spending import BUDGET, checked_head
from services.finance.domain.budgeting import Drafted, Papers, decide_adjust, decide_approve, decide_draft
from services.finance.domain.budgets import budget_id
from services.finance.domain.executing import Incoming, decide_appropriate, decide_receive
from services.finance.domain.numbering import account_of
from services.finance.domain.periods import EARLIEST_YEAR, LATEST_YEAR
from services.finance.domain.receiving import ReceiptUnknown
from shared.contracts import Event
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import CatalogueId, DocumentNumber
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.needs import Own
from shared.work.roles import APPROVER
from shared.work.work import Work

Year = Annotated[int, Field(strict=True, ge=EARLIEST_YEAR, le=LATEST_YEAR)]


class DraftBudgetLine(Command):
    """What a union plans to receive or to spend under one head in a calendar year."""

    union: UnionText
    year: Year
    head: CatalogueId
    amount_fen: Fen
    drafted_on: BusinessDate


class ApproveBudget(Command):
    """The papers of the committee, the audit committee and the higher union (DOMAIN FIN-21)."""

    budget: UUID
    committee_document: DocumentNumber
    audit_document: DocumentNumber | None = None
    higher_document: DocumentNumber | None = None
    approved_on: BusinessDate


class NewAmount(Command):
    """A head and its amount after the change."""

    head: CatalogueId
    amount_fen: Annotated[int, Field(strict=True, ge=0, le=10**13)]


class AdjustBudget(Command):
    """New amounts for some heads, together one change of the budget."""

    budget: UUID
    lines: Annotated[tuple[NewAmount, ...], Field(min_length=1, max_length=50)]
    document: DocumentNumber
    adjusted_on: BusinessDate


class AppropriateBudget(Command):
    """Part of a line is released: by the finance department, or for spending."""

    budget: UUID
    head: CatalogueId
    amount_fen: Fen
    document: DocumentNumber
    appropriated_on: BusinessDate


class ReceiveBudgetIncome(Command):
    """Income of a line arrived; dues name the receipt that booked them (DOMAIN FIN-07)."""

    budget: UUID
    head: CatalogueId
    amount_fen: Fen
    receipt: UUID | None = None
    received_on: BusinessDate


def draft_budget_line(work: Work, command: DraftBudgetLine) -> Answer:
    """The id answered is the budget's, which is one for all heads of the year."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    id_ = budget_id(union, command.year)
    work.want(Own(id_))
    refuse_bad_date(work, union, command.drafted_on, "drafted_on")
    head = checked_head(command.head)
    drafted = Drafted(union, command.year, head, command.amount_fen, command.drafted_on)
    return work.record(BUDGET, id_, decide_draft(work.get(BUDGET, id_), drafted, work.actor), union)


def approve_budget(work: Work, command: ApproveBudget) -> Answer:
    """Papers that are missing are warned of."""
    budget = find(work, BUDGET, command.budget)
    refuse_bad_date(work, budget.union, command.approved_on, "approved_on")
    papers = Papers(command.committee_document, command.audit_document, command.higher_document)
    (event,) = decide_approve(budget, papers, command.approved_on, work.actor)
    answer = work.record(BUDGET, command.budget, [event], budget.union)
    return Answer(answer.id, answer.version, event.warnings)


def adjust_budget(work: Work, command: AdjustBudget) -> Answer:
    """A later amount for the same head in one command wins."""
    budget = find(work, BUDGET, command.budget)
    refuse_bad_date(work, budget.union, command.adjusted_on, "adjusted_on")
    amounts = {checked_head(line.head, "lines"): line.amount_fen for line in command.lines}
    events = decide_adjust(budget, amounts, command.document, command.adjusted_on, work.actor)
    return work.record(BUDGET, command.budget, events, budget.union)


def appropriate_budget(work: Work, command: AppropriateBudget) -> Answer:
    """Up to the whole line."""
    budget = find(work, BUDGET, command.budget)
    refuse_bad_date(work, budget.union, command.appropriated_on, "appropriated_on")
    head = checked_head(command.head)
    events: tuple[Event, ...] = decide_appropriate(
        budget, head, command.amount_fen, command.document, command.appropriated_on
    )
    return work.record(BUDGET, command.budget, events, budget.union)


def receive_budget_income(work: Work, command: ReceiveBudgetIncome) -> Answer:
    """The receipt may be another union's below: a county's budget holds the dues of its offices."""
    budget = find(work, BUDGET, command.budget)
    refuse_bad_date(work, budget.union, command.received_on, "received_on")
    if command.receipt:
        _refuse_unknown_receipt(work, command.receipt)
    incoming = Incoming(checked_head(command.head), command.amount_fen, command.receipt, command.received_on)
    return work.record(BUDGET, command.budget, decide_receive(budget, incoming), budget.union)


def _refuse_unknown_receipt(work: Work, receipt: UUID) -> None:
    account = work.get(ACCOUNT, account_of(receipt))
    if account is None or receipt not in account.receipts:
        raise ReceiptUnknown(
            "there is no such receipt",
            field="receipt",
            value=str(receipt),
            remedy="look at GET /v1/dues/receipts",
        )


USE_CASES: dict[type[BaseModel], UseCase] = {
    DraftBudgetLine: draft_budget_line,
    ApproveBudget: approve_budget,
    AdjustBudget: adjust_budget,
    AppropriateBudget: appropriate_budget,
    ReceiveBudgetIncome: receive_budget_income,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/budgets/lines", DraftBudgetLine, "Draft a line of a budget", creates=True),
    BulkRoute("/budgets/lines/bulk", DraftBudgetLine, "Draft lines of budgets, many at once"),
    CommandRoute("/budgets/{budget}/approve", ApproveBudget, "Approve a budget", role=APPROVER),
    CommandRoute("/budgets/{budget}/adjust", AdjustBudget, "Change an approved budget", role=APPROVER),
    CommandRoute("/budgets/{budget}/appropriate", AppropriateBudget, "Release part of a line"),
    CommandRoute("/budgets/{budget}/receive", ReceiveBudgetIncome, "Receive income of a line"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/budgets", BUDGET, "Budgets"),)
