"""Schedule, hold and miss audits, and issue what they found."""

from uuid import UUID

from pydantic import BaseModel

from services.finance.commands.audit_committees import OF_UNION
from services.finance.commands.budgets import Year
from services.finance.commands.fields import BusinessDate, Command, UnionText
from services.finance.domain import audits
from services.finance.domain.audits import (
    Audit,
    Standing,
    audit_kinds,
    decide_conclude,
    decide_issue,
    decide_miss,
    decide_schedule,
    decide_start,
)
from shared.contracts.finance import AuditScheduled
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import CatalogueId, DocumentNumber
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.work import Work

SCHEDULED = "audit"


class AlreadyScheduled(Refused):
    """One audit of a kind for a union and year."""

    code = "audit-already-scheduled"


def _name(kind: str, audited: UUID, year: int) -> str:
    return f"{kind}/{audited}/{year}"


AUDIT: Kind[Audit] = Kind(
    "audit",
    Audit,
    audits.evolve,
    lambda state: state.audited,
    lambda state: frozenset({Claim(SCHEDULED, _name(state.kind, state.audited, state.year))}),
)


class ScheduleAudit(Command):
    """`auditor` shall audit `audited` for a year; who may audit whom follows from the kind."""

    kind: CatalogueId
    auditor: UnionText
    audited: UnionText
    year: Year
    due_on: BusinessDate
    scheduled_on: BusinessDate


class StartAudit(Command):
    """The auditors begin."""

    audit: UUID
    started_on: BusinessDate


class ConcludeAudit(Command):
    """The auditors are done."""

    audit: UUID
    concluded_on: BusinessDate


class MissAudit(Command):
    """The due day is over and nobody has begun."""

    audit: UUID
    missed_on: BusinessDate


class IssueFindings(Command):
    """The findings are put to the audited union, however many there are."""

    audit: UUID
    document: DocumentNumber
    issued_on: BusinessDate


def schedule_audit(work: Work, command: ScheduleAudit) -> Answer:
    """The id answered is the engagement's."""
    id_ = work.new_id()
    work.want(need_of_union(command.auditor), need_of_union(command.audited))
    auditor = find_union(work, command.auditor, "auditor")
    audited = find_union(work, command.audited, "audited")
    refuse_bad_date(work, audited, command.scheduled_on, "scheduled_on")
    kind = audit_kinds().checked(command.kind, "kind").id
    _refuse_twice(work, kind, audited, command.year)
    standing = _standing(work, auditor, audited, command)
    wanted = AuditScheduled(
        occurredon=command.scheduled_on,
        kind=kind,
        auditor=auditor,
        audited=audited,
        audited_level=standing.level,
        year=command.year,
        due_on=command.due_on,
    )
    (event,) = decide_schedule(wanted, standing)
    answer = work.record(AUDIT, id_, [event], audited)
    return Answer(id_, answer.version, event.warnings)


def start_audit(work: Work, command: StartAudit) -> Answer:
    """Also after the due day."""
    refuse_future(command.started_on, work.today, "started_on")
    audit = find(work, AUDIT, command.audit)
    return work.record(AUDIT, command.audit, decide_start(audit, command.started_on), audit.audited)


def conclude_audit(work: Work, command: ConcludeAudit) -> Answer:
    """Counts as done on this day."""
    refuse_future(command.concluded_on, work.today, "concluded_on")
    audit = find(work, AUDIT, command.audit)
    return work.record(AUDIT, command.audit, decide_conclude(audit, command.concluded_on), audit.audited)


def miss_audit(work: Work, command: MissAudit) -> Answer:
    """For good: a later audit is scheduled for its own year."""
    refuse_future(command.missed_on, work.today, "missed_on")
    audit = find(work, AUDIT, command.audit)
    return work.record(AUDIT, command.audit, decide_miss(audit, command.missed_on), audit.audited)


def issue_findings(work: Work, command: IssueFindings) -> Answer:
    """Without any, the engagement is closed with it."""
    refuse_future(command.issued_on, work.today, "issued_on")
    audit = find(work, AUDIT, command.audit)
    events = decide_issue(audit, command.document, command.issued_on)
    return work.record(AUDIT, command.audit, events, audit.audited)


def _standing(work: Work, auditor: UUID, audited: UUID, command: ScheduleAudit) -> Standing:
    day = command.scheduled_on
    return Standing(
        work.copied(UNIT, audited).level,
        _parents(work, audited, command),
        frozenset(work.place(audited).lineage[:-1])
        | frozenset(work.copied(UNIT, audited).lines_on(day).values()),
        _parents(work, auditor, command),
        work.owner(OF_UNION, str(auditor)) is not None,
    )


def _parents(work: Work, union: UUID, command: ScheduleAudit) -> frozenset[UUID]:
    copy, day = work.copied(UNIT, union), command.scheduled_on
    above = (copy.parent_on(day), *copy.lines_on(day).values())
    return frozenset(parent for parent in above if parent is not None)


def _refuse_twice(work: Work, kind: str, audited: UUID, year: int) -> None:
    present = work.owner(SCHEDULED, _name(kind, audited, year))
    if present:
        raise AlreadyScheduled(
            f"this audit of {year} is scheduled",
            field="audited",
            value=str(audited),
            remedy=f"continue with {present}",
        )


USE_CASES: dict[type[BaseModel], UseCase] = {
    ScheduleAudit: schedule_audit,
    StartAudit: start_audit,
    ConcludeAudit: conclude_audit,
    MissAudit: miss_audit,
    IssueFindings: issue_findings,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/audits", ScheduleAudit, "Schedule an audit", creates=True),
    BulkRoute("/audits/bulk", ScheduleAudit, "Schedule audits, many at once"),
    CommandRoute("/audits/{audit}/start", StartAudit, "Begin an audit"),
    CommandRoute("/audits/{audit}/conclude", ConcludeAudit, "Conclude an audit"),
    BulkRoute("/audits/conclude/bulk", ConcludeAudit, "Conclude audits, many at once"),
    BulkRoute("/audits/start/bulk", StartAudit, "Begin audits, many at once"),
    CommandRoute("/audits/{audit}/miss", MissAudit, "Say that an audit was missed"),
    CommandRoute("/audits/{audit}/issue", IssueFindings, "Issue the findings"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/audits", AUDIT, "Audits of the union"),)
