"""People: registered, members of a union."""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


class AboutMember(MembershipEvent):
    """What figures need to know of a member; the person is a random id."""

    person: UUID
    sex: str
    worker_kind: str


@released
class MemberJoined(AboutMember):
    """Approved into the union on `occurredon` (DOMAIN MEM-01)."""

    employer: UUID | None = None


@released
class MemberTransferredOut(AboutMember):
    """Left this union for another; the pair shares its correlation id (DOMAIN MEM-02)."""

    standing: str
    destination: UUID


@released
class MemberTransferredIn(AboutMember):
    """Arrived from another union."""

    standing: str
    origin: UUID


@released
class MemberLeft(AboutMember):
    """The membership ended, for a reason of the catalogue (DOMAIN MEM-04)."""

    standing: str
    reason: str


@released
class MemberRetired(AboutMember):
    """Retired and keeps the membership without dues (DOMAIN MEM-03)."""

    old_standing: str


@released
class MemberRetained(AboutMember):
    """Membership kept without dues, for example while unemployed (DOMAIN MEM-03)."""

    old_standing: str


@released
class MemberResumed(AboutMember):
    """Back in service after the membership had been retained."""

    old_standing: str


@released
class MemberCorrected(MembershipEvent):
    """The roster was wrong: old and new values; `occurredon` is the day from which the correction counts."""

    person: UUID
    standing: str
    old_sex: str
    sex: str
    old_worker_kind: str
    worker_kind: str


@released
class MemberKindChanged(AboutMember):
    """Another kind of worker from `occurredon` on; what was before stays as it was (DOMAIN MEM-06)."""

    standing: str
    old_worker_kind: str


@released
class MemberIdleRecorded(MembershipEvent):
    """No dues, no activity since `idle_since`: the end is proposed on `proposed_on` (DOMAIN MEM-04)."""

    person: UUID
    idle_since: date
    proposed_on: date
    recorder: str


@released
class MemberIdleEnded(MembershipEvent):
    """The proposal falls away on `ends_on`: active again, or not in service at this union any more."""

    person: UUID
    proposed_on: date
    ends_on: date


@released
class PersonRegistered(MembershipEvent):
    """Somebody who is no member got a place in the register of people; `person` is a random id."""

    person: UUID
    sex: str
