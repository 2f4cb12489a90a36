"""What a payer owes: assessed, flagged as overdue, written off (DOMAIN FIN-01, FIN-02, FIN-11)."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.finance.domain import periods
from services.finance.domain.account import Assessment, DuesAccount
from services.finance.domain.numbering import account_id, entry_id
from shared.approval import refuse_own
from shared.contracts.finance import DuesAssessed, DuesOverdueFlagged, DuesWrittenOff
from shared.errors import NotFound, Refused
from shared.rules import rule
from shared.shares import part_of


class AssessmentUnknown(NotFound):
    """There is no such assessment."""

    code = "assessment-unknown"


class AlreadyAssessed(Refused):
    """The same payer already owes for (part of) this period."""

    code = "already-assessed"


class PeriodNotBegun(Refused):
    """Dues follow wages: nothing is owed for a period that has not begun."""

    code = "period-not-begun"


class RoundsToNothing(Refused):
    """The payroll is so small that the dues round to zero fen."""

    code = "rounds-to-nothing"


class DueBeforePeriod(Refused):
    """The due day lies before the period."""

    code = "due-before-period"


class NotYetDue(Refused):
    """Overdue begins on the day after the due day."""

    code = "not-yet-due"


class NothingOpen(Refused):
    """It is paid, written off, or already flagged."""

    code = "nothing-open"


class BeforeAssessment(Refused):
    """The date lies before the day of the assessment."""

    code = "before-assessment"


class Demand(NamedTuple):
    """What shall be assessed: exactly one of `payroll_fen`, and `amount_fen` as the assessor has it."""

    period: str
    employer: UUID | None
    payroll_fen: int | None
    amount_fen: int | None
    on: date
    due_on: date | None


def decide_assess(account: DuesAccount, demand: Demand, assessor: str) -> tuple[DuesAssessed]:
    """The rate is that of the period's first day; due on the 15th after it unless said otherwise."""
    period = periods.parse(demand.period)
    _refuse_early(demand, period)
    _refuse_twice(account, demand, period)
    rate = rule("dues.rate_bp", period.first) if demand.payroll_fen is not None else 0
    event = DuesAssessed(
        occurredon=demand.on,
        assessment=entry_id(account_id(account.union, account.year), account.entries + 1),
        employer=demand.employer,
        period=demand.period,
        payroll_fen=demand.payroll_fen or 0,
        rate_bp=rate,
        amount_fen=demand.amount_fen or part_of(demand.payroll_fen or 0, rate),
        due_on=demand.due_on or periods.month_after(period, rule("dues.due_day", period.first)),
        assessor=assessor,
    )
    _refuse_odd(event, period)
    return (event,)


def decide_flag_overdue(account: DuesAccount, id_: UUID, on: date) -> tuple[DuesOverdueFlagged]:
    """What is open and has not been flagged yet, so that flags never add up to more than is owed."""
    assessment = assessment_in(account, id_)
    if on <= assessment.due_on:
        raise NotYetDue(
            f"it is due on {assessment.due_on}",
            field="flagged_on",
            value=str(on),
            remedy="flag it on a later day",
        )
    fen = assessment.open_fen - assessment.flagged_fen
    if fen <= 0:
        raise NothingOpen(
            f"{assessment.open_fen} fen are open, {assessment.flagged_fen} fen flagged before",
            field="assessment",
            value=str(id_),
            remedy="nothing is left to flag",
        )
    return (DuesOverdueFlagged(occurredon=on, assessment=id_, amount_fen=fen),)


def decide_write_off(account: DuesAccount, id_: UUID, on: date, approver: str) -> tuple[DuesWrittenOff]:
    """The whole open rest; the approver is the actor of this command."""
    assessment = assessment_in(account, id_)
    refuse_own(assessment.assessor, approver)
    if on < assessment.assessed_on:
        raise BeforeAssessment(
            f"it was assessed on {assessment.assessed_on}",
            field="written_off_on",
            value=str(on),
            remedy="give that day or a later one",
        )
    if not assessment.open_fen:
        raise NothingOpen(
            "nothing of it is open", field="assessment", value=str(id_), remedy="nothing is left to write off"
        )
    return (DuesWrittenOff(occurredon=on, assessment=id_, amount_fen=assessment.open_fen),)


def assessment_in(account: DuesAccount, id_: UUID) -> Assessment:
    """An assessment of this account; raises AssessmentUnknown."""
    if id_ not in account.assessments:
        raise AssessmentUnknown(
            f"union {account.union} has no such assessment in its account of {account.year}",
            field="assessment",
            value=str(id_),
            remedy="look at GET /v1/dues/assessments",
        )
    return account.assessments[id_]


def _refuse_early(demand: Demand, period: periods.Period) -> None:
    if demand.on < period.first:
        raise PeriodNotBegun(
            f"the period begins on {period.first}",
            field="period",
            value=demand.period,
            remedy="assess it when wages have been paid",
        )


def _refuse_twice(account: DuesAccount, demand: Demand, period: periods.Period) -> None:
    for id_, other in account.assessments.items():
        if other.employer != demand.employer or other.written_off_fen == other.amount_fen:
            continue
        if periods.parse(other.period).overlaps(period):
            raise AlreadyAssessed(
                f"assessment {id_} covers {other.period}",
                field="period",
                value=demand.period,
                remedy="write the earlier one off first, or assess another period",
            )


def _refuse_odd(event: DuesAssessed, period: periods.Period) -> None:
    if not event.amount_fen:
        raise RoundsToNothing(
            "the dues of this payroll are less than half a fen",
            field="payroll_fen",
            value=str(event.payroll_fen),
            remedy="give the payroll in fen, not in yuan",
        )
    if event.due_on < period.first:
        raise DueBeforePeriod(
            f"the period begins on {period.first}",
            field="due_on",
            value=str(event.due_on),
            remedy="leave it out: the 15th of the month after the period",
        )
