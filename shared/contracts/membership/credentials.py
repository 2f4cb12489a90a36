"""Credentials of unions and employers: certificates, accreditation, titles, workers' homes, studios."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


class CredentialEvent(MembershipEvent):
    """A step of one credential: its scheme, the union or employer it is for, and "none" where no grade is."""

    scheme: str
    family: str
    holder: UUID
    holder_kind: str
    grade: str


@released
class CredentialTargeted(CredentialEvent):
    """The holder shall get it in `year`."""

    year: int
    recorder: str


@released
class CredentialApplied(CredentialEvent):
    """The holder applied, or was recommended; for a workers' home: it is built."""

    document: str | None
    recorder: str


@released
class CredentialInspected(CredentialEvent):
    """Looked at by somebody other than who recorded the application; also again, while it is held."""

    passed: bool
    recorder: str
    inspector: str


@released
class CredentialGranted(CredentialEvent):
    """Held from `occurredon` to `valid_until` (None: without end); for a workers' home: accepted."""

    level: str
    valid_until: date | None
    document: str | None
    recorder: str
    approver: str
    warnings: tuple[str, ...] = ()


@released
class CredentialRefused(CredentialEvent):
    """The application, or the target, came to nothing."""

    recorder: str
    approver: str


@released
class CredentialRenewed(CredentialEvent):
    """Held on to a new day, perhaps in another grade; `late`: it had expired before."""

    old_grade: str
    old_level: str
    level: str
    old_valid_until: date | None
    valid_until: date | None
    late: bool
    document: str | None
    recorder: str
    approver: str
    warnings: tuple[str, ...] = ()


@released
class CredentialRevoked(CredentialEvent):
    """Taken away before it ended by itself on `valid_until`."""

    level: str
    valid_until: date | None
    reason: str
    recorder: str
    approver: str


class Span(BaseModel):
    """From `first` to `last`, both included; None: without end."""

    model_config = ConfigDict(frozen=True)

    first: date
    last: date | None


@released
class CertificateSetChanged(MembershipEvent):
    """When a union holds every certificate it needs, by the definition of each day (DOMAIN ORG-10)."""

    old_spans: tuple[Span, ...]
    spans: tuple[Span, ...]


@released
class CredentialTargetSet(MembershipEvent):
    """So many holders shall get it in a year, in the area of this unit."""

    scheme: str
    family: str
    year: int
    old_number: int | None
    number: int
    issuer: UUID
