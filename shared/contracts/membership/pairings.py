"""Paired unions (结对共建): an agreement of an excellent union with one or more ordinary ones.

An agreement is told at every union it binds, so each counts it, and a union above counts it once.
"""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


class PairingEvent(MembershipEvent):
    """A step of one agreement, as it concerns the union of the envelope: excellent or ordinary."""

    agreement: UUID
    role: str


@released
class PairingProposed(PairingEvent):
    """The unions shall help one another until `until` (None: not said)."""

    excellent: UUID
    ordinary: tuple[UUID, ...]
    until: date | None
    recorder: str


@released
class PairingAgreementSigned(PairingEvent):
    """In force from `occurredon` on."""

    document: str | None


@released
class PairingActivityHeld(PairingEvent):
    """One activity under the agreement."""

    activity: UUID
    kind: str


@released
class PairingConcluded(PairingEvent):
    """No longer in force; `signed`: it had been, and was not only proposed."""

    signed: bool
    outcome: str
