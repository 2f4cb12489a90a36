"""A dues account: what was assessed and received for one union and one calendar year, in integer fen.

At every moment, for every assessment: amount = settled + written off + open; and for every receipt:
amount = refunded + open, of which `settles_fen` lies on its assessment. Nothing is ever negative.
"""

from collections.abc import Mapping
from datetime import date
from typing import assert_never
from uuid import UUID

from services.finance.domain.numbering import number_of
from shared.contracts.finance import (
    DuesAssessed,
    DuesOverdueFlagged,
    DuesReceived,
    DuesRefunded,
    DuesSurcharged,
    DuesWrittenOff,
    SurchargeReceived,
)
from shared.frozen import Frozen

AccountEvent = (
    DuesAssessed
    | DuesReceived
    | DuesRefunded
    | DuesOverdueFlagged
    | DuesWrittenOff
    | DuesSurcharged
    | SurchargeReceived
)


class Assessment(Frozen):
    """What one payer (None: the union as a whole) owes for one period."""

    period: str
    employer: UUID | None
    assessor: str
    assessed_on: date
    due_on: date
    payroll_fen: int
    rate_bp: int
    amount_fen: int
    settled_fen: int = 0
    written_off_fen: int = 0
    flagged_fen: int = 0
    surcharged_fen: int = 0
    surcharged_to: date | None = None
    surcharge_paid_fen: int = 0

    @property
    def open_fen(self) -> int:
        """Neither paid nor given up."""
        return self.amount_fen - self.settled_fen - self.written_off_fen


class Receipt(Frozen):
    """Money that came in; the shares are those of the whole receipt, before anything went back."""

    channel: str
    period: str
    employer: UUID | None
    received_on: date
    amount_fen: int
    refunded_fen: int = 0
    assessment: UUID | None = None
    settles_fen: int = 0
    collector: UUID | None = None
    upper_fen: int = 0
    rebate_fen: int = 0

    @property
    def open_fen(self) -> int:
        """Still with the union."""
        return self.amount_fen - self.refunded_fen


class DuesAccount(Frozen):
    """Assessments and receipts by id; `entries` is the last number given to one."""

    union: UUID
    year: int
    entries: int = 0
    assessments: Mapping[UUID, Assessment] = {}
    receipts: Mapping[UUID, Receipt] = {}

    @property
    def received_fen(self) -> int:
        """Everything that came in, refunds not taken off."""
        return sum(receipt.amount_fen for receipt in self.receipts.values())

    @property
    def refunded_fen(self) -> int:
        """Everything paid back."""
        return sum(receipt.refunded_fen for receipt in self.receipts.values())

    @property
    def assessed_fen(self) -> int:
        """Everything assessed, paid or not."""
        return sum(assessment.amount_fen for assessment in self.assessments.values())

    @property
    def open_fen(self) -> int:
        """Still owed."""
        return sum(assessment.open_fen for assessment in self.assessments.values())


def evolve(account: DuesAccount, event: AccountEvent) -> DuesAccount:
    """The account after the event."""
    match event:
        case DuesAssessed():
            return _assessed(account, event)
        case DuesReceived():
            return _received(account, event)
        case DuesRefunded():
            return _refunded(account, event)
        case DuesSurcharged():
            return _surcharged(account, event)
        case DuesOverdueFlagged() | DuesWrittenOff() | SurchargeReceived():
            return _on_assessment(account, event.assessment, **{_ADDED_TO[type(event)]: event.amount_fen})
        case _:
            assert_never(event)


_ADDED_TO = {
    DuesOverdueFlagged: "flagged_fen",
    DuesWrittenOff: "written_off_fen",
    SurchargeReceived: "surcharge_paid_fen",
}


def _assessed(account: DuesAccount, event: DuesAssessed) -> DuesAccount:
    assessment = Assessment(
        period=event.period,
        employer=event.employer,
        assessor=event.assessor,
        assessed_on=event.occurredon,
        due_on=event.due_on,
        payroll_fen=event.payroll_fen,
        rate_bp=event.rate_bp,
        amount_fen=event.amount_fen,
    )
    return account.model_copy(
        update={
            "entries": number_of(event.assessment),
            "assessments": {**account.assessments, event.assessment: assessment},
        }
    )


def _received(account: DuesAccount, event: DuesReceived) -> DuesAccount:
    settles = min(event.amount_fen, account.assessments[event.assessment].open_fen) if event.assessment else 0
    receipt = Receipt(
        channel=event.channel,
        period=event.period,
        employer=event.employer,
        received_on=event.occurredon,
        amount_fen=event.amount_fen,
        assessment=event.assessment,
        settles_fen=settles,
        collector=event.collector,
        upper_fen=event.upper_fen,
        rebate_fen=event.rebate_fen,
    )
    numbered = account.model_copy(update={"entries": number_of(event.receipt)})
    return _with_receipt(_settled(numbered, event.assessment, settles), event.receipt, receipt)


def _refunded(account: DuesAccount, event: DuesRefunded) -> DuesAccount:
    before = account.receipts[event.receipt]
    refunded = before.refunded_fen + event.amount_fen
    # What was paid above the assessment goes back first; only then is the assessment open again.
    settles = min(before.settles_fen, before.amount_fen - refunded)
    receipt = before.model_copy(update={"refunded_fen": refunded, "settles_fen": settles})
    reopened = _settled(account, before.assessment, settles - before.settles_fen)
    return _with_receipt(reopened, event.receipt, receipt)


def _surcharged(account: DuesAccount, event: DuesSurcharged) -> DuesAccount:
    charged = _on_assessment(account, event.assessment, surcharged_fen=event.amount_fen)
    assessment = charged.assessments[event.assessment]
    dated = assessment.model_copy(update={"surcharged_to": event.occurredon})
    return charged.model_copy(update={"assessments": {**charged.assessments, event.assessment: dated}})


def _settled(account: DuesAccount, assessment: UUID | None, fen: int) -> DuesAccount:
    return _on_assessment(account, assessment, settled_fen=fen) if assessment and fen else account


def _with_receipt(account: DuesAccount, id_: UUID, receipt: Receipt) -> DuesAccount:
    return account.model_copy(update={"receipts": {**account.receipts, id_: receipt}})


def _on_assessment(account: DuesAccount, id_: UUID, **added: int) -> DuesAccount:
    before = account.assessments[id_]
    after = before.model_copy(update={name: getattr(before, name) + fen for name, fen in added.items()})
    return account.model_copy(update={"assessments": {**account.assessments, id_: after}})
