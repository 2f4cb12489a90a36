"""Receive dues, and pay back."""

from uuid import UUID

from pydantic import BaseModel

from services.finance.commands.above import sharing_of
from services.finance.commands.collecting import collect, give_back
from services.finance.commands.fields import (
    BusinessDate,
    Channel,
    Command,
    CreditCode,
    Fen,
    FirmSize,
    PeriodText,
    UnionText,
)
from services.finance.commands.kinds import ACCOUNT, account_kind
from services.finance.commands.parties import Said, needs_of, parties
from services.finance.domain import periods
from services.finance.domain.account import DuesAccount
from services.finance.domain.money import money_id
from services.finance.domain.numbering import account_id, account_of
from services.finance.domain.receiving import (
    Payment,
    ReceiptUnknown,
    decide_receive,
    decide_refund,
    warnings_on,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.referring import refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.needs import Own
from shared.work.work import Work


class ReceiveDues(Command):
    """Money for a period. The union is named, or found as the one that covers the payer."""

    union: UnionText | None = None
    employer: UUID | None = None
    payer_credit_code: CreditCode | None = None
    channel: Channel
    period: PeriodText
    amount_fen: Fen
    received_on: BusinessDate
    assessment: UUID | None = None
    payer_size: FirmSize | None = None


class RefundDues(Command):
    """Part or all of one receipt goes back."""

    receipt: UUID
    amount_fen: Fen
    refunded_on: BusinessDate


def receive_dues(work: Work, command: ReceiveDues) -> Answer:
    """The id answered is the receipt's."""
    said = Said(command.union, command.employer, command.payer_credit_code)
    year = periods.parse(command.period).year
    work.want(*needs_of(said, year), *([Own(account_of(command.assessment))] if command.assessment else []))
    union, employer, doubts = parties(work, said)
    answer, warnings = take_in(
        work,
        union,
        Payment(
            command.channel,
            command.period,
            command.amount_fen,
            command.received_on,
            employer,
            command.assessment,
            payer_size=command.payer_size,
        ),
    )
    return Answer(answer.id, answer.version, (*doubts, *warnings))


def take_in(work: Work, union: UUID, payment: Payment) -> tuple[Answer, tuple[str, ...]]:
    """Record the receipt of a union with its shares, wherever the money is; the id is the receipt's."""
    year = periods.parse(payment.period).year
    refuse_bad_date(work, union, payment.on, "received_on")
    work.want(Own(account_id(union, year)), Own(money_id(union)))
    account = work.get(ACCOUNT, account_id(union, year)) or DuesAccount(union=union, year=year)
    sharing = sharing_of(work, union, (payment.amount_fen, payment.on, payment.channel, payment.payer_size))
    (event,) = decide_receive(account, payment._replace(sharing=sharing))
    answer = work.record(account_kind(union, year), account_id(union, year), [event], union)
    collect(work, union, event)
    return Answer(event.receipt, answer.version), warnings_on(account, event)


def refund_dues(work: Work, command: RefundDues) -> Answer:
    """Also from the account of a union that has ended: the money came in there."""
    refuse_future(command.refunded_on, work.today, "refunded_on")
    account = work.get(ACCOUNT, account_of(command.receipt))
    if account is None:
        raise ReceiptUnknown(
            "there is no such receipt",
            field="receipt",
            value=str(command.receipt),
            remedy="look at GET /v1/dues/receipts",
        )
    (event,) = decide_refund(account, command.receipt, command.amount_fen, command.refunded_on)
    kind = account_kind(account.union, account.year)
    answer = work.record(kind, account_of(command.receipt), [event], account.union)
    give_back(work, account.receipts[command.receipt], event, account.union)
    return Answer(command.receipt, answer.version)


USE_CASES: dict[type[BaseModel], UseCase] = {ReceiveDues: receive_dues, RefundDues: refund_dues}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/dues/receipts", ReceiveDues, "Receive dues", creates=True),
    BulkRoute("/dues/receipts/bulk", ReceiveDues, "Receive dues, many at once"),
    CommandRoute("/dues/receipts/{receipt}/refund", RefundDues, "Pay part or all of a receipt back"),
)
