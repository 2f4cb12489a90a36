"""An audit of one union for one year: due, held, its findings issued, all of them put right; or missed."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple, assert_never
from uuid import UUID

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.finance import (
    AuditConducted,
    AuditFindingAccepted,
    AuditFindingRaised,
    AuditFindingRectified,
    AuditFindingsIssued,
    AuditFindingVerified,
    AuditMissed,
    AuditRectified,
    AuditScheduled,
    AuditStarted,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_out_of_turn, refuse_step

AuditEvent = (
    AuditScheduled | AuditStarted | AuditConducted | AuditMissed | AuditFindingsIssued | AuditRectified
)
FindingEvent = AuditFindingRaised | AuditFindingAccepted | AuditFindingRectified | AuditFindingVerified
NO_COMMITTEE = "auditor-without-audit-committee"


class AuditorDoesNotFit(Refused):
    """For this kind of audit somebody else audits (DOMAIN FIN-23)."""

    code = "auditor-does-not-fit"


class DueBeforeScheduling(Refused):
    """An audit is scheduled before it is due."""

    code = "audit-due-in-the-past"


class NotYetMissed(Refused):
    """An audit can be held until the end of its due day."""

    code = "audit-not-yet-missed"


class AuditKind(Entry):
    """Who audits: the union itself, the one above, another under the same one, or any in its lineage."""

    auditor: Literal["self", "parent", "sibling", "lineage"]


class Finding(Frozen):
    """Something that was found."""

    kind: str
    amount_fen: int | None
    rectifier: str = ""
    stage: str = "raised"
    since: date


class Audit(Frozen):
    """One engagement with its findings by id."""

    kind: str
    auditor: UUID
    audited: UUID
    audited_level: int
    year: int
    due_on: date
    findings: Mapping[UUID, Finding] = {}
    stage: str = "due"
    since: date

    @property
    def open_findings(self) -> int:
        """Not yet verified as put right."""
        return sum(finding.stage != "verified" for finding in self.findings.values())


class Standing(NamedTuple):
    """Where the audited union stands: those above it, directly (on any line) or not."""

    level: int
    parents: frozenset[UUID]
    lineage: frozenset[UUID]
    auditor_parents: frozenset[UUID]
    auditor_has_committee: bool


def audit_kinds() -> Catalogue[AuditKind]:
    """All kinds of engagements by id."""
    return catalogue_of("audit_kinds", AuditKind)


def decide_schedule(scheduled: AuditScheduled, standing: Standing) -> tuple[AuditScheduled]:
    """By whom the kind allows; warns where the auditing union has no committee."""
    if scheduled.due_on < scheduled.occurredon:
        raise DueBeforeScheduling(
            f"it was due on {scheduled.due_on}",
            field="due_on",
            value=str(scheduled.due_on),
            remedy="give a due day that is still to come on the day of scheduling",
        )
    if not _fits(scheduled, standing):
        raise AuditorDoesNotFit(
            f"this union does not hold a {scheduled.kind} audit of that one",
            field="auditor",
            value=str(scheduled.auditor),
            remedy="see the catalogue audit_kinds for who audits whom",
        )
    doubts = () if standing.auditor_has_committee else (NO_COMMITTEE,)
    return (scheduled.model_copy(update={"warnings": doubts, "audited_level": standing.level}),)


def decide_start(audit: Audit, on: date) -> tuple[AuditStarted]:
    """Also after the due day."""
    refuse_step(audit, ("due",), on, "started_on")
    return (AuditStarted(occurredon=on, kind=audit.kind),)


def decide_conclude(audit: Audit, on: date) -> tuple[AuditConducted]:
    """Done, in time or not."""
    refuse_step(audit, ("started",), on, "concluded_on")
    return (
        AuditConducted(
            occurredon=on,
            kind=audit.kind,
            auditor=audit.auditor,
            audited=audit.audited,
            audited_level=audit.audited_level,
            year=audit.year,
            in_time=on <= audit.due_on,
        ),
    )


def decide_miss(audit: Audit, on: date) -> tuple[AuditMissed]:
    """Never begun, and the due day is over."""
    refuse_step(audit, ("due",), on, "missed_on")
    if on <= audit.due_on:
        raise NotYetMissed(
            f"it is due on {audit.due_on}", field="missed_on", value=str(on), remedy="give a later day"
        )
    return (
        AuditMissed(
            occurredon=on,
            kind=audit.kind,
            audited=audit.audited,
            audited_level=audit.audited_level,
            year=audit.year,
        ),
    )


def decide_issue(audit: Audit, document: str, on: date) -> tuple[AuditFindingsIssued | AuditRectified, ...]:
    """However many there are; without any, nothing is left to put right."""
    refuse_step(audit, ("concluded",), on, "issued_on")
    count = len(audit.findings)
    issued = AuditFindingsIssued(occurredon=on, kind=audit.kind, findings=count, document=document)
    return (issued, *rectified(audit, on)) if not audit.open_findings else (issued,)


def rectified(audit: Audit, on: date) -> tuple[AuditRectified]:
    """What closes the engagement once nothing is open."""
    return (AuditRectified(occurredon=on, kind=audit.kind, findings=len(audit.findings)),)


def refuse_unless_finding(audit: Audit) -> None:
    """Findings are raised while the audit goes on and until they are issued."""
    refuse_out_of_turn(audit, "started", "concluded")


def evolve(audit: Audit | None, event: AuditEvent | FindingEvent) -> Audit:
    """The engagement after the event."""
    if isinstance(event, AuditScheduled):
        return Audit(**event.model_dump(exclude={"occurredon", "warnings"}), since=event.occurredon)
    assert audit is not None
    match event:
        case AuditFindingRaised() | AuditFindingAccepted() | AuditFindingRectified() | AuditFindingVerified():
            return audit.model_copy(update={"findings": _after(audit.findings, event)})
        case AuditStarted():
            stage = "started"
        case AuditConducted():
            stage = "concluded"
        case AuditMissed():
            stage = "missed"
        case AuditFindingsIssued():
            stage = "findings issued"
        case AuditRectified():
            stage = "rectified"
        case _:
            assert_never(event)
    return audit.model_copy(update={"stage": stage, "since": event.occurredon})


def _after(findings: Mapping[UUID, Finding], event: FindingEvent) -> Mapping[UUID, Finding]:
    if isinstance(event, AuditFindingRaised):
        raised = Finding(kind=event.kind, amount_fen=event.amount_fen, since=event.occurredon)
        return {**findings, event.finding: raised}
    changes: dict[str, object] = {"since": event.occurredon}
    match event:
        case AuditFindingAccepted():
            changes |= {"stage": "accepted"}
        case AuditFindingRectified():
            changes |= {"stage": "rectified", "rectifier": event.rectifier}
        case AuditFindingVerified():
            changes |= {"stage": "verified"}
        case _:
            assert_never(event)
    return {**findings, event.finding: findings[event.finding].model_copy(update=changes)}


def _fits(scheduled: AuditScheduled, standing: Standing) -> bool:
    auditor, audited = scheduled.auditor, scheduled.audited
    match audit_kinds()[scheduled.kind].auditor:
        case "self":
            return auditor == audited
        case "parent":
            return auditor in standing.parents
        case "sibling":
            return auditor != audited and bool(standing.parents & standing.auditor_parents)
        case "lineage":
            return auditor == audited or auditor in standing.lineage
