"""Raise, accept, put right and verify findings of an audit."""

from uuid import UUID

from pydantic import BaseModel

from services.finance.commands.audits import AUDIT
from services.finance.commands.fields import BusinessDate, Command, Fen
from services.finance.domain.findings import decide_accept, decide_raise, decide_rectify, decide_verify
from shared.catalogues import catalogue
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import CatalogueId, DocumentNumber
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.roles import APPROVER
from shared.work.work import Work


class RaiseFinding(Command):
    """The auditors found something; `amount_fen` where it is about money."""

    audit: UUID
    kind: CatalogueId
    amount_fen: Fen | None = None
    raised_on: BusinessDate


class AcceptFinding(Command):
    """The audited union accepts it."""

    audit: UUID
    finding: UUID
    accepted_on: BusinessDate


class RectifyFinding(Command):
    """It was put right; `document` shows it."""

    audit: UUID
    finding: UUID
    document: DocumentNumber
    rectified_on: BusinessDate


class VerifyFinding(Command):
    """Another than who put it right has seen it."""

    audit: UUID
    finding: UUID
    verified_on: BusinessDate


def raise_finding(work: Work, command: RaiseFinding) -> Answer:
    """The id answered is the finding's."""
    id_ = work.new_id()
    refuse_future(command.raised_on, work.today, "raised_on")
    audit = find(work, AUDIT, command.audit)
    kind = catalogue("finding_kinds").checked(command.kind, "kind").id
    events = decide_raise(audit, id_, kind, command.amount_fen, command.raised_on)
    answer = work.record(AUDIT, command.audit, events, audit.audited)
    return Answer(id_, answer.version)


def accept_finding(work: Work, command: AcceptFinding) -> Answer:
    """The id answered is the audit's."""
    refuse_future(command.accepted_on, work.today, "accepted_on")
    audit = find(work, AUDIT, command.audit)
    events = decide_accept(audit, command.finding, command.accepted_on)
    return work.record(AUDIT, command.audit, events, audit.audited)


def rectify_finding(work: Work, command: RectifyFinding) -> Answer:
    """The id answered is the audit's."""
    refuse_future(command.rectified_on, work.today, "rectified_on")
    audit = find(work, AUDIT, command.audit)
    events = decide_rectify(audit, command.finding, command.document, command.rectified_on, work.actor)
    return work.record(AUDIT, command.audit, events, audit.audited)


def verify_finding(work: Work, command: VerifyFinding) -> Answer:
    """The id answered is the audit's; with the last finding it is rectified as a whole."""
    refuse_future(command.verified_on, work.today, "verified_on")
    audit = find(work, AUDIT, command.audit)
    events = decide_verify(audit, command.finding, command.verified_on, work.actor)
    return work.record(AUDIT, command.audit, events, audit.audited)


USE_CASES: dict[type[BaseModel], UseCase] = {
    RaiseFinding: raise_finding,
    AcceptFinding: accept_finding,
    RectifyFinding: rectify_finding,
    VerifyFinding: verify_finding,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/audits/{audit}/findings", RaiseFinding, "Raise a finding", creates=True),
    CommandRoute("/audits/{audit}/findings/{finding}/accept", AcceptFinding, "Accept a finding"),
    CommandRoute("/audits/{audit}/findings/{finding}/rectify", RectifyFinding, "Put a finding right"),
    CommandRoute(
        "/audits/{audit}/findings/{finding}/verify",
        VerifyFinding,
        "Verify that it was put right",
        role=APPROVER,
    ),
)
