"""Employers without a union: target them, record that they refuse, give notice (DOMAIN ORG-03, FIN-08)."""

from pydantic import BaseModel

from services.membership.commands.employers import record
from services.membership.commands.fields import BusinessDate, Command, EmployerReference
from services.membership.commands.references import find_employer, need_of
from services.membership.domain import approaching
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import DocumentNumber
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.work import Work


class TargetEmployer(Command):
    """A union is to be established at this employer."""

    employer: EmployerReference
    targeted_on: BusinessDate


class RecordEmployerRefusal(Command):
    """The employer refuses to have a union."""

    employer: EmployerReference
    refused_on: BusinessDate


class OvercomeEmployerRefusal(Command):
    """The employer no longer refuses."""

    employer: EmployerReference
    overcome_on: BusinessDate


class GiveNotice(Command):
    """Written notice to the employer that a union is to be established (DOMAIN FIN-08)."""

    employer: EmployerReference
    document: DocumentNumber
    given_on: BusinessDate


def target_employer(work: Work, command: TargetEmployer) -> Answer:
    """Counts at the unit that registered the employer."""
    work.want(need_of(command.employer))
    employer = find_employer(work, command.employer, "employer")
    return record(work, employer[0], approaching.decide_target(employer, command.targeted_on, work.today))


def record_employer_refusal(work: Work, command: RecordEmployerRefusal) -> Answer:
    """Counts at the unit that registered the employer."""
    work.want(need_of(command.employer))
    employer = find_employer(work, command.employer, "employer")
    events = approaching.decide_record_refusal(employer, command.refused_on, work.today)
    return record(work, employer[0], events)


def overcome_employer_refusal(work: Work, command: OvercomeEmployerRefusal) -> Answer:
    """Where the refusal was counted."""
    work.want(need_of(command.employer))
    employer = find_employer(work, command.employer, "employer")
    return record(work, employer[0], approaching.decide_overcome(employer, command.overcome_on, work.today))


def give_notice(work: Work, command: GiveNotice) -> Answer:
    """Evidence for the preparation levy."""
    work.want(need_of(command.employer))
    employer = find_employer(work, command.employer, "employer")
    events = approaching.decide_give_notice(employer, command.document, command.given_on, work.today)
    return record(work, employer[0], events)


USE_CASES: dict[type[BaseModel], UseCase] = {
    TargetEmployer: target_employer,
    RecordEmployerRefusal: record_employer_refusal,
    OvercomeEmployerRefusal: overcome_employer_refusal,
    GiveNotice: give_notice,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/employers/{employer}/target", TargetEmployer, "Target an employer for a union"),
    BulkRoute("/employers/target/bulk", TargetEmployer, "Target the employers of a list"),
    CommandRoute("/employers/{employer}/refuse", RecordEmployerRefusal, "Record that an employer refuses"),
    CommandRoute(
        "/employers/{employer}/overcome", OvercomeEmployerRefusal, "Record that it no longer refuses"
    ),
    CommandRoute("/employers/{employer}/notice", GiveNotice, "Give written notice to an employer"),
    BulkRoute("/employers/notice/bulk", GiveNotice, "Give notice to the employers of a list"),
)
