"""An audit committee: formed by the congress, its members, its end (DOMAIN ORG-19)."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never
from uuid import UUID

from shared.contracts.finance import (
    AuditCommitteeDissolved,
    AuditCommitteeFormed,
    AuditMemberAppointed,
    AuditMemberReleased,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

CommitteeEvent = AuditCommitteeFormed | AuditMemberAppointed | AuditMemberReleased | AuditCommitteeDissolved
CHAIR = "chair"


class AlreadyOnCommittee(Refused):
    """This person is a member already."""

    code = "already-on-audit-committee"


class NotOnCommittee(Refused):
    """This person is no member."""

    code = "not-on-audit-committee"


class ChairTaken(Refused):
    """A committee has one chair."""

    code = "audit-chair-taken"


class CommitteeExists(Refused):
    """A union has one audit committee."""

    code = "audit-committee-exists"


class AuditCommittee(Frozen):
    """Roles of the present members, by person."""

    union: UUID
    level: int
    members: Mapping[UUID, str] = {}
    stage: str = "active"
    since: date

    def of_role(self, role: str) -> int:
        """How many have this role."""
        return sum(each == role for each in self.members.values())


def decide_form(formed: AuditCommitteeFormed, present: UUID | None) -> tuple[AuditCommitteeFormed]:
    """`present` is the committee that the union has already."""
    if present:
        raise CommitteeExists(
            "the union has an audit committee",
            field="union",
            value=str(formed.union),
            remedy=f"appoint members to {present}, or dissolve it first",
        )
    return (formed,)


def decide_appoint(
    committee: AuditCommittee, person: UUID, role: str, on: date
) -> tuple[AuditMemberAppointed]:
    """Nobody twice, and one chair."""
    refuse_step(committee, ("active",), on, "appointed_on")
    if person in committee.members:
        raise AlreadyOnCommittee(
            f"this person is {committee.members[person]}",
            field="person",
            value=str(person),
            remedy="release the person first if the role changes",
        )
    if role == CHAIR and committee.of_role(CHAIR):
        raise ChairTaken(
            "the committee has a chair", field="role", value=role, remedy="release the present chair first"
        )
    return (AuditMemberAppointed(occurredon=on, person=person, role=role),)


def decide_release(committee: AuditCommittee, person: UUID, on: date) -> tuple[AuditMemberReleased]:
    """A present member leaves."""
    refuse_step(committee, ("active",), on, "released_on")
    if person not in committee.members:
        raise NotOnCommittee(
            "this person is no member", field="person", value=str(person), remedy="check the person"
        )
    return (AuditMemberReleased(occurredon=on, person=person, role=committee.members[person]),)


def decide_dissolve(committee: AuditCommittee, on: date) -> tuple[AuditCommitteeDissolved]:
    """With all appointments."""
    refuse_step(committee, ("active",), on, "dissolved_on")
    return (
        AuditCommitteeDissolved(
            occurredon=on,
            level=committee.level,
            chairs=committee.of_role(CHAIR),
            vice_chairs=committee.of_role("vice_chair"),
            members=committee.of_role("member"),
        ),
    )


def evolve(committee: AuditCommittee | None, event: CommitteeEvent) -> AuditCommittee:
    """The committee after the event; `since` is the latest day on which anything changed."""
    if isinstance(event, AuditCommitteeFormed):
        return AuditCommittee(union=event.union, level=event.level, since=event.occurredon)
    assert committee is not None
    changes: dict[str, object]
    match event:
        case AuditMemberAppointed():
            changes = {"members": {**committee.members, event.person: event.role}}
        case AuditMemberReleased():
            left = {person: role for person, role in committee.members.items() if person != event.person}
            changes = {"members": left}
        case AuditCommitteeDissolved():
            changes = {"members": {}, "stage": "dissolved"}
        case _:
            assert_never(event)
    return committee.model_copy(update={**changes, "since": max(committee.since, event.occurredon)})
