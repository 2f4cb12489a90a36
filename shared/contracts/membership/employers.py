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
    """The union, organised in this form, covers this employer from `occurredon` on (DOMAIN STA-03)."""

    employer: UUID
    employer_kind: str
    form: str | None = None


@released
class EmployerUncovered(MembershipEvent):
    """The union, organised in this form, no longer covers this employer."""

    employer: UUID
    employer_kind: str
    form: str | None = None


@released
class EmployerScaleAssessed(MembershipEvent):
    """Yearly sales against the threshold in force on the date (DOMAIN STA-04); the past stays as judged."""

    sales_fen: int
    threshold_fen: int
    old_above_scale: bool | None
    above_scale: bool


@released
class EmployerScaleCarried(MembershipEvent):
    """The employer counts at another unit now: its scale ends here, or is from now on known here."""

    employer: UUID
    old_above_scale: bool
    above_scale: bool


@released
class WorkforceReported(MembershipEvent):
    """Headcount of one employer (DOMAIN MEM-10): people, women among them, migrant workers among them.

    `covered` says whether a union covers the employer where this counts.
    """

    employer: UUID
    old_workers: int | None
    workers: int
    old_women: int | None
    women: int
    old_migrants: int | None
    migrants: int
    covered: bool | None = None
