"""Employers and their workers."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


@released
class EmployerRegistered(MembershipEvent):
    """An employer in the area of the recording unit, unionised or not."""

    name: str
    kind: str
    credit_code: str | None


@released
class EmployerCovered(MembershipEvent):
    """The union covers this employer from `occurredon` on (DOMAIN STA-03)."""

    employer: UUID
    employer_kind: str


@released
class EmployerUncovered(MembershipEvent):
    """The union no longer covers this employer."""

    employer: UUID
    employer_kind: str


@released
class EmployerScaleAssessed(MembershipEvent):
    """Yearly sales against the threshold in force on the date (DOMAIN STA-04); the past stays as judged."""

    sales_fen: int
    threshold_fen: int
    old_above_scale: bool | None
    above_scale: bool


@released
class WorkforceReported(MembershipEvent):
    """Headcount of one employer (DOMAIN MEM-10): people, women among them, migrant workers among them."""

    employer: UUID
    old_workers: int | None
    workers: int
    old_women: int | None
    women: int
    old_migrants: int | None
    migrants: int
