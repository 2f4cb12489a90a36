"""A finding of an audit: raised, accepted, put right, verified by another (DOMAIN FIN-18)."""

from datetime import date
from uuid import UUID

from services.finance.domain.audits import (
    Audit,
    Finding,
    evolve,
    rectified,
    refuse_unless_finding,
)
from shared.approval import refuse_own
from shared.contracts.finance import (
    AuditFindingAccepted,
    AuditFindingRaised,
    AuditFindingRectified,
    AuditFindingVerified,
    AuditRectified,
)
from shared.errors import NotFound
from shared.stages import refuse_before, refuse_step


class FindingUnknown(NotFound):
    """The engagement has no such finding."""

    code = "audit-finding-unknown"


def decide_raise(
    audit: Audit, finding: UUID, kind: str, amount_fen: int | None, on: date
) -> tuple[AuditFindingRaised]:
    """While the audit goes on, and until its findings are issued."""
    refuse_unless_finding(audit)
    refuse_before(audit, on, "raised_on")
    return (
        AuditFindingRaised(
            occurredon=on, finding=finding, kind=kind, audit_kind=audit.kind, amount_fen=amount_fen
        ),
    )


def decide_accept(audit: Audit, id_: UUID, on: date) -> tuple[AuditFindingAccepted]:
    """By the audited union."""
    finding = finding_in(audit, id_)
    refuse_step(finding, ("raised",), on, "accepted_on")
    return (AuditFindingAccepted(occurredon=on, finding=id_, kind=finding.kind),)


def decide_rectify(
    audit: Audit, id_: UUID, document: str, on: date, rectifier: str
) -> tuple[AuditFindingRectified]:
    """Put right, with the number of a paper that shows it."""
    finding = finding_in(audit, id_)
    refuse_step(finding, ("accepted",), on, "rectified_on")
    return (
        AuditFindingRectified(
            occurredon=on, finding=id_, kind=finding.kind, rectifier=rectifier, document=document
        ),
    )


def decide_verify(
    audit: Audit, id_: UUID, on: date, verifier: str
) -> tuple[AuditFindingVerified | AuditRectified, ...]:
    """By another than who put it right; with the last one the whole engagement is rectified."""
    finding = finding_in(audit, id_)
    refuse_step(finding, ("rectified",), on, "verified_on")
    refuse_own(finding.rectifier, verifier)
    verified = AuditFindingVerified(
        occurredon=on, finding=id_, kind=finding.kind, amount_fen=finding.amount_fen, verifier=verifier
    )
    after = evolve(audit, verified)
    closes = audit.stage == "findings issued" and not after.open_findings
    return (verified, *rectified(audit, on)) if closes else (verified,)


def finding_in(audit: Audit, id_: UUID) -> Finding:
    """A finding of this engagement; raises FindingUnknown."""
    if id_ not in audit.findings:
        raise FindingUnknown(
            "this audit has no such finding", field="finding", value=str(id_), remedy="look at the audit"
        )
    return audit.findings[id_]
