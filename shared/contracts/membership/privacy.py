"""Personal data that are hidden, or gone: what happened stays, to whom it happened does not (PRI-08)."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


@released
class PersonRestricted(MembershipEvent):
    """Name, number and telephone of this person are hidden from all work, and kept."""

    person: UUID
    reason: str
    recorder: str


@released
class PersonReleased(MembershipEvent):
    """They are not hidden any more."""

    person: UUID


@released
class PersonErased(MembershipEvent):
    """The key of this person's data is destroyed: nobody can say any more who the id stood for."""

    person: UUID
    reason: str
    approver: str
