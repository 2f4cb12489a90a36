"""Assess dues, flag them as overdue, write them off."""

from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from services.finance.commands.fields import BusinessDate, Command, CreditCode, Fen, PeriodText, UnionText
from services.finance.commands.kinds import ACCOUNT, account_kind
from services.finance.commands.parties import Said, needs_of, parties
from services.finance.domain import periods
from services.finance.domain.account import DuesAccount
from services.finance.domain.assessing import (
    AssessmentUnknown,
    Demand,
    decide_assess,
    decide_flag_overdue,
    decide_write_off,
)
from services.finance.domain.numbering import account_id, account_of
from shared.http.commands import BulkRoute, CommandRoute
from shared.referring import refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.roles import APPROVER
from shared.work.work import Work


class AssessDues(Command):
    """What a payer owes for a period: `payroll_fen` times the rate in force, or `amount_fen` as it stands.

    The payer is an employer, by id or credit code, or, if none is named, the union as a whole.
    """

    union: UnionText | None = None
    employer: UUID | None = None
    payer_credit_code: CreditCode | None = None
    period: PeriodText
    payroll_fen: Fen | None = None
    amount_fen: Fen | None = None
    assessed_on: BusinessDate
    due_on: BusinessDate | None = Field(None, description="Default: the 15th of the month after the period.")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.payroll_fen is None) == (self.amount_fen is None):
            msg = "give payroll_fen or amount_fen, one of the two"
            raise ValueError(msg)
        return self


class FlagOverdue(Command):
    """On this day, after the due day, something was still open."""

    assessment: UUID
    flagged_on: BusinessDate


class WriteOffDues(Command):
    """The open rest is given up; the actor approves it and is another than the one who assessed it."""

    assessment: UUID
    written_off_on: BusinessDate


def assess_dues(work: Work, command: AssessDues) -> Answer:
    """The id answered is the assessment's."""
    said = Said(command.union, command.employer, command.payer_credit_code)
    year = periods.parse(command.period).year
    work.want(*needs_of(said, year))
    union, employer, warnings = parties(work, said)
    refuse_bad_date(work, union, command.assessed_on, "assessed_on")
    account = work.get(ACCOUNT, account_id(union, year)) or DuesAccount(union=union, year=year)
    demand = Demand(
        command.period, employer, command.payroll_fen, command.amount_fen, command.assessed_on, command.due_on
    )
    (event,) = decide_assess(account, demand, work.actor)
    answer = work.record(account_kind(union, year), account_id(union, year), [event], union)
    return Answer(event.assessment, answer.version, warnings)


def flag_overdue(work: Work, command: FlagOverdue) -> Answer:
    """Also for a union that has ended: what it was owed stays on its account."""
    refuse_future(command.flagged_on, work.today, "flagged_on")
    account = account_with(work, command.assessment)
    events = decide_flag_overdue(account, command.assessment, command.flagged_on)
    answer = work.record(_kind(account), account_of(command.assessment), events, account.union)
    return Answer(command.assessment, answer.version)


def write_off_dues(work: Work, command: WriteOffDues) -> Answer:
    """Also for a union that has ended: what it was owed stays on its account."""
    refuse_future(command.written_off_on, work.today, "written_off_on")
    account = account_with(work, command.assessment)
    events = decide_write_off(account, command.assessment, command.written_off_on, work.actor)
    answer = work.record(_kind(account), account_of(command.assessment), events, account.union)
    return Answer(command.assessment, answer.version)


def _kind(account: DuesAccount) -> Kind[DuesAccount]:
    return account_kind(account.union, account.year)


def account_with(work: Work, assessment: UUID) -> DuesAccount:
    """The account of an assessment; raises AssessmentUnknown."""
    account = work.get(ACCOUNT, account_of(assessment))
    if account is None:
        raise AssessmentUnknown(
            "there is no such assessment",
            field="assessment",
            value=str(assessment),
            remedy="look at GET /v1/dues/assessments",
        )
    return account


USE_CASES: dict[type[BaseModel], UseCase] = {
    AssessDues: assess_dues,
    FlagOverdue: flag_overdue,
    WriteOffDues: write_off_dues,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/dues/assessments", AssessDues, "Assess dues", creates=True),
    BulkRoute("/dues/assessments/bulk", AssessDues, "Assess dues, many at once"),
    CommandRoute(
        "/dues/assessments/{assessment}/overdue", FlagOverdue, "Flag what is open after the due day"
    ),
    CommandRoute(
        "/dues/assessments/{assessment}/write-off", WriteOffDues, "Give up the open rest", role=APPROVER
    ),
)
