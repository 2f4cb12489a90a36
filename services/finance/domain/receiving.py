"""Money in, and back (DOMAIN FIN-05, FIN-06)."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.finance.domain import periods
from services.finance.domain.account import Assessment, DuesAccount, Receipt
from services.finance.domain.assessing import assessment_in
from services.finance.domain.numbering import account_id, entry_id
from services.finance.domain.sharing import Sharing, less_after_refund, owing
from shared.contracts.finance import DuesReceived, DuesRefunded
from shared.contracts.money import Posting, moved
from shared.errors import NotFound, Refused

PAID_MORE = "paid-more-than-open"


class ReceiptUnknown(NotFound):
    """There is no such receipt."""

    code = "receipt-unknown"


class OverRefund(Refused):
    """Never more goes back than came in."""

    code = "over-refund"


class BeforeReceipt(Refused):
    """Money cannot go back before it came."""

    code = "before-receipt"


class PeriodOutsideAssessment(Refused):
    """Money for one period cannot settle what is owed for another."""

    code = "period-outside-assessment"


class PayerDiffers(Refused):
    """The assessment is on another employer."""

    code = "payer-differs"


class PeriodTooFarAhead(Refused):
    """Money is taken for next year at the latest."""

    code = "period-too-far-ahead"


class Payment(NamedTuple):
    """What came in, from whom (None: the union as a whole), for which assessment, and how it is shared."""

    channel: str
    period: str
    amount_fen: int
    on: date
    employer: UUID | None
    assessment: UUID | None
    sharing: Sharing = Sharing("direct")
    payer_size: str | None = None


def decide_receive(account: DuesAccount, payment: Payment) -> tuple[DuesReceived]:
    """One receipt.

    If no assessment is named, it goes to the payer's open one that covers the period, earliest due first.
    """
    period = periods.parse(payment.period)
    _refuse_far_ahead(payment, period)
    id_ = payment.assessment or _matching(account, payment.employer, period)
    employer = payment.employer
    if id_ is not None:
        assessment = assessment_in(account, id_)
        _refuse_other(assessment, payment, period)
        employer = employer or assessment.employer
    return (
        DuesReceived(
            occurredon=payment.on,
            receipt=entry_id(account_id(account.union, account.year), account.entries + 1),
            channel=payment.channel,
            period=payment.period,
            amount_fen=payment.amount_fen,
            employer=employer,
            assessment=id_,
            payer_size=payment.payer_size,
            **payment.sharing._asdict(),
            postings=_in(payment),
        ),
    )


def warnings_on(account: DuesAccount, event: DuesReceived) -> tuple[str, ...]:
    """What looks odd but is a fact: money above what is owed is taken, and stays unsettled."""
    if event.assessment and event.amount_fen > account.assessments[event.assessment].open_fen:
        return (PAID_MORE,)
    return ()


def decide_refund(account: DuesAccount, id_: UUID, amount_fen: int, on: date) -> tuple[DuesRefunded]:
    """Part or all of one receipt."""
    receipt = account.receipts.get(id_)
    if receipt is None:
        raise ReceiptUnknown(
            "there is no such receipt",
            field="receipt",
            value=str(id_),
            remedy="look at GET /v1/dues/receipts",
        )
    if on < receipt.received_on:
        raise BeforeReceipt(
            f"it came on {receipt.received_on}",
            field="refunded_on",
            value=str(on),
            remedy="give that day or a later one",
        )
    if amount_fen > receipt.open_fen:
        raise OverRefund(
            f"{receipt.amount_fen} fen came in and {receipt.refunded_fen} fen have gone back",
            field="amount_fen",
            value=str(amount_fen),
            remedy=f"refund at most {receipt.open_fen} fen",
        )
    return (_refunded(receipt, id_, amount_fen, on),)


def _in(payment: Payment) -> tuple[Posting, ...]:
    if payment.sharing.collector:
        return ()
    return (*moved(payment.amount_fen, to="bank", out_of="dues"), *owing(payment.sharing.upper_fen))


def _refunded(receipt: Receipt, id_: UUID, amount_fen: int, on: date) -> DuesRefunded:
    shares = (
        less_after_refund(receipt.amount_fen, share, receipt.refunded_fen, amount_fen)
        for share in (receipt.upper_fen, receipt.rebate_fen)
    )
    upper, rebate = shares
    back = (*moved(amount_fen, to="dues_refunded", out_of="bank"), *owing(-upper))
    return DuesRefunded(
        occurredon=on,
        receipt=id_,
        channel=receipt.channel,
        period=receipt.period,
        amount_fen=amount_fen,
        upper_fen=upper,
        rebate_fen=rebate,
        postings=() if receipt.collector else back,
    )


def _matching(account: DuesAccount, employer: UUID | None, period: periods.Period) -> UUID | None:
    due = [
        (assessment.due_on, id_.int)
        for id_, assessment in account.assessments.items()
        if assessment.open_fen
        and assessment.employer == employer
        and periods.parse(assessment.period).covers(period)
    ]
    return UUID(int=min(due)[1]) if due else None


def _refuse_other(assessment: Assessment, payment: Payment, period: periods.Period) -> None:
    if not periods.parse(assessment.period).covers(period):
        raise PeriodOutsideAssessment(
            f"the assessment is for {assessment.period}",
            field="period",
            value=payment.period,
            remedy="name the assessment of that period, or none",
        )
    if payment.employer and assessment.employer and payment.employer != assessment.employer:
        raise PayerDiffers(
            f"the assessment is on employer {assessment.employer}",
            field="employer",
            value=str(payment.employer),
            remedy="name that employer's assessment, or none",
        )


def _refuse_far_ahead(payment: Payment, period: periods.Period) -> None:
    if period.year > payment.on.year + 1:
        raise PeriodTooFarAhead(
            f"money of {payment.on} is for {payment.on.year + 1} at the latest",
            field="period",
            value=payment.period,
            remedy="check the year",
        )
