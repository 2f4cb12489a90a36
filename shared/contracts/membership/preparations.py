"""On the way to a union (DOMAIN ORG-03): employers targeted, refusing, noticed; preparations of a union.

Facts of one employer have the employer as their subject; a preparation is a subject of its own, for one
employer or several, at the next higher union that approves it.
"""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


@released
class EstablishmentTargeted(MembershipEvent):
    """A union is to be established at this employer."""

    employer: UUID
    employer_kind: str


@released
class EmployerRefusalRecorded(MembershipEvent):
    """The employer refuses to have a union."""

    employer: UUID
    employer_kind: str


@released
class EmployerRefusalOvercome(MembershipEvent):
    """The employer no longer refuses, or has a union now."""

    employer: UUID
    employer_kind: str


@released
class NoticeGiven(MembershipEvent):
    """Written notice to an employer without a union; `document` is its number (DOMAIN FIN-08)."""

    employer: UUID
    document: str


@released
class PreparationRequested(MembershipEvent):
    """The next higher union, which is the unit, is asked to let a union be prepared at these employers."""

    employers: tuple[UUID, ...]
    recorder: str


@released
class PreparationStarted(MembershipEvent):
    """Approved by the next higher union: from `occurredon` on a union is prepared (DOMAIN ORG-03, FIN-08)."""

    employers: tuple[UUID, ...]
    document: str
    recorder: str
    approver: str


@released
class FoundingElectionReported(MembershipEvent):
    """The founding meeting of `held_on` elected a committee; its result arrived on `occurredon`."""

    held_on: date
    seats: int
    candidates: int
    document: str
    recorder: str


@released
class PreparationCancelled(MembershipEvent):
    """No union is prepared any longer; `started` says whether the preparation had been approved."""

    employers: tuple[UUID, ...]
    reason: str
    started: bool


@released
class PreparationConcluded(MembershipEvent):
    """The union was established on `occurredon`."""

    employers: tuple[UUID, ...]
    union: UUID
