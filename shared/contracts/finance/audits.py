"""Audit: committees, engagements with their findings, assessments of bookkeeping (DOMAIN ORG-19, FIN-23).

Engagements and findings count at the audited union.
"""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent


@released
class AuditCommitteeFormed(FinanceEvent):
    """The congress elected an audit committee; `document` is the number of the result."""

    union: UUID
    level: int
    document: str


@released
class AuditMemberAppointed(FinanceEvent):
    """Somebody came onto the committee."""

    person: UUID
    role: str


@released
class AuditMemberReleased(FinanceEvent):
    """Somebody left the committee."""

    person: UUID
    role: str


@released
class AuditCommitteeDissolved(FinanceEvent):
    """The committee ended, and with it all appointments: `chairs` and others by role."""

    level: int
    chairs: int
    vice_chairs: int
    members: int


@released
class AuditScheduled(FinanceEvent):
    """`auditor` shall audit `audited` for a year by `due_on`."""

    kind: str
    auditor: UUID
    audited: UUID
    audited_level: int
    year: int
    due_on: date
    warnings: tuple[str, ...] = ()


@released
class AuditStarted(FinanceEvent):
    """The auditors began."""

    kind: str


@released
class AuditConducted(FinanceEvent):
    """The audit was concluded."""

    kind: str
    auditor: UUID
    audited: UUID
    audited_level: int
    year: int
    in_time: bool


@released
class AuditMissed(FinanceEvent):
    """The due day passed and the audit was not held."""

    kind: str
    audited: UUID
    audited_level: int
    year: int


@released
class AuditFindingsIssued(FinanceEvent):
    """The findings, however many, were put to the audited union."""

    kind: str
    findings: int
    document: str


@released
class AuditRectified(FinanceEvent):
    """Every finding has been put right and verified."""

    kind: str
    findings: int


@released
class AuditFindingRaised(FinanceEvent):
    """The auditors found something; `amount_fen` where it is about money."""

    finding: UUID
    kind: str
    audit_kind: str
    amount_fen: int | None = None


@released
class AuditFindingAccepted(FinanceEvent):
    """The audited union accepts it."""

    finding: UUID
    kind: str


@released
class AuditFindingRectified(FinanceEvent):
    """Put right; only another than `rectifier` may verify it."""

    finding: UUID
    kind: str
    rectifier: str
    document: str


@released
class AuditFindingVerified(FinanceEvent):
    """Somebody else has seen that it was put right."""

    finding: UUID
    kind: str
    amount_fen: int | None
    verifier: str


@released
class FinanceAssessmentApplied(FinanceEvent):
    """A union asks for (or begins) an assessment of its bookkeeping for a year."""

    union: UUID
    kind: str
    year: int


@released
class FinanceAssessed(FinanceEvent):
    """Points out of a hundred; only another than `assessor` may grade."""

    kind: str
    year: int
    score: int
    assessor: str


@released
class FinanceAssessmentGraded(FinanceEvent):
    """The grade that follows."""

    kind: str
    year: int
    score: int
    grade: str
    grader: str
    document: str
